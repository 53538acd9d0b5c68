import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { DomainError } from '../../kernel/index.js';
import { readDirectory, readDirectoryDocument } from './read-directory.js';

const ID = '0192a3b4-0000-7000-8000-000000000001';
const service = (more: object = {}): object => ({
  id: ID,
  name: 'Thursday swim',
  description: 'Swimming',
  status: 'active',
  organization: { id: 'o1', name: 'Merebrook Baths' },
  ...more,
});
const only = (more: object) => readDirectoryDocument(service(more));

describe('one service', () => {
  it('keeps what helps to choose it', () => {
    const { services, problems } = only({
      minimum_age: 16,
      maximum_age: '99',
      assured_date: '2027-02-01',
      last_modified: '2027-03-15T10:30:45.123Z',
      url: 'https://baths.example',
      phones: [{ number: '"0161 496 0000"' }],
      schedules: [{ byday: '1TH,MO', opens_at: '10:00:00', closes_at: '11:30' }],
      cost_options: [{ option: 'Member', amount: 6.5, currency: 'GBP' }],
      service_at_locations: [
        {
          location: {
            name: 'Baths',
            latitude: 53.42,
            longitude: -2.32,
            addresses: [{ address_1: '1 Pool Lane', city: 'Merebrook', postal_code: 'm330aa', attention: 'Iris Exampleton' }],
          },
        },
      ],
      attributes: [{ taxonomy_term: { id: 't1', name: 'Swimming', taxonomy: 'Our goals' } }],
    });
    expect(problems).toEqual([]);
    expect(services).toEqual([
      expect.objectContaining({
        sourceId: ID,
        minimumAge: 16,
        maximumAge: 99,
        assuredOn: '2027-02-01',
        lastModifiedOn: '2027-03-15',
        phones: ['0161 496 0000'],
        organisation: { sourceId: 'o1', name: 'Merebrook Baths' },
        schedules: [{ days: [1, 4], opensAt: '10:00', closesAt: '11:30', validFrom: null, validTo: null, description: null }],
        costs: [{ option: 'Member', amountPence: 650n, description: null }],
        locations: [{ name: 'Baths', postcode: 'M33 0AA', latitude: 53.42, longitude: -2.32, address: '1 Pool Lane, Merebrook', accessibility: [] }],
        terms: [{ taxonomy: 'Our goals', code: 't1', name: 'Swimming' }],
      }),
    ]);
  });

  it('keeps nothing of people', () => {
    const read = only({
      contacts: [{ name: 'Iris Exampleton', email: 'iris@baths.example', phones: [{ number: '07700 900000' }] }],
      assurer_email: 'iris@council.example',
    });
    expect(JSON.stringify(read)).not.toMatch(/iris|07700/i);
  });

  it('follows no address but http and https', () => {
    expect(only({ url: 'javascript:alert(1)' }).services[0]!.url).toBeNull();
  });

  it.each([
    ['a latitude beyond the pole', { service_at_locations: [{ location: { latitude: 100, longitude: 101 } }] }, /coordinates are not on Earth/],
    ['a foreign postcode', { service_at_locations: [{ location: { addresses: [{ postal_code: 'ABC 1234' }] } }] }, /postcode is not British/],
    ['an age of 900', { maximum_age: 900 }, /ages are not possible/],
    ['a cost in another currency', { cost_options: [{ amount: 5, currency: 'EUR' }] }, /not an amount in pounds/],
    ['a cost with parts of a penny', { cost_options: [{ amount: 5.125 }] }, /not an amount in pounds/],
    ['no description and no organisation', { description: ' ', organization: undefined }, /missing: description, organization/],
  ])('keeps the service and names %s', (_, more, reason) => {
    const { services, problems } = only(more);
    expect(services).toHaveLength(1);
    expect(problems).toEqual([{ where: 'file', reason: expect.stringMatching(reason) }]);
  });

  it('leaves out a service without a name', () => {
    expect(only({ name: '' })).toMatchObject({ services: [], problems: [{ reason: expect.stringMatching(/no name/) }] });
  });
});

