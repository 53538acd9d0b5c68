import { Injectable } from '@nestjs/common';
import { idsWith, People } from '../../identity/index.js';
import { InsightQueries } from '../../insight/index.js';
import type { Actor, OrganisationId } from '../../kernel/index.js';
import { Database } from '../../platform/index.js';
import type { ReviewDue } from './people.view.js';

/** Reviews that fall due, with names. Decides nothing. */
@Injectable()
export class ReviewsDue {
  constructor(
    private readonly database: Database,
    private readonly insight: InsightQueries,
    private readonly people: People,
  ) {}

  async of(actor: Actor): Promise<ReviewDue[]> {
    const icbs = idsWith(actor, 'review:record', 'icb') as OrganisationId[];
    return this.database.read(actor, async (tx) => {
      const reminders = await this.insight.remindersOf(tx, icbs);
      const names = new Map(
        (
          await this.people.named(
            tx,
            reminders.map((each) => each.personId),
          )
        ).map((person) => [person.id, `${person.firstName} ${person.familyName}`]),
      );
      return reminders.map(({ personId, step, dueOn }) => ({ personId, step, dueOn, name: names.get(personId) ?? 'Somebody who has moved to another board' }));
    });
  }
}
