import { Injectable } from '@nestjs/common';
import { Audit } from '../../audit/index.js';
import { can, People, requireAccess } from '../../identity/index.js';
import type { Actor, PersonId, PoolId } from '../../kernel/index.js';
import { notFound, systemActor } from '../../kernel/index.js';
import { Database } from '../../platform/index.js';
import { membersOf } from '../pool.rows.js';
import type { MemberRow } from '../pool.rows.js';
import { PoolSeats } from '../seats.service.js';
import { freezesOf, freezesOfPerson } from './freeze.rows.js';
import type { FreezeView } from './freeze.views.js';
import { freezeViews } from './freeze.views.js';

/** A person's part of one pool, for those who may stop it. */
export interface PartOfPerson {
  readonly poolId: PoolId;
  readonly pool: string;
  readonly freezes: readonly FreezeView[];
}

@Injectable()
export class FreezeQueries {
  constructor(
    private readonly database: Database,
    private readonly seats: PoolSeats,
    private readonly people: People,
    private readonly audit: Audit,
  ) {}

  /** Stops of a pool, and of the part of the reader or whom they act for; newest first. Others' parts are nobody's business. */
  async ofPool(actor: Actor, pool: PoolId, person?: PersonId): Promise<FreezeView[]> {
    const seat = await this.seats.of(actor, pool, 'pool:read', person);
    return this.database.read(systemActor('pools', { pools: [pool], people: [seat.person] }), async (tx) => {
      await this.seats.looked(tx, actor, seat, pool);
      return freezeViews(tx, actor, await freezesOf(tx, pool, [seat.person]), await membersOf(tx, pool));
    });
  }

  /** The pools a person is in, with every stop of their part. For the member, who represents them, and the board; a look of others is written down. */
  async partsOf(actor: Actor, person: PersonId): Promise<PartOfPerson[]> {
    if (person !== actor.id && !can(actor, 'pool:assent', { person })) {
      const icb = await this.database.read(actor, (tx) => this.people.icbOf(tx, person));
      if (!icb) throw notFound('The person');
      requireAccess(actor, 'pool-part:freeze', { icb });
    }
    const rows = await this.database.read(systemActor('pools', { people: [person] }), (tx) =>
      tx.rows<{ id: PoolId }>(`select pool_id as id from pool_member where person_id = $1 and state = 'member' order by pool_id desc limit 100`, [person]),
    );
    const pools = rows.map((row) => row.id);
    return this.database.transaction(systemActor('pools', { pools, people: [person] }), async (tx) => {
      if (person !== actor.id) await this.audit.viewed(tx, actor, { about: person, noun: 'pool', why: 'whether your part of a pool is stopped' });
      const named = await tx.rows<{ id: PoolId; name: string }>('select id, name from pool where id = any($1) order by id desc', [pools]);
      const freezes = await freezesOfPerson(tx, person);
      const members = await tx.rows<MemberRow>(`select person_id as "personId", first_name as "firstName" from pool_member where person_id = $1`, [person]);
      const views = await freezeViews(tx, actor, freezes, members);
      return named.map(({ id, name }) => ({ poolId: id, pool: name, freezes: views.filter((_, n) => freezes[n]!.poolId === id) }));
    });
  }
}
