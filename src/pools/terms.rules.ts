import type { BookId, LocalDate, PersonId } from '../kernel/index.js';
import { invalid } from '../kernel/index.js';

/** How a price falls on the members (domain 2.3): alike; alike for those who come; by hours of support; by an agreed ratio; a fixed sum a
 *  session; a sum that each member's funder named. */
export const SPLITS = ['equal', 'attendance', 'hours', 'ratio', 'fixed', 'funder'] as const;
export type SplitBy = (typeof SPLITS)[number];

/** How a group decides (features.md, C8): everybody agrees; more for than against; nobody who could not live with it. */
export const DECIDE_BY = ['all-agree', 'most-agree', 'no-strong-objection'] as const;
export type DecideBy = (typeof DECIDE_BY)[number];

/** The part of the members, of a hundred, that has to vote where the agreement names none. Our judgement, November 2026. */
export const QUORUM_PERCENT = 50;

/** What a group can do when money does not reach (domain 2.3): stop for now, buy less, ask for other quotes, agree to put more in (each sum must
 *  still fit its member's own plan), or take a funder's money as a source of its own. Borrowing from another's share is none of them. */
export const SHORTFALL_ANSWERS = ['pause', 'reduce', 're-quote', 'put-in-more', 'bridge'] as const;
export type ShortfallAnswer = (typeof SHORTFALL_ANSWERS)[number];

/** What a newcomer pays of what it cost to set the group up (domain 2.3: optional, if agreed). */
export const NEWCOMERS = ['nothing', 'share-set-up'] as const;
export type Newcomers = (typeof NEWCOMERS)[number];

/** What the agreement says of one member: minutes of support a session (`hours`), a whole number (`ratio`), pence a session (`fixed`, `funder`). */
export interface SplitPart {
  readonly personId: PersonId;
  readonly part: number;
}

/** What people agree on before any money moves (domain 2.2 and 2.3). */
export interface Terms {
  readonly split: SplitBy;
  /** Left out for `equal` and `attendance`, which need none. */
  readonly parts?: readonly SplitPart[];
  /** Whether money that a funder put beside the members' is spent before theirs, or only where theirs does not reach. Left out: the group
   *  takes no such money. */
  readonly funders?: 'first' | 'last';
  /** Whether somebody away pays to hold the place. */
  readonly absence: 'pay-to-hold-place' | 'pay-if-you-come';
  /** How many days before a session somebody has to say that they will not come, so as not to pay; 1 when left out. */
  readonly absenceDays?: number;
  /** Days during which a leaver still owes their part of what was set aside; 28 is common. */
  readonly noticeDays: number;
  /** Until this day leaving needs no notice: the group tries itself out (EXPECT 9). Left out: no trial. */
  readonly trialUntil?: LocalDate;
  /** Nothing when left out. */
  readonly newcomers?: Newcomers;
  /** One member, one voice (RULE 17). A new version of this agreement always needs everybody (RULE 16). */
  readonly decide: DecideBy;
  /** The part of the members, of a hundred, that has to vote, 1 to 100; QUORUM_PERCENT when left out. It counts for nothing where all must agree. */
  readonly quorumPercent?: number;
  /** A quote of this many pence or less, for all its sessions, is chosen by one member's yes (C12). Left out: none is. */
  readonly oneMemberUpToPence?: number;
  /** Looks at every larger quote: it is not chosen without their yes while they are a member (C12). */
  readonly treasurer?: PersonId;
  /** What the group does when money does not reach. Left out: it is said each time. */
  readonly shortfall?: ShortfallAnswer;
  /** What each may leave in the pool, in pence, when something they bought together is over; what is above it goes home. Left out: all may stay. */
  readonly surplusKeepPence?: number;
  /** Holds the shares of third-party and direct-payment lines; null: each keeps their own, and pays their part of each invoice. */
  readonly moneyHolderBook: BookId | null;
  /** Who holds it when that one fails or closes: with a weekly copy of every penny (C16). Left out: the group decides then. */
  readonly successorBook?: BookId;
  /** Whose debt card and Direct Debit fees are; never a smaller share. */
  readonly feesOwedBy: 'money-holder' | 'contributor' | 'icb';
  readonly reviewOn: LocalDate;
}

export type SettingName = keyof Required<Terms>;

