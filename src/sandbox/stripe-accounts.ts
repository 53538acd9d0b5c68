import { createHash } from 'node:crypto';
import type { Row } from './store.js';
import { badKey, badRequest, noSuch } from './stripe-errors.js';
import type { Params } from './stripe-params.js';
import { unix, type World } from './world.js';

/** What Stripe keeps of each charge. Percentages are in basis points (150 is 1.5%), sums in pence. */
export interface FeeTable {
  readonly cardBasisPoints: number;
  readonly cardFixedPence: number;
  readonly debitBasisPoints: number;
  readonly debitLeastPence: number;
  readonly debitMostPence: number;
  readonly cardDisputePence: number;
  readonly debitDisputePence: number;
}

/** How one account behaves. Delays are in milliseconds. */
export interface AccountSettings {
  readonly fees: FeeTable;
  /** Until a card charge is available for transfers and pay-outs. */
  readonly cardDelayMs: number;
  /** Until a Direct Debit succeeds or fails. Its money is then available at once. */
  readonly debitDelayMs: number;
  readonly payoutDelayMs: number;
  /** The bank account to which pay-outs go; null means nowhere that we can see. */
  readonly bank: { readonly sortCode: string; readonly accountNumber: string } | null;
  /** New connected accounts are ready at once, or only after their simulated onboarding. */
  readonly connectedReady: boolean;
}

/** One Stripe account with its own secret key: a book's account, or a connected account of one (`platform`). */
export interface StripeAccount extends Row {
  readonly platform: string | null;
  readonly settings: AccountSettings;
  readonly created: number;
}

/** Cards: 1.5% + 20p (£2.00 on £120.00). Direct Debit: 1%, at least 20p and at most £2.00 (£0.60 on £60.00).
 *  Figures: the worked life; the limits and the £20 for a lost dispute are our judgement, November 2026. */
export const USUAL_SETTINGS: AccountSettings = {
  fees: {
    cardBasisPoints: 150,
    cardFixedPence: 20,
    debitBasisPoints: 100,
    debitLeastPence: 20,
    debitMostPence: 200,
    cardDisputePence: 2000,
    debitDisputePence: 0,
  },
  cardDelayMs: 0,
  debitDelayMs: 3000,
  payoutDelayMs: 0,
  bank: null,
  connectedReady: true,
};

export type SettingsChange = Partial<Omit<AccountSettings, 'fees'>> & { readonly fees?: Partial<FeeTable> };

/** The account's id, made from the key: the key itself is stored nowhere. */
export const accountIdOf = (key: string): string => `acct_${createHash('sha256').update(key).digest('hex').slice(0, 16)}`;

const TEST_KEY = /^(sk|rk)_test_[A-Za-z0-9_]{3,}$/;

const accounts = (world: World) => world.store.part<StripeAccount>('stripe_account');

export function needAccount(world: World, id: string): StripeAccount {
  const account = accounts(world).get(id);
  if (!account) throw noSuch('account', id);
  return account;
}

/** Makes the account of a key, or changes how it behaves. */
export function register(world: World, key: string, change: SettingsChange = {}): StripeAccount {
  if (!TEST_KEY.test(key)) throw badKey('A sandbox key begins with sk_test_.');
  const id = accountIdOf(key);
  const there = accounts(world).get(id);
  const old = there?.settings ?? USUAL_SETTINGS;
  if (there && Object.keys(change).length === 0) return there;
  const settings = { ...old, ...change, fees: { ...old.fees, ...change.fees } };
  if (there && JSON.stringify(settings) === JSON.stringify(old)) return there;
  return world.store.put<StripeAccount>('stripe_account', '', { id, platform: null, settings, created: there?.created ?? unix(world.now()) });
}

/** The account that asks, from `Authorization: Bearer sk_test_…` (or Basic, with the key as user name). */
export function authenticate(world: World, header: string | undefined): StripeAccount {
  if (!header) throw badKey('You did not provide an API key. You need to provide your API key in the Authorization header, using Bearer auth.');
  const [scheme, value = ''] = header.split(' ');
  const key = scheme?.toLowerCase() === 'basic' ? (Buffer.from(value, 'base64').toString('utf8').split(':')[0] ?? '') : value;
  if (!TEST_KEY.test(key)) throw badKey(`Invalid API Key provided: ${key.slice(0, 8)}${'*'.repeat(8)}`);
  return world.store.transaction(() => register(world, key));
}

/** The account that the header `Stripe-Account` names; only a connected account of the one that asks. */
export function actingFor(world: World, platform: StripeAccount, header: string | undefined): StripeAccount {
  if (!header || header === platform.id) return platform;
  const account = accounts(world).get(header);
  if (account?.platform !== platform.id)
    throw badRequest(`The provided key does not have access to account '${header}' (or that account does not exist).`, { code: 'account_invalid' });
  return account;
}

/** The account named by an id or a secret key, for the sandbox's own switches. */
export function accountNamed(world: World, name: string): StripeAccount {
  return name.startsWith('acct_') ? needAccount(world, name) : register(world, name);
}

export function addConnected(world: World, id: string, platform: StripeAccount): StripeAccount {
  const settings = { ...platform.settings, bank: null };
  return world.store.put<StripeAccount>('stripe_account', '', { id, platform: platform.id, settings, created: unix(world.now()) });
}

/** Where an account's pay-outs go from now on. */
export function setBank(world: World, account: StripeAccount, external: Params): void {
  const sortCode = (external.text('routing_number') ?? '').replaceAll('-', '');
  const accountNumber = external.text('account_number') ?? '';
  if (!/^\d{6}$/.test(sortCode) || !/^\d{8}$/.test(accountNumber)) {
    throw badRequest('A bank account needs a sort code of 6 digits and an account number of 8.', { code: 'invalid_bank_account', param: 'external_account' });
  }
  world.store.put<StripeAccount>('stripe_account', '', { ...account, settings: { ...account.settings, bank: { sortCode, accountNumber } } });
}
