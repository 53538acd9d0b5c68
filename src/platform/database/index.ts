export { Bell } from './bell.js';
export {
  appDataSource,
  ownerDataSource,
  refuseStrongRole,
} from './data-source.js';
export { Database, sqlStateOf } from './database.js';
export { inOrder } from './in-order.js';
export { Lane } from './lane.js';
export { migrate } from './migrate.js';
export { Tx } from './tx.js';
export { UNWALLED } from './unwalled.js';