/** Every setting and where it is obeyed: a setting without a place does not compile, one without two histories that differ only in it fails its test. */
export const SETTINGS: { readonly [Name in SettingName]: string } = {
  split: 'purchasing/split.rules.ts',
  parts: 'purchasing/split.rules.ts',
  funders: 'pools/funder-share.rules.ts',
  absence: 'purchasing/absence.rules.ts',
  absenceDays: 'purchasing/absence.rules.ts',
  noticeDays: 'pools/terms.rules.ts',
  trialUntil: 'pools/terms.rules.ts',
  newcomers: 'purchasing/joining.service.ts',
  decide: 'pools/decisions/decision.rules.ts, pools/choice.rules.ts',
  quorumPercent: 'pools/decisions/decision.rules.ts, pools/choice.rules.ts',
  oneMemberUpToPence: 'pools/choice.rules.ts',
  treasurer: 'pools/choice.rules.ts',
  shortfall: 'purchasing/shortfall.rules.ts',
  surplusKeepPence: 'pools/surplus.rules.ts',
  moneyHolderBook: 'pools/pool.rules.ts',
  successorBook: 'pools/holder-plans/holder-closings.service.ts',
  feesOwedBy: 'finance/settlement.queries.ts',
  reviewOn: 'pools/review-days.service.ts',
};

export const SETTING_NAMES = Object.keys(SETTINGS) as SettingName[];

/** The settings of a command and nothing else of it. What was left out stays out, so that its meaning can be told from a choice. */
export function termsOf(command: Omit<Terms, 'moneyHolderBook'> & { readonly moneyHolderBook?: BookId | null }): Terms {
  const given = SETTING_NAMES.filter((name) => command[name] !== undefined && command[name] !== null).map((name) => [name, plain(command[name])]);
  return { moneyHolderBook: null, ...(Object.fromEntries(given) as Omit<Terms, 'moneyHolderBook'>) };
}

const plain = (value: unknown): unknown =>
  Array.isArray(value) ? value.map(({ personId, part }: SplitPart) => ({ personId, part })) : typeof value === 'bigint' ? Number(value) : value;

/** Days of notice for leaving on `day`. */
export const noticeOn = (terms: Pick<Terms, 'noticeDays' | 'trialUntil'> | undefined, day: LocalDate): number =>
  terms === undefined || (terms.trialUntil !== undefined && day <= terms.trialUntil) ? 0 : terms.noticeDays;

/** Refuses notice of more than half a year (our judgement, November 2026), a review or a trial that is over, a successor of nobody or of itself, and parts that do not fit the split
 *  (`parts-do-not-fit`: none where they are needed, some where they are not, somebody twice). */
export function checkTerms(terms: Terms, today: LocalDate): void {
  const parts = terms.parts ?? [];
  const fits =
    terms.split === 'equal' || terms.split === 'attendance'
      ? parts.length === 0
      : parts.length > 0 && new Set(parts.map((each) => each.personId)).size === parts.length && parts.every(({ part }) => Number.isInteger(part) && part > 0);
  if (!fits)
    throw invalid('parts-do-not-fit', 'Say once of each member what their part is, and only where members do not all pay alike.', [
      { field: 'parts', message: 'Give each member a whole number above zero, or leave the parts out when all pay alike.' },
    ]);
  if (!Number.isInteger(terms.noticeDays) || terms.noticeDays < 0 || terms.noticeDays > 182)
    throw invalid('notice-not-fair', 'Notice is 0 to 182 days.', [{ field: 'noticeDays', message: 'Enter a number of days from 0 to 182, like 28.' }]);
  if (terms.successorBook !== undefined && (terms.moneyHolderBook === null || terms.successorBook === terms.moneyHolderBook))
    throw invalid('successor-does-not-fit', 'Who is next is somebody else than who holds the money now.', [
      { field: 'successorBook', message: 'Choose somebody else, or nobody where nobody holds the money.' },
    ]);
  if (terms.trialUntil !== undefined && terms.trialUntil <= today)
    throw invalid('trial-in-the-past', 'The trial ends on a day to come, or there is none.', [
      { field: 'trialUntil', message: 'Give a day after today, or leave it empty.' },
    ]);
  if (terms.reviewOn <= today)
    throw invalid('review-in-the-past', 'The agreement needs a review to come.', [{ field: 'reviewOn', message: 'Give a day after today.' }]);
}
