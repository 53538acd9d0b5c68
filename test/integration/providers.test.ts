/** Listings: begun, listed, confirmed, lapsed and taken off, by those who speak for a provider; and services that leave the searches. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { OrganisationId } from '../../src/kernel/index.js';
import { DirectoryImports } from '../../src/providers/index.js';
import type { Caller } from '../support/house.js';
import { House } from '../support/house.js';

const answers = {
  name: 'Leaf and Spade',
  kind: 'micro-enterprise',
  service: 'Gardening together',
  activity: 'gardening',
  about: 'We dig, and we drink tea.',
  place: 'M33',
  days: [1, 4],
  pricePence: 5900,
  per: 'session',
};

describe('providers', () => {
  let house: House;
  let wren: Caller;
  let other: Caller;

  beforeAll(async () => {
    house = await House.open({ at: '2026-02-02T10:00:00Z' });
    wren = await house.person('Wren');
    other = await house.person('Otto');
  });
  afterAll(async () => {
    expect(await house.faults()).toEqual({});
    await house.close();
  });

  const found = async (words: string): Promise<string[]> =>
    (await other.get(`services?q=${encodeURIComponent(words)}`)).body.items.map((item: { name: string; state: string }) => `${item.name}: ${item.state}`);
  const stateOf = async (id: string, as = wren): Promise<string> => (await as.get(`providers/${id}`)).body.state ?? 'not found';
  const events = async (name: string): Promise<number> =>
    Number((await house.database.read(house.system({}), (tx) => tx.row<{ n: bigint }>('select count(*) as n from outbox_event where name = $1', [name])))!.n);

  it('begins a listing that nobody else sees, lists it, takes it off, and lists it again', async () => {
    const { id, state } = await wren.must('post', 'provider-drafts', { name: 'Leaf', kind: 'person' });
    expect([state, await stateOf(id), await stateOf(id, other)]).toEqual(['draft', 'draft', 'not found']);
    expect((await other.send('post', `providers/${id}/list`, answers)).status).toBe(404);
    expect((await wren.send('post', `providers/${id}/confirm`)).body.code).toBe('provider-not-listed');

    expect(await wren.must('post', `providers/${id}/list`, answers)).toMatchObject({ id, state: 'listed' });
    expect([await stateOf(id, other), await found('gardening')]).toEqual(['listed', ['Gardening together: listed']]);
    expect((await wren.send('post', `providers/${id}/list`, answers)).body.code).toBe('provider-is-listed');

    expect((await other.send('post', `providers/${id}/withdraw`)).status).toBe(404);
    const key = 'take-it-off';
    expect(await wren.must('post', `providers/${id}/withdraw`, { reason: 'I retire.' }, key)).toEqual({ id, state: 'withdrawn' });
    expect(await wren.must('post', `providers/${id}/withdraw`, { reason: 'I retire.' }, key)).toEqual({ id, state: 'withdrawn' });
    expect((await wren.send('post', `providers/${id}/withdraw`, {}, 'take-it-off-again')).body.code).toBe('provider-is-withdrawn');
    expect([await found('gardening'), (await wren.send('post', `providers/${id}/confirm`)).status]).toEqual([[], 409]);

    expect(await wren.must('post', `providers/${id}/list`, { ...answers, service: 'Gardening again' })).toMatchObject({ state: 'listed' });
    expect(await found('gardening')).toEqual(['Gardening again: listed']);
    expect([await events('providerListed'), await events('providerWithdrawn')]).toEqual([2, 1]);
    await wren.must('post', `providers/${id}/withdraw`);
  });

  it('steps back when nobody confirms it, leaves the searches a season later, and comes back when confirmed', async () => {
    const { id } = await wren.must('post', 'providers', { ...answers, activity: 'pottery', service: 'Pottery' });
    house.clock.set(new Date('2027-02-03T10:00:00Z'));
    await house.run('providers-lapse');
    expect([await stateOf(id), await found('pottery'), await events('providerLapsed')]).toEqual(['lapsed', ['Pottery: listed'], 1]);
    house.clock.set(new Date('2027-05-04T10:00:00Z'));
    await house.run('providers-lapse');
    expect([await stateOf(id), await found('pottery')]).toEqual(['lapsed', []]);
    expect((await wren.get(`providers/${id}`)).body.services).toMatchObject([{ name: 'Pottery', state: 'lapsed' }]);
    expect(await wren.must('post', `providers/${id}/confirm`)).toEqual({ id, state: 'listed', assuredUntil: '2028-05-04' });
    expect(await found('pottery')).toEqual(['Pottery: listed']);
    await house.run('providers-lapse');
    expect(await found('pottery')).toEqual(['Pottery: listed']);
  });

  it('lets imported services lapse when no import has shown them for three months, and brings them back when one does', async () => {
    const icb = await house.organisation('icb', 'An invented ICB');
    const officer = house.system({ icbs: [icb as OrganisationId] });
    const service = (n: number, name: string): object => ({
      id: `00000000-0000-4000-8000-00000000000${n}`,
      name,
      status: 'active',
      description: `${name}.`,
      organization: { id: '00000000-0000-4000-8000-0000000000ff', name: 'A directory', description: 'Places.' },
    });
    const bring = (...contents: object[]) =>
      house.app.get(DirectoryImports).import(officer, 'a-directory', new TextEncoder().encode(JSON.stringify({ total_items: contents.length, contents })));
    await bring(service(1, 'Zumba on Mondays'), service(2, 'Zumba on Fridays'));
    house.clock.set(new Date('2027-07-01T10:00:00Z'));
    await bring(service(1, 'Zumba on Mondays'));
    house.clock.set(new Date('2027-08-05T10:00:00Z'));
    await house.run('providers-lapse');
    expect(await found('zumba')).toEqual(['Zumba on Mondays: listed']);
    await bring(service(1, 'Zumba on Mondays'), service(2, 'Zumba on Fridays'));
    expect((await found('zumba')).sort()).toEqual(['Zumba on Fridays: listed', 'Zumba on Mondays: listed']);
    house.clock.set(new Date('2028-03-01T10:00:00Z'));
    await house.run('providers-lapse');
    expect([await found('zumba'), await events('providerLapsed')]).toEqual([[], 2]);
    await bring(service(1, 'Zumba on Mondays'));
    expect(await found('zumba')).toEqual(['Zumba on Mondays: listed']);
  });
});
