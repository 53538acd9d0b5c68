import type { AccountId, BookId, BudgetLineId, PlanLineId, PoolId } from '../kernel/index.js';
import { sha256 } from '../platform/index.js';
import type { AccountKind } from './chart.js';

/** Names an account by what it is for. Two equal keys are one account, so an entry can be written without a look-up. */
export interface AccountKey {
  readonly book: BookId;
  readonly kind: AccountKind;
  /** Whose: the person or funder of a line, share or receivable; the provider of a payable. Opaque to the ledger. */
  readonly subject?: string | undefined;
  readonly line?: BudgetLineId | undefined;
  readonly planLine?: PlanLineId | undefined;
  readonly pool?: PoolId | undefined;
  /** Of clearing accounts: which way the money travels. Each Stripe account's balance is one clearing account. */
  readonly channel?: 'bank' | 'stripe' | undefined;
}

/** The account's id, worked out from its key (a name-based UUID, version 8): the same key always gives the same id. */
export function accountIdOf(key: AccountKey): AccountId {
  const name = `${key.book}|${key.kind}|${key.subject ?? ''}|${key.line ?? ''}|${key.planLine ?? ''}|${key.pool ?? ''}|${key.channel ?? ''}`;
  const worked = WORKED_OUT.get(name);
  if (worked) return worked;
  if (WORKED_OUT.size >= MOST_WORKED_OUT) WORKED_OUT.clear();
  const id = nameBased(name);
  WORKED_OUT.set(name, id);
  return id;
}

/** Ids worked out before: the same accounts come again and again. */
const WORKED_OUT = new Map<string, AccountId>();
const MOST_WORKED_OUT = 50_000;

function nameBased(name: string): AccountId {
  const hash = sha256(name);
  hash[6] = (hash[6]! & 0x0f) | 0x80;
  hash[8] = (hash[8]! & 0x3f) | 0x80;
  const hex = hash.toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20, 32)}` as AccountId;
}
