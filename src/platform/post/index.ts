export { type Carriage, type CarriedBy, type Carrier, type Parcel } from './carrier.js';
export { Carriers, type CarrierState } from './carriers.js';
export { DemonstrationMailbox, type MailboxMessage } from './demonstration-mailbox.js';
export { deliveredOn, MOST_ATTEMPTS, quietUntil, retryAt } from './post.rules.js';
