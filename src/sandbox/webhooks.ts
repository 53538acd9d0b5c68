import { createHmac } from 'node:crypto';
import type { Delivery, StripeEvent, WebhookEndpoint } from './events.js';
import type { Store } from './store.js';

/** How long the first retry waits, in milliseconds; each next one waits twice as long, up to the cap. */
export interface RetryPlan {
  readonly firstMs: number;
  readonly capMs: number;
  readonly attempts: number;
}

export const USUAL_RETRIES: RetryPlan = { firstMs: 500, capMs: 60_000, attempts: 16 };

const AT_ONCE = 8;
const TIMEOUT_MS = 10_000;

/** `t=…,v1=…` over the very bytes that are sent, as Stripe documents it (HMAC-SHA256 of `t.payload`). */
export function signature(payload: string, secret: string, at: Date): string {
  const t = Math.floor(at.getTime() / 1000);
  return `t=${t},v1=${createHmac('sha256', secret).update(`${t}.${payload}`).digest('hex')}`;
}

/** Carries events to the endpoints, in order as far as it can, and again until each is answered with 2xx. */
export class Courier {
  private readonly waiting = new Map<string, Delivery>();
  private readonly sending = new Map<string, string>();
  private timer: NodeJS.Timeout | null = null;
  private stopped = false;

  constructor(
    private readonly store: Store,
    private readonly plan: RetryPlan,
  ) {
    store.listen<Delivery>('delivery', (row) => {
      if (row.state === 'waiting') this.waiting.set(row.id, row);
      else this.waiting.delete(row.id);
      if (this.timer !== null) this.wake(0);
    });
  }

  start(): void {
    this.wake(0);
  }

  async stop(): Promise<void> {
    this.stopped = true;
    if (this.timer) clearTimeout(this.timer);
    const patience = Date.now() + 1000;
    while (this.sending.size > 0 && Date.now() < patience) await new Promise((resolve) => setTimeout(resolve, 10));
  }

  private wake(ms: number): void {
    if (this.stopped) return;
    if (this.timer) clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.pump(), Math.min(ms, 60_000));
    this.timer.unref();
  }

  /** Sends what is due, never before its event is on disk. */
  private async pump(): Promise<void> {
    await this.store.durable().catch(() => this.stop());
    const now = Date.now();
    const idle = [...this.waiting.values()].filter((each) => !this.sending.has(each.id));
    const due = idle.filter((each) => each.dueAt <= now).sort((a, b) => a.dueAt - b.dueAt || a.order - b.order);
    for (const delivery of due) {
      if (this.stopped) return;
      const busy = [...this.sending.values()].filter((endpoint) => endpoint === delivery.endpoint).length;
      const most = delivery.order < 0 ? 1 : AT_ONCE;
      if (busy < most) void this.send(delivery);
    }
    const next = idle.filter((each) => each.dueAt > now).reduce((soonest, each) => Math.min(soonest, each.dueAt), Infinity);
    this.wake(next === Infinity ? 60_000 : next - now);
  }

  private async send(delivery: Delivery): Promise<void> {
    this.sending.set(delivery.id, delivery.endpoint);
    const status = await this.post(delivery);
    this.sending.delete(delivery.id);
    if (this.stopped) return;
    const attempts = delivery.attempts + 1;
    const wait = Math.min(this.plan.firstMs * 2 ** delivery.attempts, this.plan.capMs);
    const done = status >= 200 && status < 300;
    const state = done ? 'delivered' : attempts >= this.plan.attempts ? 'given-up' : 'waiting';
    this.store.transaction(() =>
      this.store.put<Delivery>('delivery', delivery.platform, { ...delivery, attempts, state, lastStatus: status, dueAt: Date.now() + wait }),
    );
  }

  /** Posts the event, answering the status; 0 when nobody answered. */
  private async post(delivery: Delivery): Promise<number> {
    const endpoint = this.store.part<WebhookEndpoint>('webhook_endpoint', delivery.platform).get(delivery.endpoint);
    const event = this.store.part<StripeEvent>('event', delivery.owner).get(delivery.event);
    if (!endpoint || !event) return 0;
    const body = JSON.stringify(event, null, 2);
    const headers = {
      'content-type': 'application/json; charset=utf-8',
      'user-agent': 'Stripe/1.0 (simulated)',
      'stripe-signature': signature(body, endpoint.secret, new Date()),
    };
    try {
      const answer = await fetch(endpoint.url, { method: 'POST', headers, body, redirect: 'manual', signal: AbortSignal.timeout(TIMEOUT_MS) });
      await answer.arrayBuffer();
      return answer.status;
    } catch {
      return 0;
    }
  }
}
