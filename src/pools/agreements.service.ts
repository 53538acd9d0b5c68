import { Injectable } from '@nestjs/common';
import { Audit } from '../audit/index.js';
import { can, requireAccess } from '../identity/index.js';
import type { Actor, PersonId, PoolId } from '../kernel/index.js';
import { dayOf, edgeOf, invalid, newId, notFound, refused, statesAllowing, systemActor } from '../kernel/index.js';
import { Books } from '../ledger/index.js';
import type { Tx } from '../platform/index.js';
import { announce, Database, once } from '../platform/index.js';
import { holderNow } from './holder-plans/holder-plan.rows.js';
import type { GiveAssent, OfferAgreement } from './pool.dto.js';
import type { AgreementState } from './pool.lifecycle.js';
import { AGREEMENT, MEMBER, POOL } from './pool.lifecycle.js';
import { decideAssent, isWholeAssent } from './pool.rules.js';
import type { Terms } from './terms.rules.js';
import { contentHashOf } from './terms.hash.js';
import { checkTerms, termsOf } from './terms.rules.js';
import type { AgreementId, AgreementRow, MemberRow, PoolRow } from './pool.rows.js';
import { agreementInState, assentsTo, findAgreement, findMember, findPool, lockPool, membersOf, writeHistory } from './pool.rows.js';
import { requireJoined, requireMoneyHolder, requireSetUp } from './pools.service.js';

export interface AgreementOffered {
  readonly agreementId: AgreementId;
  readonly version: number;
  /** Hex; an assent names it, so that nobody agrees to what they did not read. */
  readonly contentHash: string;
}

export interface Assented {
  readonly agreementId: AgreementId;
  readonly personId: PersonId;
  readonly agreementState: AgreementState;
}

/** What people agree on, version by version, and who agreed (RULE 16). */
@Injectable()
export class Agreements {
  constructor(
    private readonly database: Database,
    private readonly books: Books,
    private readonly audit: Audit,
  ) {}

  /** For whoever writes the agreement: the people it names, by the order of joining. */
  async whom(actor: Actor, poolId: PoolId): Promise<Pick<MemberRow, 'personId' | 'firstName' | 'joinOrder'>[]> {
    return this.database.read(systemActor('pools', { pools: [poolId] }), async (tx) => {
      requireSetUp(actor, await findPool(tx, poolId));
      const members = await membersOf(tx, poolId);
      return members.filter((member) => member.state !== 'left').map(({ personId, firstName, joinOrder }) => ({ personId, firstName, joinOrder }));
    });
  }

  /** Offers a new version to everyone in the pool. A version that was on offer is superseded with the assents it had; the one in
   *  force stays until all have assented to the new one. Refuses: pool-not-active, not-a-member, and see checkTerms. */
  async offer(actor: Actor, poolId: PoolId, command: OfferAgreement, key?: string): Promise<AgreementOffered> {
    const seen = await this.database.read(systemActor('pools', { pools: [poolId] }), (tx) => findPool(tx, poolId));
    requireSetUp(actor, seen);
    return this.database.transaction(systemActor('pools', { pools: [poolId] }), (tx) =>
      once(tx, actor, key === undefined ? undefined : { key, command: 'pools.offerAgreement', input: { poolId, ...command } }, async () => {
        const pool = await lockPool(tx, poolId);
        const members = await membersOf(tx, poolId);
        requireJoined(actor, pool, members);
        const terms = termsOf(command);
        checkTerms(terms, dayOf(tx.now));
        await this.checkTreasurer(tx, poolId, terms);
        for (const book of [terms.moneyHolderBook, terms.successorBook]) if (book) await requireMoneyHolder(this.books, tx, book);
        await this.supersede(tx, actor, poolId, 'offered');
        if (pool.state === 'forming' || pool.state === 'agreeing') await this.moveToAgreeing(tx, actor, pool);
        else if (pool.state !== 'active' && pool.state !== 'frozen') throw refused('pool-not-active', 'This pool is over.');
        const offered = await this.insertOffered(tx, actor, poolId, terms, command.text);
        const people = members.filter((member) => member.state !== 'left').map((member) => member.personId);
        await announce(tx, {
          name: 'agreementOffered',
          about: { pools: [poolId], people },
          payload: { poolId, agreementId: offered.agreementId, version: offered.version },
        });
        await this.audit.record(tx, actor, {
          action: 'pool:offer-agreement',
          noun: 'agreement',
          nounId: offered.agreementId,
          pool: poolId,
          facts: { version: offered.version },
        });
        return offered;
      }),
    );
  }

