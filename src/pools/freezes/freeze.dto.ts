import type { LocalDate, PersonId } from '../../kernel/index.js';
import { IdField, LocalDateField, TextField } from '../../platform/index.js';
import { LONGEST_DAYS, USUAL_DAYS } from './freeze.rules.js';

export class FreezePool {
  @TextField({ max: 1000, lines: true, description: 'Why: of a pool all members read it; of one member’s part, that member.' })
  reason!: string;

  @LocalDateField({
    optional: true,
    what: 'last day',
    description: `The last day of the stop, at most ${LONGEST_DAYS} days away. Left out: ${USUAL_DAYS} days, or as long as you may.`,
  })
  lastDay?: LocalDate;

  @IdField({ optional: true, what: 'person', description: 'For whom, or whose part. Left out: for oneself.' })
  personId?: PersonId;
}

export class ExtendFreeze {
  @TextField({ max: 1000, lines: true, description: 'Why it has to be longer: a new reason each time.' })
  reason!: string;

  @LocalDateField({ what: 'last day' })
  lastDay!: LocalDate;

  @IdField({ optional: true, what: 'person', description: 'Whose part. Left out: one’s own.' })
  personId?: PersonId;
}

export class ThawPool {
  @TextField({ max: 1000, lines: true, description: 'Why it can go on.' })
  reason!: string;

  @IdField({ optional: true, what: 'person', description: 'Whose part. Left out: one’s own.' })
  personId?: PersonId;
}
