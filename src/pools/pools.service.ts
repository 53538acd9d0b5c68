import { Injectable } from '@nestjs/common';
import { Audit } from '../audit/index.js';
import { can, Grants, People, requireAccess } from '../identity/index.js';
import type { IntroductionId } from '../introductions/index.js';
import { Introductions } from '../introductions/index.js';
import type { Actor, BookId, PersonId, PoolId } from '../kernel/index.js';
import { dayOf, edgeOf, forbidden, invalid, newId, notFound, refused, statesAllowing, systemActor } from '../kernel/index.js';
import { Books, LedgerQueries } from '../ledger/index.js';
import type { Tx } from '../platform/index.js';
import { announce, Database, once } from '../platform/index.js';
import { isClosing } from './holder-plans/holder-plan.rows.js';
import { checkAskingAgain } from './asking-again.rules.js';
import { checkNeighbour } from './neighbour.rules.js';
import type { InvitePerson, ProposePool, RegisterNeighbour } from './pool.dto.js';
import type { PoolState } from './pool.lifecycle.js';
import { shareAccount } from './pool.entries.js';
import { MEMBER } from './pool.lifecycle.js';
import type { MemberRow, PoolRow } from './pool.rows.js';
import { booksOf, findPool, lockPool, membersOf, shareRows, writeHistory } from './pool.rows.js';

/** Brokers of a person who may set a pool up for them: for everything, or for pools alone. */
/** Roles by which somebody is a person's broker for pools. */
export const BROKERS: readonly string[] = ['person-broker', 'broker-pools'];

export interface PoolChanged {
  readonly poolId: PoolId;
  readonly state: PoolState;
}

export interface PersonInvited {
  readonly poolId: PoolId;
  readonly personId: PersonId;
  readonly state: 'invited';
}

/** Who may set a pool up: its broker, or, where there is none, any member (our judgement, November 2026). Refuses with 404 or 403. */
export function requireSetUp(actor: Actor, pool: { id: PoolId; brokerId: PersonId | null }): void {
  if (can(actor, 'pool:set-up', { pool: pool.id })) return;
  if (pool.brokerId === null && can(actor, 'pool:assent', { pool: pool.id })) return;
  requireAccess(actor, 'pool:set-up', { pool: pool.id });
}

/** Whoever sets up a pool that runs belongs to it, or is its broker: who was only asked to join reads, and decides whether to. Refuses: not-a-member. */
export function requireJoined(actor: Actor, pool: Pick<PoolRow, 'state'>, members: readonly MemberRow[]): void {
  const runs = pool.state === 'active' || pool.state === 'frozen';
  if (runs && members.some((member) => member.personId === actor.id && member.state === 'invited'))
    throw refused('not-a-member', 'You can do this when you have agreed to the agreement.');
}

/** A money-holder is a body with an account of cash; a person's own account holds nobody else's money. Refuses: not-a-money-holder,
 *  money-holder-closing. */
export async function requireMoneyHolder(books: Books, tx: Tx, id: BookId): Promise<void> {
  const book = await books.find(tx, id);
  if (!book || book.basis !== 'cash' || book.organisationId === null) throw refused('not-a-money-holder', 'This account cannot hold money for others.');
  if (await isClosing(tx, id)) throw refused('money-holder-closing', 'This body is closing and takes no new money. Choose another.');
}

/** Beginning and inviting. */
@Injectable()
export class Pools {
  constructor(
    private readonly database: Database,
    private readonly people: People,
    private readonly grants: Grants,
    private readonly books: Books,
    private readonly balances: LedgerQueries,
    private readonly introductions: Introductions,
    private readonly audit: Audit,
  ) {}

