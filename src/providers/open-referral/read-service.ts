import { createHash } from 'node:crypto';
import { parsePounds } from '../../kernel/index.js';
import type { Pence } from '../../kernel/index.js';
import type { DirectoryCost, DirectoryLocation, DirectoryOrganisation, DirectorySchedule, DirectoryService, DirectoryTerm } from './directory.js';
import { dayAt, listOf, numberOf, objectOf, textOf, webAddress } from './json-value.js';
import type { JsonObject } from './json-value.js';

/** Where a reader says what it could not keep. */
export type Note = (reason: string) => void;

/** One service; null when it has no name, without which nobody can use it. What is missing or wrong is noted, the rest is kept. */
export function readService(node: JsonObject, note: Note): DirectoryService | null {
  const name = textOf(node, 'name');
  if (name === null) {
    note('the service has no name and was left out');
    return null;
  }
  const missing = ['description', 'status'].filter((field) => textOf(node, field) === null);
  const organisation = readOwner(node);
  if (organisation === null) missing.push('organization');
  if (missing.length > 0) note(`missing: ${missing.join(', ')}`);
  const ages = readAges(node, note);
  const service = {
    name,
    description: textOf(node, 'description'),
    url: webAddress(node, 'url'),
    email: emailOf(node),
    phones: phonesOf(node),
    status: textOf(node, 'status')?.toLowerCase() ?? 'unknown',
    alert: textOf(node, 'alert'),
    assuredOn: dayAt(node, 'assured_date'),
    lastModifiedOn: dayAt(node, 'last_modified'),
    organisation,
    locations: readLocations(node, note),
    schedules: listOf(node, 'schedules').map(readSchedule),
    costs: readCosts(node, note),
    ...ages,
    eligibility: textOf(node, 'eligibility_description'),
    accreditations: textOf(node, 'accreditations'),
    terms: readTerms(node),
  };
  const id = textOf(node, 'id');
  if (id === null) note('the service has no id; its content stands in for one');
  return { sourceId: id ?? `#${contentHash(service)}`, ...service };
}

export function readOrganisation(node: JsonObject, note: Note): DirectoryOrganisation | null {
  const name = textOf(node, 'name');
  if (name === null) {
    note('the organisation has no name and was left out');
    return null;
  }
  const organisation = {
    name,
    description: textOf(node, 'description'),
    url: webAddress(node, 'website', 'url'),
    email: emailOf(node),
    phones: phonesOf(node),
    identifiers: listOf(node, 'organization_identifiers').flatMap((each) => {
      const identifier = textOf(each, 'identifier');
      return identifier === null ? [] : [{ scheme: textOf(each, 'identifier_scheme') ?? '', identifier }];
    }),
    locations: listOf(node, 'locations').map((location) => readLocation(location, note)),
  };
  return { sourceId: textOf(node, 'id') ?? `#${contentHash(organisation)}`, ...organisation };
}

/** Short hash of what a record says, for identities. The days on which it was confirmed or changed are no part of what it says. */
export function contentHash(content: object): string {
  const said = JSON.stringify(content, (name, value: unknown) =>
    ['sourceId', 'assuredOn', 'lastModifiedOn'].includes(name) ? undefined : typeof value === 'bigint' ? value.toString() : value,
  );
  return createHash('sha256').update(said).digest('hex').slice(0, 16);
}

function readOwner(node: JsonObject): DirectoryService['organisation'] {
  const owner = objectOf(node, 'organization');
  const sourceId = (owner && textOf(owner, 'id')) ?? textOf(node, 'organization_id');
  return sourceId === null ? null : { sourceId, name: owner && textOf(owner, 'name') };
}

function emailOf(node: JsonObject): string | null {
  const email = textOf(node, 'email');
  return email !== null && /^[^\s@<>]+@[^\s@<>]+$/.test(email) ? email : null;
}

const phonesOf = (node: JsonObject): string[] => [
  ...new Set(
    listOf(node, 'phones').flatMap(
      (phone) =>
        textOf(phone, 'number')
          ?.replace(/[^\d+ ()]/g, '')
          .trim() || [],
    ),
  ),
];

function readAges(node: JsonObject, note: Note): { minimumAge: number | null; maximumAge: number | null } {
  const ages = { minimumAge: numberOf(node, 'minimum_age'), maximumAge: numberOf(node, 'maximum_age') };
  for (const age of [ages.minimumAge, ages.maximumAge]) {
    if (age !== null && (age < 0 || age > 150)) {
      note('the ages are not possible and were left out');
      return { minimumAge: null, maximumAge: null };
    }
  }
  return ages;
}

