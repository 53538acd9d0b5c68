import { describe, expect, it } from '@jest/globals';
import { readingAge, syllablesIn } from '../../test/support/reading-age.js';
import type { NoticeFacts, NoticeKind } from './notice.types.js';
import { NOTICE_KINDS } from './notice.types.js';
import { postOf, wordingOf } from './notices.wording.js';

const FACTS: NoticeFacts = {
  poolId: 'p',
  introductionId: 'i',
  amountPence: 4_250,
  freePence: 1_299,
  day: '2027-03-03',
  dueOn: '2027-04-01',
  runOutOn: '2027-02-28',
  alert: 'low',
};
const ALERTS = ['over-pace', 'low', 'surplus'];
const every = NOTICE_KINDS.flatMap((kind): [NoticeKind, NoticeFacts][] =>
  kind === 'line-alert' ? ALERTS.map((alert) => [kind, { ...FACTS, alert }]) : [[kind, FACTS]],
);

describe('counting syllables', () => {
  it.each([
    ['money', 2],
    ['agreed', 2],
    ['care', 1],
    ['pool', 1],
    ['together', 3],
    ['confirmed', 2],
    ['a', 1],
    ['£42.50', 0],
    ['people', 2],
    ['started', 2],
    ['session', 2],
  ])('%s has %i', (word, count) => {
    expect(syllablesIn(word)).toBe(count);
  });

  it('gives long words and sentences a higher age', () => {
    expect(readingAge('The cat sat. It was fun.')).toBeLessThan(7);
    expect(readingAge('Notwithstanding contemporaneous reconciliation of expenditure, retrospective reimbursement requires authorisation.')).toBeGreaterThan(
      18,
    );
  });
});

describe('what people are told', () => {
  it.each(every)('%s %j reads at 11 or younger, in both forms', (kind, facts) => {
    for (const format of ['standard', 'easy-read']) {
      const { title, sentences } = wordingOf(kind, facts, format, { pool: 'Thursday swimming' });
      expect({ format, age: readingAge(`${title}. ${sentences.join(' ')}`) <= 11 }).toEqual({ format, age: true });
    }
  });

  it.each(every)('%s %j in Easy Read has one short idea a line', (kind, facts) => {
    for (const sentence of wordingOf(kind, facts, 'easy-read').sentences) {
      expect(sentence).toMatch(/^[^.]*(£\d+\.\d\d)?[^.]*[.?]$/);
      expect(sentence.split(' ').length).toBeLessThanOrEqual(10);
    }
  });

  it.each(every)('%s %j prints nothing unfinished, also without its facts', (kind, facts) => {
    for (const each of [facts, {}])
      expect(JSON.stringify([wordingOf(kind, each, 'standard'), wordingOf(kind, each, 'easy-read')])).not.toMatch(/undefined|null|NaN|\[object|\$\{/);
  });

  it('says sums and days as people do', () => {
    expect(wordingOf('money-arrived', FACTS, 'standard', { pool: 'Thursday swimming' })).toEqual({
      title: 'Your money has arrived in Thursday swimming',
      sentences: ['£42.50 is there. It is still yours until it is spent.'],
    });
    expect(wordingOf('session-to-confirm', FACTS, 'standard').title).toBe('Did it happen on 3 March 2027?');
  });

  it('names no pool by post, whatever was known', () => {
    expect(postOf('pool-started', FACTS, 'standard')).toEqual({
      subject: 'Your pool has started',
      body: 'All of you said yes. Now you can put money in.\nSign in to Commonpurse to see more. If you cannot, phone us or ask your broker.',
    });
  });

  it('never says committed, clawback or reconcile', () => {
    for (const [kind, facts] of every) expect(JSON.stringify(wordingOf(kind, facts, 'standard'))).not.toMatch(/committed|clawback|reconcil|service user/i);
  });
});