describe('identity', () => {
  const list = (...contents: object[]) => readDirectoryDocument({ contents });

  it('makes one of records that say the same, and keeps the latest confirmed', () => {
    const { services, problems } = list(service({ assured_date: '2026-01-01' }), service({ assured_date: '2027-01-01' }), service());
    expect(services).toMatchObject([{ sourceId: ID, assuredOn: '2027-01-01' }]);
    expect(problems).toEqual([]);
  });

  it('gives services that share an id identities by content, the same in any order, and says so', () => {
    const [a, b] = [service(), service({ name: 'Friday swim' })];
    const ids = (found: ReturnType<typeof list>): string[] => found.services.map((each) => `${each.name} ${each.sourceId}`).sort();
    expect(ids(list(a, b))).toEqual(ids(list(b, a, b)));
    expect(new Set(list(a, b).services.map((each) => each.sourceId)).size).toBe(2);
    expect(list(a, b).services.every((each) => each.sourceId.startsWith(`${ID}#`))).toBe(true);
    expect(list(a, b).problems).toEqual([{ where: 'contents[0]', reason: expect.stringMatching(/used 2 times for 2 different services/) }]);
  });

  it('gives a service without an id the same identity at each import', () => {
    const ids = [0, 1].map(() => list(service({ id: undefined })).services[0]!.sourceId);
    expect(ids[0]).toMatch(/^#[0-9a-f]{16}$/);
    expect(ids[0]).toBe(ids[1]);
  });

  it('keeps the fullest telling of an organisation', () => {
    const { organisations } = list(
      service(),
      service({ id: 'x', name: 'Gym', organization: { id: 'o1', name: 'Merebrook Baths', email: 'desk@baths.example' } }),
    );
    expect(organisations).toMatchObject([{ sourceId: 'o1', email: 'desk@baths.example' }]);
  });
});

describe('shapes of file', () => {
  it.each(['contents', 'content', 'items'])('opens a page wrapped in %s', (wrapper) => {
    expect(readDirectoryDocument({ total_items: 1, [wrapper]: [service()] }).services).toHaveLength(1);
  });

  it('reads bare lists, organisations with their services, and services at a location', () => {
    expect(readDirectoryDocument([service()]).services).toHaveLength(1);
    expect(readDirectoryDocument({ id: 'o1', name: 'Baths', services: [{ id: 's', name: 'Swim' }] }).services).toMatchObject([
      { name: 'Swim', organisation: { sourceId: 'o1', name: 'Baths' } },
    ]);
    expect(readDirectoryDocument({ id: 'sal', location: { name: 'Hall' }, service: service() }).services[0]!.locations).toMatchObject([{ name: 'Hall' }]);
  });

  it('says what it leaves out', () => {
    const { services, problems } = readDirectoryDocument([{ id: 't', name: 'n', taxonomy: 'x' }, { id: 'l', latitude: 1 }, { a: 1 }, 7, null]);
    expect(services).toEqual([]);
    expect(problems.map((each) => each.where)).toEqual(['[0]', '[1]', '[2]', '[3]', '[4]']);
  });

  it('refuses what is no JSON', () => {
    expect(() => readDirectory('<html>')).toThrow(DomainError);
  });

  it('never fails on any JSON', () => {
    const key = fc.constantFrom(
      'name',
      'id',
      'status',
      'organization',
      'locations',
      'cost_options',
      'amount',
      'phones',
      'attributes',
      'contents',
      'service',
      'location',
      'schedules',
      'byday',
      '__proto__',
    );
    const anything = fc.letrec((tie) => ({
      node: fc.oneof(
        { maxDepth: 4 },
        fc.constantFrom<unknown>(null, 1, 'x', -1e300, true),
        fc.array(tie('node'), { maxLength: 3 }),
        fc.dictionary(key, tie('node'), { maxKeys: 5 }),
      ),
    })).node;
    fc.assert(
      fc.property(anything, (document) => Array.isArray(readDirectoryDocument(document).services)),
      { numRuns: 500 },
    );
  });
});

/** Directories published by others, kept beside the project; see the README there. */
const DATA = join(process.cwd(), '..', 'shared', 'data', 'open-referral');
if (!existsSync(DATA)) console.warn(`Published directories are not here (${DATA}): their tests are skipped.`);
const withData = existsSync(DATA) ? describe : describe.skip;

withData('published directories', () => {
  /** Services, organisations and problems of each file. */
  const EXPECTED: Readonly<Record<string, readonly [number, number, number]>> = {
    'hsds-examples/location.json': [0, 0, 1],
    'hsds-examples/organization_full.json': [1, 1, 4],
    'hsds-examples/organization_list.json': [0, 1, 0],
    'hsds-examples/service_full.json': [1, 1, 4],
    'hsds-examples/service_list.json': [1, 1, 0],
    'hsds-examples/taxonomy_term_list.json': [0, 0, 1],
    'oruk-default/organization.json': [1, 1, 2],
    'oruk-default/organization_list.json': [0, 10, 0],
    'oruk-default/service_at_location_full.json': [1, 1, 2],
    'oruk-default/service_full.json': [1, 1, 2],
    'oruk-default/service_list.json': [1, 1, 0],
    'oruk-default/taxonomy_list.json': [0, 0, 1],
    'oruk-default/taxonomy_term_list.json': [0, 0, 1],
    'oruk-test/organization_full.json': [1, 1, 2],
    'oruk-test/organization_list.json': [0, 1, 0],
    'oruk-test/service_at_location_full.json': [1, 1, 2],
    'oruk-test/service_full.json': [1, 1, 2],
    'oruk-test/service_list_data.json': [65, 1, 52],
    'oruk-test/taxonomy_term_list.json': [0, 0, 1],
  };
  const files = existsSync(DATA) ? readdirSync(DATA).flatMap((folder) => readdirSync(join(DATA, folder)).map((name) => `${folder}/${name}`)) : [];

  it.each(files)('%s', (name) => {
    const { services, organisations, problems } = readDirectory(readFileSync(join(DATA, name), 'utf8'));
    expect([services.length, organisations.length, problems.length]).toEqual(EXPECTED[name]);
  });

  it('tells apart the 65 different services among 128 that share one id', () => {
    const { services, problems } = readDirectory(readFileSync(join(DATA, 'oruk-test/service_list_data.json'), 'utf8'));
    expect(new Set(services.map((each) => each.sourceId)).size).toBe(65);
    expect(problems.at(-1)!.reason).toMatch(/used 128 times for 65 different services/);
  });
});
