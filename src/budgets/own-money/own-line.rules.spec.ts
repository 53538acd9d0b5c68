import { describe, expect, it } from '@jest/globals';
import type { LocalDate } from '../../kernel/index.js';
import { newId, pence } from '../../kernel/index.js';
import { homewardEntry, stayedEntry } from './own-line.entries.js';
import { decideHome, usableOf } from './own-line.rules.js';

describe('own money that goes home', () => {
  it('is all there is, or what was asked, less what the person owes there', () => {
    expect(decideHome({ free: pence(900), owes: pence(0) }, undefined)).toBe(900n);
    expect(decideHome({ free: pence(900), owes: pence(200) }, undefined)).toBe(700n);
    expect(decideHome({ free: pence(900), owes: pence(-50) }, pence(900))).toBe(900n);
    expect(usableOf({ free: pence(100), owes: pence(200) })).toBe(0n);
  });

  it.each([
    [{ free: pence(0), owes: pence(0) }, undefined, 'nothing-to-send'],
    [{ free: pence(100), owes: pence(100) }, undefined, 'nothing-to-send'],
    [{ free: pence(100), owes: pence(0) }, pence(101), 'not-enough-free'],
    [{ free: pence(100), owes: pence(0) }, pence(0), 'amount-not-positive'],
  ])('is refused: %j, asked for %s', (facts, asked, code) => {
    expect(() => decideHome(facts, asked)).toThrow(expect.objectContaining({ code }) as unknown as Error);
  });

  it('leaves the line towards its person and nobody else, and called off it is back', () => {
    const line = { id: newId<'budget-line'>(), personId: newId<'person'>(), bookId: newId<'book'>(), reference: 'OWN-7K3M-9QXA' };
    const [out] = homewardEntry(line, pence(5), 'x', '2026-11-20' as LocalDate).transfers!;
    const [back] = stayedEntry(line, pence(5), 'x', '2026-11-20' as LocalDate).transfers!;
    expect(out).toMatchObject({ debit: { kind: 'line', line: line.id }, credit: { kind: 'payable', subject: line.personId }, amount: 5n });
    expect(back).toMatchObject({ debit: out!.credit, credit: out!.debit, amount: 5n });
  });
});
