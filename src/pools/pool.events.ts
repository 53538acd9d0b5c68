import type { NewEvent } from '../platform/index.js';
import type { ShareRow } from './pool.rows.js';
import { booksOf } from './pool.rows.js';

/** Money of a share became free by something other than its member's doing: an invoice smaller than what was set aside, a reservation
 *  that ended, a refund. Pools send a leaver's home. Announced by pools and by the rooms above. */
export const shareFreed = (share: ShareRow): NewEvent => ({
  name: 'shareFreed',
  about: { pools: [share.poolId], people: [share.personId], books: booksOf([share]) },
  payload: { poolId: share.poolId, personId: share.personId, shareId: share.id },
});
