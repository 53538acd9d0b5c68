import type { BookId, Id, LocalDate, Pence, PersonId, ReservationId } from '../kernel/index.js';
import { addDays, formatPounds, invalid, minus, pence, refused, splitInProportion, sumPence } from '../kernel/index.js';
import type { ChoiceWait, MemberState, PoolState, ShareId } from '../pools/index.js';
import type { SessionState } from './purchase.lifecycle.js';
import { drawOn, EQUALLY, fillInOrder, isFixed, partsOf, splitOver, splitRows } from './split.rules.js';
import type { SplitTerms } from './split.rules.js';

/** How long after a session its money stays set aside for a late invoice (our judgement, November 2026). */
export const HELD_AFTER_DAYS = 60;

export interface CommitShare {
  readonly id: ShareId;
  readonly personId: PersonId;
  /** Free, less what the member owes in the share's book. */
  readonly usable: Pence;
  /** Whether the plan behind it is agreed (RULE 6), and its budget line neither ended nor suspended (reg. 17). */
  readonly planAgreed: boolean;
  /** The first day on which its budget line is over; sessions on or after it cannot draw on it. */
  readonly lineUntil: LocalDate;
}

export interface CommitFacts {
  readonly poolState: PoolState;
  readonly agreementInForce: boolean;
  readonly quoteState: string;
  readonly price: Pence;
  readonly sessions: number;
  /** In join order. */
  readonly members: readonly { readonly personId: PersonId; readonly state: MemberState; readonly isFrozen?: boolean; readonly pays?: boolean }[];
  /** What the members' choice of the quote still waits for, by the agreement and who is a member now. */
  readonly waitsFor: ChoiceWait | undefined;
  /** By join order, then id. */
  readonly shares: readonly CommitShare[];
  /** How the agreement divides a price; equally when left out. */
  readonly split?: SplitTerms;
  /** Whether funders' shares are drawn before the members', or only where those do not reach. */
  readonly drawFunders?: 'first' | 'last' | undefined;
  /** In the order in which they are drawn. */
  readonly funders?: readonly CommitFunder[];
  /** The money is being moved to another money-holder: what is set aside now would be lost on the way. */
  readonly isMoving?: boolean;
  /** It renews wages or what keeps people safe, which no stop of a pool or of a part holds up (features.md, C15). */
  readonly goesOnInFreeze?: boolean;
}

/** Money that a named funder put beside the members'. */
export interface CommitFunder {
  readonly id: ShareId;
  readonly usable: Pence;
  /** The last day of a session it may pay for. */
  readonly endsOn: LocalDate;
}

export interface CommittedPart {
  /** From 0. */
  readonly session: number;
  readonly share: ShareId;
  readonly amount: Pence;
}

/** What is set aside in which share for which session. Each member pays their part out of their own shares, as the agreement divides the
 *  price; funders' shares are drawn in their order, before the members' or where those do not reach, as it says. When money does not reach,
 *  nothing is committed, because nobody pays another's share (RULE 18).
 *  Refuses: pool-not-active, money-holder-changing, quote-not-chosen, not-everyone-chose, days-do-not-fit, part-missing, part-frozen,
 *  parts-are-not-the-price, nobody-pays, share-short. */
export function decideCommitment(facts: CommitFacts, days: readonly LocalDate[], today: LocalDate): CommittedPart[] {
  checkCommit(facts);
  checkDays(days, facts.sessions, today);
  const { parts, short } = drawAll(facts, days);
  if (short > 0)
    throw refused(
      'share-short',
      `${short === 1 ? 'One member’s share does' : `${short} members’ shares do`} not reach. They can put in more, or you can buy fewer sessions; nobody pays another’s part.`,
      { short },
    );
  return parts;
}

/** What each member lacks for a price, in pence over all its sessions; members who have enough are left out. For themselves alone to see:
 *  the group is told how many, and how much in all (RULE 18). Refuses as `decideCommitment` does, but for what is short. */
