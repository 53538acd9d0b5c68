import type { BookId, LocalDate, Pence } from '../kernel/index.js';
import { ChoiceField, IdField, IntField, ListField, LocalDateField, PenceField, TextField } from '../platform/index.js';
import type { Suggestion } from './match.types.js';

export class OpenBankAccountBody {
  @IdField({ what: 'book' })
  bookId!: BookId;

  @TextField({ max: 140 })
  name!: string;

  @TextField({ max: 12, description: 'Six digits, dashes allowed.' })
  sortCode!: string;

  @TextField({ max: 12, description: 'Eight digits.' })
  accountNumber!: string;

  @LocalDateField({ description: 'The first day this system answers for.' })
  openedOn!: LocalDate;

  @PenceField({ optional: true, orZero: true, description: 'What it held when that day began.' })
  openingPence?: Pence;
}

export class MatchItem {
  @ChoiceField(['payment', 'payment-return', 'remittance-in', 'remittance-out', 'refund', 'stripe-payout', 'arrival', 'bank-charge'])
  kind!: Suggestion['kind'];

  @IdField({ optional: true })
  id?: string;
}

export class MatchLine {
  @ListField(() => MatchItem, { min: 1, max: 200 })
  items!: MatchItem[];
}

export class UndoMatch {
  @TextField({ max: 500, min: 3, what: 'reason' })
  reason!: string;
}

export class AnswerBreak {
  @TextField({ max: 1000, min: 3, lines: true, what: 'answer' })
  answer!: string;
}

export class LinesPage {
  @IntField({ optional: true, fromText: true, min: 0, description: 'The place or number of the last one shown.' })
  after?: number;
}

export class BreaksPage {
  @IdField({ optional: true, what: 'last break shown' })
  after?: string;
}
