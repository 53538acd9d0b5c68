import type { LocalDate } from '../../kernel/index.js';
import { addDays, formatDay } from '../../kernel/index.js';
import type { PoolView } from '../../pools/index.js';
import type { PurchaseView, QuoteView } from '../../purchasing/index.js';
import type { NeedItem } from '../blocks/index.js';
import { counted } from '../blocks/index.js';
import { paths } from '../paths.js';

/** What the next steps of a pool rest on. */
export interface NextFacts {
  readonly pool: PoolView;
  readonly quotes: readonly QuoteView[];
  readonly purchases: readonly PurchaseView[];
  readonly today: LocalDate;
  /** May write the agreement and set money aside: the broker, or any member where there is none. */
  readonly setsUp: boolean;
}

/** Sessions wait this long for an answer before we call them overdue (our judgement, November 2026). */
const ANSWER_WITHIN_DAYS = 7;

/** What this pool needs of the reader, most pressing first. */
export function nextSteps(facts: NextFacts): NeedItem[] {
  const mine = facts.pool.members.find((member) => member.isMe && member.state !== 'left');
  return [...(mine ? memberSteps(facts) : []), ...(facts.setsUp ? setUpSteps(facts) : [])].sort(
    (a, b) => Number(b.isUrgent ?? false) - Number(a.isUrgent ?? false),
  );
}

function memberSteps({ pool, quotes, purchases, today }: NextFacts): NeedItem[] {
  // A newcomer is asked about the one in force.
  const isNewcomer = pool.members.some((member) => member.isMe && member.state === 'invited');
  const offered =
    pool.agreements.find((agreement) => agreement.state === 'offered') ??
    (isNewcomer ? pool.agreements.find((agreement) => agreement.state === 'in-force') : undefined);
  const isOwn = pool.actingFor === undefined;
  const steps: NeedItem[] = [];
  for (const purchase of isOwn ? purchases : [])
    for (const session of purchase.sessions.filter((each) => each.state === 'recorded' && each.mine !== null)) {
      const by = addDays(session.day, ANSWER_WITHIN_DAYS);
      steps.push({
        text: `Did ${purchase.service} happen on ${formatDay(session.day)}?`,
        href: paths.poolSession(pool.id, session.id),
        icon: 'calendar',
        isUrgent: by < today,
        hint: by < today ? `We asked you to say so by ${formatDay(by)}` : `Please say by ${formatDay(by)}`,
      });
    }
  if (offered && !offered.iAssented && (pool.actingFor?.mayDecide ?? true))
    steps.push({
      text: 'Read the agreement and say if you agree',
      href: paths.poolPart(pool.id, 'agreement'),
      icon: 'list',
      hint: `${counted(offered.assented.length, 'person has', 'people have')} agreed so far`,
    });
  for (const each of pool.contributions.filter((contribution) => contribution.state === 'on-its-way' && contribution.by === 'card'))
    steps.push({
      text: 'Finish paying by card',
      href: paths.contribution(pool.id, each.id),
      icon: 'pound',
      hint: 'If you have paid already, it will show here soon',
    });
  if (pool.state === 'active') {
    if (!comesWithoutMoney(pool) && pool.mine?.putIn === 0n && !pool.contributions.some((each) => each.state === 'on-its-way'))
      steps.push({ text: 'Put money in', href: paths.poolPart(pool.id, 'put-in'), icon: 'pound', hint: 'It stays yours until it is spent' });
    const open = quotes.filter((quote) => quote.state === 'offered');
    if (isOwn && open.length > 0 && !open.some((quote) => quote.iChose || quote.iObjected))
      steps.push({
        text: open.length === 1 ? 'Say yes to the quote, or talk about it' : `Choose between ${open.length} quotes`,
        href: paths.poolPart(pool.id, 'quotes'),
        icon: 'people',
        hint: 'Each of you has one voice',
      });
    if (pool.brokerId === null && quotes.length === 0 && (pool.mine?.putIn ?? 0n) > 0n && (pool.actingFor?.mayDecide ?? true))
      steps.push({ text: 'Ask providers for quotes', href: paths.askForQuote(pool.id), icon: 'speech', hint: 'Any of you who put money in can ask' });
  }
  return steps;
}

function setUpSteps({ pool, quotes, purchases, today }: NextFacts): NeedItem[] {
  const steps: NeedItem[] = [];
  if (pool.state === 'forming')
    steps.push({
      text: 'Write the agreement',
      href: paths.writeAgreement(pool.id),
      icon: 'list',
      hint: 'Everyone must agree to the same words before any money moves',
    });
  if (pool.state !== 'active') return steps;
  for (const quote of quotes.filter((each) => each.state === 'chosen'))
    steps.push({
      text: `Set the days for ${quote.service}`,
      href: paths.commitQuote(pool.id, quote.id),
      icon: 'calendar',
      hint: 'The group has chosen it',
      isUrgent: true,
    });
  if (pool.brokerId === null) return steps;
  const due = purchases.flatMap((purchase) => purchase.sessions).filter((session) => session.state === 'planned' && session.day <= today).length;
  if (due > 0)
    steps.push({
      text: `Record ${counted(due, 'session', 'sessions')}`,
      href: paths.poolPart(pool.id, 'sessions'),
      icon: 'calendar',
      hint: 'Only if the provider cannot do it here',
    });
  if (quotes.length === 0) steps.push({ text: 'Ask providers for quotes', href: paths.askForQuote(pool.id), icon: 'speech' });
  return steps;
}

/** The next session that is still to come, over all purchases. */
export function nextSession(
  purchases: readonly PurchaseView[],
  today: LocalDate,
): { readonly day: LocalDate; readonly service: string; readonly id: string } | undefined {
  return purchases
    .flatMap((purchase) => purchase.sessions.map((session) => ({ id: session.id, day: session.day, state: session.state, service: purchase.service })))
    .filter((session) => session.state === 'planned' && session.day >= today)
    .sort((a, b) => (a.day < b.day ? -1 : 1))[0];
}

/** Whether the one whose place it is was asked to join without putting money in. */
export const comesWithoutMoney = (pool: PoolView): boolean => pool.members.some((member) => member.isMe && member.pays === false);
