import type { BookId, LocalDate, Pence, ReservationId } from '../kernel/index.js';
import type { AccountKey, NewEntry, ReservationEnding } from '../ledger/index.js';
import type { ShareFacts } from './pool.entries.js';
import { crossesBooks, lineAccountOf, shareAccount } from './pool.entries.js';

/** Why money of a share goes back to where it came from. The id names the one occasion, so that a repeat changes nothing. */
export interface Cause {
  readonly noun: 'exit' | 'death' | 'area-move' | 'wind-up' | 'surplus' | 'own-top-up';
  readonly id: string;
  readonly on: LocalDate;
}

/** Money that is no longer set aside. */
export interface Freed {
  readonly book: BookId;
  readonly reservation: ReservationId;
  readonly amount: Pence;
}

/** Money of one share that goes to its own line. */
export interface Homeward {
  readonly share: ShareFacts;
  readonly amount: Pence;
  /** Another line of the same person in the share's book: a person's own money goes home from where it lies, and not by a money-holder of before. */
  readonly to?: AccountKey;
}

/** What is needed no longer is not set aside any more: one entry a book. */
export function releaseEntries(cause: Cause, freed: readonly Freed[]): NewEntry[] {
  return [...new Set(freed.map((each) => each.book))].map((book) => ({
    book,
    reference: `${cause.noun}:${cause.id}:released`,
    kind: 'commitment-ended',
    effectiveOn: cause.on,
    endings: freed.filter((each) => each.book === book).map((each): ReservationEnding => ({ reservation: each.reservation, amount: each.amount, as: 'void' })),
  }));
}

/** A free share goes back to the line it came from, in one book: share / line. */
export const returnEntry = (cause: Cause, { share, amount, to }: Homeward): NewEntry => ({
  book: share.bookId,
  reference: `${cause.noun}:${cause.id}:returned:${share.lineId}:${share.planLineId ?? 'own'}`,
  kind: 'returned',
  effectiveOn: cause.on,
  transfers: [{ debit: shareAccount(share), credit: to ?? lineAccountOf(share), amount }],
});

/** What the ledger moves when money goes home; what lies in another book than its line is left to `crossing`. */
const homeEntries = (cause: Cause, freed: readonly Freed[], returns: readonly Homeward[]): NewEntry[] => [
  ...releaseEntries(cause, freed),
  ...returns.filter(({ share, amount, to }) => (to !== undefined || !crossesBooks(share)) && amount > 0n).map((each) => returnEntry(cause, each)),
];

/** What is to be sent home by a remittance, because its line is in another book. */
export const crossing = (returns: readonly Homeward[]): Homeward[] =>
  returns.filter(({ share, amount, to }) => to === undefined && crossesBooks(share) && amount > 0n);

type Occasion = Omit<Cause, 'noun'>;

/** A member leaves: what falls after notice is freed, and what is free goes to their own line, never in hand (domain 2.3). */
export const leavingEntries = (exit: Occasion, freed: readonly Freed[], returns: readonly Homeward[]): NewEntry[] =>
  homeEntries({ ...exit, noun: 'exit' }, freed, returns);

/** A member died: nothing is charged for notice, and what is free goes to the lines it came from, where the funder and the estate find it
 *  (S.I. 2013/1617 reg. 15). `on` is the day of booking; what was for days after the death is freed. */
export const deathEntries = (death: Occasion, freed: readonly Freed[], returns: readonly Homeward[]): NewEntry[] =>
  homeEntries({ ...death, noun: 'death' }, freed, returns);

/** Another ICB became responsible: the shares of the old one's lines go back to them. The member may stay, with money of the new one. */
export const areaMoveEntries = (move: Occasion, freed: readonly Freed[], returns: readonly Homeward[]): NewEntry[] =>
  homeEntries({ ...move, noun: 'area-move' }, freed, returns);

/** Something is over: what is left above what the agreement lets stay goes home, and the member stays (domain 2.3). */
export const surplusEntries = (over: Occasion, freed: readonly Freed[], returns: readonly Homeward[]): NewEntry[] =>
  homeEntries({ ...over, noun: 'surplus' }, freed, returns);

/** The pool is wound up: for each member what is not owed to providers goes home (domain 2.3). Funders' shares follow by `leftoverEntry`. */
export const windUpEntries = (windUp: Occasion, freed: readonly Freed[], returns: readonly Homeward[]): NewEntry[] =>
  homeEntries({ ...windUp, noun: 'wind-up' }, freed, returns);
