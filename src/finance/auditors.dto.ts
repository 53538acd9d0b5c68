import type { LocalDate, PersonId } from '../kernel/index.js';
import { IdField, IntField, LocalDateField, TextField } from '../platform/index.js';
import { LARGEST_SAMPLE } from './auditor.rules.js';

export class AppointAuditor {
  @IdField({ what: 'person', optional: true, description: 'Who is to audit: their id, or else the name they sign in with.' })
  personId?: PersonId;

  @TextField({ max: 200, what: 'name they sign in with', optional: true })
  username?: string;

  @LocalDateField({ what: 'first day' })
  fromDay!: LocalDate;

  @LocalDateField({ what: 'day on which it ends', description: 'From this day on they read nothing more.' })
  untilDay!: LocalDate;

  @TextField({ min: 10, max: 500, what: 'reason' })
  reason!: string;
}

export class EndAuditor {
  @IdField({ what: 'person' })
  personId!: PersonId;

  @TextField({ min: 3, max: 500, what: 'reason' })
  why!: string;
}

export class DrawSample {
  @LocalDateField({ what: 'first day' })
  fromDay!: LocalDate;

  @LocalDateField({ what: 'day after the last one' })
  untilDay!: LocalDate;

  @IntField({ min: 1, max: LARGEST_SAMPLE, fromText: true, what: 'number of items' })
  size!: number;

  @TextField({
    max: 60,
    optional: true,
    what: 'seed',
    matches: /^[\w .:-]+$/,
    description: 'The same seed, days, kind and size give the same sample. Left out: one is drawn.',
  })
  seed?: string;

  @TextField({ max: 40, optional: true, what: 'kind of movement', matches: /^[a-z-]+$/ })
  kind?: string;
}

export class OpenItem {
  @TextField({ min: 10, max: 500, what: 'reason', description: 'Why you need to know whose money it is. The person reads it.' })
  why!: string;
}