  /** Proposes a pool for people who know each other or met through an introduction. The proposer is one of them (or acts for one),
   *  or the broker of one, who then is the pool's broker. Everyone starts as invited: nothing is agreed yet. */
  async propose(actor: Actor, command: ProposePool, key?: string): Promise<PoolChanged> {
    const ids = command.members.map((member) => member.personId);
    if (new Set(ids).size !== ids.length)
      throw invalid('member-named-twice', 'Somebody is named twice.', [{ field: 'members', message: 'Name each person once.' }]);
    if (!ids.some((person) => can(actor, 'pool:propose', { person })))
      throw forbidden('You can propose a pool with yourself in it, or for somebody you are the broker of.');
    const isBroker =
      !ids.includes(actor.id as PersonId) && ids.some((person) => actor.grants.some((grant) => BROKERS.includes(grant.role) && grant.id === person));
    const id = newId<'pool'>();
    return this.database.transaction(systemActor('pools', { pools: [id], people: ids }), (tx) =>
      once(tx, actor, key === undefined ? undefined : { key, command: 'pools.propose', input: command }, async () => {
        if (command.moneyHolderBookId) await requireMoneyHolder(this.books, tx, command.moneyHolderBookId);
        const brokerId = isBroker ? (actor.id as PersonId) : null;
        tx.write(
          `insert into pool (id, name, purpose, place, introduction_id, state, money_holder_book_id, broker_id, proposed_by, created_at) values ($1, $2, $3, $4, $5, 'forming', $6, $7, $8, $9)`,
          [
            id,
            command.name,
            command.purpose,
            command.place ?? null,
            command.introductionId ?? null,
            command.moneyHolderBookId ?? null,
            brokerId,
            actor.id,
            tx.now,
          ],
        );
        if (brokerId)
          await this.grants.give(tx, actor, { person: brokerId, role: 'pool-broker', on: 'pool', id, reason: 'broker of a member who proposed the pool' });
        await this.addMembers(tx, actor, id, command.members, { founding: true, after: 0 });
        if (command.introductionId) await this.introductions.becamePool(tx, actor, command.introductionId as IntroductionId, id);
        await announce(tx, { name: 'poolProposed', about: { pools: [id], people: ids }, payload: { poolId: id, personIds: ids, proposerId: actor.id } });
        await writeHistory(tx, actor, [{ poolId: id, noun: 'pool', nounId: id, action: 'propose', to: 'forming' }]);
        await this.audit.record(tx, actor, { action: 'pool:propose', noun: 'pool', nounId: id, pool: id });
        return { poolId: id, state: 'forming' as const };
      }),
    );
  }

  /** Invites one more person. Before the pool starts they become one of its founders; later a newcomer, who assents to the agreement in
   *  force and pays from the day they join. Refuses: in-the-pool-already, pool-is-over, not-a-member. */
  async invite(actor: Actor, poolId: PoolId, command: InvitePerson, key?: string): Promise<PersonInvited> {
    const seen = await this.database.read(systemActor('pools', { pools: [poolId] }), (tx) => findPool(tx, poolId));
    requireSetUp(actor, seen);
    return this.database.transaction(systemActor('pools', { pools: [poolId], people: [command.personId] }), (tx) =>
      once(tx, actor, key === undefined ? undefined : { key, command: 'pools.invite', input: { poolId, ...command } }, async () => {
        return this.inviteIn(tx, actor, await lockPool(tx, poolId), command);
      }),
    );
  }

  /** The pool's broker writes down somebody who is nowhere here yet and has no budget for this, a neighbour who drives, and asks them to join without putting money in. They asked for it.
   *  They take part on paper and by telephone. Refuses: see checkNeighbour, and invite. */
  async registerNeighbour(actor: Actor, poolId: PoolId, command: RegisterNeighbour, key?: string): Promise<PersonInvited> {
    requireAccess(actor, 'pool:set-up', { pool: poolId });
    const id = newId<'person'>();
    return this.database.transaction(systemActor('pools', { pools: [poolId], people: [id] }), (tx) =>
      once(tx, actor, key === undefined ? undefined : { key, command: 'pools.register-neighbour', input: { poolId, ...command } }, async () => {
        const pool = await lockPool(tx, poolId);
        const there = (await membersOf(tx, poolId)).map((member) => member.personId);
        await tx.alsoSee({ people: there });
        checkNeighbour(command, await this.people.named(tx, there));
        const { agreed: _, ...person } = command;
        await this.people.register(tx, actor, { id, ...person });
        await this.audit.record(tx, actor, {
          action: 'pool:register-neighbour',
          noun: 'person',
          nounId: id,
          pool: poolId,
          about: id,
          why: 'they asked to be written down',
        });
        return this.inviteIn(tx, actor, pool, { personId: id, withoutMoney: true });
      }),
    );
  }

