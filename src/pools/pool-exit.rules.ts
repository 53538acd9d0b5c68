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
  /** `came-back`: sent to the line's account, but it did not arrive there. `moved-out`, `moved-in`: from one money-holder to the next. */
  readonly what: 'put-in' | 'invoice' | 'refund' | 'returned' | 'came-back' | 'moved-out' | 'moved-in';
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

/** What anyone can check by adding up: put in - invoices + refunds - returned before = kept for notice + held for a debt + on its way to another
 *  money-holder + returned now. */
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
  /** Between two money-holders of the pool: still the member's, and sent home when it has arrived. */
  readonly onItsWay: Pence;
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
    onItsWay: minus(total(of('moved-out')), total(of('moved-in'))),
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
  return s.putIn - total(s.invoices) + total(s.refunds) - s.returnedBefore === s.kept + s.heldForDebt + s.onItsWay + s.toReturn;
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

/** Sums that came to or left a share from or to another book, and are neither a refund nor a way home. */
export interface Elsewhere {
  /** Contributions that arrived. */
  readonly arrived: readonly Pence[];
  /** Moves to another money-holder: out of the old share, and those that arrived in the new one. */
  readonly movedOut?: readonly Pence[];
  readonly movedIn?: readonly Pence[];
}

const PUT_IN = ['contribution', 'pay-in', 'allocated', 'agreed'];
const RETURNED = ['returned', 'remittance-sent', 'agreed-less'];

/** The movements of shares in people's words. Money that came from another book is a contribution if one of that amount arrived,
 *  else a refund that first reached another book. Corrections count as what they undo by direction: more money, or less. */
export function changesOf(movements: readonly ShareMovement[], elsewhere: Elsewhere): ShareChange[] {
  const [arrived, movedOut, movedIn] = [elsewhere.arrived, elsewhere.movedOut ?? [], elsewhere.movedIn ?? []].map((sums) => [...sums]) as Pence[][];
  const isOneOf = (sums: Pence[], sum: Pence): boolean => {
    const place = sums.indexOf(sum);
    if (place >= 0) sums.splice(place, 1);
    return place >= 0;
  };
  const whatIs = (kind: string, change: Pence): ShareChange['what'] => {
    if (change < 0n) {
      if (kind === 'remittance-sent' && isOneOf(movedOut!, -change as Pence)) return 'moved-out';
      return RETURNED.includes(kind) ? 'returned' : 'invoice';
    }
    if (kind === 'returned') return 'came-back';
    if (kind !== 'remittance-received') return PUT_IN.includes(kind) ? 'put-in' : 'refund';
    if (isOneOf(movedIn!, change)) return 'moved-in';
    return isOneOf(arrived!, change) ? 'put-in' : 'refund';
  };
  return movements.map(({ kind, on, change }) => ({ what: whatIs(kind, change), on, amount: (change < 0n ? -change : change) as Pence }));
}
