import type { LocalDate } from '../kernel/index.js';
import { IdField, IntField, LocalDateField, TextField } from '../platform/index.js';

export class ProposeRunCommand {
  @IdField()
  book!: string;

  @LocalDateField({ what: 'cut-off day', description: 'Payments due by this day come into the run.' })
  cutOffOn!: LocalDate;
}

export class LineReasonCommand {
  @TextField({ max: 300 })
  reason!: string;
}

export class PayRunsQuery {
  @IdField()
  book!: string;

  @IdField({ optional: true })
  before?: string;

  @IntField({ min: 1, max: 200, fromText: true, optional: true })
  limit?: number;
}