export function shortfallOf(facts: CommitFacts, days: readonly LocalDate[]): ReadonlyMap<PersonId, Pence> {
  return drawAll(facts, days).missing;
}

function checkCommit(facts: CommitFacts): void {
  if ((facts.poolState !== 'active' && !(facts.poolState === 'frozen' && facts.goesOnInFreeze)) || !facts.agreementInForce)
    throw refused('pool-not-active', 'The pool can commit once everyone has agreed, and while it is not stopped.');
  if (facts.isMoving)
    throw refused('money-holder-changing', 'The group’s money is on its way to another money-holder. You can commit again when it has arrived.');
  if (facts.quoteState !== 'chosen') throw refused('quote-not-chosen', 'Every member has to choose this quote first.');
  if (facts.waitsFor)
    throw refused(
      'not-everyone-chose',
      'Since this quote was chosen, somebody joined or changed their mind. Not enough of those who are members now have chosen it.',
      {
        waitsFor: facts.waitsFor,
      },
    );
}

/** Who has a part of a price: members, but for those who were asked to join without putting money in. */
const membersOf = (facts: CommitFacts): CommitFacts['members'] => facts.members.filter((member) => member.state === 'member' && member.pays !== false);

function drawAll(facts: CommitFacts, days: readonly LocalDate[]): { parts: CommittedPart[]; missing: Map<PersonId, Pence>; short: number } {
  const split = facts.split ?? EQUALLY;
  const frozen = new Set(facts.goesOnInFreeze ? [] : membersOf(facts).flatMap((member) => (member.isFrozen ? [member.personId] : [])));
  // Who pays alike for coming does not come while their part is stopped: that is what such an agreement says. No other lets one pay for another.
  const members = membersOf(facts).filter((member) => split.by !== 'attendance' || !frozen.has(member.personId));
  if (members.length === 0 && frozen.size > 0) throw partFrozen(frozen.size);
  const weights = partsOf(
    split,
    members.map((member) => member.personId),
  );
  const fromFunders = new FunderDraw(facts.drawFunders === undefined ? [] : (facts.funders ?? []), days);
  const fixed = sumPence(weights.map(pence));
  if (isFixed(split) && fixed > facts.price) throw notThePrice(fixed, facts.price);
  // What is not the members' to pay, session by session.
  const beside = days.map((_, session) =>
    fromFunders.draw(session, isFixed(split) ? minus(facts.price, fixed) : facts.drawFunders === 'first' ? facts.price : pence(0)),
  );
  if (isFixed(split) && beside.some((sum) => sum + fixed < facts.price)) throw notThePrice(fixed, facts.price);
  if (members.length === 0 && beside.some((sum) => sum < facts.price))
    throw refused('nobody-pays', 'Everybody in this group is in it without putting money in. Somebody has to pay, or a funder.');
  const rows = splitRows(
    beside.map((sum) => minus(facts.price, sum)),
    weights,
  );
  const needed = members.filter((member, place) => frozen.has(member.personId) && rows.some((row) => row[place]! > 0n)).length;
  if (needed > 0) throw partFrozen(needed);
  const missing = new Map<PersonId, Pence>();
  const parts = members.flatMap((member, place) => {
    const own = facts.shares.filter((share) => share.personId === member.personId);
    const drawn = drawMember(
      own,
      rows.map((row) => row[place]!),
      days,
    );
    const lacks = drawn.missing.map((sum, session) => (facts.drawFunders === 'last' ? minus(sum, fromFunders.draw(session, sum)) : sum));
    const whole = sumPence(lacks);
    if (whole > 0n) missing.set(member.personId, whole);
    return drawn.parts;
  });
  return { parts: [...parts, ...fromFunders.parts()].sort((a, b) => a.session - b.session), missing, short: missing.size };
}

const partFrozen = (frozen: number): Error =>
  refused('part-frozen', 'Somebody’s part is stopped for now, and nobody pays another’s. You can buy this when it goes on.', { frozen });

