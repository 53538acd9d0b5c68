import type { BookId, Id, LocalDate, Pence, ReservationId } from '../kernel/index.js';
import { addDays, invariant, larger, minus, NO_PENCE, smaller, sumPence } from '../kernel/index.js';

/** Money that is still set aside in a leaver's share, for something on a day. */
export interface SetAside {
  readonly reservation: ReservationId;
  readonly purpose: string;
  readonly forDay: LocalDate;
  readonly left: Pence;
}

export interface ExitShare {
  readonly id: Id<'share'>;
  readonly book: BookId;
  /** What stands in the share now, set-aside money included. */
  readonly posted: Pence;
  readonly setAside: readonly SetAside[];
}

/** One change of a member's shares so far. */
export interface ShareChange {
  /** `came-back`: sent to the line's account, but it did not arrive there. */
  readonly what: 'put-in' | 'invoice' | 'refund' | 'returned' | 'came-back';
  readonly on: LocalDate;
  /** Always positive: what it does is said by `what`. */
  readonly amount: Pence;
}

export interface ExitFacts {
  readonly changes: readonly ShareChange[];
  readonly shares: readonly ExitShare[];
  /** What the member owes in each book after a fact from outside (a Direct Debit claimed back). */
  readonly debts: ReadonlyMap<BookId, Pence>;
}

/** What anyone can check by adding up: put in - invoices + refunds - returned before = kept for notice + held for a debt + returned now. */
export interface ExitStatement {
  readonly leftOn: LocalDate;
  /** The first day on which the leaver owes nothing more. */
  readonly noticeUntil: LocalDate;
  readonly putIn: Pence;
  readonly invoices: readonly ShareChange[];
  readonly refunds: readonly ShareChange[];
  readonly returnedBefore: Pence;
  readonly keptForNotice: readonly SetAside[];
  readonly kept: Pence;
  /** For later days: no longer set aside. */
  readonly freed: readonly (SetAside & { readonly book: BookId })[];
  readonly heldForDebt: Pence;
  /** Goes to the member's own line; never in hand, and never to the others. */
  readonly toReturn: Pence;
  readonly returns: readonly { readonly share: Id<'share'>; readonly amount: Pence }[];
}

/** The exit statement for leaving on `day`. A leaver owes their own part of what falls within notice, nothing after it, and nobody
 *  else's part ever (RULE 18). What happened before the day and was not invoiced yet is kept too. */
export function exitStatement(facts: ExitFacts, day: LocalDate, noticeDays: number): ExitStatement {
  const noticeUntil = addDays(day, noticeDays);
  const isKept = (each: SetAside): boolean => each.forDay <= day || each.forDay < noticeUntil;
  const keptForNotice = facts.shares.flatMap((share) => share.setAside.filter(isKept));
  const freed = facts.shares.flatMap((share) => share.setAside.filter((each) => !isKept(each)).map((each) => ({ ...each, book: share.book })));
  const of = (what: ShareChange['what']): ShareChange[] => facts.changes.filter((change) => change.what === what);
  const { returns, held } = returnsOf(facts, isKept);
  const statement: ExitStatement = {
    leftOn: day,
    noticeUntil,
    putIn: total(of('put-in')),
    invoices: of('invoice'),
    refunds: of('refund'),
    returnedBefore: minus(total(of('returned')), total(of('came-back'))),
    keptForNotice,
    kept: sumPence(keptForNotice.map((each) => each.left)),
    freed,
    heldForDebt: held,
    toReturn: sumPence(returns.map((each) => each.amount)),
    returns,
  };
  invariant(addsUp(statement), 'an exit statement adds up');
  return statement;
}

/** What may go home of a member who has left, everything still set aside kept. */
export const leftovers = (facts: ExitFacts): ExitStatement['returns'] => returnsOf(facts, () => true).returns;

/** True when the statement's lines make its last ones. */
export function addsUp(s: ExitStatement): boolean {
  return s.putIn - total(s.invoices) + total(s.refunds) - s.returnedBefore === s.kept + s.heldForDebt + s.toReturn;
}

const total = (changes: readonly ShareChange[]): Pence => sumPence(changes.map((change) => change.amount));

/** Free money of each share, less what the member owes in that share's book (design: truth 3). */
function returnsOf(facts: ExitFacts, isKept: (each: SetAside) => boolean): { returns: { share: Id<'share'>; amount: Pence }[]; held: Pence } {
  const debts = new Map(facts.debts);
  let held = NO_PENCE;
  const returns = facts.shares.map((share) => {
    const free = minus(share.posted, sumPence(share.setAside.filter(isKept).map((each) => each.left)));
    const owed = smaller(larger(debts.get(share.book) ?? NO_PENCE, NO_PENCE), free);
    debts.set(share.book, minus(debts.get(share.book) ?? NO_PENCE, owed));
    held = (held + owed) as Pence;
    return { share: share.id, amount: minus(free, owed) };
  });
  invariant(
    returns.every((each) => each.amount >= 0n),
    'no share is below what is kept in it',
  );
  return { returns: returns.filter((each) => each.amount > 0n), held };
}

/** A row of a share's ledger statement. */
export interface ShareMovement {
  readonly kind: string;
  readonly on: LocalDate;
  /** Positive makes the share larger. */
  readonly change: Pence;
}

/** The movements of shares in people's words. Money that came from another book is a contribution if one of that amount arrived,
 *  else a refund that first reached another book. Corrections count as what they undo by direction: more money, or less. */
export function changesOf(movements: readonly ShareMovement[], arrivedFromElsewhere: readonly Pence[]): ShareChange[] {
  const expected = [...arrivedFromElsewhere];
  return movements.map(({ kind, on, change }) => {
    if (change < 0n) return { what: kind === 'returned' || kind === 'remittance-sent' ? 'returned' : 'invoice', on, amount: -change as Pence };
    if (kind === 'returned') return { what: 'came-back', on, amount: change };
    if (kind !== 'remittance-received') return { what: kind === 'contribution' || kind === 'pay-in' ? 'put-in' : 'refund', on, amount: change };
    const place = expected.indexOf(change);
    if (place >= 0) expected.splice(place, 1);
    return { what: place >= 0 ? 'put-in' : 'refund', on, amount: change };
  });
}
