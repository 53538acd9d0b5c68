import { Injectable } from '@nestjs/common';
import { can } from '../../identity/index.js';
import type { Actor, PersonId } from '../../kernel/index.js';
import { Database } from '../../platform/index.js';
import type { CardState } from '../card.lifecycle.js';

/** How far a person has come with finding others, for a broker who looks after their card. */
export interface WaitingView {
  readonly personId: PersonId;
  readonly card: CardState | 'none';
  /** When the card was opened last; null when it is not open. */
  readonly openSince: Date | null;
  /** People they met here and did not part from, and groups they are in. */
  readonly met: number;
}

@Injectable()
export class WaitingQueries {
  constructor(private readonly database: Database) {}

  /** Of these people those whose card the actor may see. */
  async waitingOf(actor: Actor, people: readonly PersonId[]): Promise<WaitingView[]> {
    const seen = people.filter((person) => can(actor, 'card:read', { person }) && can(actor, 'introduction:read', { person }));
    return this.database.read(actor, (tx) =>
      tx.rows<WaitingView>(
        `select p.id as "personId", coalesce(c.state, 'none') as card,
           case when c.state = 'open' then (select max(h.changed_at) from card_change h where h.card_id = c.id and h.to_state = 'open') end as "openSince",
           ((select count(*) from introduction i where i.state <> 'stepped-back' and (i.person_a = p.id or i.person_b = p.id))
             + (select count(*) from found_group f where f.people @> array[p.id]))::int as met
         from unnest($1::uuid[]) as p(id) left join card c on c.person_id = p.id`,
        [seen],
      ),
    );
  }
}
