import type { LocalDate, PersonId } from '../../kernel/index.js';
import { ChoiceField, IdField, LocalDateField, TextField } from '../../platform/index.js';
import type { GiftKind } from './gift.rules.js';
import { GIFT_KINDS } from './gift.rules.js';

export class OfferGift {
  @ChoiceField(GIFT_KINDS, { description: 'Time, a skill, a place to meet, or a way to get there. Money goes another way.' })
  kind!: GiftKind;

  @TextField({ max: 300, what: 'what you bring', description: 'In plain words. All members read it.' })
  words!: string;

  @LocalDateField({ what: 'first day' })
  fromDay!: LocalDate;

  @LocalDateField({ optional: true, what: 'last day', description: 'Left out: until it is taken back.' })
  untilDay?: LocalDate;

  @TextField({ max: 200, optional: true, description: 'Who helped to understand it and to say it.' })
  helpedBy?: string;

  @IdField({ optional: true, what: 'person', description: 'For whom, when a representative offers it. Left out: for oneself.' })
  personId?: PersonId;
}

export class TakeGiftBack {
  @IdField({ optional: true, what: 'person', description: 'For whom, when a representative takes it back. Left out: for oneself.' })
  personId?: PersonId;
}
