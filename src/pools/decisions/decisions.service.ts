import { Injectable } from '@nestjs/common';
import { Audit } from '../../audit/index.js';
import { can, requireAccess } from '../../identity/index.js';
import type { Actor, PersonId, PoolId } from '../../kernel/index.js';
import { dayOf, newId, refused, spokenReference, systemActor, typedReference } from '../../kernel/index.js';
import type { Tx } from '../../platform/index.js';
import { announce, Database, once, texts, uuids } from '../../platform/index.js';
import { agreementInState, holdPool, membersNow, membersOf, writeHistory } from '../pool.rows.js';
import { QUORUM_PERCENT } from '../terms.rules.js';
import { PoolSeats, requireAsker } from '../seats.service.js';
import type { AskProxy, GiveVote, RaiseDecision, TypePaper } from './decision.dto.js';
import type { DecisionState } from './decision.lifecycle.js';
import type { DecisionId } from './decision.rows.js';
import { findDecision, ideasOf, insertIdeas, lockDecision, lockPaper, proxiesOf, votesOf } from './decision.rows.js';
import type { NewVote, VoteWay } from './decision.rules.js';
import { checkDecision, checkVote } from './decision.rules.js';

export interface Raised {
  readonly decisionId: DecisionId;
  readonly state: DecisionState;
}

/** A vote as it is about to be written. */
interface Brought extends NewVote {
  readonly person: PersonId;
  readonly reason: string;
  readonly helpedBy: string | undefined;
}

/** Deciding together: raising a question, voting in whatever way a person can, and what comes out. */
@Injectable()
export class Decisions {
  constructor(
    private readonly database: Database,
    private readonly seats: PoolSeats,
    private readonly audit: Audit,
  ) {}

  /** Asks the members something, or which of several ideas a sum should go to. It is decided as the agreement in force says on this day. Raised by a
   *  member, somebody who acts for one, or the pool's broker. Refuses: pool-not-active, not-a-member, and see checkDecision. */
  async raise(actor: Actor, poolId: PoolId, command: RaiseDecision, key?: string): Promise<Raised> {
    const raiser = await this.seats.askerOf(actor, poolId, command.personId);
    return this.database.transaction(systemActor('pools', { pools: [poolId] }), (tx) =>
      once(tx, actor, key === undefined ? undefined : { key, command: 'pools.raise-decision', input: { poolId, ...command } }, async () => {
        const pool = await holdPool(tx, poolId);
        const agreement = await agreementInState(tx, poolId, 'in-force');
        if (!agreement || (pool.state !== 'active' && pool.state !== 'frozen'))
          throw refused('pool-not-active', 'A group decides together once everyone has agreed to how.');
        const members = await membersOf(tx, poolId);
        requireAsker(actor, poolId, raiser, members);
        const ideas = command.ideas?.map((idea) => ({ words: idea.words, cost: idea.costPence })) ?? [];
        checkDecision({ ...command, budget: command.budgetPence, ideas }, dayOf(tx.now));
        const id = newId<'decision'>();
        const { decide, quorumPercent = QUORUM_PERCENT } = agreement.terms;
        tx.write(
          `insert into pool_decision (id, pool_id, question, words, decide, quorum_percent, budget_pence, state, raised_by, raised_at, closes_on, review_on)
           values ($1, $2, $3, $4, $5, $6, $7, 'open', $8, $9, $10, $11)`,
          [
            id,
            poolId,
            command.question,
            command.words ?? '',
            decide,
            quorumPercent,
            command.budgetPence ?? null,
            raiser,
            tx.now,
            command.closesOn,
            command.reviewOn,
          ],
        );
        await insertIdeas(tx, poolId, id, ideas);
        await writeHistory(tx, actor, [{ poolId, noun: 'decision', nounId: id, personId: raiser, action: 'raise', to: 'open' }]);
        await announce(tx, {
          name: 'decisionRaised',
          about: { pools: [poolId], people: membersNow(members) },
          payload: { poolId, decisionId: id, closesOn: command.closesOn },
        });
        await this.audit.record(tx, actor, { action: 'pool:raise-decision', noun: 'decision', nounId: id, pool: poolId });
        return { decisionId: id, state: 'open' as const };
      }),
    );
  }