  /** Assents for oneself, or as the representative of a person. When everyone has assented to this version it comes into force; the
   *  first version in force starts the pool. Refuses: agreement-changed, not-a-member, assented-already. */
  async assent(actor: Actor, agreementId: AgreementId, command: GiveAssent, key?: string): Promise<Assented> {
    const personId = command.personId ?? (actor.id as PersonId);
    const poolId = await this.poolOf(actor, agreementId, personId);
    if (personId === actor.id) requireAccess(actor, 'pool:assent', { pool: poolId });
    else requireAccess(actor, 'pool:assent', { person: personId }); // a representative: never a nominee or broker
    return this.database.transaction(systemActor('pools', { pools: [poolId], people: [personId] }), (tx) =>
      once(tx, actor, key === undefined ? undefined : { key, command: 'pools.assent', input: { agreementId, ...command } }, async () =>
        this.assentIn(tx, actor, await lockPool(tx, poolId), agreementId, personId, command),
      ),
    );
  }

  /** The assent itself, in whatever way it came. The caller authorised it and holds the pool's lock; the transaction sees the pool. Refuses as `assent`. */
  async assentIn(
    tx: Tx,
    actor: Actor,
    pool: PoolRow,
    agreementId: AgreementId,
    personId: PersonId,
    command: Pick<GiveAssent, 'contentHash' | 'format' | 'helpedBy'>,
  ): Promise<Assented> {
    const agreement = await findAgreement(tx, agreementId);
    if (!agreement || agreement.poolId !== pool.id) throw notFound('The agreement');
    const member = await findMember(tx, pool.id, personId);
    const assented = await assentsTo(tx, agreementId);
    decideAssent(
      { agreementState: agreement.state, contentHash: agreement.contentHash, memberState: member?.state, already: assented.includes(personId) },
      command.contentHash,
    );
    // What was taken back before counts again from now on: the first row stays, as every assent does.
    const again = await tx.run('delete from assent_taken_back where agreement_id = $1 and person_id = $2', [agreementId, personId]);
    if (again === 0)
      tx.write(
        `insert into assent (agreement_id, person_id, content_hash, format, helped_by, given_by, at) values ($1, $2, decode($3, 'hex'), $4, $5, $6, $7)`,
        [agreementId, personId, agreement.contentHash, command.format, command.helpedBy ?? null, actor.id, tx.now],
      );
    await writeHistory(tx, actor, [{ poolId: pool.id, noun: 'agreement', nounId: agreementId, personId, action: 'assent', to: agreement.state }]);
    await announce(tx, { name: 'agreementAssented', about: { pools: [pool.id], people: [personId] }, payload: { poolId: pool.id, agreementId, personId } });
    await this.audit.record(tx, actor, {
      action: 'pool:assent',
      noun: 'agreement',
      nounId: agreementId,
      pool: pool.id,
      about: personId,
      facts: { version: agreement.version, format: command.format },
    });
    if (agreement.state === 'in-force') await this.join(tx, actor, pool.id, [personId]);
    const state = await this.settle(tx, actor, pool, agreement);
    return { agreementId, personId, agreementState: state };
  }

  /** Brings the version on offer into force when nobody's assent is missing any more. Called after an assent, and when somebody who had
   *  not assented leaves. The caller holds the pool's lock. */
  async settle(tx: Tx, actor: Actor, pool: PoolRow, agreement: AgreementRow | undefined): Promise<AgreementState> {
    if (!agreement || agreement.state !== 'offered') return agreement?.state ?? 'draft';
    const members = await membersOf(tx, pool.id);
    const started = pool.state !== 'forming' && pool.state !== 'agreeing';
    const assented = await assentsTo(tx, agreement.id);
    if (!isWholeAssent(members, assented, started)) return 'offered';
    await this.supersede(tx, actor, pool.id, 'in-force');
    const edge = edgeOf('agreement', AGREEMENT, 'offered', 'bring-into-force');
    tx.write('update agreement set state = $2, in_force_at = $3 where id = $1 and state = any($4)', [
      agreement.id,
      edge.to,
      tx.now,
      statesAllowing(AGREEMENT, 'bring-into-force'),
    ]);
    tx.write('update pool set money_holder_book_id = $2 where id = $1', [pool.id, await holderNow(tx, agreement.terms)]);
    await writeHistory(tx, actor, [{ poolId: pool.id, noun: 'agreement', nounId: agreement.id, action: 'bring-into-force', from: 'offered', to: edge.to }]);
    await announce(tx, {
      name: 'agreementInForce',
      about: { pools: [pool.id] },
      payload: { poolId: pool.id, agreementId: agreement.id, version: agreement.version },
    });
    await this.join(
      tx,
      actor,
      pool.id,
      members.filter((member) => member.state === 'invited' && assented.includes(member.personId)).map((member) => member.personId),
    );
    if (!started) await this.start(tx, actor, pool);
    return edge.to;
  }

