import type { LocalDate, PoolId } from '../../kernel/index.js';
import { addDays, daysBetween, formatDay } from '../../kernel/index.js';
import type { CaseStanding, CaseView } from '../../brokers/index.js';
import { ENDS_SOON_DAYS } from '../../brokers/index.js';
import type { NeedItem, StateTone } from '../blocks/index.js';
import { counted } from '../blocks/index.js';
import { CASE_WORDS } from '../cases/cases.view.js';
import { paths } from '../paths.js';
import { nextSteps } from '../pool/pool-next.view.js';
import type { NextFacts } from '../pool/pool-next.view.js';

export interface PersonCard {
  readonly name: string;
  /** How to reach them comes first, everywhere staff look (RULE 40). */
  readonly reach: string;
  readonly place: string | null;
  readonly covers: readonly string[];
  readonly since: string;
  readonly until: string | null;
  readonly endsSoon: boolean;
  /** Where they stand, and since when: null where that was not asked. */
  readonly standing: { readonly state: { readonly state: string; readonly tone: StateTone }; readonly waiting: string } | null;
  readonly links: readonly { readonly text: string; readonly href: string }[];
}

const COVER_WORDS: Readonly<Record<CaseView['covers'][number], string>> = {
  goals: 'Their good life and goals',
  card: 'Finding others',
  plan: 'Their plan',
  pools: 'Pools',
};
const REACH: Readonly<Record<string, string>> = { letter: 'by letter', email: 'by email', text: 'by text', phone: 'by phone' };
const FORMAT: Readonly<Record<string, string>> = {
  standard: '',
  'large-print': ', in large print',
  'easy-read': ', in Easy Read',
  audio: ', as a recording',
  braille: ', in braille',
};

/** One person who asked the broker for help; only what they signed for opens (RULE 21). */
export function personCardOf(each: CaseView, today: LocalDate, standing?: CaseStanding): PersonCard {
  const worked = daysBetween(each.signedOn, today);
  const open = (cover: CaseView['covers'][number], text: string, href: string) => (each.covers.includes(cover) ? [{ text, href }] : []);
  return {
    name: `${each.firstName} ${each.familyName}`,
    reach: `Reach them ${REACH[each.reachBy] ?? each.reachBy}${FORMAT[each.reachFormat] ?? ''}`,
    place: each.place,
    covers: each.covers.map((cover) => COVER_WORDS[cover]),
    since: worked < 1 ? 'Since today' : `For ${counted(worked, 'day', 'days')}, since ${formatDay(each.signedOn)}`,
    until: each.untilDay && formatDay(each.untilDay),
    endsSoon: each.untilDay !== null && each.untilDay <= addDays(today, ENDS_SOON_DAYS),
    standing: standing ? { state: CASE_WORDS[standing.state], waiting: waitingWords(standing) } : null,
    links: [
      { text: 'Visits and calls', href: paths.visits(each.personId) },
      ...open('goals', 'Good life and goals', paths.goodLife(each.personId)),
      ...open('card', 'What they look for', paths.card(each.personId)),
      ...open('card', 'Suggestions', paths.suggestions(each.personId)),
      ...open('plan', 'Plan', paths.plan(each.personId)),
    ],
  };
}

/** How long, in words: since something waits on the broker, else since the person last heard. */
function waitingWords({ state, waitingDays, since }: CaseStanding): string {
  const isToday = waitingDays === 0;
  const days = counted(waitingDays, 'day', 'days');
  if (state === 'late' || state === 'yours') return isToday ? 'Waits since today' : `Waits for ${days}, since ${formatDay(since)}`;
  const what = state === 'new' ? 'Signed' : 'Last heard from you';
  return isToday ? `${what} today` : `${what} ${days} ago, on ${formatDay(since)}`;
}

/** Talks about how things go with a member, where the broker has to say what comes next. */
export const talkNeeds = (waiting: ReadonlyMap<PoolId, number>, pools: readonly { readonly id: PoolId; readonly name: string }[]): NeedItem[] =>
  pools
    .filter((pool) => waiting.has(pool.id))
    .map((pool) => ({ text: 'Somebody asks for your help', href: paths.poolReviews(pool.id), icon: 'people', isUrgent: true, hint: pool.name }));

/** What waits for a broker: in their pools, then appointments that end soon. */
export function brokerNeeds(pools: readonly NextFacts[], people: readonly CaseView[], today: LocalDate): NeedItem[] {
  const inPools = pools.flatMap((facts) =>
    nextSteps(facts).map((step) => ({ ...step, hint: step.hint ? `${facts.pool.name}. ${step.hint}` : facts.pool.name })),
  );
  const ending = people
    .filter((each) => personCardOf(each, today).endsSoon)
    .map((each) => ({
      text: `Talk with ${each.firstName} about going on`,
      href: paths.caseload,
      icon: 'person' as const,
      hint: `What they signed ends on ${formatDay(each.untilDay!)}`,
    }));
  return [...inPools, ...ending].sort((a, b) => Number('isUrgent' in b && b.isUrgent) - Number('isUrgent' in a && a.isUrgent));
}

/** Pools of which people are still asked to agree, for "who is waiting". */
export const waitingPeople = (pools: readonly NextFacts[]): { readonly pool: string; readonly href: string; readonly who: string }[] =>
  pools.flatMap(({ pool }) => {
    const invited = pool.members.filter((member) => member.state === 'invited').map((member) => member.firstName);
    return invited.length > 0 ? [{ pool: pool.name, href: paths.pool(pool.id), who: invited.join(', ') }] : [];
  });
