import type { FieldFault, LocalDate, PersonId } from '../kernel/index.js';
import { addMonths, conflict, invalid, refused } from '../kernel/index.js';

/** By whose authority somebody other than the person would hold the account. */
export type Authority = 'representative' | 'nominee';

/** What opening a direct-payment account rests on. */
export interface OwnAccountFacts {
  readonly person: PersonId;
  /** Who would have access to it and pay from it. */
  readonly accountHolder: PersonId;
  /** What that person's recorded grant over the other is; undefined when there is none. Family ties are no authority (RULE 5). */
  readonly authority: Authority | undefined;
  readonly bornOn: LocalDate | null;
  readonly hasDied: boolean;
  /** The person has a plan in state agreed: outcomes, services, sums, risks, co-ordinator, review and consent are there (reg. 8; RULE 6). */
  readonly hasAgreedPlan: boolean;
  readonly hasOpenAccount: boolean;
}

/** What whoever approves the account has checked and stands behind. */
export interface OwnAccountConditions {
  /** The person is not among those whom the Schedule excludes; only yes or no is kept, with who checked and when (RULE 3). */
  readonly isNotExcluded: boolean;
  /** Only the people named can get at the account (reg. 10). */
  readonly isForNamedPeopleOnly: boolean;
  /** It holds direct payments and nothing else (reg. 10). */
  readonly isForDirectPaymentsOnly: boolean;
  /** Its statements show where money came from and went, and the ICB may ask for them (reg. 10). */
  readonly canBeAudited: boolean;
}

const CONDITIONS: Readonly<Record<Exclude<keyof OwnAccountConditions, 'isNotExcluded'>, string>> = {
  isForNamedPeopleOnly: 'Only people named here may have access to the account.',
  isForDirectPaymentsOnly: 'The account may hold direct payments and nothing else.',
  canBeAudited: 'The account must have statements that show where money came from and where it went.',
};

/** Younger people do not consent for themselves: "child" means under 16 (S.I. 2013/1617, reg. 2). */
const OF_AGE_MONTHS = 16 * 12;

/** S.I. 2013/1617: who may get a direct payment (regs. 3 to 6 and the Schedule), the plan that comes first (reg. 8) and the account it is
 *  paid into (reg. 10). Refuses: person-died, plan-not-agreed, excluded, account-conditions, no-authority, needs-representative, has-account. */
export function decideOwnAccount(facts: OwnAccountFacts, conditions: OwnAccountConditions, today: LocalDate): void {
  if (facts.hasDied) throw refused('person-died', 'This person has died.');
  if (!facts.hasAgreedPlan) throw refused('plan-not-agreed', 'Agree the plan first: no money moves before there is an agreed plan.');
  if (!conditions.isNotExcluded) throw refused('excluded', 'This person may not have a direct payment. Their money can be notional, or with a third party.');
  const missing = Object.entries(CONDITIONS).filter(([name]) => !conditions[name as keyof typeof CONDITIONS]);
  if (missing.length > 0)
    throw invalid(
      'account-conditions',
      'A direct payment may only go into an account that meets the conditions.',
      missing.map(([field, message]): FieldFault => ({ field, message })),
    );
  checkHolder(facts, today);
  if (facts.hasOpenAccount) throw conflict('has-account', 'This person has a direct-payment account already.');
}

/** Whether somebody may hold a person's account: the person, or who has recorded authority to. Refuses: no-authority, needs-representative. */
export function checkHolder(facts: Pick<OwnAccountFacts, 'person' | 'accountHolder' | 'authority' | 'bornOn'>, today: LocalDate): void {
  if (facts.accountHolder !== facts.person && facts.authority === undefined)
    throw refused('no-authority', 'Only the person, their representative or their nominee can hold this account. Record that authority first.');
  const isChild = facts.bornOn !== null && addMonths(facts.bornOn, OF_AGE_MONTHS) > today;
  if (isChild && facts.authority !== 'representative')
    throw refused('needs-representative', 'For a person under 16 a representative holds the direct payment.');
}
