import { describe, expect, it } from '@jest/globals';
import type { LocalDate } from '../kernel/index.js';
import { pence } from '../kernel/index.js';
import type { PayoutFacts } from './payout.rules.js';
import { payoutOfLine } from './payout.rules.js';

const payout = (id: string, amount: number, arrivesOn: string, reference: string | null = null): PayoutFacts => ({
  id,
  amount: pence(amount),
  reference,
  arrivesOn: arrivesOn as LocalDate,
});
const line = { amount: pence(9_900), day: '2026-11-20' as LocalDate, text: 'STRIPE PAYMENTS UK LTD Stripe 7qxa-1' };

describe('which pay-out a statement line is', () => {
  it.each([
    ['named by its reference', [payout('po_1', 9_900, '2026-10-01', 'STRIPE 7QXA1'), payout('po_2', 9_900, '2026-11-20')], 'po_1'],
    ['named by its id', [payout('po_1', 9_900, '2026-11-20'), payout('po_stripe7qxa', 9_900, '2026-10-01')], 'po_1'],
    [
      'the only one of its sum near its day',
      [payout('po_1', 9_900, '2026-11-17'), payout('po_2', 9_900, '2026-11-10'), payout('po_3', 9_800, '2026-11-20')],
      'po_1',
    ],
    ['none of two that fit', [payout('po_1', 9_900, '2026-11-19'), payout('po_2', 9_900, '2026-11-20')], undefined],
    ['none of another sum, though named', [payout('po_1', 9_901, '2026-11-20', 'STRIPE 7QXA1')], undefined],
    ['none long before it', [payout('po_1', 9_900, '2026-11-16')], undefined],
    ['none without a name that is nothing', [payout('po_1', 9_900, '2026-01-16', '')], undefined],
  ] as const)('%s', (_, payouts, id) => expect(payoutOfLine(line, payouts)?.id).toBe(id));
});
