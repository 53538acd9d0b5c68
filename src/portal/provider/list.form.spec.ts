import { describe, expect, it } from '@jest/globals';
import { readListing, typedListing } from './list.form.js';

const body = {
  name: 'Leaf & Spade',
  kind: 'micro-enterprise',
  service: 'Gardening together',
  activity: 'gardening',
  about: 'We dig.',
  place: 'm33',
  days: ['1', '4'],
  price: '59',
  per: 'session',
};
const read = (over: object) => readListing(typedListing({ ...body, ...over }));

describe('listing in one sitting', () => {
  it('reads the six answers', () =>
    expect(read({})).toMatchObject({ faults: [], command: { name: 'Leaf & Spade', place: 'M33', days: [1, 4], pricePence: 5900n, per: 'session' } }));
  it('needs no price', () => {
    const { command, faults } = read({ price: '', per: '' });
    expect([faults, command.pricePence, command.per]).toEqual([[], undefined, undefined]);
  });
  it('takes what is free', () => expect(read({ price: '0', per: '' })).toMatchObject({ faults: [], command: { pricePence: 0n } }));
  it.each([
    [{ name: '' }, ['name']],
    [{ kind: 'x' }, ['kind']],
    [{ service: '' }, ['service']],
    [{ activity: '' }, ['activity']],
    [{ about: '' }, ['about']],
    [{ place: 'Sale' }, ['place']],
    [{ days: undefined }, ['days']],
    [{ days: '9' }, ['days']],
    [{ price: 'cheap' }, ['price']],
    [{ per: '' }, ['per']],
    [{ per: 'minute' }, ['per']],
  ])('%o has faults at %o', (over, fields) => expect(read(over).faults.map((fault) => fault.field)).toEqual(fields));
});
