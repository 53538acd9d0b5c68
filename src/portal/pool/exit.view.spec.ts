import { describe, expect, it } from '@jest/globals';
import type { LocalDate } from '../../kernel/index.js';
import type { ExitJson } from '../../pools/index.js';
import { exitLines, exitTable, leadsTo, noticeWords } from './exit.view.js';

const day = (text: string): LocalDate => text as LocalDate;
/** The leaver of the worked life: put in 180.00, 130.00 goes back. */
const leaver: ExitJson = {
  leftOn: day('2027-03-08'),
  noticeUntil: day('2027-04-05'),
  putInPence: 18_000,
  invoices: [{ on: day('2027-02-01'), amountPence: 3333 }],
  refunds: [{ on: day('2027-02-20'), amountPence: 1666 }],
  returnedBeforePence: 0,
  keptForNotice: [{ forDay: day('2027-03-15'), amountPence: 3333 }],
  keptPence: 3333,
  freedPence: 3334,
  heldForDebtPence: 0,
  onItsWayPence: 0,
  toReturnPence: 13_000,
};

describe('an exit statement', () => {
  it('leads from what was put in to what goes back, to the penny', () => {
    expect(leadsTo(leaver)).toBe(true);
    expect(leadsTo({ ...leaver, toReturnPence: 13_001 })).toBe(false);
  });
  it('names every line with its day', () =>
    expect(exitLines(leaver)).toEqual([
      { text: 'What you put in', change: 18_000n },
      { text: 'Your part of a bill on 1 February 2027', change: -3333n },
      { text: 'Money that came back on 20 February 2027', change: 1666n },
      { text: 'Kept for your part of the session on 15 March 2027', change: -3333n },
    ]));
  it('keeps what is owed, and says so', () =>
    expect(exitLines({ ...leaver, heldForDebtPence: 500, toReturnPence: 12_500 }).at(-1)).toEqual({ text: 'Kept because you still owe it', change: -500n }));
  it('says nothing of `you` about somebody else, a funder among them', () => {
    const all = { ...leaver, heldForDebtPence: 500, onItsWayPence: 100, returnedBeforePence: 200 };
    const told = exitLines(all, 'The Sale Fund').map((line) => line.text);
    expect(told[0]).toBe('What The Sale Fund put in');
    expect(told.join(' ')).not.toMatch(/\byou/i);
  });
  it('speaks by name to who acts for somebody', () => {
    const tables = [exitTable(leaver, false, 'Bola'), exitTable(leaver, true, 'Bola')];
    expect(tables.map(({ caption }) => caption)).toEqual(['If Bola leaves today, 8 March 2027', 'The exit statement of Bola, 8 March 2027']);
    const words = [leaver, { ...leaver, noticeUntil: leaver.leftOn }].flatMap((each) => [noticeWords(each, false, 'Bola'), noticeWords(each, true, 'Bola')]);
    expect(words[1]).toBe('The notice of Bola ends on 5 April 2027. Bola pays their part of what is booked before that day, and nothing after it.');
    expect([...tables.map((each) => JSON.stringify(each)), ...words].join(' ')).not.toMatch(/\byou/i);
  });
  it('speaks of what would be, and of what was', () => {
    expect(exitTable(leaver, false).caption).toBe('If you leave today, 8 March 2027');
    expect(exitTable(leaver, true).caption).toBe('Your exit statement, 8 March 2027');
    // Who came without a budget has one too: of their own money, which goes home to their bank account.
    expect([exitTable(leaver, false), exitTable(leaver, true)].map(({ foot }) => foot![0])).toEqual(['Would go back to you', 'Goes back to you']);
    expect(noticeWords(leaver, false)).toContain('would end on 5 April 2027');
    expect(noticeWords({ ...leaver, noticeUntil: leaver.leftOn }, true)).toBe('You owe nothing more.');
  });
});