  /** Votes for oneself, as the representative of a person, or for a member who asked one to. A later vote takes the place of an earlier one.
   *  Refuses: see checkVote. */
  async vote(actor: Actor, id: DecisionId, command: GiveVote, key?: string): Promise<Raised> {
    const poolId = await this.poolOf(actor, id, command.personId ?? (actor.id as PersonId));
    const person = command.forMember === undefined ? (command.personId ?? (actor.id as PersonId)) : await this.memberAt(poolId, command.forMember);
    return this.database.transaction(systemActor('pools', { pools: [poolId], people: [person] }), (tx) =>
      once(tx, actor, key === undefined ? undefined : { key, command: 'pools.vote', input: { id, ...command } }, async () => {
        const way: VoteWay = person === actor.id ? (command.helpedBy ? 'supported' : 'self') : can(actor, 'pool:assent', { person }) ? 'supported' : 'proxy';
        if (person === actor.id) requireAccess(actor, 'pool:assent', { pool: poolId });
        const { choice, ideas } = command;
        return this.write(tx, actor, id, { person, choice, ideas, way, reason: command.reason ?? '', helpedBy: command.helpedBy });
      }),
    );
  }

  /** Types in what stands on a paper; its reference says whose it is and what it is about. Once. By the pool's broker, or by who acts for the
   *  person. Refuses: paper-not-known, paper-used, and see checkVote. */
  async typePaper(actor: Actor, poolId: PoolId, command: TypePaper, key?: string): Promise<Raised> {
    if (!can(actor, 'pool:set-up', { pool: poolId })) await this.seats.of(actor, poolId, 'pool:assent');
    const reference = typedReference(command.reference, 'VOT');
    return this.database.transaction(systemActor('pools', { pools: [poolId] }), (tx) =>
      once(tx, actor, key === undefined ? undefined : { key, command: 'pools.type-paper', input: { poolId, ...command } }, async () => {
        const paper = reference === undefined ? undefined : await lockPaper(tx, reference);
        const mayType =
          paper && (can(actor, 'pool:set-up', { pool: poolId }) || paper.personId === actor.id || can(actor, 'pool:assent', { person: paper.personId }));
        if (!paper || paper.poolId !== poolId || !mayType) throw refused('paper-not-known', 'No paper of this group has that reference. Look at it again.');
        if (paper.typedAt) throw refused('paper-used', 'This paper was typed in already. The person can still change their vote themselves.');
        const { choice, ideas } = command;
        const written = await this.write(tx, actor, paper.decisionId, {
          person: paper.personId,
          choice,
          ideas,
          way: 'paper',
          reason: command.reason ?? '',
          helpedBy: command.helpedBy,
        });
        tx.write('update pool_paper set typed_at = $2 where id = $1', [paper.id, tx.now]);
        await announce(tx, {
          name: 'paperTyped',
          about: { pools: [poolId], people: [paper.personId] },
          payload: { poolId, personIds: [paper.personId], what: 'vote' },
        });
        return written;
      }),
    );
  }

  /** Makes the sheets for all members who have none yet, to print. By the pool's broker or any member. */
  async makePapers(actor: Actor, id: DecisionId): Promise<{ made: number }> {
    const poolId = await this.poolOf(actor, id, actor.id as PersonId);
    if (!can(actor, 'pool:set-up', { pool: poolId })) await this.seats.of(actor, poolId, 'pool:assent');
    return this.database.transaction(systemActor('pools', { pools: [poolId] }), async (tx) => {
      const decision = await lockDecision(tx, id);
      if (decision.state !== 'open') throw refused('vote-closed', 'This is decided. You can raise it again.');
      const people = membersNow(await membersOf(tx, poolId));
      const ids = people.map(() => newId());
      const made = await tx.run(
        `insert into pool_paper (id, decision_id, pool_id, person_id, reference, printed_at)
         select p.id, $1, $2, p.person, p.reference, $3 from unnest($4::uuid[], $5::uuid[], $6::text[]) as p(id, person, reference)
         on conflict (decision_id, person_id) do nothing`,
        [id, poolId, tx.now, uuids(ids), uuids(people), texts(ids.map((each) => spokenReference('VOT', each)))],
      );
      await this.audit.record(tx, actor, { action: 'pool:print-papers', noun: 'decision', nounId: id, pool: poolId, facts: { made } });
      return { made };
    });
  }

