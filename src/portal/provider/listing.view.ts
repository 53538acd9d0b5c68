import type { LocalDate } from '../../kernel/index.js';
import { addDays, formatDay, formatPounds } from '../../kernel/index.js';
import { html } from '../../platform/index.js';
import type { ProviderAction, ProviderState, ProviderView, ServiceView } from '../../providers/index.js';
import { PROVIDER } from '../../providers/index.js';
import type { NeedItem, StateTagOptions, SummaryRow, TableOptions } from '../blocks/index.js';
import { stateTag } from '../blocks/index.js';
import { paths } from '../paths.js';
import { WEEKDAYS } from '../pool/quotes.form.js';
import type { Flashes } from '../shell/index.js';
import { KINDS, PERS } from './list.form.js';

/** What is said once after a step, by the short code in the address. */
export const LISTING_DONE: Flashes = {
  begun: { kind: 'done', title: 'Your listing is begun', text: 'Nobody else sees it yet. Finish it now, or come back another day.' },
  published: {
    kind: 'done',
    title: 'You are in the directory',
    text: 'Groups and brokers can find you now. Check once a year that everything is still right.',
  },
  confirmed: { kind: 'done', title: 'Thank you for checking', text: 'Your listing counts as right for another year.' },
  'taken-off': { kind: 'done', title: 'You are no longer in the directory', text: 'What groups bought from you goes on. You can come back on any day.' },
};

/** So many days before a listing has to be confirmed the home page says so. Our judgement, November 2026. */
const REMIND_DAYS = 30;

const STATES: Readonly<Record<ProviderState, Pick<StateTagOptions, 'state' | 'tone'>>> = {
  draft: { state: 'Begun: only you see it', tone: 'waiting' },
  listed: { state: 'In the directory', tone: 'good' },
  lapsed: { state: 'Not confirmed in time', tone: 'attention' },
  withdrawn: { state: 'Not in the directory', tone: 'quiet' },
};

const MEANING: Readonly<Record<ProviderState, string>> = {
  draft: 'Answer all six questions to put it in the directory. Then groups and brokers can find you.',
  listed: 'Groups and brokers can find you.',
  lapsed: 'People see that nobody has checked your listing for a year. After three more months they cannot find what you offer. Confirm it to put that right.',
  withdrawn: 'Nobody can find you. What groups bought from you goes on. Answer the six questions again to come back.',
};

const may = (state: ProviderState, action: ProviderAction): boolean => Object.hasOwn(PROVIDER[state], action);

export interface ListingView {
  readonly state: Pick<StateTagOptions, 'state' | 'tone'>;
  readonly meaning: string;
  readonly rows: readonly SummaryRow[];
  readonly services: TableOptions;
  /** The steps that are open now; null: not this one. */
  readonly publish: { readonly text: string; readonly href: string } | null;
  readonly confirm: string | null;
  readonly withdraw: { readonly text: string; readonly href: string } | null;
}

export function listingView(provider: ProviderView): ListingView {
  const { id, state } = provider;
  return {
    state: STATES[state],
    meaning: MEANING[state],
    rows: [
      { key: 'Name', value: provider.name },
      { key: 'What you are', value: KINDS[provider.kind] ?? provider.kind },
      { key: 'About', value: provider.about ?? 'Not written yet' },
      { key: 'Where', value: provider.place ?? 'Not said yet' },
      ...(provider.assuredUntil && may(state, 'confirm')
        ? [{ key: state === 'lapsed' ? 'Should have been confirmed by' : 'Confirm it by', value: formatDay(provider.assuredUntil) }]
        : []),
    ],
    services: servicesTable(provider.services),
    publish: may(state, 'list')
      ? { text: state === 'draft' ? 'Finish it and put it in the directory' : 'Put it back in the directory', href: paths.listingStep(id, 'publish') }
      : null,
    confirm: may(state, 'confirm') ? paths.listingStep(id, 'confirm') : null,
    withdraw: may(state, 'withdraw')
      ? { text: state === 'draft' ? 'Give this listing up' : 'Take it off the directory', href: paths.listingStep(id, 'withdraw') }
      : null,
  };
}

const SERVICE_STATES: Readonly<Record<string, string>> = { listed: 'Shown', lapsed: 'Not found by people', withdrawn: 'Taken off' };

const servicesTable = (services: readonly ServiceView[]): TableOptions => ({
  caption: 'What you offer',
  isCaptionHidden: true,
  head: [{ text: 'What' }, { text: 'Days' }, { text: 'Price' }, { text: 'State' }],
  rows: services.map((service) => [service.name, daysOf(service), priceOf(service), SERVICE_STATES[service.state] ?? service.state]),
  hasRowHeaders: true,
  empty: 'Nothing yet.',
});

const daysOf = ({ days }: ServiceView): string => days.map((day) => WEEKDAYS[day - 1]).join(', ') || 'Not said';

function priceOf({ price, per, priceWords }: ServiceView): string {
  if (price === null) return priceWords ?? 'Not said';
  if (price === 0n) return 'Free';
  return `${formatPounds(price)}${per && PERS[per] ? `, ${PERS[per].toLowerCase()}` : ''}`;
}

export const listingsTable = (providers: readonly ProviderView[]): TableOptions => ({
  caption: 'Your listings',
  isCaptionHidden: true,
  head: [{ text: 'Name' }, { text: 'State' }],
  rows: providers.map((provider) => [html`<a href="${paths.listing(provider.id)}">${provider.name}</a>`, stateTag(STATES[provider.state])]),
  hasRowHeaders: true,
});

/** What a provider's people can do about their listings. */
export const listingNeeds = (providers: readonly ProviderView[], today: LocalDate): NeedItem[] =>
  providers.flatMap((provider) => {
    const href = paths.listing(provider.id);
    if (provider.state === 'draft')
      return [{ text: `Finish the listing of ${provider.name}`, href, hint: 'Nobody can find you before it is in the directory.' }];
    if (provider.state === 'lapsed')
      return [{ text: `Check the listing of ${provider.name}`, href, isUrgent: true, hint: 'It was not confirmed in time. Soon people cannot find you.' }];
    const soon = provider.state === 'listed' && provider.assuredUntil !== null && provider.assuredUntil <= addDays(today, REMIND_DAYS);
    return soon
      ? [{ text: `Check the listing of ${provider.name}`, href, hint: `Confirm by ${formatDay(provider.assuredUntil)} that everything is still right.` }]
      : [];
  });
