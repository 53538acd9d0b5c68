import { Injectable } from '@nestjs/common';
import { Audit } from '../../audit/index.js';
import { requireAccess } from '../../identity/index.js';
import type { Actor, PersonId, PoolId } from '../../kernel/index.js';
import { newId, refused, spokenReference, systemActor, typedReference } from '../../kernel/index.js';
import type { Tx } from '../../platform/index.js';
import { announce, Database, once, texts, uuids } from '../../platform/index.js';
import type { Assented } from '../agreements.service.js';
import { Agreements } from '../agreements.service.js';
import type { AgreementId, AgreementRow, MemberRow } from '../pool.rows.js';
import { agreementInState, assentsTo, findAgreement, lockPool, membersOf } from '../pool.rows.js';
import { PoolSeats } from '../seats.service.js';
import type { TypeAssent } from './paper.dto.js';

export interface AssentPaper {
  readonly agreementId: AgreementId;
  readonly version: number;
  readonly personId: PersonId;
  readonly firstName: string;
  readonly joinOrder: number;
  readonly reference: string;
  readonly isTyped: boolean;
  /** False for a sheet of an older version, which nobody can agree to any more. */
  readonly isNewest: boolean;
}

interface PaperRow {
  readonly id: string;
  readonly agreementId: AgreementId;
  readonly poolId: PoolId;
  readonly personId: PersonId;
  readonly contentHash: string;
  readonly reference: string;
  readonly typedAt: Date | null;
}

const PAPER = `id, agreement_id as "agreementId", pool_id as "poolId", person_id as "personId", encode(content_hash, 'hex') as "contentHash", reference, typed_at as "typedAt"`;

/** Assenting on paper: the sheets, typing them in, and taking back what was typed in wrongly. */
@Injectable()
export class AgreementPapers {
  constructor(
    private readonly database: Database,
    private readonly agreements: Agreements,
    private readonly seats: PoolSeats,
    private readonly audit: Audit,
  ) {}

  /** Makes a sheet for everybody who has not assented to the version they are asked to, and has none yet. By the pool's broker. Answers how many were made. */
  async make(actor: Actor, poolId: PoolId): Promise<number> {
    requireAccess(actor, 'pool:set-up', { pool: poolId });
    return this.database.transaction(systemActor('pools', { pools: [poolId] }), async (tx) => {
      await lockPool(tx, poolId);
      let made = 0;
      for (const { agreement, people } of await openFor(tx, poolId)) {
        const ids = people.map(() => newId());
        made += await tx.run(
          `insert into agreement_paper (id, agreement_id, pool_id, person_id, content_hash, reference, printed_at)
           select p.id, $1, $2, p.person, decode($3, 'hex'), p.reference, $4 from unnest($5::uuid[], $6::uuid[], $7::text[]) as p(id, person, reference)
           on conflict (agreement_id, person_id) do nothing`,
          [
            agreement.id,
            poolId,
            agreement.contentHash,
            tx.now,
            uuids(ids),
            uuids(people.map((member) => member.personId)),
            texts(ids.map((id) => spokenReference('AGR', id))),
          ],
        );
      }
      if (made > 0) await this.audit.record(tx, actor, { action: 'pool:print-agreement', noun: 'pool', nounId: poolId, pool: poolId, facts: { made } });
      return made;
    });
  }

  /** The sheets of a pool that were not typed in and can still be agreed to, by join order. By the pool's broker. */
  async waiting(actor: Actor, poolId: PoolId): Promise<AssentPaper[]> {
    requireAccess(actor, 'pool:set-up', { pool: poolId });
    return this.database.read(systemActor('pools', { pools: [poolId] }), async (tx) => {
      const open = await openFor(tx, poolId);
      const rows = await tx.rows<PaperRow>(`select ${PAPER} from agreement_paper where pool_id = $1 and typed_at is null and agreement_id = any($2::uuid[])`, [
        poolId,
        open.map(({ agreement }) => agreement.id),
      ]);
      return open
        .flatMap(({ agreement, people }) =>
          rows
            .filter((row) => row.agreementId === agreement.id)
            .flatMap((row) => people.filter((member) => member.personId === row.personId).map((member) => paperOf(row, member, agreement, true))),
        )
        .sort((a, b) => a.joinOrder - b.joinOrder);
    });
  }

  /** What a sheet is about; undefined for a reference of no sheet in this pool. By the pool's broker. */
  async find(actor: Actor, poolId: PoolId, reference: string): Promise<AssentPaper | undefined> {
    requireAccess(actor, 'pool:set-up', { pool: poolId });
    return this.database.read(systemActor('pools', { pools: [poolId] }), async (tx) => {
      const row = await tx.row<PaperRow>(`select ${PAPER} from agreement_paper where reference = $1 and pool_id = $2`, [
        typedReference(reference, 'AGR') ?? '',
        poolId,
      ]);
      if (!row) return undefined;
      const agreement = (await findAgreement(tx, row.agreementId))!;
      const member = (await membersOf(tx, poolId)).find((each) => each.personId === row.personId)!;
      return paperOf(row, member, agreement, agreement.state === 'offered' || (agreement.state === 'in-force' && member.state === 'invited'));
    });
  }

