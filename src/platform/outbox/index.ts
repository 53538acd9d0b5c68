export { announce, announceAll } from './announce.js';
export type { EventPayload, NewEvent, StoredEvent } from './announce.js';
export { Delivery } from './delivery.js';
export { EventHandlers } from './handlers.js';
export type { EventHandler, OutsideHandler, Subscription } from './handlers.js';
export { KEPT_DAYS, Relay } from './relay.js';
