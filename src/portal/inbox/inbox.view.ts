import type { Actor } from '../../kernel/index.js';
import type { NoticeView } from '../../notifications/index.js';
import type { Whose } from '../acting-for/whose.js';
import { paths } from '../paths.js';

export interface InboxItem {
  readonly id: string;
  readonly title: string;
  readonly sentences: readonly string[];
  readonly at: Date;
  readonly isRead: boolean;
  /** For whom, when it is for somebody the reader acts for. */
  readonly forWhom: string | null;
  readonly link: { readonly href: string; readonly text: string } | null;
}

export interface InboxView {
  readonly fresh: readonly InboxItem[];
  readonly read: readonly InboxItem[];
  readonly next: string | null;
  readonly first: string | null;
}

export function inboxView(actor: Actor, notices: { items: readonly NoticeView[]; next: string | null }, others: readonly Whose[], isFirst: boolean): InboxView {
  const items = notices.items.map(
    (notice): InboxItem => ({
      id: notice.id,
      title: notice.wording.title,
      sentences: notice.wording.sentences,
      at: notice.madeAt,
      isRead: notice.isRead,
      forWhom: notice.personId === actor.id ? null : (others.find((each) => each.id === notice.personId)?.name ?? null),
      link: linkOf(notice),
    }),
  );
  return {
    fresh: items.filter((item) => !item.isRead),
    read: items.filter((item) => item.isRead),
    next: notices.next ? `${paths.inbox}?before=${notices.next}` : null,
    first: isFirst ? null : paths.inbox,
  };
}

/** Where in the pool stands what was typed in from a paper; else beside the agreement. */
const PAPER_AT: Readonly<Record<string, Parameters<typeof paths.poolPart>[1]>> = { vote: 'decisions', session: 'sessions', money: 'money', quote: 'quotes' };

/** Where a notice leads. Every kind is named, so a new one cannot be forgotten. */
export function linkOf({ kind, facts, personId }: Pick<NoticeView, 'kind' | 'facts' | 'personId'>): InboxItem['link'] {
  const id = (name: string): string => String(facts[name] ?? '');
  switch (kind) {
    case 'introduction-made':
      return { href: paths.introduction(personId, id('introductionId')), text: 'Say hello' };
    case 'group-found':
      return { href: paths.groups(personId), text: 'See your group' };
    case 'invitation':
      return { href: paths.friends(personId), text: 'See who it is' };
    case 'invitation-ended':
      return { href: paths.friends(personId), text: 'People I know' };
    case 'message':
      return { href: paths.introduction(personId, id('introductionId')), text: 'Read the message' };
    case 'pool-invited':
      return { href: paths.pool(id('poolId')), text: 'Look at the pool' };
    case 'agreement-review':
    case 'agreement-offered':
      return { href: paths.poolPart(id('poolId'), 'agreement'), text: 'Read the agreement' };
    case 'question-asked':
      return { href: paths.poolDecision(id('poolId'), id('decisionId')), text: 'Read it and vote' };
    case 'question-decided':
      return { href: paths.poolDecision(id('poolId'), id('decisionId')), text: 'See what came out' };
    case 'paper-typed':
      if (facts['contributionId']) return { href: paths.contribution(id('poolId'), id('contributionId')), text: 'See what was typed in' };
      return {
        href: paths.poolPart(id('poolId'), PAPER_AT[String(facts['what'])] ?? 'agreement'),
        text: 'See what was typed in',
      };
    case 'review-asked':
      return { href: paths.poolReviews(id('poolId')), text: 'Read it' };
    case 'review-with-you':
    case 'review-heard':
      return { href: paths.poolReview(id('poolId'), id('reviewId')), text: 'Read it and answer' };
    case 'review-voice':
      return { href: paths.poolReview(id('poolId'), id('reviewId')), text: 'Say how to go on' };
    case 'review-over':
      return { href: paths.poolReview(id('poolId'), id('reviewId')), text: 'Read how it ended' };
    case 'statement-signed':
      return { href: paths.statementPaper(id('paperId')), text: 'Read it' };
    case 'holder-closing':
      return { href: paths.holderPlan(id('poolId')), text: 'See who is next' };
    case 'pool-stopped':
    case 'pool-stop-ending':
      return { href: paths.stopPool(id('poolId'), 'pool'), text: 'Read why' };
    case 'part-stopped':
    case 'part-stop-ending':
      return { href: paths.stopPool(id('poolId'), 'part'), text: 'Read why' };
    case 'pool-goes-on':
    case 'part-goes-on':
      return { href: paths.pool(id('poolId')), text: 'Look at the pool' };
    case 'pledge-asked':
      return { href: paths.pledgeRound(id('poolId'), id('roundId')), text: 'Read it and pledge' };
    case 'pledge-reached':
      return { href: paths.pledgeRound(id('poolId'), id('roundId')), text: 'See what came together' };
    case 'pledge-not-reached':
    case 'pledge-released':
      return { href: paths.pledgeRound(id('poolId'), id('roundId')), text: 'See what happened' };
    case 'pool-started':
      return { href: paths.poolPart(id('poolId'), 'put-in'), text: 'Put money in' };
    case 'surplus-home':
    case 'money-arrived':
      return { href: paths.poolPart(id('poolId'), 'money'), text: 'See the money' };
    case 'money-agreed':
      return { href: paths.money(personId), text: 'See the money' };
    case 'session-to-confirm':
      return { href: paths.session(id('sessionId')), text: 'Say if it happened' };
    case 'line-alert':
      return { href: paths.line(personId, id('lineId')), text: 'Look at the money' };
    case 'review-due':
      return { href: paths.plan(personId), text: 'Look at the plan' };
    case 'payment-returned':
      return { href: paths.money(personId), text: 'See the money' };
    case 'decision':
      if (facts['decision'] === 'review') return { href: paths.plan(personId), text: 'Look at the plan' };
      return { href: facts['lineId'] ? paths.line(personId, id('lineId')) : paths.money(personId), text: 'See the money' };
    case 'own-money-kept':
    case 'own-money-home':
      return { href: paths.ownMoney(personId), text: 'See your own money' };
    case 'nomination-turned-down':
      return { href: paths.acting(personId), text: 'Read why' };
    case 'broker-appointed':
      return { href: paths.looks, text: 'See who looked at your information' };
  }
}
