import { Injectable } from '@nestjs/common';
import { can } from '../../identity/index.js';
import type { Actor, LocalDate, Pence, PersonId, PoolId } from '../../kernel/index.js';
import { forbidden, systemActor, typedReference } from '../../kernel/index.js';
import type { Tx } from '../../platform/index.js';
import { Database } from '../../platform/index.js';
import type { MemberRow } from '../pool.rows.js';
import { findPool, membersNow, membersOf } from '../pool.rows.js';
import type { DecideBy } from '../terms.rules.js';
import { peopleOf, PoolSeats } from '../seats.service.js';
import type { DecisionState } from './decision.lifecycle.js';
import type { DecisionId, DecisionRow, IdeaRow, VoteRow } from './decision.rows.js';
import { decisionsOf, findDecision, ideasOfEach, papersOf, proxiesOfEach, votesOfEach } from './decision.rows.js';
import type { Choice, VoteWay } from './decision.rules.js';
import { votesNeeded } from './decision.rules.js';

/** What comes of each idea: under Equal Shares, which decides, and where only votes are counted. */
export interface IdeaView {
  readonly id: string;
  readonly words: string;
  readonly cost: Pence;
  /** How many would like it; shown when the vote has ended. */
  readonly wantedBy: number | null;
  readonly isFunded: boolean | null;
  readonly isFundedByVotes: boolean | null;
}

export interface OwnVote {
  readonly choice: Choice | null;
  readonly ideas: readonly string[];
  readonly reason: string;
  readonly way: VoteWay;
  /** Who brought it, when it was somebody else: another member by first name, `The broker`, or `Somebody who acts for you`. */
  readonly broughtBy: string | null;
  readonly isBroughtByOther: boolean;
  /** Who helped, as it was written down; to the person alone. */
  readonly helpedBy: string | null;
  readonly at: Date;
}

export interface DecisionView {
  readonly id: DecisionId;
  readonly poolId: PoolId;
  readonly question: string;
  readonly words: string;
  readonly decide: DecideBy;
  readonly state: DecisionState;
  readonly raisedBy: string;
  /** Raised from this place. */
  readonly isMine: boolean;
  readonly raisedAt: Date;
  readonly closesOn: LocalDate;
  readonly reviewOn: LocalDate;
  readonly budget: Pence | null;
  readonly members: number;
  readonly voted: number;
  readonly needed: number;
  /** Reasons people gave, without their names, for and against side by side. */
  readonly reasons: { readonly for: readonly string[]; readonly against: readonly string[] };
  /** Of the person at this place; null where they did not vote, and for the broker. */
  readonly mine: OwnVote | null;
  readonly mayVote: boolean;
  readonly maySetUp: boolean;
  /** First names of members who asked the person at this place to vote for them. */
  readonly votesFor: readonly { readonly joinOrder: number; readonly firstName: string; readonly hasVoted: boolean }[];
  /** Whom the person at this place asked to vote for them. */
  readonly proxy: string | null;
  readonly others: readonly { readonly joinOrder: number; readonly firstName: string }[];
  readonly ideas: readonly IdeaView[];
  /** Null while the vote is open: nobody is to see how it stands and follow. */
  readonly counts: { readonly for: number; readonly against: number; readonly either: number; readonly object: number } | null;
  readonly sharedOut: { readonly spent: Pence; readonly spentByVotes: Pence; readonly leftOut: number; readonly leftOutByVotes: number } | null;
}

export interface Paper {
  readonly firstName: string;
  readonly joinOrder: number;
  readonly reference: string;
  readonly isTyped: boolean;
}

interface Pooled {
  readonly members: readonly MemberRow[];
  readonly brokerId: PersonId | null;
}

const pooledOf = async (tx: Tx, pool: PoolId): Promise<Pooled> => ({ members: await membersOf(tx, pool), brokerId: (await findPool(tx, pool)).brokerId });

/** What a group decides, from the place of a member, of who acts for one, or of the pool's broker. */
@Injectable()
export class DecisionQueries {
  constructor(
    private readonly database: Database,
    private readonly seats: PoolSeats,
  ) {}

