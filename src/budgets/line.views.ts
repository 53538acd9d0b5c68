import type { BookId, BudgetLineId, Id, LocalDate, OrganisationId, Pence, PersonId } from '../kernel/index.js';
import type { FourNumbers, Managed } from './budget.rules.js';
import type { LineState } from './line.lifecycle.js';

/** A budget line as it is shown: whose, how managed, where the money lies, until when, and its four numbers. */
export interface LineView {
  readonly id: BudgetLineId;
  readonly budgetId: Id<'budget'>;
  readonly personId: PersonId;
  readonly planId: Id<'plan'>;
  readonly name: string;
  readonly reference: string;
  readonly managed: Managed;
  readonly bookId: BookId;
  readonly bookName: string | null;
  readonly funderId: OrganisationId;
  readonly funderName: string;
  readonly agreed: Pence;
  readonly fromDay: LocalDate;
  readonly untilDay: LocalDate;
  readonly state: LineState;
  /** Nothing new may be bought from it since this day. */
  readonly suspendedOn: LocalDate | null;
  readonly numbers: FourNumbers;
}

/** The line itself, without its numbers. */
export type LineRow = Omit<LineView, 'numbers'>;
