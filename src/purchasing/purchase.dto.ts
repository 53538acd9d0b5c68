import type { BookId, LocalDate, Pence, PersonId, ProviderId } from '../kernel/index.js';
import { ChoiceField, IdField, IdListField, IntField, LocalDateField, PenceField, TextField, TextListField } from '../platform/index.js';

export class AskForQuote {
  @IdField({ what: 'provider' })
  providerId!: ProviderId;

  @TextField({ max: 4000, lines: true, description: 'What the group wants, in its own words.' })
  brief!: string;

  @IdField({ optional: true, what: 'person', description: 'For whom, when a representative asks. Left out: for oneself.' })
  personId?: PersonId;
}

export class GiveQuote {
  @IdField({ what: 'provider' })
  providerId!: ProviderId;

  @TextField({ max: 300 })
  service!: string;

  @PenceField({ description: 'For one session of the whole group, VAT included.' })
  pricePence!: Pence;

  @IntField({ min: 1, max: 366, what: 'number of sessions' })
  sessions!: number;

  @TextField({ max: 4000, lines: true, optional: true })
  terms?: string;
}

export class CommitQuote {
  @TextListField({ max: 10, min: 10, matches: /^\d{4}-\d{2}-\d{2}$/ }, { min: 1, max: 366, description: 'The day of each session, in order.' })
  days!: LocalDate[];
}

export class DisputeSession {
  @TextField({ max: 1000, what: 'reason' })
  why!: string;
}

export class SendInvoice {
  @TextField({ max: 60, what: 'invoice number' })
  number!: string;

  @PenceField({ description: 'VAT included.' })
  amountPence!: Pence;

  @PenceField({ orZero: true, optional: true, what: 'VAT' })
  vatPence?: Pence;

  @LocalDateField()
  dated!: LocalDate;

  @IdListField({ min: 1, max: 366, what: 'sessions' })
  sessionIds!: string[];

  @IdListField({
    min: 1,
    optional: true,
    what: 'members',
    description: 'Only when the invoice bills some members alone: a leaver’s part of a session within notice.',
  })
  forMembers?: PersonId[];
}

export class RefundInvoice {
  @IdField({ what: 'account that received the money' })
  bookId!: BookId;

  @ChoiceField(['bank', 'stripe', 'payer'], { description: 'A bank line, Stripe’s balance, or (for an ICB’s own book) the payer’s report.' })
  via!: 'bank' | 'stripe' | 'payer';

  @PenceField()
  amountPence!: Pence;

  @LocalDateField()
  on!: LocalDate;

  @TextField({ max: 100, description: 'What names this refund: the statement line or the provider’s credit note. The same again changes nothing.' })
  reference!: string;
}