/** Locations hang below `service_at_locations`, or directly below the service in older exports. */
function readLocations(node: JsonObject, note: Note): DirectoryLocation[] {
  const nested = listOf(node, 'service_at_locations').flatMap((each) => listOf(each, 'location'));
  return [...nested, ...listOf(node, 'locations')].map((location) => readLocation(location, note));
}

const POSTCODE = /^(GIR ?0AA|[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2})$/;

export function readLocation(node: JsonObject, note: Note): DirectoryLocation {
  const address = listOf(node, 'addresses')[0] ?? listOf(node, 'physical_addresses')[0] ?? null;
  const written = address && textOf(address, 'postal_code')?.toUpperCase();
  const postcode = written && POSTCODE.test(written) ? written.replace(/ ?(\d[A-Z]{2})$/, ' $1') : null;
  if (written && postcode === null) note('a postcode is not British and was left out');
  const lines = address ? ['address_1', 'address_2', 'city', 'region', 'state_province'].map((name) => textOf(address, name)) : [];
  const accessibility = listOf(node, 'accessibility').flatMap((each) => textOf(each, 'description', 'accessibility') ?? []);
  return {
    name: textOf(node, 'name'),
    postcode,
    ...readCoordinates(node, note),
    address: lines.filter((line) => line !== null).join(', ') || null,
    accessibility,
  };
}

function readCoordinates(node: JsonObject, note: Note): { latitude: number | null; longitude: number | null } {
  const [latitude, longitude] = [numberOf(node, 'latitude'), numberOf(node, 'longitude')];
  if (latitude === null && longitude === null) return { latitude, longitude };
  if (latitude !== null && longitude !== null && Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180) return { latitude, longitude };
  note('the coordinates are not on Earth and were left out');
  return { latitude: null, longitude: null };
}

const DAYS = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'];

/** Days of an iCalendar rule: `TH,FR` and `1MO` alike. */
function readSchedule(node: JsonObject): DirectorySchedule {
  const days = (textOf(node, 'byday') ?? '')
    .toUpperCase()
    .split(/[,\s]+/)
    .map((each) => DAYS.indexOf(each.replace(/^[+-]?\d+/, '')) + 1);
  const time = (name: string): string | null => /^([01]\d|2[0-3]):[0-5]\d/.exec(textOf(node, name) ?? '')?.[0] ?? null;
  return {
    days: [...new Set(days)].filter((day) => day > 0).sort(),
    opensAt: time('opens_at'),
    closesAt: time('closes_at'),
    validFrom: dayAt(node, 'valid_from'),
    validTo: dayAt(node, 'valid_to'),
    description: textOf(node, 'description'),
  };
}

function readCosts(node: JsonObject, note: Note): DirectoryCost[] {
  const costs = listOf(node, 'cost_options').map((each) => ({
    option: textOf(each, 'option'),
    amountPence: readAmount(each, note),
    description: textOf(each, 'amount_description'),
  }));
  const fees = textOf(node, 'fees_description') ?? textOf(node, 'fees');
  return fees === null ? costs : [...costs, { option: null, amountPence: null, description: fees }];
}

/** Directories for the United Kingdom that name no currency mean sterling. */
function readAmount(node: JsonObject, note: Note): Pence | null {
  const written = textOf(node, 'amount');
  if (written === null) return null;
  const currency = textOf(node, 'currency') ?? 'GBP';
  try {
    if (currency.toUpperCase() === 'GBP') return parsePounds(written);
  } catch {
    // Said below, for both reasons.
  }
  note('a cost is not an amount in pounds and pence; its words were kept');
  return null;
}

/** Terms of a taxonomy; attributes of the older kind (`label`, `value`) count as terms of a taxonomy named by the label. */
function readTerms(node: JsonObject): DirectoryTerm[] {
  return listOf(node, 'attributes').flatMap((attribute) => {
    const term = objectOf(attribute, 'taxonomy_term');
    const name = term ? textOf(term, 'name', 'term') : textOf(attribute, 'value');
    if (name === null) return [];
    return [{ taxonomy: term ? textOf(term, 'taxonomy') : textOf(attribute, 'label'), code: term && textOf(term, 'code', 'id'), name }];
  });
}
