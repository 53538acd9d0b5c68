import type { Pence } from '../kernel/index.js';
import { minus, pence, plus, smaller, splitEqually, splitInProportion, sumPence } from '../kernel/index.js';

/** What each member pays for each session: rows are sessions, columns members by join order. Every session's parts sum to the price, and
 *  over all sessions no two members differ by more than a penny: each row is the difference of two equal splits of what was bought so
 *  far, so the odd penny goes round. Three sessions of £100.00 for three people: 33.34 + 33.33 + 33.33, then 33.33 + 33.34 + 33.33,
 *  then 33.33 + 33.33 + 33.34, and £100.00 each. */
export function splitSessions(price: Pence, sessions: number, members: number): Pence[][] {
  const soFar = (count: number): Pence[] => splitEqually(pence(price * BigInt(count)), members);
  return Array.from({ length: sessions }, (_, n) => {
    const before = soFar(n);
    return soFar(n + 1).map((part, place) => minus(part, before[place]!));
  });
}

/** Takes `amount` from several of one person's shares, the earlier ones first; answers what is missing, if anything. Never looks at
 *  anybody else's share (RULE 18). */
export function drawOn<Share extends { readonly usable: Pence }>(
  amount: Pence,
  shares: readonly Share[],
): { taken: { share: Share; amount: Pence }[]; missing: Pence } {
  let left = amount;
  const taken: { share: Share; amount: Pence }[] = [];
  for (const share of shares) {
    const part = smaller(left, share.usable);
    if (part > 0n) taken.push({ share, amount: part });
    left = minus(left, part > 0n ? part : pence(0));
  }
  return { taken, missing: left };
}

/** An amount over weights, ties by place; the parts sum to it and none is larger than its weight when the amount is not larger than
 *  their sum. For invoices (weights: what is set aside) and refunds (weights: what is unrefunded). */
export function splitOver(amount: Pence, weights: readonly Pence[]): Pence[] {
  const whole = sumPence(weights);
  if (amount > whole) throw new RangeError(`a split of ${amount} over ${whole}`);
  return splitInProportion(amount, weights);
}

/** `amount` out of several reservations of one share, the earliest session first. */
export function fillInOrder<Reservation extends { readonly left: Pence }>(
  amount: Pence,
  reservations: readonly Reservation[],
): { reservation: Reservation; amount: Pence }[] {
  let left = amount;
  return reservations.flatMap((reservation) => {
    const part = smaller(left, reservation.left);
    left = minus(left, part);
    return part > 0n ? [{ reservation, amount: part }] : [];
  });
}

/** The parts of `whole` still unrefunded after refunds, each split over what was unrefunded before it. */
export function refundInTurn(original: readonly Pence[], refunds: readonly Pence[]): { splits: Pence[][]; unrefunded: Pence[] } {
  let unrefunded = [...original];
  const splits = refunds.map((refund) => {
    const split = splitOver(refund, unrefunded);
    unrefunded = unrefunded.map((part, place) => minus(part, split[place]!));
    return split;
  });
  return { splits, unrefunded };
}

/** Column sums of a table of pence. */
export const totals = (rows: readonly (readonly Pence[])[]): Pence[] =>
  rows.reduce<Pence[]>((sums, row) => row.map((part, place) => plus(sums[place] ?? pence(0), part)), []);
