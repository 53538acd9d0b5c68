import { v5 } from 'uuid';
import { isId, penceAsNumber } from '../../kernel/index.js';
import type { DirectoryLocation, DirectoryOrganisation, DirectorySchedule, DirectoryService } from './directory.js';

/** Our providers as Open Referral UK 3.0 JSON: the answers of its read endpoints. Fields without a value are left out, as the
 *  standard asks. Ids must be UUIDs there: any other id becomes a version 5 UUID, the same each time. */

/** What the root of the interface answers (`GET /`). */
export const directoryRoot = (openApiUrl: string): object => ({
  version: 'HSDS-UK-3.0',
  profile: 'https://docs.openreferraluk.org/profile/uk',
  openapi_url: openApiUrl,
});

export interface PageRequest {
  /** Counted from 1. */
  readonly page: number;
  readonly perPage: number;
  /** How many there are in all, of which `items` are those of this page. */
  readonly total: number;
}

/** One page of a list, in the standard's wrapper. */
export function directoryPage(items: readonly object[], { page, perPage, total }: PageRequest): object {
  const pages = Math.max(1, Math.ceil(total / perPage));
  return {
    total_items: total,
    total_pages: pages,
    page_number: page,
    size: items.length,
    first_page: page === 1,
    last_page: page >= pages,
    empty: items.length === 0,
    contents: items,
  };
}

/** A service as it stands in a list (`GET /services`): without schedules, costs and places. */
export function serviceSummary(service: DirectoryService): object {
  return present({
    id: uuidOf(service.sourceId),
    name: service.name,
    description: service.description,
    url: service.url,
    email: service.email,
    status: service.status === 'unknown' ? null : service.status,
    alert: service.alert,
    accreditations: service.accreditations,
    eligibility_description: service.eligibility,
    fees_description: service.costs.find((cost) => cost.option === null && cost.amountPence === null)?.description,
    minimum_age: service.minimumAge,
    maximum_age: service.maximumAge,
    assured_date: service.assuredOn,
    last_modified: service.lastModifiedOn && `${service.lastModifiedOn}T00:00:00Z`,
    organization: service.organisation && present({ id: uuidOf(service.organisation.sourceId), name: service.organisation.name }),
  });
}

/** A service with everything we tell (`GET /services/{id}`). */
export function serviceFull(service: DirectoryService): object {
  const own = (noun: string, index: number): string => v5(`${noun}:${index}`, uuidOf(service.sourceId));
  const priced = service.costs.filter((cost) => cost.option !== null || cost.amountPence !== null);
  return present({
    ...serviceSummary(service),
    phones: service.phones.map((number, index) => ({ id: own('phone', index), number })),
    schedules: service.schedules.map((schedule, index) => writeSchedule(schedule, own('schedule', index))),
    service_at_locations: service.locations.map((location, index) => ({
      id: own('service-at-location', index),
      location: writeLocation(location, own('location', index)),
    })),
    cost_options: priced.map((cost, index) =>
      present({
        id: own('cost', index),
        option: cost.option,
        currency: cost.amountPence === null ? null : 'GBP',
        amount: cost.amountPence === null ? null : penceAsNumber(cost.amountPence) / 100,
        amount_description: cost.description,
      }),
    ),
    attributes: service.terms.map((term, index) => ({
      id: own('attribute', index),
      link_entity: 'service',
      taxonomy_term: present({ id: uuidOf(term.code ?? term.name), code: term.code, name: term.name, description: term.name, taxonomy: term.taxonomy }),
    })),
  });
}

export function organisationSummary(organisation: DirectoryOrganisation): object {
  return present({
    id: uuidOf(organisation.sourceId),
    name: organisation.name,
    description: organisation.description ?? organisation.name,
    email: organisation.email,
    website: organisation.url,
    organization_identifiers: organisation.identifiers.map((each, index) =>
      present({ id: v5(`identifier:${index}`, uuidOf(organisation.sourceId)), identifier_scheme: each.scheme, identifier: each.identifier }),
    ),
  });
}

/** An organisation with its services (`GET /organizations/{id}`). */
export function organisationFull(organisation: DirectoryOrganisation, services: readonly DirectoryService[]): object {
  const own = (noun: string, index: number): string => v5(`${noun}:${index}`, uuidOf(organisation.sourceId));
  return present({
    ...organisationSummary(organisation),
    phones: organisation.phones.map((number, index) => ({ id: own('phone', index), number })),
    locations: organisation.locations.map((location, index) => writeLocation(location, own('location', index))),
    services: services.filter((service) => service.organisation?.sourceId === organisation.sourceId).map(serviceSummary),
  });
}

/** The whole directory in one page: for `directory export`, and read back by `readDirectory`. */
export const writeDirectory = (services: readonly DirectoryService[]): object =>
  directoryPage(services.map(serviceFull), { page: 1, perPage: Math.max(1, services.length), total: services.length });

/** Our namespace for ids made from other ids; made once, never to change. */
const NAMESPACE = '5b1f0f2e-6c0e-4f5a-9a3c-0d6f3f5f9b21';

/** The id under which a record is published. */
export const uuidOf = (sourceId: string): string => (isId(sourceId) ? sourceId : v5(sourceId, NAMESPACE));

const DAYS = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'];

const writeSchedule = (schedule: DirectorySchedule, id: string): object =>
  present({
    id,
    freq: schedule.days.length > 0 ? 'WEEKLY' : null,
    byday: schedule.days.map((day) => DAYS[day - 1]).join(',') || null,
    opens_at: schedule.opensAt,
    closes_at: schedule.closesAt,
    valid_from: schedule.validFrom,
    valid_to: schedule.validTo,
    description: schedule.description,
  });

const writeLocation = (location: DirectoryLocation, id: string): object =>
  present({
    id,
    location_type: 'physical',
    name: location.name,
    latitude: location.latitude,
    longitude: location.longitude,
    addresses:
      location.postcode === null && location.address === null
        ? null
        : [present({ id: v5('address', id), address_1: location.address, postal_code: location.postcode, country: 'GB', address_type: 'physical' })],
    accessibility: location.accessibility.map((description, index) => ({ id: v5(`accessibility:${index}`, id), description })),
  });

/** Without fields that have no value; empty lists stay out too. */
const present = (fields: Readonly<Record<string, unknown>>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== null && value !== undefined && !(Array.isArray(value) && value.length === 0)));
