import { formatDay } from '../../kernel/index.js';
import type { PoolView } from '../../pools/index.js';
import type { AwayDay } from '../../purchasing/index.js';
import type { TableOptions } from '../blocks/index.js';

/** The words of the page for whoever says it: of oneself, or for somebody by their first name. */
export interface AwayWords {
  readonly title: string;
  readonly first: string;
  readonly beforeSaid: string;
  readonly say: string;
  readonly nothingHeld: string;
  readonly said: string;
  readonly part: string;
  readonly pays: Readonly<Record<AwayDay['outcome'], string>>;
  readonly reasons: readonly { readonly value: string; readonly text: string; readonly hint?: string }[];
}

const OWN: AwayWords = {
  title: 'I cannot come',
  first:
    'Say it once for all the days. What you do not have to pay for is yours again at once. Nobody is told why. Tell the others yourself that you do not come: they do not hear it from us.',
  beforeSaid:
    'Check this before you say it. Each day counts by itself, as the agreement says. You cannot take it back here: if you can come after all, tell the others.',
  say: 'Say that I cannot come',
  nothingHeld: 'There is no session on these days for which something is set aside for you',
  said: 'What you have said',
  part: 'Your part',
  pays: { pays: 'You pay your part, as you agreed', excused: 'You do not pay' },
  reasons: [
    { value: 'away', text: 'I am away, or I cannot come' },
    { value: 'hospital', text: 'I am in hospital', hint: 'You never pay for a place that you could not take because of it' },
    { value: 'bereavement', text: 'Somebody died', hint: 'You never pay for it either. You need not say more' },
  ],
};

const wordsFor = (name: string): AwayWords => ({
  title: `${name} cannot come`,
  first: `Say it once for all the days. What ${name} does not have to pay for is theirs again at once. Nobody is told why. Tell the others yourself that ${name} does not come: they do not hear it from us.`,
  beforeSaid: `Check this before you say it. Each day counts by itself, as the agreement says. You cannot take it back here: if ${name} can come after all, tell the others.`,
  say: `Say that ${name} cannot come`,
  nothingHeld: `There is no session on these days for which something is set aside for ${name}`,
  said: `What was said for ${name}`,
  part: 'Their part',
  pays: { pays: 'They pay their part, as they agreed', excused: 'They do not pay' },
  reasons: [
    { value: 'away', text: `${name} is away, or cannot come` },
    { value: 'hospital', text: `${name} is in hospital`, hint: 'They never pay for a place that they could not take because of it' },
    { value: 'bereavement', text: 'Somebody died', hint: 'They never pay for it either. You need not say more' },
  ],
});

export const awayWords = ({ actingFor }: Pick<PoolView, 'actingFor'>): AwayWords => (actingFor ? wordsFor(actingFor.firstName) : OWN);

/** What it means for each day, before it is said. */
export const weighedTable = (days: readonly AwayDay[], { part, pays }: AwayWords): TableOptions => ({
  caption: 'What this means',
  head: [{ text: 'Day' }, { text: 'What' }, { text: part }],
  hasRowHeaders: true,
  rows: days.map((each) => [formatDay(each.day), each.service, pays[each.outcome]]),
});

const REASONS: Readonly<Record<string, string>> = { away: 'Away', hospital: 'In hospital', bereavement: 'Somebody died' };

export const saidTable = (days: readonly (AwayDay & { readonly reason: string })[], { said, part, pays }: AwayWords): TableOptions => ({
  caption: said,
  head: [{ text: 'Day' }, { text: 'What' }, { text: 'Why' }, { text: part }],
  hasRowHeaders: true,
  rows: days.map((each) => [formatDay(each.day), each.service, REASONS[each.reason] ?? '', pays[each.outcome]]),
});