  /** Newest first, a hundred at most. */
  async ofPool(actor: Actor, pool: PoolId, person?: PersonId): Promise<DecisionView[]> {
    const seat = await this.seats.of(actor, pool, 'pool:read', person);
    return this.database.read(systemActor('pools', { pools: [pool] }), async (tx) => {
      await this.seats.looked(tx, actor, seat, pool);
      return this.viewsOf(tx, actor, await decisionsOf(tx, pool), await pooledOf(tx, pool), seat.person);
    });
  }

  async one(actor: Actor, id: DecisionId, person?: PersonId): Promise<DecisionView> {
    const row = await this.find(actor, id, person);
    const seat = await this.seats.of(actor, row.poolId, 'pool:read', person);
    return this.database.read(systemActor('pools', { pools: [row.poolId] }), async (tx) => {
      await this.seats.looked(tx, actor, seat, row.poolId);
      return (await this.viewsOf(tx, actor, [await findDecision(tx, id)], await pooledOf(tx, row.poolId), seat.person))[0]!;
    });
  }

  /** Sheets that were made, with first names. By the pool's broker or a member. */
  async papers(actor: Actor, id: DecisionId): Promise<Paper[]> {
    const row = await this.find(actor, id);
    if (!can(actor, 'pool:set-up', { pool: row.poolId })) {
      const seat = await this.seats.of(actor, row.poolId, 'pool:assent');
      if (!seat.isOwn) throw forbidden();
    }
    return this.database.read(systemActor('pools', { pools: [row.poolId] }), async (tx) => {
      const { members, brokerId } = await pooledOf(tx, row.poolId);
      const names = namesOf(members, brokerId);
      return (await papersOf(tx, id)).map((paper) => ({
        firstName: names(paper.personId),
        joinOrder: members.find((member) => member.personId === paper.personId)?.joinOrder ?? 0,
        reference: paper.reference,
        isTyped: paper.typedAt !== null,
      }));
    });
  }

  /** What a paper of this pool is about and whose it is; undefined for a wrong reference. By who may type it in. */
  async ofPaper(actor: Actor, pool: PoolId, reference: string): Promise<{ firstName: string; isTyped: boolean; decision: DecisionView } | undefined> {
    if (!can(actor, 'pool:set-up', { pool })) await this.seats.of(actor, pool, 'pool:assent');
    return this.database.read(systemActor('pools', { pools: [pool] }), async (tx) => {
      const paper = await tx.row<{ decisionId: DecisionId; personId: PersonId; isTyped: boolean }>(
        'select decision_id as "decisionId", person_id as "personId", typed_at is not null as "isTyped" from pool_paper where reference = $1 and pool_id = $2',
        [typedReference(reference, 'VOT') ?? '', pool],
      );
      if (!paper || (!can(actor, 'pool:set-up', { pool }) && paper.personId !== actor.id && !can(actor, 'pool:assent', { person: paper.personId })))
        return undefined;
      const pooled = await pooledOf(tx, pool);
      return {
        firstName: namesOf(pooled.members, pooled.brokerId)(paper.personId),
        isTyped: paper.isTyped,
        decision: (await this.viewsOf(tx, actor, [await findDecision(tx, paper.decisionId)], pooled, paper.personId))[0]!,
      };
    });
  }

  private async find(actor: Actor, id: DecisionId, person: PersonId = actor.id as PersonId): Promise<DecisionRow> {
    return this.database.read(await this.seats.finderFor(actor, [person, ...peopleOf(actor)], 'ever'), (tx) => findDecision(tx, id));
  }

  /** Three questions to the database, for however many decisions. */
  private async viewsOf(tx: Tx, actor: Actor, rows: readonly DecisionRow[], pooled: Pooled, me: PersonId): Promise<DecisionView[]> {
    const ids = rows.map((row) => row.id);
    const now = membersNow(pooled.members);
    const [votes, proxies, ideas] = [await votesOfEach(tx, ids, now), await proxiesOfEach(tx, ids), await ideasOfEach(tx, ids)];
    return rows.map((row) => viewOf(actor, row, pooled, me, { votes: votes(row.id), proxies: proxies(row.id), ideas: ideas(row.id) }));
  }
}

