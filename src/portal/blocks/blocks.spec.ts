import { describe, expect, it } from '@jest/globals';
import { pence, type LocalDate } from '../../kernel/index.js';
import { Html } from '../../platform/index.js';
import { personCard, poolCard, providerCard } from './cards.js';
import { reasonChips } from './chips.js';
import { consentSummary, decisionCard, quoteComparison } from './decisions.js';
import { circlesPicture, goalStrip } from './goals.js';
import { blockFunctions } from './index.js';
import { emptyState, needsList, note, pagination } from './lists.js';
import { progressBar } from './progress.js';
import { stateBlock, stateTag, type StateTone } from './state-tag.js';
import { suppressedBlock } from './suppressed.js';
import { table } from './table.js';
import { timeline } from './timeline.js';
import { MONEY_STEPS, moneyTracker } from './tracker.js';

const day = (text: string): LocalDate => text as LocalDate;
const words = (markup: Html): string =>
  markup.markup
    .replace(/<svg.*?<\/svg>/gs, '')
    .replace(/<[^>]+>/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();

describe('personCard', () => {
  const common = { looksFor: 'Gardening <3', reasons: [{ kind: 'goal' as const, text: 'both: gardening' }], area: 'near Wetherdale' };

  it('shows no name before both said yes, whatever it is handed', () => {
    const card = words(personCard({ ...common, isRevealed: false, name: 'Tomasz' } as never));
    expect(card).toContain('Someone near Wetherdale');
    expect(card).toContain('only if you both say yes');
    expect(card).not.toContain('Tomasz');
  });

  it('shows the name and the greeting after', () => {
    const card = words(personCard({ ...common, isRevealed: true, name: 'Tomasz', hello: 'Hello!' }));
    expect(card).toContain('Tomasz');
    expect(card).toContain('Hello!');
    expect(card).not.toContain('only if you both');
  });
});

describe('poolCard', () => {
  const pool = { name: 'Gardeners', href: '/p', purpose: 'Grow', state: { state: 'Running', tone: 'good' as const } };
  it.each([
    [{ members: 1 }, '1 person'],
    [{ members: 3, needs: 5 }, '3 people of the 5 it needs to start'],
    [{ members: 5, needs: 5, room: 8 }, '5 people, room for 8'],
  ])('%o reads "%s"', (change, expected) => expect(words(poolCard({ ...pool, ...change }))).toContain(expected));
  it('leaves out what is not known', () => expect(words(poolCard({ ...pool, members: 2 }))).not.toContain('Where'));
  it('shows a sum of nothing as a sum', () => expect(words(poolCard({ ...pool, members: 2, mine: pence(0) }))).toContain('£0.00 not used yet'));
});

describe('providerCard', () => {
  it.each([
    ['in-date', '2027-11-30', 'In date until 30 November 2027'],
    ['in-date', undefined, 'Seen'],
    ['ends-soon', '2027-04-01', 'Ends soon: 1 April 2027'],
    ['lapsed', '2027-01-15', 'Out of date since 15 January 2027'],
    ['not-seen', undefined, 'Not seen yet'],
    ['not-needed', undefined, 'Not needed for this'],
  ] as const)('a check that is %s (%s) reads "%s"', (state, on, expected) =>
    expect(words(providerCard({ name: 'Fern', kind: 'Club', what: 'Art', checks: [{ name: 'DBS', state, ...(on ? { on: day(on) } : {}) }] }))).toContain(
      expected,
    ),
  );
  it('says that nobody has answered yet', () =>
    expect(words(providerCard({ name: 'Fern', kind: 'Club', what: 'Art', checks: [] }))).toContain('Nobody has answered yet'));
});

describe('moneyTracker', () => {
  const payment = { sum: pence(14750), to: 'Fern', reference: 'PAY-7K3M-9QXA', reached: { sent: day('2027-03-02') } };

  it.each(MONEY_STEPS)('marks where the money is: %s', (step) => {
    const { markup } = moneyTracker({ ...payment, step });
    expect(markup.match(/aria-current="step"/g)).toHaveLength(1);
    const done = MONEY_STEPS.indexOf(step) + (step === 'reconciled' ? 1 : 0);
    expect(markup.match(/\(done\)/g) ?? []).toHaveLength(done);
  });

  it.each(['held', 'returned', 'recalled', 'unknown'] as const)('says why it is %s, who has it in hand and when', (kind) => {
    const text = words(
      moneyTracker({
        ...payment,
        step: 'sent',
        dueOn: day('2027-03-05'),
        stopped: { kind, reason: 'Bank details changed', owner: 'Priya', nextOn: day('2027-03-04') },
      }),
    );
    expect(text).toContain('Bank details changed');
    expect(text).toContain('Priya');
    expect(text).toContain('4 March 2027');
    expect(text).not.toContain('should arrive');
  });

  it('speaks to holders in their words', () => {
    expect(words(moneyTracker({ ...payment, step: 'sent' }))).not.toMatch(/committed|reconcil/i);
    expect(words(moneyTracker({ ...payment, step: 'sent', voice: 'staff' }))).toContain('Reconciled');
  });
});

describe('states', () => {
  it.each<StateTone>(['good', 'waiting', 'attention', 'stopped', 'quiet'])('%s has words and an icon, not colour alone', (tone) => {
    const { markup } = stateTag({ state: 'In words', tone });
    expect(markup).toContain('In words');
    expect(markup).toContain('<svg');
  });
  it('says why, who and what next, where known', () => {
    expect(words(stateBlock({ state: 'Held', tone: 'stopped', reason: 'R', owner: 'O', next: { what: 'We call', on: day('2027-03-04') } }))).toBe(
      'Held Why R Who has it in hand O Next We call on 4 March 2027',
    );
    expect(stateBlock({ state: 'Held', tone: 'stopped' }).markup).not.toContain('<dl');
  });
});

describe('empty states teach', () => {
  it.each([
    ['needs', words(needsList([])), 'Nothing needs you today.'],
    ['timeline', words(timeline([])), 'Nothing has happened yet.'],
    ['quotes', words(quoteComparison({ quotes: [] })), 'No quotes yet.'],
    ['consents', words(consentSummary([])), 'We will always ask first.'],
    ['table', words(table({ caption: 'P', head: [{ text: 'Day' }], rows: [], empty: 'None yet.' })), 'None yet.'],
    [
      'page',
      words(emptyState({ title: 'No one nearby yet', text: 'We look every night.', actions: [{ text: 'Widen', href: '/w' }] })),
      'We look every night. Widen',
    ],
  ])('%s', (_, text, expected) => expect(text).toContain(expected));
  it('no chips and no pages print nothing', () => {
    expect(reasonChips([]).markup).toBe('');
    expect(pagination({ what: 'payments' }).markup).toBe('');
  });
});

describe('others', () => {
  it('consents say who sees what now', () => {
    const row = { what: 'My plan', withWhom: 'my broker', why: 'To buy' };
    expect(words(consentSummary([{ ...row, state: 'yes' }]))).toContain('Who can see it My broker');
    expect(words(consentSummary([{ ...row, state: 'no' }]))).toContain('Nobody. You were asked for my broker');
    expect(words(consentSummary([{ ...row, state: 'ended' }]))).toContain('Nobody now. It was my broker');
  });
  it('decisions count answers and keep who said what to themselves', () =>
    expect(
      words(
        decisionCard({
          question: 'Go?',
          reasonsFor: ['a'],
          reasonsAgainst: [],
          answered: 3,
          of: 5,
          rule: 'Everyone must say yes',
          closesOn: day('2027-03-09'),
        }),
      ),
    ).toContain('3 of 5 people have answered. Everyone must say yes.'));
  it('progress never claims more than all, and says when the whole is not known', () => {
    expect(progressBar({ id: 'p', label: 'Reading', done: 12, total: 10, unit: 'lines' }).markup).toContain('value="10" max="10"');
    expect(progressBar({ id: 'p', label: 'Reading', done: 12, total: null, unit: 'lines' }).markup).not.toContain('value=');
  });
  it('a hidden number says why', () => expect(words(suppressedBlock({ what: 'People', fewerThan: 10 }))).toContain('fewer than 10 people'));
  it('a goal strip says in words what it shows', () => {
    expect(words(goalStrip({ goal: 'Bus', now: 2, first: { place: 0, on: day('2026-11-02') } }))).toContain(
      'Getting there . On 2 November 2026 it was “Not started”.',
    );
    expect(words(goalStrip({ goal: 'Bus', now: null }))).toContain('not asked you');
  });
  it('circles draw each person once', () =>
    expect(
      circlesPicture({
        id: 'c',
        label: 'C',
        circles: [
          { name: 'Closest', people: ['Mum', 'Leo'] },
          { name: 'Friends', people: [] },
        ],
      }).markup.match(/cp-circles__person/g),
    ).toHaveLength(2));
  it('table cells carry the name of their column, for phones', () =>
    expect(table({ caption: 'T', head: [{ text: 'Day' }, { text: 'Sum', isNumber: true }], rows: [['Mon', '<1']], hasRowHeaders: true }).markup).toContain(
      'aria-hidden="true">Sum </span><span class="cp-table__value">&lt;1',
    ));
  it('notes say their kind aloud', () => expect(words(note('care', 'No way back'))).toBe('Take care: No way back'));
  it('every block is a function that templates can call', () => expect(Object.values(blockFunctions).every((block) => typeof block === 'function')).toBe(true));
});
