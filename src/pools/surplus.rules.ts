import type { Pence } from '../kernel/index.js';
import { larger, minus, NO_PENCE, smaller } from '../kernel/index.js';
import type { ShareId } from './pool.rows.js';

/** What is left of one share when something is over. */
export interface LeftInShare {
  readonly share: ShareId;
  /** Free, less what the member owes in the share's book. */
  readonly usable: Pence;
  /** Put in since it was bought: meant for what comes next. */
  readonly putInSince: Pence;
}

/** What goes home from one member's shares when something they bought together is over: all that is left above `keep`, but for money put in since
 *  (domain 2.3: surplus is returned, or carried within a limit). What may stay is counted over the shares in their order. */
export function surplusOf(shares: readonly LeftInShare[], keep: Pence): { readonly share: ShareId; readonly amount: Pence }[] {
  let room = keep;
  return shares.flatMap(({ share, usable, putInSince }) => {
    const left = larger(minus(usable, smaller(usable, putInSince)), NO_PENCE);
    const stays = smaller(left, room);
    room = minus(room, stays);
    return left > stays ? [{ share, amount: minus(left, stays) }] : [];
  });
}
