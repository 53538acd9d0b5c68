import type { LineView } from '../../budgets/index.js';
import { totalOf } from '../../budgets/index.js';
import type { GoalView } from '../../holders/index.js';
import type { CardState } from '../../introductions/index.js';
import { addDays, dayOf, formatDay, type LocalDate } from '../../kernel/index.js';
import type { PoolListing, PoolView } from '../../pools/index.js';
import type { PurchaseView } from '../../purchasing/index.js';
import type { Whose } from '../acting-for/whose.js';
import { counted, type FourNumbersOptions, type GoalStripOptions, type NeedItem, type PoolCardOptions, type StateTone } from '../blocks/index.js';
import { goalStripOf } from '../goals/goal-strip.js';
import type { Checked } from '../money/money.reads.js';
import { checkOf, numbersOf } from '../money/money.view.js';
import { paths } from '../paths.js';

/** What the home page rests on; a part the reader may not see is undefined. */
export interface HomeFacts {
  readonly goodLifeWritten: boolean | undefined;
  readonly goals: readonly GoalView[] | undefined;
  readonly card: CardState | 'none' | undefined;
  /** Suggestions the person has not answered yet. */
  readonly unanswered: number | undefined;
  readonly lines: readonly LineView[] | undefined;
  readonly pools: readonly { readonly listing: PoolListing; readonly pool: PoolView; readonly purchases: readonly PurchaseView[] }[];
  readonly unread: number;
  readonly checked: Checked;
}

export interface HolderHomeView {
  readonly whose: Whose;
  readonly needs: readonly NeedItem[];
  readonly money: FourNumbersOptions | null;
  readonly hasMoney: boolean;
  readonly pools: readonly PoolCardOptions[] | null;
  readonly goals: readonly GoalStripOptions[] | null;
  readonly links: {
    readonly money: string;
    readonly pools: string;
    readonly goodLife: string;
    readonly newGoal: string;
    readonly find: string;
    readonly looks: string;
    /** Null for who may not see it. */
    readonly acting: string | null;
    /** Null for who may not see it. */
    readonly brokers: string | null;
    readonly sessions: string;
    readonly plan: string;
  };
}

const POOL_STATES: Readonly<Record<PoolListing['state'], { state: string; tone: StateTone }>> = {
  forming: { state: 'Being made', tone: 'waiting' },
  agreeing: { state: 'Waiting for everybody’s yes', tone: 'waiting' },
  active: { state: 'Going on', tone: 'good' },
  frozen: { state: 'On hold', tone: 'attention' },
  closing: { state: 'Ending', tone: 'attention' },
  closed: { state: 'Ended', tone: 'quiet' },
};

/** Goals are asked about again after three months. Our judgement, November 2026. */
const ASK_AGAIN_DAYS = 91;
const SHOWN = 4;

export function holderHomeView(whose: Whose, facts: HomeFacts, today: LocalDate): HolderHomeView {
  const open = (facts.lines ?? []).filter((line) => line.state === 'open');
  return {
    whose,
    needs: needsOf(whose, facts, today),
    hasMoney: facts.lines !== undefined,
    money:
      open.length === 0
        ? null
        : numbersOf(
            'home',
            open.length === 1 ? open[0]!.name : `All ${whose.your} money together`,
            totalOf(open.map((line) => line.numbers)),
            checkOf(open, facts.checked),
            linksTo(paths.money(whose.id)),
          ),
    pools: whose.isMine
      ? facts.pools
          .filter(({ listing }) => listing.state !== 'closed')
          .slice(0, SHOWN)
          .map(poolCardOf)
      : null,
    goals:
      facts.goals
        ?.filter((goal) => goal.state === 'open')
        .slice(0, SHOWN)
        .map((goal) => goalStripOf(whose, goal)) ?? null,
    links: {
      money: paths.money(whose.id),
      pools: paths.pools,
      goodLife: paths.goodLife(whose.id),
      newGoal: paths.newGoal(whose.id),
      find: paths.suggestions(whose.id),
      looks: paths.looks,
      acting: whose.isMine || facts.lines !== undefined ? paths.acting(whose.id) : null,
      brokers: whose.isMine || (facts.lines !== undefined && facts.goals !== undefined) ? paths.brokersOf(whose.id) : null,
      sessions: paths.sessions,
      plan: paths.plan(whose.id),
    },
  };
}

