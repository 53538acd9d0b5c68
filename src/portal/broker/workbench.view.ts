import type { CaseView } from '../../brokers/index.js';
import type { WaitingView } from '../../introductions/index.js';
import type { LocalDate, Pence } from '../../kernel/index.js';
import { dayOf, daysBetween, DomainError, formatDay, formatPounds, parsePounds, pence } from '../../kernel/index.js';
import type { ClusterView, PlaceAround, UnmetGoal } from '../../matching/index.js';
import { viability } from '../../matching/index.js';
import { counted, inARow, sentence, type TableOptions } from '../blocks/index.js';
import { daysInWords } from '../card/card.words.js';
import { paths } from '../paths.js';

/** What a broker typed to see what it would cost each. */
export interface Prices {
  readonly fixed: string;
  readonly perHead: string;
}

/** The broker's own people, those who wait longest first: since when, and how far they have come. */
export function waitingTable(people: readonly CaseView[], waiting: readonly WaitingView[], today: LocalDate): TableOptions {
  const rows = waiting
    .flatMap((each) => {
      const person = people.find((own) => own.personId === each.personId);
      if (!person || each.met > 0) return [];
      const since = each.openSince ? dayOf(each.openSince) : person.signedOn;
      return [{ name: `${person.firstName} ${person.familyName}`, since, state: STATES[each.card] }];
    })
    .sort((a, b) => (a.since < b.since ? -1 : a.since > b.since ? 1 : a.name < b.name ? -1 : 1))
    .map(({ name, since, state }) => [
      name,
      since >= today ? 'Since today' : `${counted(daysBetween(since, today), 'day', 'days')}, since ${formatDay(since)}`,
      state,
    ]);
  return {
    caption: 'My people who have met nobody yet',
    isCaptionHidden: true,
    head: [{ text: 'Name' }, { text: 'Waiting' }, { text: 'Where they are' }],
    rows,
    hasRowHeaders: true,
    empty: 'Nobody you look after is waiting.',
  };
}

const STATES: Readonly<Record<WaitingView['card'], string>> = {
  none: 'No card yet',
  draft: 'A card that is not open',
  open: 'Looking for others',
  'taken-down': 'Took the card down',
};

/** Both prices in pence; undefined where nothing sensible was typed, with a fault for what is wrong. */
export function readPrices(typed: Prices): {
  readonly cost: { readonly fixed: Pence; readonly perHead: Pence } | undefined;
  readonly faults: readonly { field: string; message: string }[];
} {
  const read = (field: keyof Prices): Pence | undefined => {
    if (typed[field].trim() === '') return pence(0);
    try {
      const sum = parsePounds(typed[field]);
      return sum >= 0n ? sum : undefined;
    } catch (error) {
      if (error instanceof DomainError) return undefined;
      throw error;
    }
  };
  const [fixed, perHead] = [read('fixed'), read('perHead')];
  const faults = (['fixed', 'perHead'] as const)
    .filter((field) => read(field) === undefined)
    .map((field) => ({ field, message: 'Enter a price in pounds, like 20 or 20.50' }));
  const isAsked = fixed !== undefined && perHead !== undefined && fixed + perHead > 0n;
  return { cost: isAsked ? { fixed, perHead } : undefined, faults };
}

export interface ClusterCard {
  readonly key: string;
  readonly what: string;
  readonly facts: string;
  readonly own: string;
  /** What each pays at most, as it is, and when one or two leave. */
  readonly costs: readonly string[];
}

export function clusterCard({ key, goals, days, places, widest, size, own }: ClusterView, cost: { fixed: Pence; perHead: Pence } | undefined): ClusterCard {
  return {
    key,
    what: sentence(inARow(goals.map((goal) => goal.words))),
    facts: `${counted(size, 'person', 'people')} in ${inARow(places)}, ${widest === 0 ? 'all very near' : `at most ${counted(widest, 'mile', 'miles')} apart`}. ${daysInWords(days)}.`,
    own: own.length === 0 ? 'None of them asked you to help.' : `Of your own people: ${inARow(own.map((each) => each.firstName))}.`,
    costs: cost
      ? viability({ ...cost, purses: Array.from({ length: size }, () => pence(0)) }).costs.map(
          ({ heads, most }) => `With ${heads} people each pays ${formatPounds(most)} at most`,
        )
      : [],
  };
}

export const unmetTable = (goals: readonly UnmetGoal[], places: readonly PlaceAround[]): TableOptions => ({
  caption: 'What people wait for, by place',
  isCaptionHidden: true,
  head: [{ text: 'Goal' }, { text: 'Place' }, { text: 'People, about', isNumber: true }],
  rows: goals.map(({ goal, district, people }) => [sentence(goal), `${nameOf(places, district)} (${district})`, String(people)]),
  hasRowHeaders: true,
  empty: 'No goal has enough people waiting to show a number.',
});

export interface PlotDot {
  readonly x: number;
  readonly y: number;
  readonly r: number;
  readonly name: string;
}

const PLOT = { width: 640, height: 400, edge: 48 };

/** Places as they lie, north at the top. A dot is as large as the largest number shown of its place: no other number is in it. */
export function plotOf(
  places: readonly PlaceAround[],
  goals: readonly UnmetGoal[],
): { readonly width: number; readonly height: number; readonly dots: readonly PlotDot[] } {
  const [lons, lats] = [places.map((place) => place.lon), places.map((place) => place.lat)];
  const spread = (all: readonly number[], value: number, length: number): number => {
    const [low, high] = [Math.min(...all), Math.max(...all)];
    return high === low ? length / 2 : PLOT.edge + ((value - low) / (high - low)) * (length - 2 * PLOT.edge);
  };
  return {
    width: PLOT.width,
    height: PLOT.height,
    dots: places.map((place) => ({
      x: Math.round(spread(lons, place.lon, PLOT.width)),
      y: Math.round(PLOT.height - spread(lats, place.lat, PLOT.height)),
      r: 4 + Math.round(2 * Math.sqrt(Math.max(0, ...goals.filter((goal) => goal.district === place.district).map((goal) => goal.people)))),
      name: place.name,
    })),
  };
}

const nameOf = (places: readonly PlaceAround[], district: string): string => places.find((place) => place.district === district)?.name ?? district;

/** The page's own address, as it was asked for. */
export const workbenchAt = (place: string): string => `${paths.workbench}?place=${encodeURIComponent(place)}`;