  private async checkTreasurer(tx: Tx, poolId: PoolId, { treasurer }: Terms): Promise<void> {
    if (treasurer === undefined) return;
    const member = await findMember(tx, poolId, treasurer);
    if (!member || member.state === 'left')
      throw invalid('treasurer-not-a-member', 'Who looks after the money is one of the group.', [
        { field: 'treasurer', message: 'Choose a member of the group.' },
      ]);
  }

  private async start(tx: Tx, actor: Actor, pool: PoolRow): Promise<void> {
    const edge = edgeOf('pool', POOL, pool.state, 'start');
    tx.write('update pool set state = $2 where id = $1 and state = any($3)', [pool.id, edge.to, statesAllowing(POOL, 'start')]);
    await writeHistory(tx, actor, [{ poolId: pool.id, noun: 'pool', nounId: pool.id, action: 'start', from: pool.state, to: edge.to }]);
    await announce(tx, { name: edge.event!, about: { pools: [pool.id] }, payload: { poolId: pool.id } });
  }

  private async join(tx: Tx, actor: Actor, poolId: PoolId, people: readonly PersonId[]): Promise<void> {
    const edge = MEMBER.invited.join;
    for (const personId of people) {
      tx.write(`update pool_member set state = $3, joined_at = $4 where pool_id = $1 and person_id = $2 and state = 'invited'`, [
        poolId,
        personId,
        edge.to,
        tx.now,
      ]);
      await writeHistory(tx, actor, [{ poolId, noun: 'member', nounId: personId, personId, action: 'join', from: 'invited', to: edge.to }]);
      await announce(tx, { name: edge.event, about: { pools: [poolId], people: [personId] }, payload: { poolId, personId } });
    }
  }

  private async supersede(tx: Tx, actor: Actor, poolId: PoolId, state: 'offered' | 'in-force'): Promise<void> {
    const old = await agreementInState(tx, poolId, state);
    if (!old) return;
    const edge = edgeOf('agreement', AGREEMENT, old.state, 'supersede');
    tx.write('update agreement set state = $2 where id = $1 and state = $3', [old.id, edge.to, state]);
    await writeHistory(tx, actor, [{ poolId, noun: 'agreement', nounId: old.id, action: 'supersede', from: state, to: edge.to }]);
  }

  private async moveToAgreeing(tx: Tx, actor: Actor, pool: PoolRow): Promise<void> {
    const edge = edgeOf('pool', POOL, pool.state, 'offer');
    if (edge.to === pool.state) return;
    tx.write('update pool set state = $2 where id = $1 and state = any($3)', [pool.id, edge.to, statesAllowing(POOL, 'offer')]);
    await writeHistory(tx, actor, [{ poolId: pool.id, noun: 'pool', nounId: pool.id, action: 'offer', from: pool.state, to: edge.to }]);
  }

  private async insertOffered(tx: Tx, actor: Actor, poolId: PoolId, terms: Terms, words: string): Promise<AgreementOffered> {
    const last = await tx.row<{ version: number }>('select max(version) as version from agreement where pool_id = $1', [poolId]);
    const id = newId<'agreement'>();
    const version = (last?.version ?? 0) + 1;
    const contentHash = contentHashOf(terms, words);
    tx.write(
      `insert into agreement (id, pool_id, version, terms, words, content_hash, state, written_by, offered_at) values ($1, $2, $3, $4, $5, decode($6, 'hex'), $7, $8, $9)`,
      [id, poolId, version, JSON.stringify(terms), words, contentHash, AGREEMENT.draft.offer.to, actor.id, tx.now],
    );
    await writeHistory(tx, actor, [{ poolId, noun: 'agreement', nounId: id, action: 'offer', from: 'draft', to: AGREEMENT.draft.offer.to }]);
    return { agreementId: id, version, contentHash };
  }

  /** The agreement's pool, if the actor or the person they act for can be in it; else it does not exist for them. */
  private async poolOf(actor: Actor, agreementId: AgreementId, personId: PersonId): Promise<PoolId> {
    if (personId !== actor.id && !can(actor, 'pool:assent', { person: personId })) throw notFound('The agreement');
    const own = await this.database.read(actor, (tx) => tx.rows<{ pool: PoolId }>('select pool_id as pool from pool_member where person_id = $1', [personId]));
    const pools = own.map((row) => row.pool);
    const agreement = await this.database.read(systemActor('pools', { pools }), (tx) => findAgreement(tx, agreementId));
    if (!agreement) throw notFound('The agreement');
    return agreement.poolId;
  }
}
