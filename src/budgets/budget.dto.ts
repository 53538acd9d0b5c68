import type { BookId, LocalDate, OrganisationId, Pence } from '../kernel/index.js';
import { ChoiceField, IdField, ListField, LocalDateField, PenceField, TextField } from '../platform/index.js';
import type { Managed } from './budget.rules.js';

export class NewLine {
  @TextField({ max: 100 })
  name!: string;

  @ChoiceField(['notional', 'third-party', 'direct-payment'])
  managed!: Managed;

  @IdField()
  funderId!: OrganisationId;

  @IdField()
  bookId!: BookId;

  @PenceField()
  agreedPence!: Pence;
}

export class FundPlan {
  @IdField()
  planId!: string;

  @LocalDateField()
  fromDay!: LocalDate;

  @LocalDateField()
  untilDay!: LocalDate;

  @TextField({ max: 2000 })
  reason!: string;

  @ListField(() => NewLine)
  lines!: NewLine[];
}

export class AllocateMoney {
  @PenceField()
  amountPence!: Pence;

  /** What names this arrival: the statement line, or the officer's own reference. Once only. */
  @TextField({ max: 100 })
  reference!: string;
}
