import type { LocalDate, Pence } from '../../kernel/index.js';
import { addDays, dayOf, minus, plus, sumPence } from '../../kernel/index.js';
import type { DaysTold, PoolListing, PoolMoney, PoolView } from '../../pools/index.js';
import type { PurchaseView, QuoteView } from '../../purchasing/index.js';
import type { DecisionCardOptions, NeedItem, PoolCardOptions, SharePictureOptions, StateTagOptions, TableOptions, TimelineItem } from '../blocks/index.js';
import { money } from '../blocks/index.js';
import { paths } from '../paths.js';
import { bannerOf, partBannerOf } from './freeze.view.js';
import type { PoolFacts } from './pool-facts.js';
import { comesWithoutMoney, nextSession, nextSteps } from './pool-next.view.js';
import { MEMBER_WORDS, POOL_WORDS, WITHOUT_MONEY_WORDS } from './pool.words.js';

/** The parts of a pool's pages, as the row of links below its name. */
export interface PoolLink {
  readonly text: string;
  readonly href: string;
  readonly isCurrent: boolean;
}

export type PoolTab = 'overview' | 'agreement' | 'decisions' | 'pledges' | 'money' | 'quotes' | 'sessions' | 'people' | 'history';

export interface PoolHead {
  readonly name: string;
  readonly state: Pick<StateTagOptions, 'state' | 'tone'>;
  readonly links: readonly PoolLink[];
  /** Bola, and as what somebody looks for her; null at one's own place. */
  readonly actingFor: { readonly firstName: string; readonly as: string } | null;
  /** Why the pool, or the reader's part, is stopped, by whom and until when. */
  readonly stops: readonly string[];
}

/** The head of every page of a pool. */
export function poolHead(pool: Pick<PoolView, 'id' | 'name' | 'state' | 'actingFor' | 'freeze' | 'partFreezes'>, current: PoolTab): PoolHead {
  const tabs: readonly (readonly [PoolTab, string])[] = [
    ['overview', 'Overview'],
    ['agreement', 'Agreement'],
    ['decisions', 'Decisions'],
    ['pledges', 'Pledges'],
    ['money', 'Money'],
    ['quotes', 'Quotes'],
    ['sessions', 'Sessions'],
    ['people', 'People'],
    ['history', 'What happened'],
  ];
  return {
    name: pool.name,
    state: POOL_WORDS[pool.state],
    actingFor: pool.actingFor ?? null,
    stops: [
      ...(pool.freeze ? [bannerOf(pool.freeze)] : []),
      ...(pool.partFreezes ?? []).map((freeze) => partBannerOf(freeze, pool.actingFor ? `${pool.actingFor.firstName}’s` : 'Your')),
    ],
    links: tabs.map(([tab, text]) => ({ text, href: tab === 'overview' ? paths.pool(pool.id) : paths.poolPart(pool.id, tab), isCurrent: tab === current })),
  };
}

export interface PoolOverview {
  readonly head: PoolHead;
  readonly purpose: string;
  readonly place: string | null;
  readonly people: readonly { readonly name: string; readonly words: Pick<StateTagOptions, 'state' | 'tone'> }[];
  readonly needs: readonly NeedItem[];
  readonly next: string | null;
  readonly nextDay: LocalDate | null;
  readonly picture: SharePictureOptions;
  readonly decisions: readonly DecisionCardOptions[];
  readonly history: readonly TimelineItem[];
  readonly canPutIn: boolean;
  readonly canLeave: boolean;
  /** Stopping the pool, and the reader's own part; null where they may not, or there is nothing to stop. */
  readonly stop: {
    readonly pool: { readonly text: string; readonly href: string } | null;
    readonly part: { readonly text: string; readonly href: string } | null;
  };
  readonly links: { readonly putIn: string; readonly money: string; readonly leave: string; readonly history: string; readonly people: string };
}

const HISTORY_ON_OVERVIEW = 5;

