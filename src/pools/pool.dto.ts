import type { BookId, BudgetLineId, LocalDate, Pence, PersonId, PlanLineId, PoolId } from '../kernel/index.js';
import { ChoiceField, IdField, IntField, ListField, LocalDateField, PenceField, TextField } from '../platform/index.js';
import type { ContributionBy } from './pool.rules.js';

export const FORMATS = ['standard', 'large-print', 'easy-read', 'audio', 'braille', 'spoken'] as const;
export type AssentFormat = (typeof FORMATS)[number];

export class InvitePerson {
  @IdField({ what: 'person' })
  personId!: PersonId;
}

export class ProposePool {
  @TextField({ max: 100 })
  name!: string;

  @TextField({ max: 1000, lines: true, description: 'What the people want to do together, in their words.' })
  purpose!: string;

  @TextField({ max: 100, optional: true })
  place?: string;

  @IdField({ optional: true, description: 'The introduction it grew from; left out for people who know each other already.' })
  introductionId?: string;

  @IdField({ optional: true, what: 'account that will hold the money' })
  moneyHolderBookId?: BookId;

  @ListField(() => InvitePerson, { description: 'Everyone, the proposer included, in the order in which they joined: ties of a split fall in this order.' })
  members!: InvitePerson[];
}

export class AgreementTerms {
  @ChoiceField(['equal'])
  split!: 'equal';

  @ChoiceField(['pay-to-hold-place', 'pay-if-you-come'])
  absence!: 'pay-to-hold-place' | 'pay-if-you-come';

  @IntField({ min: 0, max: 182, what: 'days of notice' })
  noticeDays!: number;

  @ChoiceField(['all-agree'])
  decide!: 'all-agree';

  @IdField({
    optional: true,
    what: 'account that holds the money',
    description: 'Left out: nobody holds money together, and each pays their part of each invoice.',
  })
  moneyHolderBook?: BookId;

  @ChoiceField(['money-holder', 'contributor', 'icb'])
  feesOwedBy!: 'money-holder' | 'contributor' | 'icb';

  @LocalDateField()
  reviewOn!: LocalDate;
}

export class OfferAgreement extends AgreementTerms {
  @TextField({ max: 20_000, lines: true, what: 'agreement in words', description: 'The whole agreement as people read it.' })
  text!: string;
}

export class GiveAssent {
  @TextField({ max: 64, min: 64, matches: /^[0-9a-f]{64}$/, what: 'content hash of the version that was read' })
  contentHash!: string;

  @ChoiceField(FORMATS)
  format!: AssentFormat;

  @TextField({ max: 200, optional: true, description: 'Who helped to understand it.' })
  helpedBy?: string;

  @IdField({ optional: true, what: 'person', description: 'For whom, when a representative assents. Left out: for oneself.' })
  personId?: PersonId;
}

export class MakeContribution {
  @IdField({ what: 'budget line' })
  lineId!: BudgetLineId;

  @IdField({
    optional: true,
    what: 'service of the plan',
    description: 'The plan line the money is for; left out when the plan has one only, or the member put in for one before.',
  })
  planLineId?: PlanLineId;

  @PenceField()
  amountPence!: Pence;

  @ChoiceField(['card', 'bacs-debit', 'bank', 'payer-file'], { optional: true })
  by?: ContributionBy;
}

export interface ContributeToPool extends MakeContribution {
  readonly poolId: PoolId;
}

export class LeavePool {
  @IdField({ optional: true, what: 'person', description: 'For whom, when a representative ends it. Left out: for oneself.' })
  personId?: PersonId;
}

export class FreezePool {
  @TextField({ max: 1000 })
  reason!: string;
}

export class OfPerson {
  @IdField({ optional: true, what: 'person' })
  personId?: PersonId;
}
