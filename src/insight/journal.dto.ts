import type { LocalDate } from '../kernel/index.js';
import { ChoiceField, LocalDateField } from '../platform/index.js';
import type { JournalFormat } from './journal.rules.js';

export class JournalQuery {
  @ChoiceField(['csv', 'journal'], { optional: true, what: 'format', description: 'csv, or a plain-text journal for hledger and ledger.' })
  format?: JournalFormat;

  @LocalDateField({ optional: true, what: 'first day', description: 'Entries that count in this day or later; left out: from the beginning.' })
  from?: LocalDate;

  @LocalDateField({ optional: true, what: 'day after the last one' })
  until?: LocalDate;
}
