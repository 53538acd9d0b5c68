import type { BookId, LocalDate, Pence, PersonId, ProviderId } from '../kernel/index.js';
import type { ShareId, ShortfallAnswer, SpendKind } from '../pools/index.js';
import { SHORTFALL_ANSWERS, SPEND_KINDS } from '../pools/index.js';
import { ChoiceField, FlagField, IdField, IdListField, IntField, LocalDateField, PenceField, TextField, TextListField } from '../platform/index.js';
import type { AbsenceReason } from './absence.rules.js';
import { ABSENCE_REASONS } from './absence.rules.js';

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

  @FlagField({ optional: true, description: 'What it buys sets the group up: equipment, a first order. A newcomer may owe a part, as the agreement says.' })
  setsUp?: boolean;

  @ChoiceField(SPEND_KINDS, {
    optional: true,
    description: 'What it is for: something to do or to have; somebody’s wages; something that keeps people safe. The last two may be renewed in a freeze.',
  })
  kind?: SpendKind;
}

export class CommitQuote {
  @TextListField({ max: 10, min: 10, matches: /^\d{4}-\d{2}-\d{2}$/ }, { min: 1, max: 366, description: 'The day of each session, in order.' })
  days!: LocalDate[];
}

export class DisputeSession {
  @TextField({ max: 1000, what: 'reason' })
  why!: string;
}

export class TellAbsence {
  @ChoiceField(ABSENCE_REASONS, { description: 'A stay in hospital and a bereavement are always excused; else the agreement decides. Nothing more is asked.' })
  reason!: AbsenceReason;

  @IdField({ optional: true, what: 'person', description: 'Who does not come, when somebody at their place says so. Left out: oneself.' })
  personId?: PersonId;
}

export class TellAway extends TellAbsence {
  @LocalDateField({ what: 'first day' })
  fromDay!: LocalDate;

  @LocalDateField({ optional: true, what: 'last day', description: 'Counts too. Left out: the first day alone.' })
  untilDay?: LocalDate;
}

export class AnswerShortfall {
  @ChoiceField(SHORTFALL_ANSWERS, {
    optional: true,
    description: 'Stop for now, buy less, ask for other quotes, agree to put more in, or take a funder’s money. Left out: what the agreement says.',
  })
  answer?: ShortfallAnswer;

  @TextField({ max: 1000, lines: true, optional: true })
  words?: string;

  @IdField({ optional: true, what: 'funder’s money', description: 'Needed for a bridge.' })
  funderShareId?: ShareId;

  @LocalDateField({ optional: true, what: 'last day', description: 'Of a pause: 28 days away at most, and 14 when left out.' })
  lastDay?: LocalDate;
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
