import type { Pence, PersonId } from '../kernel/index.js';
import { minus, pence, plus, refused, smaller, splitInProportion, sumPence } from '../kernel/index.js';
import type { SplitBy, Terms } from '../pools/index.js';

/** How the members agreed to share a price (domain 2.3). `parts` is what the agreement says of each member: minutes of support a session
 *  (`hours`), any whole number (`ratio`), pence a session (`fixed`, or `funder` when their funder named the sum). */
export interface SplitTerms {
  readonly by: SplitBy;
  readonly parts: ReadonlyMap<PersonId, bigint>;
}

export const EQUALLY: SplitTerms = { by: 'equal', parts: new Map() };

/** What an agreement says of dividing a price; equally when there is none. */
export const splitTermsOf = (terms: Pick<Terms, 'split' | 'parts'> | undefined): SplitTerms =>
  terms === undefined ? EQUALLY : { by: terms.split, parts: new Map((terms.parts ?? []).map(({ personId, part }) => [personId, BigInt(part)])) };

/** Sums that are said outright, and not worked out from the price. */
export const isFixed = (split: SplitTerms): boolean => split.by === 'fixed' || split.by === 'funder';

/** What the agreement says of each of these members, in their order; 1 for each when all pay alike (`attendance`: all who come pay alike).
 *  Refuses: part-missing (a member of whom it says nothing, or nothing above zero). */
export function partsOf(split: SplitTerms, members: readonly PersonId[]): bigint[] {
  if (split.by === 'equal' || split.by === 'attendance') return members.map(() => 1n);
  const parts = members.map((member) => split.parts.get(member) ?? 0n);
  const missing = parts.filter((part) => part <= 0n).length;
  if (missing > 0)
    throw refused('part-missing', 'The agreement does not say what part somebody pays who joined since. Offer a new version of it to everyone first.', {
      missing,
    });
  return parts;
}

/** What each member pays of each of several amounts: rows are sessions, columns members by join order. Each row sums to its amount, by
 *  largest remainder, ties by place; what a member paid too little or too much by the penny so far counts in the next row, so the odd
 *  penny goes round. Three sessions of £100.00 for three people: 33.34 + 33.33 + 33.33, then 33.33 + 33.34 + 33.33, then
 *  33.33 + 33.33 + 33.34, and £100.00 each. No part is ever below zero. */
export function splitRows(amounts: readonly Pence[], weights: readonly bigint[]): Pence[][] {
  const whole = weights.reduce((sum, weight) => sum + weight, 0n);
  if (whole <= 0n && amounts.some((amount) => amount > 0n)) throw new RangeError('nothing to split over: all weights are zero');
  /** Of each member what they should have paid less what they did, in parts of a penny (1 / whole). */
  let owed = weights.map(() => 0n);
  return amounts.map((amount) => {
    const due = weights.map((weight, place) => owed[place]! + weight * amount);
    const row = weights.map((weight) => (whole > 0n ? (weight * amount) / whole : 0n));
    const behind = row.map((part, place) => due[place]! - part * whole);
    let missing = amount - row.reduce((sum, part) => sum + part, 0n);
    const order = weights.map((_, place) => place).filter((place) => weights[place]! > 0n);
    for (const place of order.sort((a, b) => (behind[a] === behind[b] ? a - b : behind[a]! > behind[b]! ? -1 : 1))) {
      if (missing === 0n) break;
      row[place]! += 1n;
      missing -= 1n;
    }
    owed = row.map((part, place) => due[place]! - part * whole);
    return row as Pence[];
  });
}

/** An equal split of the same price for each of several sessions. */
export const splitSessions = (price: Pence, sessions: number, members: number): Pence[][] =>
  splitRows(
    Array.from({ length: sessions }, () => price),
    Array.from({ length: members }, () => 1n),
  );

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
 *  their sum. For invoices (weights: what is set aside); refunds are split in the same way where payments are kept (`splitRefund`). */
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

/** Column sums of a table of pence. */
export const totals = (rows: readonly (readonly Pence[])[]): Pence[] =>
  rows.reduce<Pence[]>((sums, row) => row.map((part, place) => plus(sums[place] ?? pence(0), part)), []);
