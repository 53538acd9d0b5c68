import type { LocalDate } from '../../kernel/index.js';
import { formatDay } from '../../kernel/index.js';
import type { PurchaseView, SessionAnswerView, SessionView } from '../../purchasing/index.js';
import type { SummaryRow, TableOptions, TimelineItem } from '../blocks/index.js';
import { linkOr, money, stateTag } from '../blocks/index.js';
import { paths } from '../paths.js';
import type { PoolFacts } from './pool-facts.js';
import { SESSION_WORDS } from './pool.words.js';

/** What the page offers to do with a session. */
export interface SessionChoices {
  readonly mayConfirm: boolean;
  readonly mayDispute: boolean;
  readonly mayRecord: boolean;
}

/** A member answers once it is recorded, and may think again until the bill has come; the broker records for a provider who cannot. */
export const choicesOf = (session: SessionView, facts: Pick<PoolFacts, 'isMember' | 'isBroker' | 'today'>): SessionChoices => ({
  mayConfirm: facts.isMember && (session.state === 'recorded' || session.state === 'disputed'),
  mayDispute: facts.isMember && (session.state === 'recorded' || session.state === 'confirmed'),
  mayRecord: facts.isBroker && session.state === 'planned' && session.day <= facts.today,
});

/** What was said of a session, as sentences: to a member their own answer, to the broker everyone's. */
export const answersOf = (answers: readonly SessionAnswerView[]): TimelineItem[] =>
  answers.map(({ firstName, isMine, answer, why, on, isFromPaper }) => ({
    when: on,
    text: `${isMine ? 'You' : firstName} said ${answer === 'confirmed' ? 'that it happened' : 'that it was not right'}${isFromPaper ? ', on paper' : ''}.`,
    ...(why ? { detail: `“${why}”` } : {}),
  }));

/** One purchase with its sessions in order of day. */
export function sessionsTable(purchase: PurchaseView, facts: PoolFacts): { readonly title: string; readonly table: TableOptions } {
  const hasMine = purchase.sessions.some((session) => session.mine !== null);
  const provider = facts.providers.get(purchase.providerId) ?? 'A provider';
  return {
    title: `${purchase.service}: ${provider}`,
    table: {
      caption: `Sessions of ${purchase.service}`,
      isCaptionHidden: true,
      head: [{ text: 'Day' }, { text: 'State' }, { text: hasMine ? 'Your part' : 'Set aside', isNumber: true }],
      rows: purchase.sessions.map((session) => [
        linkOr(paths.poolSession(facts.pool.id, session.id), formatDay(session.day)),
        stateTag(SESSION_WORDS[session.state]),
        session.mine !== null ? money(session.mine) : hasMine ? 'Nothing' : money(session.setAside),
      ]),
    },
  };
}

/** The days on which members are asked now, for the top of the page. */
export const waitingFor = (purchases: readonly PurchaseView[]): readonly LocalDate[] =>
  purchases.flatMap((purchase) => purchase.sessions.filter((session) => session.state === 'recorded').map((session) => session.day)).sort();

export function sessionRows(purchase: PurchaseView, session: SessionView, provider: string): SummaryRow[] {
  return [
    { key: 'What', value: purchase.service },
    { key: 'Who', value: provider },
    { key: 'When', value: formatDay(session.day) },
    { key: 'Session', value: `${session.number} of ${purchase.sessions.length}` },
    ...(session.mine === null ? [{ key: 'Set aside', value: money(session.setAside) }] : [{ key: 'Your part', value: money(session.mine) }]),
    { key: 'Where it stands', value: stateTag(SESSION_WORDS[session.state]) },
  ];
}

export function findSession(purchases: readonly PurchaseView[], id: string): { purchase: PurchaseView; session: SessionView } | undefined {
  for (const purchase of purchases) {
    const session = purchase.sessions.find((each) => each.id === id);
    if (session) return { purchase, session };
  }
  return undefined;
}
