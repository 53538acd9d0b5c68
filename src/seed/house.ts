import { createHmac } from 'node:crypto';
import type { INestApplicationContext, Type } from '@nestjs/common';
import { Actors } from '../identity/index.js';
import type { Actor, LocalDate, PersonId, Scope } from '../kernel/index.js';
import { dayOf, invariant, systemActor } from '../kernel/index.js';
import { Seals } from '../ledger/index.js';
import type { SetClock, Tx } from '../platform/index.js';
import { Database, Jobs, Relay } from '../platform/index.js';
import type { Sandbox } from '../sandbox/index.js';

/** What a seed works with: an app with a clock that we set, and the simulated Stripe and bank beside it. */
export interface SeedDoors {
  readonly app: Pick<INestApplicationContext, 'get'>;
  readonly clock: SetClock;
  readonly sandbox: Sandbox;
  say(line: string): void;
}

/** Commands at once while many people are made: more gains nothing on two cores. */
const AT_ONCE = 6;

/** The most that Stripe answers at once. */
const EVENTS_A_PAGE = 100;

/** The house during a seed: services to call, people to call them as, and time that passes when told. */
export class SeedHouse {
  /** Events of Stripe accounts handed in so far, by their secret key. */
  private readonly lastEvents = new Map<string, { hand: (raw: Buffer, signature: string) => Promise<unknown>; secret: string; last: string | null }>();
  /** How many events there were at Stripe when they were last fetched. */
  private eventsSeen = 0;

  constructor(readonly doors: SeedDoors) {}

  get<T>(service: abstract new (...args: never[]) => T): T;
  get<T>(service: { readonly prototype: T }): T;
  get<T>(service: unknown): T {
    return this.doors.app.get(service as Type<T>);
  }

  get today(): LocalDate {
    return dayOf(this.doors.clock.now());
  }

  /** The person as they are now: grants change as the story goes on. */
  actor(person: PersonId): Promise<Actor> {
    return this.get(Database).transaction(systemActor('seed', {}), (tx) => this.get(Actors).actorFor(tx, person));
  }

  write<T>(scope: Partial<Scope>, work: (tx: Tx, actor: Actor) => Promise<T>): Promise<T> {
    const actor = systemActor('seed', scope);
    return this.get(Database).transaction(actor, (tx) => work(tx, actor));
  }

  read<T>(scope: Partial<Scope>, work: (tx: Tx) => Promise<T>): Promise<T> {
    return this.get(Database).read(systemActor('seed', scope), work);
  }

  /** Does the same for each, several at a time; the answers are in order. */
  async forEach<T, R>(items: readonly T[], work: (item: T, index: number) => Promise<R>): Promise<R[]> {
    const answers = new Array<R>(items.length);
    let next = 0;
    const hand = async (): Promise<void> => {
      while (next < items.length) {
        const index = next++;
        answers[index] = await work(items[index]!, index);
      }
    };
    await Promise.all(Array.from({ length: Math.min(AT_ONCE, items.length) }, hand));
    return answers;
  }

  /** Time passes: what was announced is heard before, what falls due outside happens after. */
  async moveTo(instant: Date): Promise<void> {
    await this.settle();
    this.doors.clock.set(instant);
    if ((await this.outside()) > 0) await this.settle();
  }

  /** Lets every consequence happen, inside and outside, until nothing more does: what was written is sealed, and who listens for that hears it. */
  async settle(): Promise<void> {
    do {
      do await this.get(Relay).drainEvents();
      while ((await this.outside()) > 0);
    } while ((await this.get(Seals).sealWaiting()) > 0);
  }

  /** What falls due at the simulated Stripe and bank happens, and what happened there is handed in. Answers how much it was. */
  private async outside(): Promise<number> {
    let moved = await this.doors.sandbox.run();
    const events = this.doors.sandbox.eventCount();
    if (events === this.eventsSeen) return moved;
    this.eventsSeen = events;
    for (const [key, account] of this.lastEvents) moved += await this.handIn(key, account);
    return moved;
  }

  /** Runs a job as if it had fallen due now. */
  async job(name: string): Promise<void> {
    await this.get(Jobs).runJob(name, this.doors.clock.now());
    await this.settle();
  }

  /** From now on the events of this Stripe account are handed in, signed, in order: what its webhook would do. */
  listenTo(key: string, secret: string, hand: (raw: Buffer, signature: string) => Promise<unknown>): void {
    this.lastEvents.set(key, { secret, hand, last: null });
    this.eventsSeen = 0;
  }

  private async handIn(
    key: string,
    account: { hand: (raw: Buffer, signature: string) => Promise<unknown>; secret: string; last: string | null },
  ): Promise<number> {
    let count = 0;
    for (;;) {
      const after = account.last ? `&ending_before=${account.last}` : '';
      const page = (await this.stripe(key, `/v1/events?limit=${EVENTS_A_PAGE}${after}`)) as { data: { id: string }[] };
      for (const event of [...page.data].reverse()) {
        const raw = Buffer.from(JSON.stringify(event));
        await account.hand(raw, signatureOf(raw, account.secret));
        account.last = event.id;
        count += 1;
      }
      if (page.data.length < EVENTS_A_PAGE) return count;
    }
  }

  /** Asks the simulated Stripe as the holder of a key. */
  async stripe(key: string, path: string, form?: Record<string, string>): Promise<unknown> {
    const response = await fetch(new URL(path, this.doors.sandbox.url), {
      method: form ? 'POST' : 'GET',
      headers: {
        authorization: `Bearer ${key}`,
        ...(form
          ? { 'content-type': 'application/x-www-form-urlencoded', 'idempotency-key': `seed-${(this.calls += 1)}-${this.doors.clock.now().getTime()}` }
          : {}),
      },
      ...(form ? { body: new URLSearchParams(form) } : {}),
    });
    const answer: unknown = await response.json();
    invariant(response.ok, `the sandbox answered ${response.status} to ${path}: ${JSON.stringify(answer)}`);
    return answer;
  }

  private calls = 0;

  /** Asks the bank, or throws a switch of the sandbox. */
  async bank(path: string, body: object): Promise<unknown> {
    const response = await fetch(new URL(path, this.doors.sandbox.url), {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    const answer: unknown = await response.json();
    invariant(response.ok, `the sandbox answered ${response.status} to ${path}: ${JSON.stringify(answer)}`);
    return answer;
  }

  /** A file the bank offers: a statement, a payer's report. */
  async bankFile(path: string): Promise<string> {
    const response = await fetch(new URL(path, this.doors.sandbox.url));
    const text = await response.text();
    invariant(response.ok, `the sandbox answered ${response.status} to ${path}: ${text}`);
    return text;
  }

  /** A person pays on the hosted page, with a test card or account of the sandbox. */
  async payOnPage(address: string, method: string): Promise<void> {
    const response = await fetch(address, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams({ method }),
      redirect: 'manual',
    });
    invariant(response.status === 303 || response.status === 422, `the payment page answered ${response.status}`);
  }
}

/** Signed by the wall clock, by which the receiver judges how old a message is. */
function signatureOf(raw: Buffer, secret: string): string {
  const at = Math.floor(Date.now() / 1000);
  return `t=${at},v1=${createHmac('sha256', secret).update(`${at}.`).update(raw).digest('hex')}`;
}
