import { FormNotUnderstood, parseForm } from './form-body.js';
import { Idempotency } from './idempotency.js';
import { actingFor, authenticate } from './stripe-accounts.js';
import { type Answer, StripeRefusal, badRequest, keyNeeded, serverFault, unrecognisedUrl } from './stripe-errors.js';
import { expanded } from './stripe-objects.js';
import { Params } from './stripe-params.js';
import { matchRoute } from './stripe-routes.js';
import type { Fault } from './switches.js';
import type { World } from './world.js';

export interface StripeRequest {
  readonly id: string;
  readonly method: string;
  readonly path: string;
  readonly query: string;
  readonly body: string;
  readonly headers: Readonly<Record<string, string | undefined>>;
}

export interface StripeReply extends Answer {
  readonly replayed: boolean;
  /** What the caller is shown instead of the answer. */
  readonly fault: Fault | null;
}

const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Stripe's front door: who asks, what for, whether it was asked before, and any fault that a test switched on. */
export class StripeDoor {
  private readonly idempotency: Idempotency;

  constructor(private readonly world: World) {
    this.idempotency = new Idempotency(world.store);
  }

  async answer(request: StripeRequest): Promise<StripeReply> {
    const fault = this.world.switches.takeFault(request.method, request.path);
    if (fault?.kind === 'drop-before') return { status: 0, body: null, replayed: false, fault };
    if (fault?.kind === 'error-before') return { ...serverFault(), replayed: false, fault: null };
    try {
      const { answer, replayed } = await this.act(request, fault?.kind === 'slow' ? (fault.ms ?? 1000) : 0);
      if (fault?.kind === 'error-after') return { ...serverFault(), replayed: false, fault: null };
      return { ...answer, replayed, fault: fault?.kind === 'slow' ? null : fault };
    } catch (error) {
      if (error instanceof StripeRefusal) return { ...error.answer, replayed: false, fault };
      if (error instanceof FormNotUnderstood || error instanceof URIError) return { ...badRequest(error.message).answer, replayed: false, fault };
      throw error;
    }
  }

  private async act(request: StripeRequest, slowMs: number): Promise<{ answer: Answer; replayed: boolean }> {
    const { world } = this;
    const account = authenticate(world, request.headers['authorization']);
    const found = matchRoute(request.method, request.path);
    if (!found) throw unrecognisedUrl(request.method, request.path);
    const { route, ids } = found;
    const acting = actingFor(world, account, request.headers['stripe-account']);
    const params = new Params(parseForm(request.method === 'GET' ? request.query : request.body));
    const key = request.method === 'POST' ? (request.headers['idempotency-key'] ?? null) : null;
    if (route.money && !key) throw keyNeeded();
    const run = (): Answer => {
      const answer = route.handler({ world, owner: acting.id, account: acting, params, path: request.path, ids });
      return { status: answer.status, body: expanded(world.store, acting.id, answer.body, params.texts('expand')) };
    };
    if (key === null) {
      if (slowMs) await wait(slowMs);
      return { answer: this.inside(request.id, null, run), replayed: false };
    }
    return this.once(request, acting.id, key, slowMs, run);
  }

  /** Acts at most once for a key. Refusals of a request that was never valid are not kept, as at Stripe. */
  private async once(request: StripeRequest, owner: string, key: string, slowMs: number, run: () => Answer): Promise<{ answer: Answer; replayed: boolean }> {
    if (key.length > 255) throw badRequest('Idempotency keys are at most 255 characters long.');
    const fingerprint = Idempotency.fingerprint(request.method, request.path, request.body);
    const kept = this.idempotency.begin(owner, key, fingerprint);
    if (kept) return { answer: kept, replayed: true };
    try {
      if (slowMs) await wait(slowMs);
      const answer = this.inside(request.id, key, () => {
        const first = run();
        this.idempotency.keep(owner, key, fingerprint, first);
        return first;
      });
      await this.world.store.durable();
      return { answer, replayed: false };
    } catch (error) {
      if (error instanceof StripeRefusal && error.kept) this.inside(request.id, key, () => this.idempotency.keep(owner, key, fingerprint, error.answer));
      throw error;
    } finally {
      this.idempotency.end(owner, key);
    }
  }

  private inside<T>(id: string, key: string | null, work: () => T): T {
    this.world.request = { id, key };
    try {
      return this.world.store.transaction(work);
    } finally {
      this.world.request = null;
    }
  }
}
