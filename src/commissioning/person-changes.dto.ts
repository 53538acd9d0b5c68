import type { LocalDate, OrganisationId } from '../kernel/index.js';
import { IdField, LocalDateField } from '../platform/index.js';

export class RecordDeath {
  @LocalDateField({ what: 'day of death' })
  diedOn!: LocalDate;
}

export class RecordAreaMove {
  @IdField({ what: 'ICB that is now responsible' })
  icbId!: OrganisationId;

  @LocalDateField({ what: 'first day', description: 'The first day on which the new ICB is responsible: today, or a day before it.' })
  fromDay!: LocalDate;
}
