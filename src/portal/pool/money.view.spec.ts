import { describe, expect, it } from '@jest/globals';
import { pence } from '../../kernel/index.js';
import type { InvoiceView } from '../../purchasing/index.js';
import { addsUp } from '../blocks/index.js';
import { contributionsTable, oddPenny, splitOf } from './money.view.js';

const invoice = (mine: number | null, ...parts: number[]): InvoiceView =>
  ({ amount: pence(10_000), mine: mine === null ? null : pence(mine), parts: parts.map((part) => pence(part)) }) as unknown as InvoiceView;

describe('how a bill is shared', () => {
  it('shows me by myself and the others as one sum that makes the whole', () => {
    const split = splitOf(invoice(3334, 3334, 3333, 3333));
    expect(split.rows.map((row) => [row.name, row.sum])).toEqual([
      ['You', 3334n],
      ['2 other people together', 6666n],
    ]);
    expect(addsUp(split)).toBe(true);
  });
  it('says how it was worked out: equal parts, or what was set aside when somebody had less', () => {
    expect(splitOf(invoice(3334, 3334, 3333, 3333)).rows.map((row) => row.how)).toEqual(['1 of 3 equal parts', '2 of 3 equal parts']);
    expect(splitOf(invoice(5000, 5000, 3000, 2000)).rows.map((row) => row.how)).toEqual(['As much as was set aside for it', 'As much as was set aside for it']);
    expect(oddPenny([pence(5000), pence(2000)])).toBeNull();
  });
  it('has no row for others when there are none', () => expect(splitOf(invoice(10_000, 10_000)).rows).toHaveLength(1));
  it('shows a broker the parts without names', () => {
    const split = splitOf(invoice(null, 3334, 3333, 3333));
    expect(split.rows.map((row) => row.name)).toEqual(['Part 1', 'Part 2', 'Part 3']);
    expect(addsUp(split)).toBe(true);
  });
});

describe('what somebody put in', () => {
  const made = { id: 'c', madeAt: '2026-11-20T10:00:00.000Z', state: 'arrived', by: 'same-book', amount: pence(500), isOwn: false, paper: null };
  const table = (over: object) =>
    contributionsTable({
      id: 'p',
      contributions: [
        { ...made, isOwn: true },
        { ...made, paper: { signedBy: 'member', signedOn: '2026-11-20' } },
      ],
      ...over,
    } as never);

  it('is told to themselves, or by name to who acts for them', () => {
    const how = (over: object) => [table(over).caption, ...table(over).rows.map((row) => row[1])];
    expect(how({})).toEqual(['What you put in', 'your own money', expect.stringMatching(/, from your paper$/)]);
    const actingFor = { personId: 'b', firstName: 'Bola', as: 'representative', mayDecide: true };
    expect(how({ actingFor })).toEqual(['What Bola put in', 'their own money', expect.stringMatching(/, from their paper$/)]);
    expect(table({ actingFor, contributions: [] }).empty).toBe('Bola has not put money in yet.');
  });
});

it('explains an odd penny when there is one', () => {
  expect(oddPenny([pence(3334), pence(3333)])).toContain('penny');
  expect(oddPenny([pence(50), pence(50)])).toBeNull();
});
