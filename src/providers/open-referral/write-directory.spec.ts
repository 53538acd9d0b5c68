import { describe, expect, it } from '@jest/globals';
import { isId } from '../../kernel/index.js';
import { readDirectoryDocument } from './read-directory.js';
import { directoryPage, organisationFull, serviceFull, serviceSummary, uuidOf, writeDirectory } from './write-directory.js';

const ID = '0192a3b4-0000-7000-8000-000000000001';
const SOURCE = {
  id: ID,
  name: 'Thursday swim',
  description: 'Swimming',
  status: 'active',
  email: 'desk@baths.example',
  url: 'https://baths.example',
  alert: 'Closed in August',
  minimum_age: 16,
  assured_date: '2027-02-01',
  accreditations: 'Swim England',
  eligibility_description: 'Adults',
  fees_description: 'Pay at the desk',
  phones: [{ number: '0161 496 0000' }],
  organization: { id: '0192a3b4-0000-7000-8000-000000000002', name: 'Merebrook Baths' },
  schedules: [{ byday: 'MO,TH', opens_at: '10:00', closes_at: '11:30' }],
  cost_options: [{ option: 'Member', amount: 6.5 }],
  service_at_locations: [
    {
      location: {
        name: 'Baths',
        latitude: 53.42,
        longitude: -2.32,
        addresses: [{ address_1: '1 Pool Lane', postal_code: 'M33 0AA' }],
        accessibility: [{ description: 'Hoist' }],
      },
    },
  ],
  attributes: [{ taxonomy_term: { id: 't1', name: 'Swimming', taxonomy: 'Our goals' } }],
};
const { services, organisations } = readDirectoryDocument(SOURCE);

it('is read back as it was', () => {
  expect(readDirectoryDocument(JSON.parse(JSON.stringify(writeDirectory(services))))).toEqual({ services, organisations, problems: [] });
});

it('leaves out what has no value', () => {
  const bare = readDirectoryDocument({ ...SOURCE, email: null, schedules: [], cost_options: [] }).services[0]!;
  expect(Object.keys(serviceFull(bare))).not.toEqual(expect.arrayContaining(['email']));
  expect(JSON.stringify(serviceFull(bare))).not.toMatch(/null|\[\]/);
});

it('keeps details out of the list', () => {
  expect(Object.keys(serviceSummary(services[0]!))).not.toEqual(expect.arrayContaining(['schedules']));
});

it('publishes every id as a UUID, the same each time', () => {
  expect(uuidOf(ID)).toBe(ID);
  expect(uuidOf('x#1')).toBe(uuidOf('x#1'));
  const ids = [...JSON.stringify(serviceFull({ ...services[0]!, sourceId: 'x#1' })).matchAll(/"id":"([^"]*)"/g)].map((match) => match[1]);
  expect(ids.length).toBeGreaterThan(6);
  expect(ids.every(isId)).toBe(true);
  expect(new Set(ids).size).toBe(ids.length);
});

it('lists an organisation with its own services only', () => {
  const other = { ...services[0]!, organisation: { sourceId: 'other', name: 'Other' } };
  expect(organisationFull(organisations[0]!, [services[0]!, other])).toMatchObject({ name: 'Merebrook Baths', services: [{ id: ID }] });
});

describe('a page', () => {
  it.each([
    [{ page: 1, perPage: 2, total: 3 }, 2, { total_pages: 2, first_page: true, last_page: false, empty: false }],
    [{ page: 2, perPage: 2, total: 3 }, 1, { total_pages: 2, first_page: false, last_page: true, size: 1 }],
    [{ page: 1, perPage: 2, total: 0 }, 0, { total_pages: 1, first_page: true, last_page: true, empty: true }],
  ])('%j', (request, count, expected) => {
    expect(
      directoryPage(
        Array.from({ length: count }, () => ({})),
        request,
      ),
    ).toMatchObject(expected);
  });
});
