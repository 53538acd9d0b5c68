import type { Lifecycle } from '../kernel/index.js';

export type PostState = 'waiting' | 'posted' | 'delivered' | 'failed' | 'returned';
export type PostAction = 'hand-over' | 'post' | 'deliver' | 'fail' | 'return' | 'try-again' | 'send-as-letter';

/** An item of the post. Emails, texts and calls are handed over in one step; a letter is posted first and counts as delivered on its
 *  day. What failed or came back is put right by a person, and then waits again. */
export const POST = {
  waiting: {
    'hand-over': { to: 'delivered', event: 'postDelivered' },
    post: { to: 'posted' },
    fail: { to: 'failed', event: 'postFailed' },
    'send-as-letter': { to: 'waiting' },
  },
  posted: { deliver: { to: 'delivered', event: 'postDelivered' }, return: { to: 'returned', event: 'postReturned' } },
  delivered: { return: { to: 'returned', event: 'postReturned' } },
  failed: { 'try-again': { to: 'waiting' }, 'send-as-letter': { to: 'waiting' } },
  returned: { 'try-again': { to: 'waiting' } },
} as const satisfies Lifecycle<PostState, PostAction>;
