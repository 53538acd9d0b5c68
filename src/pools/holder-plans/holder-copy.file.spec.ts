import { describe, expect, it } from '@jest/globals';
import { pence } from '../../kernel/index.js';
import type { CopyRow } from './holder-copy.file.js';
import { copyFrom, csvOf, hashOf, heldIn, openingOf } from './holder-copy.file.js';

const row = (over: Partial<CopyRow>): CopyRow => ({
  kind: 'share',
  share: 's1',
  owner: 'o1',
  line: 'l1',
  service: 'p1',
  about: '',
  reference: '',
  state: '',
  day: '',
  amount: pence(0),
  ...over,
});
const rows = [
  row({ amount: pence(4_001) }),
  row({ kind: 'set-aside', about: 'session', day: '2026-12-01' as never, amount: pence(3_000) }),
  row({ kind: 'payment', about: 'pay', reference: 'PAY-1, "x"', state: 'in-file', amount: pence(1_000) }),
  row({ share: 's2', owner: 'funder', line: '', service: '', amount: pence(50) }),
];

describe('a copy of a money-holder', () => {
  it('is read back from its text to the penny, whatever its words', () => {
    expect(copyFrom(csvOf(rows))).toEqual({ rows, held: pence(5_051) });
    expect(csvOf(copyFrom(csvOf(rows)).rows)).toBe(csvOf(rows));
  });
  it('counts each penny once: what is set aside is in its share, and what is to be paid is in none', () => {
    expect(heldIn(rows)).toBe(pence(5_051));
  });
  it('opens a successor’s shares with what stood in them', () => {
    expect([...openingOf(copyFrom(csvOf(rows)))]).toEqual([
      ['o1 l1 p1', pence(4_001)],
      ['funder  ', pence(50)],
    ]);
  });
  it('has another hash when one penny is another', () => {
    expect(hashOf(Buffer.from(csvOf(rows)))).not.toBe(hashOf(Buffer.from(csvOf([row({ amount: pence(4_002) }), ...rows.slice(1)]))));
  });
  it('refuses rows it does not know', () => {
    expect(() => copyFrom(csvOf([row({ kind: 'pot' as never })]))).toThrow();
  });
});
