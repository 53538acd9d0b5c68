import type { Id, LocalDate, OrganisationId, PersonId } from '../kernel/index.js';
import type { ReachBy, ReachFormat } from '../identity/index.js';
import { ChoiceField, ChoiceListField, FlagField, IdField, IntField, LocalDateField, TextField, TextListField } from '../platform/index.js';
import type { GoalState } from './goal.lifecycle.js';

/** Letters of the Care Act 2014, s1(2). */
export const AREAS = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i'] as const;
export const OFFER_KINDS = ['skill', 'time', 'space', 'lift'] as const;
export type OfferKind = (typeof OFFER_KINDS)[number];

export class RegisterHolder {
  @IdField({ what: 'ICB' })
  icbId!: OrganisationId;

  @TextField({ max: 80 })
  firstName!: string;

  @TextField({ max: 80 })
  familyName!: string;

  @LocalDateField({ what: 'date of birth' })
  bornOn!: LocalDate;

  @TextField({ max: 12, what: 'NHS number' })
  nhsNumber!: string;

  @TextField({ max: 4, optional: true, matches: /^[A-Z]{1,2}\d[A-Z\d]?$/, message: 'Enter the first part of the postcode, like M33.' })
  place?: string;

  @TextField({ max: 200, optional: true })
  email?: string;

  @TextField({ max: 30, optional: true })
  phone?: string;

  @ChoiceField(['letter', 'email', 'text', 'phone'], { optional: true, what: 'way to reach the person' })
  reachBy?: ReachBy;

  @ChoiceField(['standard', 'large-print', 'easy-read', 'audio', 'braille'], { optional: true, what: 'format' })
  reachFormat?: ReachFormat;
}

export class Nominate {
  @IdField({ optional: true, what: 'nominee', description: 'The nominee, by id; or give `username`.' })
  nomineeId?: PersonId;

  @TextField({ max: 200, optional: true, what: 'name with which the nominee signs in' })
  username?: string;

  @IdField({ optional: true, what: 'nomination', description: 'What the person asked for, if this answers it.' })
  nominationId?: Id<'nomination'>;

  @LocalDateField({ what: 'day on which the nominee agreed in writing' })
  nomineeAgreedOn!: LocalDate;

  @TextField({ max: 2000, what: 'reason', description: 'The person’s nomination in writing, and why the ICB agrees (S.I. 2013/1617, reg. 6).' })
  reason!: string;
}

export class AskNomination {
  @TextField({ max: 160, what: 'name of the person you want' })
  name!: string;

  @TextField({ max: 300, what: 'way to reach them' })
  contact!: string;

  @TextField({ max: 1000, lines: true, what: 'reason' })
  reason!: string;

  @FlagField({ what: 'whether they said yes' })
  hasAgreed!: boolean;
}

export class TurnDownNomination {
  @TextField({ max: 2000, lines: true, what: 'reason' })
  reason!: string;
}

export class EndNomination {
  @TextField({ max: 2000, what: 'reason' })
  reason!: string;
}

export class WriteGoodLife {
  @TextField({ max: 8000, lines: true, what: 'what a good life is, in your own words' })
  words!: string;
}

export class NewGoal {
  @TextField({ max: 1000, lines: true, what: 'thing that matters' })
  matters!: string;

  @TextField({ max: 1000, lines: true, optional: true })
  why?: string;

  @TextField({ max: 1000, lines: true, optional: true })
  firstStep?: string;

  @TextField({ max: 1000, lines: true, optional: true })
  whoHelps?: string;

  @LocalDateField({ optional: true })
  byDay?: LocalDate;

  @TextListField({ max: 300 }, { optional: true, max: 10, what: 'how I will know' })
  signs?: string[];

  @ChoiceListField(AREAS, { optional: true, max: 9 })
  areas?: string[];
}

export class ChangeGoal {
  @TextField({ max: 1000, lines: true, optional: true, what: 'thing that matters' })
  matters?: string;

  @TextField({ max: 1000, lines: true, optional: true })
  why?: string;

  @TextField({ max: 1000, lines: true, optional: true })
  firstStep?: string;

  @TextField({ max: 1000, lines: true, optional: true })
  whoHelps?: string;

  @LocalDateField({ optional: true })
  byDay?: LocalDate;

  @TextListField({ max: 300 }, { optional: true, max: 10, what: 'how I will know' })
  signs?: string[];

  @ChoiceListField(AREAS, { optional: true, max: 9 })
  areas?: string[];

  @ChoiceField(['open', 'met', 'let-go'], { optional: true })
  state?: GoalState;
}

export class RateGoal {
  @IntField({ min: 0, max: 10, what: 'how close you are' })
  rating!: number;

  @TextField({ max: 1000, lines: true, optional: true })
  words?: string;

  /** Somebody read the question out or wrote the answer down. */
  @FlagField({ optional: true })
  wasHelped?: boolean;
}

export class NewOffer {
  @ChoiceField(OFFER_KINDS)
  kind!: OfferKind;

  @TextField({ max: 500 })
  words!: string;
}
