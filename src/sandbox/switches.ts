/** A fault for the next fitting requests to Stripe's side. `…-after` means that the money had moved by then. */
export interface Fault {
  readonly kind: 'timeout-after' | 'error-after' | 'drop-after' | 'error-before' | 'drop-before' | 'slow';
  /** Only requests to this method and to paths that begin so; all when absent. */
  readonly method?: string;
  readonly path?: string;
  /** How many requests; 1 when absent. */
  readonly times?: number;
  /** Milliseconds: how long `slow` waits before acting, and `timeout-after` holds the line. */
  readonly ms?: number;
}

/** How webhooks are sent. `reversed` gathers for `ms` and sends the newest first; `never` holds them until released. */
export interface WebhookMode {
  readonly mode: 'normal' | 'twice' | 'reversed' | 'late' | 'never';
  readonly ms?: number;
}

export const FAULT_KINDS: readonly string[] = ['timeout-after', 'error-after', 'drop-after', 'error-before', 'drop-before', 'slow'];
export const WEBHOOK_MODES: readonly string[] = ['normal', 'twice', 'reversed', 'late', 'never'];

/** What a test has switched on. Of this run only: a restart clears them all. */
export class Switches {
  private faults: { fault: Fault; left: number }[] = [];
  private readonly modes = new Map<string, WebhookMode>();
  private failingPayouts = 0;
  private bounces = 0;
  private bouncedReferences = new Set<string>();

  addFault(fault: Fault): void {
    this.faults.push({ fault, left: fault.times ?? 1 });
  }

  /** The fault for this request, used up by asking. */
  takeFault(method: string, path: string): Fault | null {
    const found = this.faults.find(({ fault }) => (fault.method ?? method) === method && path.startsWith(fault.path ?? '/'));
    if (!found) return null;
    found.left -= 1;
    if (found.left <= 0) this.faults = this.faults.filter((each) => each !== found);
    return found.fault;
  }

  /** Sets how an account's webhooks are sent; with '' for every account without a setting of its own. */
  setWebhooks(account: string, mode: WebhookMode): void {
    this.modes.set(account, mode);
  }

  webhooksOf(account: string): WebhookMode {
    return this.modes.get(account) ?? this.modes.get('') ?? { mode: 'normal' };
  }

  failPayouts(count: number): void {
    this.failingPayouts = count;
  }

  takePayoutFailure(): boolean {
    if (this.failingPayouts <= 0) return false;
    this.failingPayouts -= 1;
    return true;
  }

  /** The next `count` bank payments bounce, and every payment with one of these end-to-end references. */
  bounce(count: number, references: readonly string[]): void {
    this.bounces = count;
    this.bouncedReferences = new Set(references);
  }

  takeBounce(reference: string): boolean {
    if (this.bouncedReferences.has(reference)) return true;
    if (this.bounces <= 0) return false;
    this.bounces -= 1;
    return true;
  }

  clear(): void {
    this.faults = [];
    this.modes.clear();
    this.failingPayouts = 0;
    this.bounces = 0;
    this.bouncedReferences.clear();
  }
}
