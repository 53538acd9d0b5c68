import type { LocalDate } from '../kernel/index.js';
import { IntField, LocalDateField } from '../platform/index.js';

export class ClosePeriod {
  @LocalDateField({ what: 'first day that stays open', description: 'All before it is closed: 2026-07-01 closes the accounts to the end of June.' })
  untilOn!: LocalDate;
}

export class ClosesQuery {
  @LocalDateField({ optional: true, what: 'first day of the last period shown' })
  before?: LocalDate;

  @IntField({ min: 1, max: 120, fromText: true, optional: true })
  limit?: number;
}