/** A pool on one page: who, what next, the money, what is being decided, what happened. */
export function poolOverview(facts: PoolFacts, bought: DaysTold = { items: [], since: null }): PoolOverview {
  const { pool, purchases, today } = facts;
  const next = nextSession(purchases, today);
  return {
    head: poolHead(pool, 'overview'),
    purpose: pool.purpose,
    place: pool.place,
    people: peopleOf(pool),
    needs: nextSteps(facts),
    next: next ? next.service : null,
    nextDay: next?.day ?? null,
    picture: sharesOf(pool),
    decisions: decisionsOf(facts),
    history: historyOf(historyIn(pool), bought).items.slice(0, HISTORY_ON_OVERVIEW),
    canPutIn: facts.mayPutIn && pool.state === 'active' && (pool.partFreezes ?? []).length === 0 && !comesWithoutMoney(pool),
    canLeave: pool.members.some((member) => member.isMe && member.state !== 'left') && (pool.actingFor?.mayDecide ?? true),
    stop: stopsOf(facts),
    links: {
      putIn: paths.poolPart(pool.id, 'put-in'),
      money: paths.poolPart(pool.id, 'money'),
      leave: paths.poolPart(pool.id, 'leave'),
      history: paths.poolPart(pool.id, 'history'),
      people: paths.poolPart(pool.id, 'people'),
    },
  };
}

function stopsOf({ pool, mayPutIn, isBroker }: PoolFacts): PoolOverview['stop'] {
  const isMember = mayPutIn && (pool.actingFor?.mayDecide ?? true);
  const runs = pool.state === 'active' || pool.state === 'frozen';
  const whose = pool.actingFor ? `${pool.actingFor.firstName}’s` : 'my';
  return {
    pool:
      runs && (isMember || isBroker)
        ? { text: pool.freeze ? 'See the stop, or change it' : 'Stop this pool for a while', href: paths.stopPool(pool.id, 'pool') }
        : null,
    part:
      runs && isMember
        ? { text: pool.partFreezes?.length ? `See the stop of ${whose} part` : `Stop ${whose} part alone`, href: paths.stopPool(pool.id, 'part') }
        : null,
  };
}

/** People by first name, those in the pool first, in the order they joined. */
export const peopleOf = (pool: PoolView): PoolOverview['people'] =>
  [...pool.members]
    .sort((a, b) => Number(a.state === 'left') - Number(b.state === 'left') || a.joinOrder - b.joinOrder)
    .map((member) => ({
      name: member.isMe && !pool.actingFor ? `${member.firstName} (you)` : member.firstName,
      words: member.pays ? MEMBER_WORDS[member.state] : WITHOUT_MONEY_WORDS[member.state],
    }));

/** The newest days of the pool's own history, as they came with it. */
export const historyIn = (pool: PoolView): DaysTold => ({ items: pool.history, since: pool.historySince });

/** What happened in the pool and to what it buys, newest first, as the days on which it happened: as far back as both are told. `before`: the day
 *  before those, when more happened on it or earlier. */
export function historyOf(...told: readonly DaysTold[]): { items: TimelineItem[]; before: LocalDate | null } {
  const since = told
    .flatMap((each) => each.since ?? [])
    .sort()
    .at(-1);
  const items = told
    .flatMap((each) => each.items)
    .sort((a, b) => (a.at < b.at ? 1 : a.at > b.at ? -1 : 0))
    .map((each) => ({ when: dayOf(new Date(each.at)), text: each.sentence }))
    .filter(({ when }) => since === undefined || when >= since);
  return { items, before: since === undefined ? null : addDays(since, -1) };
}

/** The one whose place it is: the reader, or the person they act for. */
const whoIs = (pool: PoolView): string => pool.actingFor?.firstName ?? 'You';

/** Mine by itself, the others as one sum: what each of them put in is theirs to tell. */
export function sharesOf(pool: PoolView): SharePictureOptions {
  const others = pool.members.filter((member) => !member.isMe && member.state !== 'invited' && member.pays !== false).length;
  return {
    id: 'shares',
    label: `Put into ${pool.name} so far`,
    others: { people: pool.others.putIn > 0n ? Math.max(others, 1) : others, sum: pool.others.putIn },
    ...(pool.mine ? { mine: { name: whoIs(pool), sum: pool.mine.putIn } } : {}),
  };
}

