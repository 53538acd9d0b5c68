import type { LocalDate, Pence } from '../kernel/index.js';
import { formatPounds, penceAsNumber, workingDayAfter } from '../kernel/index.js';
import { looksLikeBankCharge, looksLikeStripePayout, namesOf, namesPayee, statedReferences, wordRuns } from './match-words.rules.js';
import { isNear } from './match.rules.js';
import type { ItemFacts, LineFacts, Suggestion } from './match.types.js';

/** Why a line is left over, and what it may be. The reason is for people: it says what to do next, and quotes nothing. */
export interface BreakFacts {
  readonly code: string;
  readonly reason: string;
  readonly suggestions: readonly Suggestion[];
}

const MOST_SUGGESTIONS = 5;

const WORDS: Readonly<Record<ItemFacts['kind'], string>> = {
  payment: 'a payment of ours',
  'payment-return': 'a payment of ours coming back',
  'remittance-in': 'money on its way from another book',
  'remittance-out': 'money on its way to another book',
  refund: 'a refund',
};

/** What nothing certain explains, explained as far as it goes. `items` are those of ours that it may be at all. */
export function explainBreak(line: LineFacts, items: readonly ItemFacts[]): BreakFacts {
  const suggestions = suggestionsFor(line, items);
  const sum = formatPounds(line.amount);
  const named = suggestions.find(({ score }) => score === NAMED_OTHER_SUM);
  if (looksLikeBankCharge(line))
    return {
      code: 'bank-charge',
      reason: `${sum} looks like a charge of the bank itself. Say so, and the money-holder owes it to the people whose money this is.`,
      suggestions,
    };
  if (looksLikeStripePayout(line))
    return { code: 'stripe-payout', reason: `${sum} looks like a pay-out of the Stripe balance. Look it up at Stripe, then say so.`, suggestions };
  if (named)
    return {
      code: 'amount-differs',
      reason: `This line of ${sum} names ${WORDS[named.kind as ItemFacts['kind']]} of ${formatPounds(BigInt(named.amountPence) as Pence)}. Find out why the sums differ.`,
      suggestions,
    };
  const ours = suggestions.filter(({ id }) => id !== undefined);
  if (ours.length > 1) return { code: 'several-fit', reason: `${ours.length} of our own records fit this line of ${sum}. Choose the right one.`, suggestions };
  if (ours.length === 1)
    return {
      code: 'one-may-fit',
      reason: `${WORDS[ours[0]!.kind as ItemFacts['kind']].replace(/^./, (first) => first.toUpperCase())} may be this line of ${sum}, but too little says so. Look at both and decide.`,
      suggestions,
    };
  if (line.direction === 'debit')
    return { code: 'unknown-out', reason: `${sum} left the account and no payment of ours explains it. Find out who sent it and for what.`, suggestions };
  return {
    code: 'unknown-in',
    reason: `${sum} came in and we expected nothing like it. Find out whose it is; until then it may be booked as nobody’s.`,
    suggestions,
  };
}

const NAMED_OTHER_SUM = 45;

function suggestionsFor(line: LineFacts, items: readonly ItemFacts[]): Suggestion[] {
  const names = new Set([...statedReferences(line), ...wordRuns(line)]);
  const found = items.flatMap((item): Suggestion[] => {
    if (item.direction !== line.direction) return [];
    const isNamed = namesOf(item).some((name) => names.has(name));
    const scored = scoreOf(line, item, isNamed);
    return scored ? [{ kind: item.kind, id: item.id, amountPence: penceAsNumber(item.amount), ...scored }] : [];
  });
  return [...found.sort((a, b) => b.score - a.score || (a.id! < b.id! ? -1 : 1)).slice(0, MOST_SUGGESTIONS), ...byItself(line)];
}

function scoreOf(line: LineFacts, item: ItemFacts, isNamed: boolean): { score: number; words: string } | undefined {
  const isSum = item.amount === line.amount;
  const isClose = isNear(line.day, item.day);
  const isWho = item.name !== null && namesPayee(line, item.name);
  if (isNamed && isSum) return { score: 80, words: `${WORDS[item.kind]}: named and the sum is right, but another line says the same` };
  if (isNamed)
    return {
      score: NAMED_OTHER_SUM,
      words: `${WORDS[item.kind]}: named, but the sum differs by ${formatPounds((line.amount > item.amount ? line.amount - item.amount : item.amount - line.amount) as Pence)}`,
    };
  if (isSum && isWho)
    return { score: isClose ? 70 : 60, words: `${WORDS[item.kind]}: name and sum fit${isClose ? ', and so do others' : ', but not the days'}` };
  if (isSum && isClose) return { score: 50, words: `${WORDS[item.kind]}: the sum fits within three working days, but nothing names it` };
  return undefined;
}

/** What the line would be if it explained itself. */
function byItself(line: LineFacts): Suggestion[] {
  const amountPence = penceAsNumber(line.amount);
  if (looksLikeBankCharge(line)) return [{ kind: 'bank-charge', amountPence, score: 60, words: 'a charge of the bank, owed by the money-holder' }];
  if (line.direction === 'debit') return [];
  const payout: Suggestion[] = looksLikeStripePayout(line) ? [{ kind: 'stripe-payout', amountPence, score: 60, words: 'a pay-out of the Stripe balance' }] : [];
  return [...payout, { kind: 'arrival', amountPence, score: 20, words: 'money that is nobody’s yet, until somebody says whose it is' }];
}

/** Suspense is pressed again at these ages, in working days (domain 3.5). From the first moment, and until a named person has answered,
 *  a break stops new releases from its account (truth 10, RULE 27); a person is to answer within one working day. */
export const BREAK_AGES = [1, 5, 10, 20] as const;

/** How old a break is, in working days; the day it was opened counts as none. */
export function workingDaysSince(opened: LocalDate, today: LocalDate): number {
  let days = 0;
  for (let day = workingDayAfter(opened, 1); day <= today && days < 1000; day = workingDayAfter(day, 1)) days += 1;
  return days;
}
