import { describe, expect, it } from '@jest/globals';
import { pence } from '../../kernel/index.js';
import type { InvoiceView } from '../../purchasing/index.js';
import { addsUp } from '../blocks/index.js';
import { oddPenny, splitOf } from './money.view.js';

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

it('explains an odd penny when there is one', () => {
  expect(oddPenny([pence(3334), pence(3333)])).toContain('penny');
  expect(oddPenny([pence(50), pence(50)])).toBeNull();
});
