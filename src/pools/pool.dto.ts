import type { BookId, BudgetLineId, LocalDate, OrganisationId, Pence, PersonId, PlanLineId, PoolId } from '../kernel/index.js';
import type { ReachBy, ReachFormat } from '../identity/index.js';
import { ChoiceField, FlagField, IdField, IntField, ListField, LocalDateField, PenceField, TextField } from '../platform/index.js';
import type { RestRule } from './funder-share.rules.js';
import { REST_RULES } from './funder-share.rules.js';
import type { ContributionBy } from './pool.rules.js';
import type { DecideBy, Newcomers, ShortfallAnswer, SplitBy } from './terms.rules.js';
import { DECIDE_BY, NEWCOMERS, SHORTFALL_ANSWERS, SPLITS } from './terms.rules.js';

export const FORMATS = ['standard', 'large-print', 'easy-read', 'audio', 'braille', 'spoken'] as const;
export type AssentFormat = (typeof FORMATS)[number];

export class InvitePerson {
  @IdField({ what: 'person' })
  personId!: PersonId;

  @FlagField({ optional: true, description: 'They come without putting money in: they have a voice, and no part of any price.' })
  withoutMoney?: boolean;
}

export class RegisterNeighbour {
  @TextField({ max: 80, what: 'first name' })
  firstName!: string;

  @TextField({ max: 80, what: 'family name' })
  familyName!: string;

  @TextField({ max: 4, optional: true, matches: /^[A-Z]{1,2}\d[A-Z\d]?$/, message: 'Enter the first part of the postcode, like M33.' })
  place?: string;

  @ChoiceField(['letter', 'email', 'text', 'phone'], { what: 'way to reach the person', message: 'Choose how they want to hear from the group' })
  reachBy!: ReachBy;

  @ChoiceField(['standard', 'large-print', 'easy-read', 'audio', 'braille'], { what: 'format', message: 'Choose how they read best' })
  reachFormat!: ReachFormat;

  @TextField({ max: 200, optional: true, matches: /^\S+@\S+\.\S+$/, message: 'Enter an email address, like name@example.com.' })
  email?: string;

  @TextField({ max: 30, optional: true, matches: /^[+\d][\d ]{6,28}$/, message: 'Enter a telephone number, like 07700 900123.' })
  phone?: string;

  @FlagField({ what: 'whether they agreed', description: 'That they asked to be written down here, and know who sees it. Nobody is written down without it.' })
  agreed!: boolean;
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

export class MemberPart {
  @IdField({ what: 'person' })
  personId!: PersonId;

  @IntField({ min: 1, max: 1_000_000_000, what: 'part', description: 'Minutes of support a session, a whole number, or pence a session, as the split says.' })
  part!: number;
}

export class AgreementTerms {
  @ChoiceField(SPLITS, {
    description:
      'How a price falls on the members: alike; alike for those who come; by hours of support; by a ratio; a fixed sum a session; a sum that each funder named.',
  })
  split!: SplitBy;

  @ListField(() => MemberPart, { optional: true, description: 'What the agreement says of each member, where they do not all pay alike.' })
  parts?: MemberPart[];

  @ChoiceField(['first', 'last'], {
    optional: true,
    description: 'Whether money that a funder put beside the members’ is spent first, or only where theirs does not reach. Left out: the group takes none.',
  })
  funders?: 'first' | 'last';

  @IntField({ min: 0, max: 30, optional: true, what: 'days', description: 'How many days before a session to say that one will not come; 1 when left out.' })
  absenceDays?: number;

  @ChoiceField(['pay-to-hold-place', 'pay-if-you-come'])
  absence!: 'pay-to-hold-place' | 'pay-if-you-come';

  @IntField({ min: 0, max: 182, what: 'days of notice' })
  noticeDays!: number;

  @LocalDateField({ optional: true, what: 'last day of the trial', description: 'Until then leaving needs no notice.' })
  trialUntil?: LocalDate;

  @ChoiceField(NEWCOMERS, { optional: true, description: 'What a newcomer pays of what it cost to set the group up; nothing when left out.' })
  newcomers?: Newcomers;

  @ChoiceField(DECIDE_BY, { description: 'Everybody agrees; more for than against; nobody who could not live with it.' })
  decide!: DecideBy;

  @IntField({ min: 1, max: 100, optional: true, what: 'part that has to vote', description: 'The part of the members, of a hundred; 50 when left out.' })
  quorumPercent?: number;

  @IntField({
    min: 0,
    max: 1_000_000_000,
    optional: true,
    what: 'sum that one member may choose',
    description: 'In pence: a quote of no more than this, for all its sessions, is chosen by one member’s yes. None is when left out.',
  })
  oneMemberUpToPence?: number;

  @IdField({ optional: true, what: 'treasurer', description: 'A member without whose yes no larger quote is chosen.' })
  treasurer?: PersonId;

  @ChoiceField(SHORTFALL_ANSWERS, { optional: true, description: 'What the group does when money does not reach; said each time when left out.' })
  shortfall?: ShortfallAnswer;

  @IntField({
    min: 0,
    max: 1_000_000_000,
    optional: true,
    what: 'sum that may stay',
    description: 'In pence: what each may leave in the pool when something they bought is over; what is above it goes home. All may stay when left out.',
  })
  surplusKeepPence?: number;

  @IdField({
    optional: true,
    what: 'account that holds the money',
    description: 'Left out: nobody holds money together, and each pays their part of each invoice.',
  })
  moneyHolderBook?: BookId;

  @IdField({
    optional: true,
    what: 'account that is next',
    description: 'Takes over when the one that holds the money fails or closes. Left out: the group decides then.',
  })
  successorBook?: BookId;

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

export class PromiseFunderShare {
  @IdField({ what: 'funder' })
  funderId!: OrganisationId;

  @TextField({ max: 1000, lines: true, description: 'What the money is for.' })
  purpose!: string;

  @PenceField()
  amountPence!: Pence;

  @LocalDateField({ what: 'last day', description: 'The last day of a session it may pay for.' })
  endsOn!: LocalDate;

  @ChoiceField(REST_RULES, { description: 'What becomes of what is left: back to the funder after the last day, or when the pool ends.' })
  rest!: RestRule;

  @IdField({ optional: true, what: 'account', description: 'The funder’s own allocation book. Left out: it comes by bank to the group’s money-holder.' })
  bookId?: BookId;
}

export class AllocateToFunderShare {
  @IdField({ what: 'statement line' })
  statementLine!: string;

  @TextField({ max: 20, description: 'What the funder quotes, like FUN-7K3M-9QXA.' })
  reference!: string;
}

export class OfPerson {
  @IdField({ optional: true, what: 'person' })
  personId?: PersonId;
}

export class OfDays extends OfPerson {
  @LocalDateField({ optional: true, what: 'last day', description: 'Up to this day, which is told of as well; up to today when left out.' })
  last?: LocalDate;
}
