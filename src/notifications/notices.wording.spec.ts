import { describe, expect, it } from '@jest/globals';
import { GROUNDS, STATUTES } from '../commissioning/index.js';
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
/** Every decision on every ground, about one line and about a plan; what is asked back partly and wholly taken. */
const DECISIONS: NoticeFacts[] = [...Object.entries(GROUNDS), ['resume', { none: '' }] as const].flatMap(([decision, grounds]) =>
  Object.keys(grounds).flatMap((ground) =>
    [
      { lineReference: null, amountPence: 80_000, takenPence: 59_000 },
      { lineReference: 'LIN-7K3M-9QXA', amountPence: 80_000, takenPence: decision === 'reclaim' ? 80_000 : 0 },
    ].map((over) => ({
      ...over,
      decision,
      ground: decision === 'resume' ? null : ground,
      statute: STATUTES[decision as keyof typeof STATUTES],
      decidedOn: '2026-11-20',
      onDay: decision === 'reduce' || decision === 'resume' ? null : '2026-12-18',
    })),
  ),
);
const every = NOTICE_KINDS.flatMap((kind): [NoticeKind, NoticeFacts][] => {
  if (kind === 'line-alert') return ALERTS.map((alert) => [kind, { ...FACTS, alert }]);
  if (kind === 'pledge-asked') return [[kind, { ...FACTS, freeUntil: '2027-03-20', reachBy: '2027-04-20' }]];
  if (kind === 'pledge-reached') return ['reached', 'shrunk'].map((state) => [kind, { ...FACTS, state }]);
  if (kind === 'pledge-not-reached') return ['extended', 'released', 'withdrawn'].map((state) => [kind, { ...FACTS, state, until: '2027-05-20' }]);
  return kind === 'decision' ? DECISIONS.map((facts) => [kind, facts]) : [[kind, FACTS]];
});

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

  it('tells of a decision what, how much, from when, why, by which law, and how to have it looked at again', () => {
    const facts = DECISIONS.find((each) => each['decision'] === 'reclaim' && each['ground'] === 'outside-plan' && each['lineReference'] === null)!;
    const reason = 'The bill of 3 May is for a car.';
    const { subject, body } = postOf('decision', { ...facts, lineReference: 'LIN-7K3M-9QXA' }, 'standard', reason);
    expect(subject).toBe('You are asked to give money back');
    expect(body.split('\n').slice(0, -1)).toEqual([
      'The board asks you for £800.00 back.',
      'Of this, £590.00 was not in use. It went back on 20 November 2026.',
      '£210.00 is still to be paid. You have until 18 December 2026 to pay it, or to say why not.',
      'Nothing is taken from a pool.',
      'This is about one part of your money: LIN-7K3M-9QXA.',
      'Why: Money was used for something that is not in your plan.',
      'The board wrote: “The bill of 3 May is for a car.”',
      'The law for this is regulation 15 of the rules on money for health care (SI 2013/1617).',
      expect.stringContaining('ask the board to look at it again'),
      'The board looks at it again and writes to you what it decides, and why.',
    ]);
    expect(postOf('decision', facts, 'easy-read', reason).body.split('\n\n')).toEqual(
      expect.arrayContaining([
        'We ask for £800.00 back.',
        'Why?',
        'Money was used outside your plan.',
        `They wrote: “${reason}”`,
        'Ask us to look at it again.',
      ]),
    );
  });

  it('says of every decision why, by which law, and how to ask again; only a lifted suspension needs neither ground nor asking', () => {
    for (const facts of DECISIONS) {
      const words = ['standard', 'easy-read'].map((format) => wordingOf('decision', facts, format).sentences.join('\n'));
      const [isLifted, isOf] = [facts['decision'] === 'resume', /regulation \d\d? of/];
      expect([facts, words.map((text) => [isOf.test(text), /\bWhy[:?]/.test(text), /look at it again/.test(text)])]).toEqual([
        facts,
        Array(2).fill([true, !isLifted, !isLifted]),
      ]);
    }
  });

  it('never says committed, clawback or reconcile', () => {
    for (const [kind, facts] of every) expect(JSON.stringify(wordingOf(kind, facts, 'standard'))).not.toMatch(/committed|clawback|reconcil|service user/i);
  });
});
