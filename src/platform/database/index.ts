export { AS_NAMES } from './collation.js';
export { Bell } from './bell.js';
export { bigints, bytesOf, days, ints, jsons, moments, texts, uuids, writtenJsons } from './columns.js';
export type { Column } from './columns.js';
export {
  appDataSource,
  LONDON_DAYS,
  ownerDataSource,
  refuseStrongRole,
} from './data-source.js';
export { Database, RunAgain, sqlStateOf } from './database.js';
export { inOrder } from './in-order.js';
export { Lane } from './lane.js';
export { migrate } from './migrate.js';
export { Tx } from './tx.js';
export { UNWALLED } from './unwalled.js';
