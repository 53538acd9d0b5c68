import { Injectable } from '@nestjs/common';
import { requireAccess } from '../../identity/index.js';
import type { Actor, LocalDate, PersonId } from '../../kernel/index.js';
import { addMonths, dayOf, shownCount, startOfDay, systemActor } from '../../kernel/index.js';
import { Database } from '../../platform/index.js';

const SYSTEM = 'brokers.served';
const PAGE = 200;
/** What counts as having been served: a visit, a call or options in the year. Our judgement, November 2026. */
const MONTHS = 12;

/** How many people a broker served: brokers are known by that, and by no sum of money. */
@Injectable()
export class ServedPeople {
  constructor(private readonly database: Database) {}

  /** The broker's own figure, exact: people they visited, phoned for or put options to in the year before today. */
  async mine(actor: Actor): Promise<number> {
    requireAccess(actor, 'caseload:read', { site: true });
    return this.count(actor.id as PersonId, dayOf(await this.database.read(actor, async (tx) => tx.now)));
  }

  /** Writes every broker's figure as the public register may show it. Safe to repeat. */
  async publish(day: LocalDate): Promise<void> {
    let after: PersonId | null = null;
    for (;;) {
      const brokers: { id: PersonId }[] = await this.database.read(systemActor(SYSTEM, {}), (tx) =>
        tx.rows<{ id: PersonId }>(
          'select person_id as id from broker where listed_on <= $1 and ($2::uuid is null or person_id > $2) order by person_id limit $3',
          [day, after, PAGE],
        ),
      );
      for (const { id } of brokers) {
        const shown = shownCount(await this.count(id, day)) ?? null;
        await this.database.transaction(systemActor(SYSTEM, {}), (tx) =>
          tx.run('update broker set served_shown = $2, served_on = $3 where person_id = $1', [id, shown, day]),
        );
      }
      if (brokers.length < PAGE) return;
      after = brokers.at(-1)!.id;
    }
  }

  /** In the scope of exactly the people who ever appointed this broker. */
  private async count(broker: PersonId, day: LocalDate): Promise<number> {
    const people = await this.database.read(systemActor(SYSTEM, { people: [broker] }), (tx) =>
      tx.rows<{ id: PersonId }>('select distinct person_id as id from appointment where broker_id = $1', [broker]),
    );
    const scope = systemActor(SYSTEM, { people: [broker, ...people.map(({ id }) => id)] });
    const from = addMonths(day, -MONTHS);
    return this.database.read(scope, async (tx) => {
      const row = await tx.row<{ count: number }>(
        `select count(distinct person_id)::int as count from (
           select person_id from visit_note where broker_id = $1 and on_day > $2 and on_day <= $3
           union all select person_id from phone_call where broker_id = $1 and on_day > $2 and on_day <= $3
           union all select person_id from advice where broker_id = $1 and state <> 'withdrawn' and recorded_at >= $4) s`,
        [broker, from, day, startOfDay(from)],
      );
      return row!.count;
    });
  }
}