  /** Types in that a person agreed on paper: it becomes their assent to the very content that was printed, in the format they read. By the pool's broker, once.
   *  Refuses: paper-not-known, paper-used, agreement-changed (a newer version), and see decideAssent. */
  async type(actor: Actor, poolId: PoolId, command: TypeAssent, key?: string): Promise<Assented> {
    requireAccess(actor, 'pool:set-up', { pool: poolId });
    return this.database.transaction(systemActor('pools', { pools: [poolId] }), (tx) =>
      once(tx, actor, key === undefined ? undefined : { key, command: 'pools.type-assent', input: { poolId, ...command } }, async () => {
        const pool = await lockPool(tx, poolId);
        const paper = await tx.row<PaperRow>(`select ${PAPER} from agreement_paper where reference = $1 and pool_id = $2 for update`, [
          typedReference(command.reference, 'AGR') ?? '',
          poolId,
        ]);
        if (!paper) throw refused('paper-not-known', 'No paper of this group has that reference. Look at it again.');
        if (paper.typedAt) throw refused('paper-used', 'This paper was typed in already.');
        const { format, helpedBy } = command;
        const assented = await this.agreements.assentIn(tx, actor, pool, paper.agreementId, paper.personId, {
          contentHash: paper.contentHash,
          format,
          ...(helpedBy === undefined ? {} : { helpedBy }),
        });
        tx.write('update agreement_paper set typed_at = $2, typed_by = $3 where id = $1', [paper.id, tx.now, actor.id]);
        await announce(tx, {
          name: 'paperTyped',
          about: { pools: [poolId], people: [paper.personId] },
          payload: { poolId, personIds: [paper.personId], what: 'agreement' },
        });
        return assented;
      }),
    );
  }

  /** The person says that they did not agree: what was typed in for them does not count, until they agree themselves. Only before the version is in force.
   *  Refuses: not-on-paper, agreement-in-force. */
  async takeBack(actor: Actor, poolId: PoolId, agreementId: AgreementId, personId?: PersonId, key?: string): Promise<{ agreementId: AgreementId }> {
    const { person } = await this.seats.of(actor, poolId, 'pool:assent', personId);
    return this.database.transaction(systemActor('pools', { pools: [poolId], people: [person] }), (tx) =>
      once(tx, actor, key === undefined ? undefined : { key, command: 'pools.take-back-assent', input: { agreementId, person } }, async () => {
        await lockPool(tx, poolId);
        const agreement = await findAgreement(tx, agreementId);
        const typed = await tx.row('select 1 from agreement_paper where agreement_id = $1 and person_id = $2 and typed_at is not null', [agreementId, person]);
        if (!agreement || agreement.poolId !== poolId || !typed || !(await assentsTo(tx, agreementId)).includes(person))
          throw refused('not-on-paper', 'Nothing was typed in for you here.');
        if (agreement.state !== 'offered')
          throw refused('agreement-in-force', 'Everyone agreed, so it counts already. You can ask for a new version, and you can leave on any day.');
        tx.write('insert into assent_taken_back (agreement_id, person_id, pool_id, taken_by, at) values ($1, $2, $3, $4, $5)', [
          agreementId,
          person,
          poolId,
          actor.id,
          tx.now,
        ]);
        await this.audit.record(tx, actor, { action: 'pool:take-back-assent', noun: 'agreement', nounId: agreementId, pool: poolId, about: person });
        return { agreementId };
      }),
    );
  }
}

/** The version on offer with all who have not assented; and the one in force with newcomers who have not. */
async function openFor(tx: Tx, poolId: PoolId): Promise<{ agreement: AgreementRow; people: MemberRow[] }[]> {
  const members = (await membersOf(tx, poolId)).filter((member) => member.state !== 'left');
  const [offered, inForce] = [await agreementInState(tx, poolId, 'offered'), await agreementInState(tx, poolId, 'in-force')];
  const open: { agreement: AgreementRow; people: MemberRow[] }[] = [];
  for (const [agreement, asked] of [
    [offered, members],
    [inForce, offered ? [] : members.filter((member) => member.state === 'invited')],
  ] as const) {
    if (!agreement) continue;
    const assented = await assentsTo(tx, agreement.id);
    open.push({ agreement, people: asked.filter((member) => !assented.includes(member.personId)) });
  }
  return open;
}

const paperOf = (row: PaperRow, member: MemberRow, agreement: AgreementRow, isNewest: boolean): AssentPaper => ({
  agreementId: row.agreementId,
  version: agreement.version,
  personId: row.personId,
  firstName: member.firstName,
  joinOrder: member.joinOrder,
  reference: row.reference,
  isTyped: row.typedAt !== null,
  isNewest,
});
