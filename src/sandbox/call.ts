import type { Answer } from './stripe-errors.js';
import type { StripeAccount } from './stripe-accounts.js';
import type { Params } from './stripe-params.js';
import type { World } from './world.js';

/** One request to Stripe's side, checked and read. */
export interface Call {
  readonly world: World;
  /** Whose objects are meant: the asking account, or a connected one of it. */
  readonly owner: string;
  readonly account: StripeAccount;
  readonly params: Params;
  readonly path: string;
  /** The variable parts of the path, in order. */
  readonly ids: readonly string[];
}

export const ok = (body: unknown): Answer => ({ status: 200, body });
