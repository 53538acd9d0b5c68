import type { LocalDate, Pence, PersonId } from '../kernel/index.js';
import { formatPounds, invalid, minus, pence, refused, sumPence } from '../kernel/index.js';
import type { ChoiceWait, MemberState, PoolState, ShareId } from '../pools/index.js';
import { drawOn, EQUALLY, isFixed, partsOf, splitRows } from './split.rules.js';
import type { SplitTerms } from './split.rules.js';

export interface CommitShare {
  readonly id: ShareId;
  readonly personId: PersonId;
  /** Free, less what the member owes in the share's book. */
  readonly usable: Pence;
  /** Whether the plan behind it is agreed (RULE 6), and its budget line neither ended nor suspended (reg. 17). */
  readonly planAgreed: boolean;
  /** The first day on which its budget line is over; sessions on or after it cannot draw on it. Null: a member's own money has no last day. */
  readonly lineUntil: LocalDate | null;
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
      left.filter((share) => share.planAgreed && (share.lineUntil === null || days[session]! < share.lineUntil)),
    );
    missing.push(drawn.missing);
    left = left.map((share) => ({ ...share, usable: minus(share.usable, drawn.taken.find((each) => each.share.id === share.id)?.amount ?? pence(0)) }));
    return drawn.taken.map((each) => ({ session, share: each.share.id, amount: each.amount }));
  });
  return { parts, missing };
}
