import type { LocalDate } from '../../kernel/index.js';
import { ChoiceField, FlagField, IdField, LocalDateField, TextField } from '../../platform/index.js';
import type { QuoteChoice } from '../../pools/index.js';
import type { QuoteId } from '../purchase.rows.js';

/** Who can sign the choice of a quote: not a nominee, who signs money terms only (domain 2.2). */
export const QUOTE_SIGNERS = ['member', 'representative'] as const;

export class TypeQuoteChoice {
  @TextField({ max: 40, what: 'reference on the paper', description: 'Like QUO-7K3M-9QXA.' })
  reference!: string;

  @IdField({ what: 'quote', description: 'The one that is ticked, of those on the sheet.' })
  quoteId!: QuoteId;

  @ChoiceField(['yes', 'object'], {
    message: 'Choose what is ticked',
    description: 'They choose it; or they could not live with it, where the agreement asks that.',
  })
  choice!: QuoteChoice;

  @ChoiceField(QUOTE_SIGNERS, { message: 'Choose who signed it', description: 'The person, or who is recorded as representing them.' })
  signedBy!: (typeof QUOTE_SIGNERS)[number];

  @LocalDateField({ what: 'day of signing', description: 'As it stands beside the name.' })
  signedOn!: LocalDate;

  @FlagField({ what: 'whether it was read back', description: 'That what is sent here was held against the paper. Nothing goes in otherwise.' })
  readBack!: boolean;
}
