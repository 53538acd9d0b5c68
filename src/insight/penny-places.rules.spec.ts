import { describe, expect, it } from '@jest/globals';
import { pence } from '../kernel/index.js';
import type { Hints, TransferFact } from './penny-places.rules.js';
import { movementsOf, placeKind } from './penny-places.rules.js';

const HINTS: Hints = {
  purposes: new Map([
    ['p1', 'i1'],
    ['p2', 'r2'],
    ['p3', 'o3'],
  ]),
  homeward: new Map([['p3', 'funder']]),
  refunds: new Map([['t-refund', { payment: 'p1', remittance: 'r9' }]]),
  arrivals: new Map([['e-arrival', 's1']]),
  seen: new Set(['t-seen', 't-came']),
};
const transfer = (over: Partial<TransferFact>): TransferFact => ({
  id: 't',
  order: '1',
  entry: 'e',
  corrects: null,
  reference: 'x:y:z',
  kind: 'contribution',
  debit: 'A',
  credit: 'B',
  debitKind: 'line',
  creditKind: 'share',
  amount: pence(5),
  line: 'L',
  owner: 'A',
  reservation: null,
  ...over,
});
const ways = (over: Partial<TransferFact>): string[] => movementsOf([transfer(over)], [], HINTS).map((each) => `${each.id}: ${each.from} > ${each.to}`);

describe('where a transfer goes from and to', () => {
  it.each([
    ['between two accounts of a person', {}, ['t: line:A > share:B']],
    [
      'out of what was set aside, for an invoice',
      { reference: 'invoice:i1:split', debitKind: 'share', creditKind: 'payable', reservation: 'R' },
      ['t: reserved:R > owed:i1:L'],
    ],
    ['a payment, from the debt it was for', { reference: 'payment:p1:sent:1', debitKind: 'payable', creditKind: 'clearing' }, ['t: owed:i1:L > payee:p1:L']],
    [
      'a payment that a statement shows',
      { id: 't-seen', reference: 'payment:p1:sent:1', debitKind: 'payable', creditKind: 'spent' },
      ['t-seen: owed:i1:L > left:t-seen', 'seen:t-seen: left:t-seen > payee:p1:L'],
    ],
    ['a payment that came back', { reference: 'payment:p1:returned:1', debitKind: 'clearing', creditKind: 'payable' }, ['t: payee:p1:L > owed:i1:L']],
    [
      'a refund, from the payment it gives back, on to another book',
      { id: 't-refund', reference: 'refund:f:received', debitKind: 'clearing', creditKind: 'remitting' },
      ['t-refund: payee:p1:L > on-the-way:r9:L'],
    ],
    ['a remittance that leaves', { reference: 'remittance:r1:sent', creditKind: 'remitting' }, ['t: line:A > on-the-way:r1:L']],
    [
      'a remittance that arrived there',
      { reference: 'remittance:r1:arrived', debitKind: 'remitting', creditKind: 'clearing' },
      ['t: on-the-way:r1:L > crossing:r1'],
    ],
    [
      'a funder’s money, from the statement line that brought it',
      { reference: 'funder-share:pool:F:s7', line: null, subject: 'F', debitKind: 'unallocated' },
      ['t: arrived:s7 > share:B'],
    ],
    [
      'what is left of it, on its way home',
      { reference: 'funder-share:pool:F:left-over:o3', line: null, subject: 'F', debitKind: 'share', creditKind: 'payable' },
      ['t: share:A > owed:o3:F'],
    ],
    ['own money on its way home', { reference: 'own-line:L:home:o3', debitKind: 'line', creditKind: 'payable' }, ['t: line:A > owed:o3:L']],
    ['and home', { reference: 'payment:p3:sent:1', line: null, subject: 'F', debitKind: 'payable', creditKind: 'clearing' }, ['t: owed:o3:F > funder:p3:F']],
    ['a remittance received by bank', { reference: 'remittance:r1:received', debitKind: 'bank' }, ['t: crossing:r1 > share:B']],
    ['a remittance received by card', { reference: 'payment:p2:succeeded', kind: 'remittance-received', debitKind: 'clearing' }, ['t: crossing:r2 > share:B']],
    [
      'an arrival that a statement shows',
      { id: 't-came', entry: 'e-arrival', reference: 'match:m:bank', debitKind: 'bank', creditKind: 'unallocated', line: null, owner: null },
      ['seen:t-came: in:t-came > came:t-came', 't-came: came:t-came > arrived:s1'],
    ],
    [
      'what arrived becomes a line’s',
      { reference: 'budget-line:L:allocated:statement-line:s1', debitKind: 'unallocated', creditKind: 'line' },
      ['t: arrived:s1 > line:B'],
    ],
    ['an arrival put right', { corrects: 'e-arrival', reference: 'match:m:undone', debitKind: 'unallocated', creditKind: 'bank' }, ['t: arrived:s1 > out:t']],
    ['what a funder agreed', { reference: 'budget-line:L:agreed', debitKind: 'agreed', creditKind: 'line' }, ['t: funder:t > line:B']],
    ['what a bank took back', { reference: 'payment:p1:taken-back:d', debitKind: 'receivable', creditKind: 'clearing' }, ['t: debt:A > out:t']],
    ['clearing and bank alone: no step of its own', { kind: 'bank-line', debitKind: 'clearing', creditKind: 'bank' }, []],
  ] as const)('%s', (_, over, expected) => expect(ways(over)).toEqual(expected));

  it('money set aside leaves what is free, and comes back to it', () => {
    const aside = { order: '1', reservation: 'R', account: 'A', accountKind: 'share' as const, amount: pence(5) };
    const found = movementsOf(
      [],
      [
        { ...aside, id: 'set:R', what: 'set-aside' },
        { ...aside, id: 'free:X', what: 'freed' },
      ],
      HINTS,
    );
    expect(found.map((each) => `${each.from} > ${each.to}`)).toEqual(['share:A > reserved:R', 'reserved:R > share:A']);
    expect(placeKind(found[0]!.to)).toBe('reserved');
  });
});
