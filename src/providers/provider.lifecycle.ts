import type { Lifecycle } from '../kernel/index.js';

export type ProviderState = 'draft' | 'listed' | 'lapsed' | 'withdrawn';
export type ProviderAction = 'list' | 'confirm' | 'lapse' | 'withdraw';

/** Somebody in the directory: begun, listed for all, stepped back because nobody confirmed it, or taken off by themselves. Whoever took
 *  themselves off may list again. */
export const PROVIDER = {
  draft: { list: { to: 'listed', event: 'providerListed' }, withdraw: { to: 'withdrawn', event: 'providerWithdrawn' } },
  listed: { confirm: { to: 'listed' }, lapse: { to: 'lapsed', event: 'providerLapsed' }, withdraw: { to: 'withdrawn', event: 'providerWithdrawn' } },
  lapsed: { confirm: { to: 'listed' }, withdraw: { to: 'withdrawn', event: 'providerWithdrawn' } },
  withdrawn: { list: { to: 'listed', event: 'providerListed' } },
} as const satisfies Lifecycle<ProviderState, ProviderAction>;

export type ServiceState = 'listed' | 'lapsed' | 'withdrawn';
export type ServiceAction = 'confirm' | 'lapse' | 'withdraw';

/** One thing that a provider offers. */
export const SERVICE = {
  listed: { confirm: { to: 'listed' }, lapse: { to: 'lapsed' }, withdraw: { to: 'withdrawn' } },
  lapsed: { confirm: { to: 'listed' }, withdraw: { to: 'withdrawn' } },
  withdrawn: {},
} as const satisfies Lifecycle<ServiceState, ServiceAction>;