const linksTo = (href: string): FourNumbersOptions['links'] => ({ agreed: href, committed: href, spent: href, free: href, stillToCome: href });

/** What waits for this person today: what others wait for first, then what would help them most. */
export function needsOf(whose: Whose, facts: HomeFacts, today: LocalDate): NeedItem[] {
  const needs: NeedItem[] = [];
  for (const { listing, pool, purchases } of facts.pools) {
    for (const purchase of purchases)
      for (const session of purchase.sessions)
        if (session.state === 'recorded' && session.mine !== null)
          needs.push({
            text: `Did it happen? ${purchase.service}`,
            href: paths.poolSession(listing.id, session.id),
            hint: `${listing.name}, ${formatDay(session.day)}. Nothing is paid before you have had the chance to say.`,
            icon: 'calendar',
          });
    const offered = pool.agreements.find((agreement) => agreement.state === 'offered' && !agreement.iAssented);
    if (offered)
      needs.push({
        text: `Read the agreement of ${listing.name}`,
        href: paths.poolPart(listing.id, 'agreement'),
        hint: 'It counts only when everybody has said yes.',
        icon: 'people',
      });
    else if (pool.members.some((member) => member.isMe && member.state === 'invited'))
      needs.push({
        text: `You are asked to join ${listing.name}`,
        href: paths.pool(listing.id),
        hint: 'Look at what it is for. You can say yes or no.',
        icon: 'people',
      });
  }
  if (facts.unread > 0) needs.push({ text: `You have ${counted(facts.unread, 'new message', 'new messages')}`, href: paths.inbox, icon: 'speech' });
  if (facts.unanswered)
    needs.push({
      text: `We found ${counted(facts.unanswered, 'person', 'people')} ${whose.you} may like to meet`,
      href: paths.suggestions(whose.id),
      hint: 'Say yes, not now or no. Nobody is told if you say no.',
      icon: 'people',
    });
  if (facts.goodLifeWritten === false)
    needs.push({
      text: `Say what a good life looks like for ${whose.you}`,
      href: paths.goodLife(whose.id),
      hint: 'A few words are enough to start.',
      icon: 'heart',
    });
  const stale = (facts.goals ?? []).filter((goal) => goal.state === 'open' && isStale(goal, today));
  if (stale.length > 0 && whose.isMine)
    needs.push({
      text: stale.length === 1 ? `How close are you? ${stale[0]!.matters}` : `How close are you to ${stale.length} of your goals?`,
      href: stale.length === 1 ? paths.goal(whose.id, stale[0]!.id) : paths.goodLife(whose.id),
      hint: 'Choose a number from 0 to 10.',
      icon: 'leaf',
    });
  if (facts.card === 'none' || facts.card === 'draft')
    needs.push({
      text: facts.card === 'none' ? 'Find people who like the same things' : 'Finish the card and open it',
      href: paths.card(whose.id),
      hint: 'We make a card without a name.',
      icon: 'people',
    });
  return needs;
}

const isStale = (goal: GoalView, today: LocalDate): boolean => {
  const last = goal.ratings.at(-1);
  return last === undefined || dayOf(last.ratedAt) <= addDays(today, -ASK_AGAIN_DAYS);
};

function poolCardOf({ listing, pool, purchases }: HomeFacts['pools'][number]): PoolCardOptions {
  const next = purchases
    .flatMap((purchase) => purchase.sessions)
    .filter((session) => session.state === 'planned')
    .map((session) => session.day)
    .sort()[0];
  return {
    name: listing.name,
    href: paths.pool(listing.id),
    purpose: listing.purpose,
    state: POOL_STATES[listing.state],
    members: listing.members,
    ...(listing.place ? { where: listing.place } : {}),
    ...(pool.mine ? { mine: pool.mine.free } : {}),
    ...(next ? { nextSession: next } : {}),
  };
}