  private async inviteIn(tx: Tx, actor: Actor, pool: PoolRow, command: InvitePerson): Promise<PersonInvited> {
    const poolId = pool.id;
    if (pool.state === 'closing' || pool.state === 'closed') throw refused('pool-is-over', 'This pool has ended.');
    const members = await membersOf(tx, poolId);
    requireJoined(actor, pool, members);
    const before = members.find((member) => member.personId === command.personId);
    if (before && before.state !== 'left') throw refused('in-the-pool-already', 'This person is in the pool, or was asked already.');
    if (before) await this.askAgain(tx, actor, before, command.withoutMoney ?? false);
    else
      await this.addMembers(tx, actor, poolId, [command], {
        founding: pool.state === 'forming' || pool.state === 'agreeing',
        after: members.at(-1)?.joinOrder ?? 0,
      });
    await announce(tx, { name: 'memberInvited', about: { pools: [poolId], people: [command.personId] }, payload: { poolId, personId: command.personId } });
    await this.audit.record(tx, actor, { action: 'pool:invite', noun: 'pool', nounId: poolId, pool: poolId, about: command.personId });
    return { poolId, personId: command.personId, state: 'invited' as const };
  }

  /** Somebody who left, or said no: they keep their place in the order, read the agreement again, and agree again. Refuses: see checkAskingAgain. */
  private async askAgain(tx: Tx, actor: Actor, { poolId, personId, noticeUntil, joinedAt }: MemberRow, withoutMoney: boolean): Promise<void> {
    const shares = await shareRows(tx, poolId, personId);
    await tx.alsoSee({ people: [personId], books: booksOf(shares) });
    const figures = await this.balances.sharesOf(tx, poolId, shares.map(shareAccount));
    const expected = await tx.row(`select 1 from contribution where pool_id = $1 and person_id = $2 and state = 'on-its-way' limit 1`, [poolId, personId]);
    const facts = {
      hasDied: ((await this.people.named(tx, [personId]))[0]?.diedOn ?? null) !== null,
      noticeUntil: joinedAt === null ? null : noticeUntil,
      inShares: [...figures.values()].flatMap(({ posted, payable, remitting }) => [posted, payable, remitting]),
      isExpected: expected !== undefined,
      hadShares: shares.length > 0,
    };
    checkAskingAgain(facts, withoutMoney, dayOf(tx.now));
    const edge = edgeOf('member', MEMBER, 'left', 'invite');
    tx.write(
      `update pool_member set state = $3, invited_at = $4, joined_at = null, left_on = null, notice_until = null, pays = $5 where pool_id = $1 and person_id = $2 and state = any($6)`,
      [poolId, personId, edge.to, tx.now, !withoutMoney, statesAllowing(MEMBER, 'invite')],
    );
    // What they agreed to when they were in the pool does not count for this time.
    tx.write(
      `insert into assent_taken_back (agreement_id, person_id, pool_id, taken_by, at)
       select x.agreement_id, x.person_id, $1, $3, $4 from assent x join agreement a on a.id = x.agreement_id
       where a.pool_id = $1 and x.person_id = $2 and a.state in ('offered', 'in-force') on conflict do nothing`,
      [poolId, personId, actor.id, tx.now],
    );
    await this.grants.give(tx, actor, { person: personId, role: 'member', on: 'pool', id: poolId, reason: 'invited to the pool again' });
    await writeHistory(tx, actor, [{ poolId, noun: 'member', nounId: personId, personId, action: 'invite-again', from: 'left', to: edge.to }]);
  }

  private async addMembers(tx: Tx, actor: Actor, poolId: PoolId, invited: readonly InvitePerson[], as: { founding: boolean; after: number }): Promise<void> {
    const named = new Map(
      (
        await this.people.named(
          tx,
          invited.map((each) => each.personId),
        )
      ).map((person) => [person.id, person]),
    );
    for (const [index, { personId, withoutMoney = false }] of invited.entries()) {
      const person = named.get(personId);
      if (!person) throw notFound('The person');
      tx.write(
        `insert into pool_member (pool_id, person_id, first_name, join_order, founding, pays, state, invited_at) values ($1, $2, $3, $4, $5, $6, 'invited', $7)`,
        [poolId, personId, person.firstName, as.after + index + 1, as.founding, !withoutMoney, tx.now],
      );
      await this.grants.give(tx, actor, { person: personId, role: 'member', on: 'pool', id: poolId, reason: 'invited to the pool' });
      await writeHistory(tx, actor, [
        { poolId, noun: 'member', nounId: personId, personId, action: withoutMoney ? 'invite-without-money' : 'invite', to: 'invited' },
      ]);
    }
  }
}
