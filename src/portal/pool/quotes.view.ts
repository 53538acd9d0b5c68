import type { LocalDate, Pence } from '../../kernel/index.js';
import { formatDay, formatPounds, pence } from '../../kernel/index.js';
import { joinHtml } from '../../platform/index.js';
import type { QuoteView } from '../../purchasing/index.js';
import type { Quote, SummaryRow } from '../blocks/index.js';
import { button, counted, inARow, money } from '../blocks/index.js';
import { paths } from '../paths.js';
import { KIND_WORDS } from './quotes.form.js';
import type { PoolFacts } from './pool-facts.js';
import { largestPart } from './pool.view.js';

/** When a quote is chosen, in a sentence for who decides. */
export function choosingInWords({ pool }: Pick<PoolFacts, 'pool'>, whole?: Pence): string {
  const terms = pool.agreements.find((each) => each.state === 'in-force')?.terms;
  const small = terms?.oneMemberUpToPence;
  if (small !== undefined && whole !== undefined && whole <= BigInt(small))
    return `You agreed that one person’s yes is enough up to ${formatPounds(pence(small))}.`;
  const treasurer = terms?.treasurer && pool.members.find((member) => member.joinOrder === pool.treasurer && member.state === 'member');
  const also = treasurer
    ? ` ${treasurer.isMe ? 'You have' : `${treasurer.firstName} has`} to say yes too, because ${treasurer.isMe ? 'you look' : 'they look'} after the money.`
    : '';
  if (!terms || terms.decide === 'all-agree' || payers({ pool }) <= 2) return `It is chosen when everyone has said yes.${also}`;
  return terms.decide === 'most-agree'
    ? `It is chosen when more than half of you have said yes.${also}`
    : `It is chosen when enough of you have said yes, and nobody could not live with it.${also}`;
}

/** What an offered quote waits for, in a few words. */
const WAITS: Readonly<Record<NonNullable<QuoteView['waitsFor']>, string>> = {
  everyone: 'Everyone has to say yes',
  'more-yes': 'More people have to say yes',
  treasurer: 'The treasurer has to say yes',
  objection: 'Someone could not live with it. Talk about it.',
};

/** How many pay: those in the pool now, but for who is in it without putting money in. */
export const payers = (facts: Pick<PoolFacts, 'pool'>): number =>
  Math.max(1, facts.pool.members.filter((member) => member.state === 'member' && member.pays).length);

/** Lines of what a provider said, one thing each. */
const linesOf = (terms: string): string[] =>
  terms
    .split('\n')
    .map((line) => line.replace(/^[-•*]\s*/, '').trim())
    .filter(Boolean);

/** A quote as the comparison shows it. What the reader may do with it is one link, to a page of its own. */
export function quoteOf(quote: QuoteView, facts: PoolFacts): Quote {
  const provider = facts.providers.get(quote.providerId) ?? 'A provider';
  const link =
    quote.state === 'offered' && facts.isMember && (facts.pool.state === 'active' || (facts.pool.state === 'frozen' && quote.goesOnInFreeze))
      ? button({
          text: quote.iChose ? 'You said yes: look again' : quote.iObjected ? 'You could not live with it: look again' : 'Look at this quote',
          spoken: ` from ${provider}`,
          href: paths.chooseQuote(facts.pool.id, quote.id),
          kind: quote.iChose ? 'secondary' : 'primary',
        })
      : quote.state === 'chosen' && facts.setsUp
        ? button({ text: 'Set the days', spoken: ` with ${provider}`, href: paths.commitQuote(facts.pool.id, quote.id) })
        : undefined;
  return {
    provider: `${provider}: ${quote.service}`,
    whole: quote.whole,
    eachSession: quote.price,
    eachPerson: largestPart(quote.price, payers(facts)),
    sessions: quote.sessions,
    yes: quote.chosenBy,
    isChosen: quote.state === 'chosen' || quote.state === 'committed',
    ...(quote.terms ? { includes: linesOf(quote.terms) } : {}),
    ...(link ? { actions: link } : {}),
  };
}

/** One quote in rows, for the page on which a member decides. */
export function quoteRows(quote: QuoteView, facts: PoolFacts): SummaryRow[] {
  const each = largestPart(quote.price, payers(facts));
  return [
    { key: 'Who', value: facts.providers.get(quote.providerId) ?? 'A provider' },
    { key: 'What', value: quote.service },
    ...(quote.kind === 'activity' ? [] : [{ key: 'What kind', value: `${KIND_WORDS[quote.kind]}. It may be bought again while the pool is stopped.` }]),
    { key: 'You would pay', value: money(each, { per: 'each session' }) },
    { key: 'For the group', value: money(quote.price, { per: 'each session' }) },
    { key: 'How many sessions', value: String(quote.sessions) },
    { key: 'You would pay in all, at most', value: money(largestPart(quote.whole, payers(facts))) },
    { key: 'The provider says', value: quote.terms ? joinHtml(linesOf(quote.terms), '<br>') : 'Nothing more' },
    ...(quote.setsUp ? [{ key: 'What kind', value: 'It is bought once, to set the group up' }] : []),
    { key: 'Who has said yes', value: quote.chosenBy.length ? inARow(quote.chosenBy) : 'Nobody yet' },
    ...(quote.objections > 0 ? [{ key: 'Who could not live with it', value: counted(quote.objections, 'person', 'people') }] : []),
    ...(quote.waitsFor ? [{ key: 'What is missing', value: WAITS[quote.waitsFor] }] : []),
  ];
}

/** Whether my money in the pool reaches for my part, in a sentence. */
export function reaches(free: Pence, part: Pence): string {
  if (free >= part) return `You have ${formatPounds(free)} in this pool that is not used yet. That is enough.`;
  return `You have ${formatPounds(free)} in this pool that is not used yet. You would need ${formatPounds((part - free) as Pence)} more. You can say yes now and put it in later.`;
}

/** What committing would set aside, before anybody presses the button. */
export function commitRows(quote: QuoteView, facts: PoolFacts, days: readonly LocalDate[]): SummaryRow[] {
  return [
    { key: 'Who', value: facts.providers.get(quote.providerId) ?? 'A provider' },
    { key: 'What', value: quote.service },
    { key: 'First session', value: formatDay(days[0]!) },
    { key: 'Last session', value: formatDay(days.at(-1)!) },
    { key: 'Set aside for the group', value: money(quote.whole) },
    { key: 'Set aside for each person, at most', value: money(largestPart(quote.whole, payers(facts))) },
    { key: 'How many pay', value: counted(payers(facts), 'person', 'people') },
  ];
}
