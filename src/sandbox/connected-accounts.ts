import { type Call, ok } from './call.js';
import { emit } from './events.js';
import { addConnected, needAccount, setBank } from './stripe-accounts.js';
import { type Answer, badRequest } from './stripe-errors.js';
import { LIST_PARAMS, basics, listOf, need, newStripeId, type StripeObject } from './stripe-objects.js';
import { unix, type World } from './world.js';

export interface ConnectedAccount extends StripeObject {
  readonly object: 'account';
  readonly capabilities: Readonly<Record<string, string>>;
  readonly charges_enabled: boolean;
  readonly details_submitted: boolean;
  readonly payouts_enabled: boolean;
}

/** Makes a connected account (a provider). Whether it may be paid at once is the platform account's setting. */
export function createConnected({ world, account, params }: Call): Answer {
  if (account.platform) throw badRequest('A connected account cannot have connected accounts.');
  params.allow(
    'type',
    'country',
    'email',
    'capabilities',
    'business_type',
    'business_profile',
    'company',
    'individual',
    'controller',
    'metadata',
    'external_account',
    'settings',
    'default_currency',
    'tos_acceptance',
  );
  const country = params.text('country') ?? 'GB';
  if (country !== 'GB') throw badRequest(`Country '${country}' is not supported by this sandbox.`, { param: 'country' });
  const shared = basics(world, 'acct', 'account', params.map('metadata'));
  const made = addConnected(world, shared.id, account);
  const external = params.child('external_account');
  if (external) setBank(world, made, external);
  const connected = write(
    world,
    account.id,
    {
      ...shared,
      business_profile: params.map('business_profile'),
      business_type: params.text('business_type'),
      capabilities: {},
      charges_enabled: false,
      country,
      default_currency: 'gbp',
      details_submitted: false,
      email: params.text('email'),
      payouts_enabled: false,
      type: params.text('type') ?? 'express',
    } as unknown as ConnectedAccount,
    account.settings.connectedReady,
  );
  return ok(connected);
}

/** Writes the account as ready or not, and tells. */
function write(world: World, platform: string, account: ConnectedAccount, ready: boolean): ConnectedAccount {
  const state = ready ? 'active' : 'inactive';
  const row = world.store.put<ConnectedAccount>('connected_account', platform, {
    ...account,
    capabilities: { card_payments: state, transfers: state },
    charges_enabled: ready,
    details_submitted: ready,
    payouts_enabled: ready,
    requirements: {
      currently_due: ready ? [] : ['external_account', 'tos_acceptance.date'],
      disabled_reason: ready ? null : 'requirements.past_due',
      past_due: [],
      pending_verification: [],
    },
  } as ConnectedAccount);
  emit(world, account.id, 'account.updated', row);
  return row;
}

/** The end of the simulated onboarding; or, with `ready` false, Stripe stops the account. */
export function setReady(world: World, id: string, ready: boolean): ConnectedAccount {
  const platform = needAccount(world, id).platform;
  if (!platform) throw badRequest(`${id} is not a connected account.`);
  return write(world, platform, need<ConnectedAccount>(world, 'connected_account', platform, id), ready);
}

export const retrieveConnected = (call: Call): Answer =>
  call.ids[0] === call.account.id
    ? retrieveOwn(call)
    : ok(need<ConnectedAccount>(call.world, 'connected_account', call.account.platform ?? call.account.id, call.ids[0]!, 'account'));

/** The asking account itself, as `GET /v1/account` gives it. */
export function retrieveOwn({ world, account }: Call): Answer {
  if (account.platform) return ok(need<ConnectedAccount>(world, 'connected_account', account.platform, account.id, 'account'));
  return ok({
    id: account.id,
    object: 'account',
    charges_enabled: true,
    country: 'GB',
    created: account.created,
    default_currency: 'gbp',
    details_submitted: true,
    livemode: false,
    metadata: {},
    payouts_enabled: true,
    type: 'standard',
  });
}

export function listConnected({ world, account, params, path }: Call): Answer {
  params.allow(...LIST_PARAMS);
  return ok(listOf(world.store.part<ConnectedAccount>('connected_account', account.id), params, path));
}

/** A link to the simulated onboarding page. */
export function createAccountLink({ world, account, params }: Call): Answer {
  params.allow('account', 'refresh_url', 'return_url', 'type', 'collect', 'collection_options');
  const id = params.needText('account');
  need(world, 'connected_account', account.id, id, 'account', 'account');
  const back = params.needText('return_url');
  params.needText('refresh_url');
  const now = unix(world.now());
  return ok({ object: 'account_link', created: now, expires_at: now + 300, url: `${world.publicUrl()}/onboard/${id}?return_url=${encodeURIComponent(back)}` });
}

export function createCustomer({ world, owner, params }: Call): Answer {
  params.allow('name', 'email', 'phone', 'description', 'metadata', 'address', 'preferred_locales', 'payment_method');
  const customer = world.store.put<StripeObject>('customer', owner, {
    ...basics(world, 'cus', 'customer', params.map('metadata')),
    address: params.has('address') ? params.map('address') : null,
    balance: 0,
    currency: null,
    delinquent: false,
    description: params.text('description'),
    email: params.text('email'),
    invoice_prefix: newStripeId('x').slice(2, 10).toUpperCase(),
    name: params.text('name'),
    phone: params.text('phone'),
  });
  emit(world, owner, 'customer.created', customer);
  return ok(customer);
}