/** Where my money in the pool is, beside the others' as sums; each row adds up to what was put in. */
export function whereMoneyIs(pool: PoolView): TableOptions {
  const sides: readonly (readonly [string, PoolMoney])[] = [
    ...(pool.mine ? [[whoIs(pool), pool.mine] as const] : []),
    [pool.mine ? 'The others together' : 'Everyone together', pool.others] as const,
  ];
  const all = (pick: (side: PoolMoney) => Pence): Pence => sumPence(sides.map(([, side]) => pick(side)));
  const row = (name: string, side: PoolMoney): TableOptions['rows'][number] => [
    name,
    money(side.free),
    money(side.committed),
    money(side.spent),
    money(side.putIn),
  ];
  return {
    caption: 'Where the money is now',
    hasRowHeaders: true,
    head: [
      { text: 'Whose' },
      { text: 'Not used yet', isNumber: true },
      { text: 'Promised', isNumber: true },
      { text: 'Spent', isNumber: true },
      { text: 'Put in', isNumber: true },
    ],
    rows: [...sides.map(([name, side]) => row(name, side)).slice(0, 1), ...ownRow(pool, row), ...sides.map(([name, side]) => row(name, side)).slice(1)],
    ...(sides.length > 1
      ? {
          highlighted: 0,
          foot: [
            'All together',
            money(all((side) => side.free)),
            money(all((side) => side.committed)),
            money(all((side) => side.spent)),
            money(all((side) => side.putIn)),
          ],
        }
      : {}),
  };
}

/** What of the first row is the person's own money, and no budget's. */
const ownRow = (pool: PoolView, row: (name: string, side: PoolMoney) => TableOptions['rows'][number]): TableOptions['rows'] =>
  pool.mineOwn ? [row(pool.actingFor ? 'Of this, their own money' : 'Of this, your own money', pool.mineOwn)] : [];

/** What a quote still waits for, beside how many have answered. */
const RULES: Readonly<Record<NonNullable<QuoteView['waitsFor']>, string>> = {
  everyone: 'Everyone must choose the same quote',
  'more-yes': 'More of you have to say yes',
  treasurer: 'Who looks after the money has to say yes too',
  objection: 'Someone could not live with it',
};

/** What the pool is deciding now: the agreement on offer, and the quotes nobody has settled. */
export function decisionsOf({ pool, quotes, providers, isMember }: Pick<PoolFacts, 'pool' | 'quotes' | 'providers' | 'isMember'>): DecisionCardOptions[] {
  const staying = pool.members.filter((member) => member.state !== 'left').length;
  const members = pool.members.filter((member) => member.state === 'member').length;
  const offered = pool.agreements.find((agreement) => agreement.state === 'offered');
  const agreement: DecisionCardOptions[] = offered
    ? [
        {
          question: `Do we all agree to version ${offered.version} of the agreement?`,
          href: paths.poolPart(pool.id, 'agreement'),
          answered: offered.assented.length,
          of: staying,
          rule: 'Everyone must agree to the same words',
          ...(offered.iAssented ? { mine: 'You agree' } : {}),
        },
      ]
    : [];
  return [
    ...agreement,
    ...quotes
      .filter((quote) => quote.state === 'offered')
      .map((quote) => ({
        question: `Shall we choose ${providers.get(quote.providerId) ?? 'this provider'} for ${quote.service}?`,
        href: paths.poolPart(pool.id, 'quotes'),
        answered: quote.chosenBy.length,
        of: members,
        rule: RULES[quote.waitsFor ?? 'everyone'],
        ...(isMember && (quote.iChose || quote.iObjected) ? { mine: quote.iChose ? 'You said yes' : 'You could not live with it' } : {}),
      })),
  ];
}

/** One pool in the list of mine. */
export function poolCardOf(
  listing: PoolListing,
  more?: { readonly pool: PoolView; readonly purchases: readonly PurchaseView[] },
  today?: LocalDate,
): PoolCardOptions {
  const next = more && today ? nextSession(more.purchases, today) : undefined;
  return {
    name: listing.name,
    href: paths.pool(listing.id),
    purpose: listing.purpose,
    state: POOL_WORDS[listing.state],
    members: listing.members,
    headingLevel: 2,
    ...(listing.place ? { where: listing.place } : {}),
    ...(next ? { nextSession: next.day } : {}),
    ...(more?.pool.mine ? { mine: plus(more.pool.mine.free, more.pool.mine.committed) } : {}),
  };
}

/** What each member's equal part of a sum is: the largest, as nobody pays more (ties fall by join order). */
export function largestPart(sum: Pence, people: number): Pence {
  if (people < 1) return sum;
  const part = (sum / BigInt(people)) as Pence;
  return minus(sum, (part * BigInt(people)) as Pence) > 0n ? ((part + 1n) as Pence) : part;
}
