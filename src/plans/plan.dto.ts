import { ChoiceField, IdField, ListField, LocalDateField, PenceField, TextField } from '../platform/index.js';
import type { LocalDate, Pence, PersonId } from '../kernel/index.js';

export class NewPlanLine {
  /** Which outcome it serves, by its place in `outcomes`, from 0. */
  @TextField({ max: 300 })
  service!: string;

  @TextField({ max: 60 })
  category!: string;

  @PenceField()
  amountPence!: Pence;

  @ChoiceField(['week', 'four-weeks', 'month', 'year', 'once'])
  per!: 'week' | 'four-weeks' | 'month' | 'year' | 'once';

  @TextField({ max: 1000 })
  outcome!: string;
}

export class DraftPlan {
  @IdField()
  personId!: PersonId;

  @TextField({ max: 4000 })
  about!: string;

  @TextField({ max: 4000 })
  risks!: string;

  @IdField({ description: 'Somebody who is a care co-ordinator of the person’s ICB on the day of drafting.' })
  coordinatorId!: PersonId;

  @LocalDateField()
  reviewOn!: LocalDate;

  @LocalDateField()
  consentOn!: LocalDate;

  @ListField(() => NewPlanLine)
  lines!: NewPlanLine[];
}
