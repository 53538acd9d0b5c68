import type { Id, LocalDate, PersonId } from '../kernel/index.js';
import type { PostState } from './post.lifecycle.js';

export type PostItemId = Id<'post-item'>;

export type PostBy = 'letter' | 'email' | 'text' | 'phone';

/** Why something failed or came back: codes, whose words the pages know. */
export const POST_REASONS = ['no-address', 'refused', 'gave-up', 'person-died', 'gone-away', 'not-accepted', 'damaged'] as const;
export type PostReason = (typeof POST_REASONS)[number];

/** Why a letter came back. Only `gone-away` says that the address is wrong. */
export const RETURN_REASONS = ['gone-away', 'not-accepted', 'damaged'] as const;
export type ReturnReason = (typeof RETURN_REASONS)[number];

/** Where an item of the post stands: no words and no names. */
export interface RegisterRow {
  readonly itemId: PostItemId;
  readonly personId: PersonId;
  /** `LET-7K3M-9QXA`; null on what was written before references were. */
  readonly reference: string | null;
  readonly by: PostBy;
  readonly format: string;
  readonly state: PostState;
  readonly attempts: number;
  readonly notBefore: Date | null;
  readonly claimedUntil: Date | null;
  readonly postedOn: LocalDate | null;
  readonly deliverOn: LocalDate | null;
  readonly reason: PostReason | null;
  readonly madeAt: Date;
}
