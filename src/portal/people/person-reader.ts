import { Injectable } from '@nestjs/common';
import { BudgetQueries } from '../../budgets/index.js';
import { can, People } from '../../identity/index.js';
import { IcbPeople } from '../../insight/index.js';
import type { Actor, OrganisationId, PersonId } from '../../kernel/index.js';
import { isId, notFound } from '../../kernel/index.js';
import { Addresses } from '../../notifications/index.js';
import { PlanQueries } from '../../plans/index.js';
import type { PlanView } from '../../plans/index.js';
import { Clock, Database } from '../../platform/index.js';
import { Officers } from './officers.js';
import type { PersonFacts } from './person.view.js';

/** Reads what the pages about one person show to the officers of the board. Decides nothing. */
@Injectable()
export class PersonReader {
  constructor(
    private readonly database: Database,
    private readonly people: People,
    private readonly icbPeople: IcbPeople,
    private readonly plans: PlanQueries,
    private readonly budgets: BudgetQueries,
    private readonly addresses: Addresses,
    private readonly officers: Officers,
    private readonly clock: Clock,
  ) {}

  /** Everything of one person. Looking at it is written down by each query. Refuses those of another board (not-found). */
  async facts(actor: Actor, text: string): Promise<PersonFacts & { icb: OrganisationId }> {
    const id = idOfPerson(text);
    const reader = await this.icbPeople.reader(actor, id);
    const { person, icb, isGoneAway } = await this.database.read(reader, async (tx) => ({
      person: await this.people.find(tx, id),
      icb: await this.people.icbOf(tx, id),
      isGoneAway: (await this.addresses.of(tx, [id])).get(id)?.isFlagged ?? false,
    }));
    if (!person || !icb) throw notFound('This person');
    const plans = await this.plans.plansOf(reader, id, 'plan and money');
    const lines = await this.budgets.linesOf(reader, id, 'plan and money');
    const decisions = await this.icbPeople.decisionsOf(actor, id);
    const names = await this.officers.of(actor, ['care-coordinator', 'icb-officer'], { icb });
    const may = {
      write: can(actor, 'plan:write', { icb }),
      agree: can(actor, 'plan:agree', { icb }),
      fund: can(actor, 'budget:agree', { icb }),
      decide: can(actor, 'decision:record', { icb }),
      openAccount: can(actor, 'account:open', { icb }),
    };
    return { person, icb, isGoneAway, plans, lines, decisions, names, may, today: this.clock.today() };
  }

  /** One plan of a person; the same refusals. */
  async plan(actor: Actor, person: string, plan: string): Promise<PersonFacts & { icb: OrganisationId; plan: PlanView }> {
    const facts = await this.facts(actor, person);
    const found = facts.plans.find((each) => each.id === plan);
    if (!found) throw notFound('The plan');
    return { ...facts, plan: found };
  }
}

function idOfPerson(text: string): PersonId {
  if (!isId(text)) throw notFound('This person');
  return text as unknown as PersonId;
}
