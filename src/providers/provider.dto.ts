import type { Pence } from '../kernel/index.js';
import { ChoiceField, PenceField, TextField } from '../platform/index.js';
import { IsArray, IsInt, Max, Min } from 'class-validator';

const KINDS = ['micro-enterprise', 'charity', 'company', 'public', 'community', 'person'];

/** The first two of the six questions; the others can wait. */
export class BeginListing {
  @TextField({ max: 200 })
  name!: string;

  @ChoiceField(KINDS)
  kind!: string;

  @TextField({ max: 2000, lines: true, optional: true })
  about?: string;
}

export class WithdrawListing {
  @TextField({ max: 500, optional: true, lines: true })
  reason?: string;
}

/** The six questions: who, what, about, where, when, how much. */
export class ListInOneSitting {
  @TextField({ max: 200 })
  name!: string;

  @ChoiceField(KINDS)
  kind!: string;

  @TextField({ max: 300, what: 'name of what you offer' })
  service!: string;

  @TextField({ max: 60 })
  activity!: string;

  @TextField({ max: 2000, lines: true })
  about!: string;

  @TextField({ max: 4, matches: /^[A-Z]{1,2}\d[A-Z\d]?$/, message: 'Enter the first half of the postcode, like M33.' })
  place!: string;

  @IsArray()
  @IsInt({ each: true })
  @Min(1, { each: true })
  @Max(7, { each: true })
  days!: number[];

  @PenceField({ optional: true, orZero: true })
  pricePence?: Pence;

  @ChoiceField(['session', 'hour', 'half-day', 'day', 'week', 'month', 'once'], { optional: true })
  per?: string;
}