  /** Asks another member to vote for one in this decision, or nobody any more. Refuses: not-a-member, vote-closed. */
  async askProxy(actor: Actor, id: DecisionId, command: AskProxy): Promise<void> {
    const poolId = await this.poolOf(actor, id, command.personId ?? (actor.id as PersonId));
    const { person } = await this.seats.of(actor, poolId, 'pool:assent', command.personId);
    await this.database.transaction(systemActor('pools', { pools: [poolId], people: [person] }), async (tx) => {
      const decision = await lockDecision(tx, id);
      if (decision.state !== 'open') throw refused('vote-closed', 'This is decided. You can raise it again.');
      const to = command.toMember === undefined ? null : (await membersOf(tx, poolId)).find((member) => member.joinOrder === command.toMember);
      if (to === undefined || (to && (to.state !== 'member' || to.personId === person))) throw refused('not-a-member', 'Choose another member of the group.');
      tx.write('insert into pool_proxy (id, decision_id, pool_id, person_id, to_person, at) values ($1, $2, $3, $4, $5, $6)', [
        newId(),
        id,
        poolId,
        person,
        to?.personId ?? null,
        tx.now,
      ]);
      await this.audit.record(tx, actor, { action: 'pool:ask-proxy', noun: 'decision', nounId: id, pool: poolId, about: person });
    });
  }

  private async write(tx: Tx, actor: Actor, id: DecisionId, vote: Brought): Promise<Raised> {
    const decision = await lockDecision(tx, id);
    const { poolId } = decision;
    const ideas = await ideasOf(tx, id);
    const people = membersNow(await membersOf(tx, poolId));
    const votes = await votesOf(tx, id, people);
    checkVote(
      {
        state: decision.state,
        closesOn: decision.closesOn,
        today: dayOf(tx.now),
        isMember: people.includes(vote.person),
        decide: decision.decide,
        ideas: ideas.map((idea) => idea.id),
        votesFor: vote.person,
        bringer: actor.id as PersonId,
        isBroker: can(actor, 'pool:set-up', { pool: poolId }),
        isProxy: (await proxiesOf(tx, id)).get(vote.person) === actor.id,
        carried: votes.filter((other) => other.broughtBy === actor.id && other.personId !== actor.id && other.personId !== vote.person).length,
      },
      vote,
    );
    tx.write(
      `insert into pool_vote (id, decision_id, pool_id, person_id, choice, ideas, reason, way, brought_by, helped_by, at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
      [
        newId(),
        id,
        poolId,
        vote.person,
        ideas.length > 0 ? null : vote.choice,
        uuids([...new Set(vote.ideas ?? [])]),
        vote.reason,
        vote.way,
        actor.id,
        vote.helpedBy ?? null,
        tx.now,
      ],
    );
    // Never how they voted: that stands in the pool's own rows.
    await this.audit.record(tx, actor, { action: 'pool:vote', noun: 'decision', nounId: id, pool: poolId, about: vote.person, facts: { way: vote.way } });
    return { decisionId: id, state: decision.state };
  }

  /** Members are named to each other by the order in which they joined, and never by their ids. */
  private async memberAt(poolId: PoolId, joinOrder: number): Promise<PersonId> {
    const members = await this.database.read(systemActor('pools', { pools: [poolId] }), (tx) => membersOf(tx, poolId));
    const found = members.find((member) => member.joinOrder === joinOrder);
    if (!found) throw refused('not-a-member', 'Only members of the pool decide.');
    return found.personId;
  }

  private async poolOf(actor: Actor, id: DecisionId, person: PersonId): Promise<PoolId> {
    return (await this.database.read(await this.seats.finderFor(actor, [person], 'now'), (tx) => findDecision(tx, id))).poolId;
  }
}
