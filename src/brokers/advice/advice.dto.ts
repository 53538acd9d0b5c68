import type { Pence, ProviderId } from '../../kernel/index.js';
import { ChoiceField, FlagField, IdField, ListField, PenceField, TextField } from '../../platform/index.js';
import type { OptionKind, Per } from './advice.rules.js';
import { MOST_OPTIONS, OPTION_KINDS, PER } from './advice.rules.js';

export class RecordOption {
  @ChoiceField(OPTION_KINDS, { what: 'kind of option' })
  kind!: OptionKind;

  @IdField({ optional: true, what: 'provider' })
  providerId?: ProviderId;

  @TextField({ max: 200, what: 'option' })
  what!: string;

  @PenceField({ orZero: true, what: 'cost' })
  costPence!: Pence;

  @ChoiceField(PER, { what: 'time the cost is for' })
  per!: Per;

  @TextField({ max: 400, lines: true, what: 'good side' })
  good!: string;

  @TextField({ max: 400, lines: true, what: 'other side' })
  bad!: string;

  @FlagField({ optional: true })
  isRecommended?: boolean;
}

export class RecordAdvice {
  @TextField({ max: 300, what: 'question' })
  about!: string;

  @PenceField({ orZero: true, what: 'fee' })
  feePence!: Pence;

  @TextField({ max: 200, what: 'words on the fee', description: 'What the fee is for and who pays it.' })
  feeFor!: string;

  /** One option is let through here and refused by the rule, with a code of its own. */
  @ListField(() => RecordOption, { max: MOST_OPTIONS })
  options!: RecordOption[];

  @TextField({ max: 600, lines: true, optional: true, what: 'reason', description: 'Why there are not three, or no free way, or not “change nothing”.' })
  whyFew?: string;
}

export class AnswerAdvice {
  @IdField({ optional: true, what: 'option', description: 'Left out: none of these.' })
  optionId?: string;

  @TextField({ max: 1_000, lines: true, what: 'words', description: 'In the person’s own words.' })
  words!: string;
}
