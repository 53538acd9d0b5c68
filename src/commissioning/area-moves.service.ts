import { Injectable } from '@nestjs/common';
import { Audit } from '../audit/index.js';
import { BudgetLines } from '../budgets/index.js';
import { People, requireAccess } from '../identity/index.js';
import type { Actor, BudgetLineId, OrganisationId, PersonId } from '../kernel/index.js';
import { dayOf, invalid, penceAsNumber, refused, systemActor } from '../kernel/index.js';
import { Organisations } from '../organisations/index.js';
import { PersonDepartures } from '../pools/index.js';
import type { Tx } from '../platform/index.js';
import { announce, Database, once } from '../platform/index.js';
import type { RecordAreaMove } from './person-changes.dto.js';
import { responsibleIcb } from './responsible-icb.js';

export interface AreaMoved {
  readonly personId: PersonId;
  readonly fromIcbId: OrganisationId;
  readonly toIcbId: OrganisationId;
  /** Lines of the old ICB that ended. */
  readonly lineIds: readonly BudgetLineId[];
  readonly returnedPence: number;
}

/** Another ICB becomes responsible for a person (domain 1.14, 2.3). */
@Injectable()
export class AreaMoves {
  constructor(
    private readonly database: Database,
    private readonly people: People,
    private readonly organisations: Organisations,
    private readonly lines: BudgetLines,
    private readonly departures: PersonDepartures,
    private readonly audit: Audit,
  ) {}

  /** The old ICB hands over, on the day or late: its lines end, and the shares they fed go back to them; what was set aside for sessions until
   *  today is still paid. The person may stay in their pools, with money of the new ICB. Refuses: not-an-icb, same-icb, moved-in-the-future,
   *  moved-before. */
  async record(actor: Actor, personId: PersonId, command: RecordAreaMove, key?: string): Promise<AreaMoved> {
    const from = await responsibleIcb(this.database, this.people, actor, personId);
    requireAccess(actor, 'area-move:record', { icb: from });
    const { pools, books } = await this.departures.scopeOf(personId);
    const scope = { people: [personId], icbs: [from, command.icbId], pools, books };
    return this.database.transaction(systemActor('commissioning', scope), (tx) =>
      once(tx, actor, key === undefined ? undefined : { key, command: 'commissioning.recordAreaMove', input: { personId, ...command } }, async () => {
        await this.check(tx, personId, from, command);
        await this.people.makeResponsible(tx, personId, command.icbId, command.fromDay);
        const ended = await this.lines.endOfFunders(tx, personId, await this.organisations.withPredecessors(tx, [from]), command.fromDay);
        const returned = await this.departures.linesEnded(tx, actor, personId, pools, ended);
        await announce(tx, {
          name: 'personMovedArea',
          about: { people: [personId], icbs: [from, command.icbId] },
          payload: { personId, fromIcbId: from, toIcbId: command.icbId, fromDay: command.fromDay },
        });
        await this.audit.record(tx, actor, {
          action: 'area-move:record',
          noun: 'person',
          nounId: personId,
          about: personId,
          facts: { from, to: command.icbId, returnedPence: penceAsNumber(returned) },
        });
        return { personId, fromIcbId: from, toIcbId: command.icbId, lineIds: ended, returnedPence: penceAsNumber(returned) };
      }),
    );
  }

  private async check(tx: Tx, personId: PersonId, from: OrganisationId, command: RecordAreaMove): Promise<void> {
    const field = (name: string, message: string) => [{ field: name, message }];
    const icb = await this.organisations.find(tx, command.icbId);
    if (icb?.kind !== 'icb') throw invalid('not-an-icb', 'This body is no integrated care board.', field('icbId', 'Choose the ICB that is now responsible.'));
    if (command.icbId === from) throw refused('same-icb', 'This ICB is responsible already.');
    if (command.fromDay > dayOf(tx.now))
      throw invalid('moved-in-the-future', 'A move is recorded on its day, or late.', field('fromDay', 'Give today or a day before it.'));
    const since = await tx.row<{ day: string }>('select max(from_day) as day from responsibility where person_id = $1', [personId]);
    if (since && command.fromDay <= since.day)
      throw invalid('moved-before', 'The ICB until now became responsible later than that.', field('fromDay', 'Give a later day.'));
  }
}
