export { SdkGateway, stripeClient } from './sdk-gateway.js';
export type { StripeAddress } from './sdk-gateway.js';
export { readEvent } from './stripe-events.js';
export type { CheckoutFacts, DisputeFacts, EventEnvelope, IntentFacts, SendOutcome, StripeGateway, TransferFacts } from './stripe-gateway.js';