const notThePrice = (parts: Pence, price: Pence): Error =>
  refused('parts-are-not-the-price', `The agreed parts make ${formatPounds(parts)} a session, but a session costs ${formatPounds(price)}.`, {
    partsPence: String(parts),
    pricePence: String(price),
  });

/** Draws on funders' shares in their order, never below what is in them, and not for sessions after their end. */
class FunderDraw {
  private readonly left: CommitFunder[];
  private readonly drawn = new Map<string, CommittedPart>();

  constructor(
    funders: readonly CommitFunder[],
    private readonly days: readonly LocalDate[],
  ) {
    this.left = funders.map((funder) => ({ ...funder }));
  }

  /** Takes up to `most` for a session; answers how much that was. */
  draw(session: number, most: Pence): Pence {
    const { taken, missing } = drawOn(
      most,
      this.left.filter((funder) => this.days[session]! <= funder.endsOn),
    );
    for (const { share, amount } of taken) {
      const name = `${session} ${share.id}`;
      this.drawn.set(name, { session, share: share.id, amount: pence((this.drawn.get(name)?.amount ?? 0n) + amount) });
      this.left[this.left.findIndex((each) => each.id === share.id)] = { ...share, usable: minus(share.usable, amount) };
    }
    return minus(most, missing);
  }

  parts(): CommittedPart[] {
    return [...this.drawn.values()];
  }
}

/** Refuses days that are past, out of order, named twice, or not as many as the quote's sessions. */
function checkDays(days: readonly LocalDate[], sessions: number, today: LocalDate): void {
  const fits = days.length === sessions && days.every((day, n) => day >= today && (n === 0 || day > days[n - 1]!));
  if (!fits)
    throw invalid('days-do-not-fit', `Give ${sessions} days from today on, each later than the one before.`, [
      { field: 'days', message: `Give ${sessions} days in order, none before today.` },
    ]);
}

function drawMember(shares: readonly CommitShare[], amounts: readonly Pence[], days: readonly LocalDate[]): { parts: CommittedPart[]; missing: Pence[] } {
  let left = shares.map((share) => ({ ...share }));
  const missing: Pence[] = [];
  const parts = amounts.flatMap((amount, session) => {
    const drawn = drawOn(
      amount,
      left.filter((share) => share.planAgreed && days[session]! < share.lineUntil),
    );
    missing.push(drawn.missing);
    left = left.map((share) => ({ ...share, usable: minus(share.usable, drawn.taken.find((each) => each.share.id === share.id)?.amount ?? pence(0)) }));
    return drawn.taken.map((each) => ({ session, share: each.share.id, amount: each.amount }));
  });
  return { parts, missing };
}

/** The last day a reservation holds. */
export const holdsUntil = (day: LocalDate): LocalDate => addDays(day, HELD_AFTER_DAYS);

/** What members' latest answers make of a session: one dispute stands until its member takes it back. Undefined while nobody answered. */
export function stateAfterAnswers(latest: readonly ('confirmed' | 'disputed')[]): 'confirmed' | 'disputed' | undefined {
  if (latest.length === 0) return undefined;
  return latest.includes('disputed') ? 'disputed' : 'confirmed';
}

/** Refuses recording a session before its day (session-not-yet). */
export function checkRecord(session: { day: LocalDate }, today: LocalDate): void {
  if (session.day > today) throw refused('session-not-yet', 'This session is still to come.');
}

/** A number as twins are found: capitals, without what people type differently. */
export const numberKey = (number: string): string => number.toUpperCase().replace(/[\s\-./_]/g, '');

/** Money that is still set aside for one session in one share. */
export interface OpenPart {
  readonly session: Id<'session'>;
  readonly share: ShareId;
  /** Null for a funder's share. */
  readonly personId: PersonId | null;
  readonly book: BookId;
  readonly reservation: ReservationId;
  readonly forDay: LocalDate;
  readonly left: Pence;
}

export interface InvoiceFacts {
  readonly sessions: readonly { readonly id: Id<'session'>; readonly state: SessionState }[];
  readonly price: Pence;
  /** By join order, then share id; within a share by day. */
  readonly open: readonly OpenPart[];
}

