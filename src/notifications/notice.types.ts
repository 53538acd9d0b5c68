import type { Id, PersonId } from '../kernel/index.js';

export type NoticeId = Id<'notice'>;

/** What people are told of. Each kind has its words in notices.wording.ts. */
export const NOTICE_KINDS = [
  'introduction-made',
  'message',
  'pool-invited',
  'agreement-offered',
  'pool-started',
  'money-arrived',
  'money-agreed',
  'session-to-confirm',
  'line-alert',
  'review-due',
  'payment-returned',
  'broker-appointed',
  'decision',
  'invitation',
  'invitation-ended',
  'group-found',
  'nomination-turned-down',
  'question-asked',
  'question-decided',
  'agreement-review',
  'surplus-home',
  'review-asked',
  'review-with-you',
  'review-voice',
  'review-heard',
  'review-over',
  'holder-closing',
  'statement-signed',
  'pool-stopped',
  'pool-stop-ending',
  'pool-goes-on',
  'part-stopped',
  'part-stop-ending',
  'part-goes-on',
  'pledge-asked',
  'pledge-reached',
  'pledge-not-reached',
  'pledge-released',
  'paper-typed',
  'own-money-kept',
  'own-money-home',
] as const;
export type NoticeKind = (typeof NOTICE_KINDS)[number];

/** Ids, sums in pence, days and codes: never names. */
export type NoticeFacts = Readonly<Record<string, string | number | null>>;

export interface NewNotice {
  readonly personId: PersonId;
  readonly kind: NoticeKind;
  readonly facts: NoticeFacts;
}
