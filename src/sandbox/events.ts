import { randomUUID } from 'node:crypto';
import type { Row } from './store.js';
import { needAccount } from './stripe-accounts.js';
import { basics, newStripeId, type StripeObject } from './stripe-objects.js';
import type { World } from './world.js';

export const API_VERSION = '2026-10-28.endive';

export interface StripeEvent extends StripeObject {
  readonly object: 'event';
  readonly type: string;
  readonly data: { readonly object: unknown };
}

export interface WebhookEndpoint extends Row {
  readonly url: string;
  readonly secret: string;
  /** `*` for all. */
  readonly enabledEvents: readonly string[];
  readonly disabled: boolean;
}

/** One sending of one event to one endpoint. Times by the wall clock, in milliseconds: the post does not follow a test's clock. */
export interface Delivery extends Row {
  readonly platform: string;
  readonly owner: string;
  readonly event: string;
  readonly endpoint: string;
  readonly dueAt: number;
  /** Among those due at the same time the lowest goes first. */
  readonly order: number;
  readonly attempts: number;
  readonly state: 'waiting' | 'held' | 'delivered' | 'given-up';
  readonly lastStatus: number | null;
}

/** Writes an event and, for each endpoint that wants it, a delivery, as the webhook switch says. */
export function emit(world: World, owner: string, type: string, object: unknown, previous?: Record<string, unknown>): StripeEvent {
  const account = needAccount(world, owner);
  const platform = account.platform ?? owner;
  const endpoints = world.store.part<WebhookEndpoint>('webhook_endpoint', platform).rows.filter((each) => wants(each, type));
  const { metadata: _none, ...shared } = basics(world, 'evt', 'event');
  const event = {
    ...shared,
    api_version: API_VERSION,
    data: previous ? { object, previous_attributes: previous } : { object },
    ...(account.platform ? { account: owner } : {}),
    pending_webhooks: endpoints.length,
    request: { id: world.request?.id ?? null, idempotency_key: world.request?.key ?? null },
    type,
  } as unknown as StripeEvent;
  world.store.put('event', owner, event);
  for (const endpoint of endpoints) addDeliveries(world, platform, owner, event.id, endpoint.id);
  return event;
}

/** Sends an event once more to every endpoint of its account. */
export function sendAgain(world: World, owner: string, event: string): number {
  const platform = needAccount(world, owner).platform ?? owner;
  const endpoints = world.store.part<WebhookEndpoint>('webhook_endpoint', platform).rows.filter((each) => !each.disabled);
  for (const endpoint of endpoints) putDelivery(world, { platform, owner, event, endpoint: endpoint.id }, Date.now(), 'waiting', 0);
  return endpoints.length;
}

/** Lets the held deliveries of an account go. */
export function releaseHeld(world: World, platform: string): number {
  const held = world.store.part<Delivery>('delivery', platform).rows.filter((each) => each.state === 'held');
  for (const each of held) world.store.put<Delivery>('delivery', platform, { ...each, state: 'waiting', dueAt: Date.now() });
  return held.length;
}

export function addEndpoint(world: World, platform: string, url: string, secret: string | null, enabledEvents: readonly string[]): WebhookEndpoint {
  const known = world.store.part<WebhookEndpoint>('webhook_endpoint', platform).rows.find((each) => each.url === url);
  const endpoint = { id: known?.id ?? newStripeId('we'), url, secret: secret ?? known?.secret ?? newStripeId('whsec'), enabledEvents, disabled: false };
  if (known && JSON.stringify(known) === JSON.stringify(endpoint)) return known;
  return world.store.put<WebhookEndpoint>('webhook_endpoint', platform, endpoint);
}

const wants = (endpoint: WebhookEndpoint, type: string): boolean =>
  !endpoint.disabled && (endpoint.enabledEvents.includes('*') || endpoint.enabledEvents.includes(type));

function addDeliveries(world: World, platform: string, owner: string, event: string, endpoint: string): void {
  const { mode, ms = 0 } = world.switches.webhooksOf(platform);
  const sequence = world.store.part<Delivery>('delivery', platform).rows.length;
  const whose = { platform, owner, event, endpoint };
  if (mode === 'never') putDelivery(world, whose, Date.now(), 'held', sequence);
  else if (mode === 'reversed') putDelivery(world, whose, gatheringEnd(world, platform, ms || 300), 'waiting', -sequence);
  else putDelivery(world, whose, Date.now() + (mode === 'late' ? ms : 0), 'waiting', sequence);
  if (mode === 'twice') putDelivery(world, whose, Date.now() + ms, 'waiting', sequence + 1);
}

/** The end of the gathering that is under way, else of a new one. */
function gatheringEnd(world: World, platform: string, ms: number): number {
  const last = world.store.part<Delivery>('delivery', platform).rows.at(-1);
  return last?.state === 'waiting' && last.order < 0 && last.dueAt > Date.now() ? last.dueAt : Date.now() + ms;
}

function putDelivery(
  world: World,
  whose: Pick<Delivery, 'platform' | 'owner' | 'event' | 'endpoint'>,
  dueAt: number,
  state: Delivery['state'],
  order: number,
): void {
  world.store.put<Delivery>('delivery', whose.platform, { id: randomUUID(), ...whose, dueAt, order, attempts: 0, state, lastStatus: null });
}
