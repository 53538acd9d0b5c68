import { invalid } from '../../kernel/index.js';
import type { Directory, DirectoryOrganisation, DirectoryProblem, DirectoryService } from './directory.js';
import { isObject, listOf, objectOf, textOf } from './json-value.js';
import type { JsonObject } from './json-value.js';
import { contentHash, readOrganisation, readService } from './read-service.js';

/** Reads Open Referral UK 3 or HSDS 3 JSON: one service, organisation or service at a location, a list of them, or a page of a list.
 *  Keeps what can be kept and names the rest in `problems`; taxonomies and bare locations are recognised and left.
 *  A record without a name is left out. Refuses (`directory-not-understood`) only what is no JSON at all. */
export function readDirectory(json: string): Directory {
  let document: unknown;
  try {
    document = JSON.parse(json.replace(/^\ufeff/, ''));
  } catch {
    throw invalid('directory-not-understood', 'The directory was not understood: it is not JSON.');
  }
  return readDirectoryDocument(document);
}

/** The same for JSON already parsed, such as the body of an answer. */
export function readDirectoryDocument(document: unknown): Directory {
  const found: Found = { services: [], organisations: [], problems: [] };
  for (const { item, where } of itemsOf(document)) readItem(item, where, found);
  return {
    services: withOwnIds('service', found.services, found.problems),
    organisations: withOwnIds('organisation', fullestTellings(found.organisations), found.problems),
    problems: found.problems,
  };
}

interface Placed<T> {
  readonly record: T;
  readonly where: string;
}

interface Found {
  readonly services: Placed<DirectoryService>[];
  readonly organisations: Placed<DirectoryOrganisation>[];
  readonly problems: DirectoryProblem[];
}

const WRAPPERS = ['contents', 'content', 'items', 'services', 'organizations', 'organisations', 'data', 'results'];

/** The records of a file: the wrapper of a page, a bare list, or the file itself. An organisation with `services` is no wrapper. */
function itemsOf(document: unknown): { item: unknown; where: string }[] {
  if (Array.isArray(document)) return document.map((item: unknown, index) => ({ item, where: `[${index}]` }));
  if (isObject(document) && textOf(document, 'name') === null) {
    for (const name of WRAPPERS) {
      const list = document[name];
      if (Array.isArray(list)) return list.map((item: unknown, index) => ({ item, where: `${name}[${index}]` }));
    }
  }
  return [{ item: document, where: 'file' }];
}

function readItem(item: unknown, where: string, found: Found): void {
  const note = (reason: string): void => {
    found.problems.push({ where, reason });
  };
  if (!isObject(item)) return note('not a record');
  switch (kindOf(item)) {
    case 'service-at-location': {
      const service = objectOf(item, 'service')!;
      return addService({ ...service, service_at_locations: [item, ...listOf(service, 'service_at_locations')] }, where, note, found);
    }
    case 'service':
      return addService(item, where, note, found);
    case 'organisation':
      return addOrganisation(item, where, note, found);
    case 'taxonomy':
      return note('a taxonomy or a term of one: nothing to buy or visit, left out');
    case 'location':
      return note('a location without a service, left out');
    default:
      return note('neither a service nor an organisation, left out');
  }
}

const has = (node: JsonObject, ...names: readonly string[]): boolean => names.some((name) => Object.hasOwn(node, name));

function kindOf(item: JsonObject): 'service-at-location' | 'service' | 'organisation' | 'taxonomy' | 'location' | 'unknown' {
  if (isObject(item['service']) && has(item, 'location', 'location_id')) return 'service-at-location';
  if (has(item, 'status', 'organization', 'organization_id', 'service_at_locations', 'cost_options', 'assured_date', 'minimum_age')) return 'service';
  if (has(item, 'services', 'website', 'organization_identifiers', 'parent_organization_id', 'legal_status', 'tax_status', 'year_incorporated'))
    return 'organisation';
  if (has(item, 'taxonomy', 'term_uri', 'taxonomy_detail', 'taxonomy_id', 'version')) return 'taxonomy';
  if (has(item, 'location_type', 'latitude', 'longitude', 'addresses')) return 'location';
  return has(item, 'name', 'email', 'description') && has(item, 'id') ? 'organisation' : 'unknown';
}

function addService(node: JsonObject, where: string, note: (reason: string) => void, found: Found): void {
  const service = readService(node, note);
  if (service) found.services.push({ record: service, where });
  const owner = objectOf(node, 'organization');
  if (owner && textOf(owner, 'name') !== null) addOrganisation(owner, `${where}.organization`, note, found);
}

function addOrganisation(node: JsonObject, where: string, note: (reason: string) => void, found: Found): void {
  const organisation = readOrganisation(node, note);
  if (!organisation) return;
  found.organisations.push({ record: organisation, where });
  const owner = { id: organisation.sourceId, name: organisation.name };
  listOf(node, 'services').forEach((service, index) => {
    const place = `${where}.services[${index}]`;
    const noteService = (reason: string): void => {
      found.problems.push({ where: place, reason });
    };
    const read = readService({ ...service, organization: objectOf(service, 'organization') ?? owner }, noteService);
    if (read) found.services.push({ record: read, where: place });
  });
}

/** An organisation told again in fewer words (as below each service of a list) gives way to its fullest telling. */
function fullestTellings(placed: readonly Placed<DirectoryOrganisation>[]): Placed<DirectoryOrganisation>[] {
  const fullest = new Map<string, { readonly each: Placed<DirectoryOrganisation>; readonly size: number }>();
  for (const each of placed) {
    const key = JSON.stringify([each.record.sourceId, each.record.name]);
    const size = JSON.stringify(each.record).length;
    if (size > (fullest.get(key)?.size ?? -1)) fullest.set(key, { each, size });
  }
  return [...fullest.values()].map(({ each }) => each);
}

/** One record for each identity. Records that say the same are one, and the latest confirmed is kept. When one id is used for several
 *  things, none of them can claim it: each gets the id and a hash of what it says, so that order changes nothing and the next
 *  import of the same file finds them again. */
function withOwnIds<T extends DirectoryService | DirectoryOrganisation>(noun: string, placed: readonly Placed<T>[], problems: DirectoryProblem[]): T[] {
  const groups = new Map<string, Placed<T>[]>();
  for (const each of placed) {
    const group = groups.get(each.record.sourceId);
    if (group) group.push(each);
    else groups.set(each.record.sourceId, [each]);
  }
  return [...groups].flatMap(([id, group]) => {
    const byContent = new Map<string, T>();
    for (const { record } of group) {
      const hash = contentHash(record);
      const known = byContent.get(hash);
      if (!known || freshness(record) > freshness(known)) byContent.set(hash, record);
    }
    if (byContent.size === 1) return [...byContent.values()];
    const reason = `the id ${id} is used ${group.length} times for ${byContent.size} different ${noun}s; each is kept under an identity made from its content`;
    problems.push({ where: group[0]!.where, reason });
    return [...byContent].map(([hash, record]) => ({ ...record, sourceId: `${id}#${hash}` }));
  });
}

const freshness = (record: DirectoryService | DirectoryOrganisation): string =>
  'assuredOn' in record ? `${record.assuredOn ?? ''}${record.lastModifiedOn ?? ''}` : '';