interface Said {
  readonly votes: readonly VoteRow[];
  readonly proxies: ReadonlyMap<PersonId, PersonId>;
  readonly ideas: readonly IdeaRow[];
}

function viewOf(actor: Actor, row: DecisionRow, { members, brokerId }: Pooled, me: PersonId, { votes, proxies, ideas }: Said): DecisionView {
  const now = members.filter((member) => member.state === 'member');
  const names = namesOf(members, brokerId);
  const isMember = now.some((member) => member.personId === me);
  const { outcome } = row;
  const of = (choices: readonly Choice[]): string[] =>
    votes
      .filter((vote) => vote.reason !== '' && vote.choice !== null && choices.includes(vote.choice))
      .map((vote) => vote.reason)
      .sort();
  const proxy = proxies.get(me);
  return {
    id: row.id,
    poolId: row.poolId,
    question: row.question,
    words: row.words,
    decide: row.decide,
    state: row.state,
    raisedBy: names(row.raisedBy),
    isMine: row.raisedBy === me,
    raisedAt: row.raisedAt,
    closesOn: row.closesOn,
    reviewOn: row.reviewOn,
    budget: row.budget,
    members: outcome?.members ?? now.length,
    voted: outcome?.voted ?? votes.length,
    needed: votesNeeded(row.budget === null ? row.decide : 'most-agree', row.quorumPercent, outcome?.members ?? now.length),
    reasons: { for: of(['for']), against: of(['against', 'object']) },
    mine: isMember
      ? ownVote(
          votes.find((vote) => vote.personId === me),
          me,
          names,
        )
      : null,
    mayVote: isMember && row.state === 'open',
    maySetUp: can(actor, 'pool:set-up', { pool: row.poolId }),
    votesFor: now
      .filter((member) => proxies.get(member.personId) === me)
      .map(({ personId, joinOrder, firstName }) => ({ joinOrder, firstName, hasVoted: votes.some((vote) => vote.personId === personId) })),
    proxy: proxy === undefined ? null : names(proxy),
    others: now.filter((member) => member.personId !== me).map((member) => ({ joinOrder: member.joinOrder, firstName: member.firstName })),
    ideas: ideas.map((idea) => ideaView(idea, row)),
    counts: outcome === null ? null : { for: outcome.for, against: outcome.against, either: outcome.either, object: outcome.object },
    sharedOut: outcome?.sharedOut
      ? {
          spent: BigInt(outcome.sharedOut.equalShares.spent) as Pence,
          spentByVotes: BigInt(outcome.sharedOut.votes.spent) as Pence,
          leftOut: outcome.sharedOut.equalShares.leftOut,
          leftOutByVotes: outcome.sharedOut.votes.leftOut,
        }
      : null,
  };
}

/** Members by first name; the pool's broker as such; whoever else brings something acts for somebody. */
const namesOf =
  (members: readonly MemberRow[], broker: PersonId | null) =>
  (person: PersonId): string =>
    members.find((member) => member.personId === person)?.firstName ?? (person === broker ? 'The broker' : 'Somebody who acts for you');

function ownVote(vote: VoteRow | undefined, me: PersonId, names: (person: PersonId) => string): OwnVote | null {
  if (!vote) return null;
  const isBroughtByOther = vote.broughtBy !== me;
  return { ...vote, isBroughtByOther, broughtBy: isBroughtByOther ? names(vote.broughtBy) : null };
}

function ideaView(idea: IdeaRow, { outcome }: DecisionRow): IdeaView {
  return {
    ...idea,
    wantedBy: outcome?.wantedBy?.[idea.id] ?? null,
    isFunded: outcome?.sharedOut ? outcome.sharedOut.equalShares.funded.includes(idea.id) : null,
    isFundedByVotes: outcome?.sharedOut ? outcome.sharedOut.votes.funded.includes(idea.id) : null,
  };
}
