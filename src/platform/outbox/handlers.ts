import { Injectable } from '@nestjs/common';
import { invariant } from '../../kernel/index.js';
import type { Tx } from '../database/index.js';
import type { StoredEvent } from './announce.js';

/** Works in the transaction that records the event as handled, so its effect happens once however often the event arrives. */
export type EventHandler = (tx: Tx, event: StoredEvent) => Promise<void>;

/** Calls others over the network with no transaction open. It may run again for one event: it keeps an effect key of its own,
 *  such as the payment's id towards Stripe. */
export type OutsideHandler = (event: StoredEvent) => Promise<void>;

export type Subscription = { readonly event: string; readonly handler: string } & (
  | { readonly outside: false; readonly handle: EventHandler }
  | { readonly outside: true; readonly handle: OutsideHandler }
);

const NAME = /^[A-Za-z][A-Za-z0-9._:-]*$/;

/** Who listens to which event. Rooms subscribe in `onModuleInit`; an event may have several handlers, each with its own name,
 *  and is delivered to each. Events come in no promised order. */
@Injectable()
export class EventHandlers {
  private readonly byEvent = new Map<string, Subscription[]>();

  /** Names the handler for the event; the same handler name twice for one event is a fault of ours. */
  on(event: string, handler: string, handle: EventHandler): void {
    this.add({ event, handler, outside: false, handle });
  }

  /** For what must call the network (Stripe, a bank): runs with no transaction open, on the queue `money`. */
  onOutside(event: string, handler: string, handle: OutsideHandler): void {
    this.add({ event, handler, outside: true, handle });
  }

  /** The event names that somebody listens to, in order. */
  get knownEvents(): readonly string[] {
    return [...this.byEvent.keys()].sort();
  }

  of(event: string): readonly Subscription[] {
    return this.byEvent.get(event) ?? [];
  }

  find(event: string, handler: string): Subscription | undefined {
    return this.of(event).find((subscription) => subscription.handler === handler);
  }

  private add(subscription: Subscription): void {
    const { event, handler } = subscription;
    invariant(NAME.test(event) && NAME.test(handler), `"${event}" or "${handler}" is no name for an event or its handler`);
    invariant(!this.find(event, handler), `event ${event} already has a handler named ${handler}`);
    this.byEvent.set(event, [...this.of(event), subscription]);
  }
}