export interface InvoicePart {
  readonly share: ShareId;
  readonly personId: PersonId | null;
  readonly book: BookId;
  readonly amount: Pence;
  readonly vat: Pence;
  readonly from: readonly { readonly reservation: ReservationId; readonly amount: Pence }[];
  /** Left over from these sessions: free again at once. */
  readonly freed: readonly { readonly reservation: ReservationId; readonly amount: Pence }[];
}

export interface InvoiceDecision {
  readonly parts: readonly InvoicePart[];
  /** Sessions on which nothing is set aside any more. */
  readonly done: readonly Id<'session'>[];
}

/** How an invoice falls on the shares, to the penny: over what is set aside for its sessions, ties by join order. What it leaves over is
 *  freed, unless it bills only some members (`forMembers`: a leaver's part of a session in notice).
 *  Refuses: session-not-confirmed, more-than-price, more-than-set-aside (nobody else's share makes up for it), vat-too-large. */
export function decideInvoice(facts: InvoiceFacts, invoice: { amount: Pence; vat: Pence; forMembers?: readonly PersonId[] | undefined }): InvoiceDecision {
  const notReady = facts.sessions.filter((session) => session.state !== 'confirmed');
  if (facts.sessions.length === 0 || notReady.length > 0)
    throw refused('session-not-confirmed', 'Only sessions that members confirmed, and that were not invoiced before, can be invoiced.');
  const price = pence(facts.price * BigInt(facts.sessions.length));
  if (invoice.amount > price) throw refused('more-than-price', `The agreed price of these sessions is ${formatPounds(price)}.`, { pricePence: String(price) });
  if (invoice.vat > invoice.amount)
    throw invalid('vat-too-large', 'The VAT cannot be more than the whole.', [{ field: 'vatPence', message: 'Enter the VAT that is part of the amount.' }]);
  const billed = facts.open.filter((part) => !invoice.forMembers || (part.personId !== null && invoice.forMembers.includes(part.personId)));
  const shares = [...new Set(billed.map((part) => part.share))].map((share) => billed.filter((part) => part.share === share));
  const weights = shares.map((parts) => sumPence(parts.map((part) => part.left)));
  const setAside = sumPence(weights);
  if (invoice.amount > setAside)
    throw refused('more-than-set-aside', `Only ${formatPounds(setAside)} is set aside for this. Nobody pays another’s part.`, {
      setAsidePence: String(setAside),
    });
  const amounts = splitOver(invoice.amount, weights);
  const vats = splitInProportion(invoice.vat, amounts);
  const parts = shares
    .map((open, place) => partOf(open, amounts[place]!, vats[place]!, invoice.forMembers === undefined))
    .filter((part) => part.amount > 0n || part.freed.length > 0);
  const emptied = new Map<ReservationId, Pence>();
  for (const part of parts)
    for (const use of [...part.from, ...part.freed]) emptied.set(use.reservation, pence((emptied.get(use.reservation) ?? 0n) + use.amount));
  const stillOpen = new Set(facts.open.filter((part) => (emptied.get(part.reservation) ?? 0n) < part.left).map((part) => part.session));
  return { parts, done: facts.sessions.map((session) => session.id).filter((id) => !stillOpen.has(id)) };
}

function partOf(open: readonly OpenPart[], amount: Pence, vat: Pence, freesRest: boolean): InvoicePart {
  const { share, personId, book } = open[0]!;
  const from = fillInOrder(amount, open).map((each) => ({ reservation: each.reservation.reservation, amount: each.amount }));
  const used = (reservation: ReservationId): Pence => from.find((each) => each.reservation === reservation)?.amount ?? pence(0);
  const freed = freesRest
    ? open.map((part) => ({ reservation: part.reservation, amount: minus(part.left, used(part.reservation)) })).filter((each) => each.amount > 0n)
    : [];
  return { share, personId, book, amount, vat, from, freed };
}
