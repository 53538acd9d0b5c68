import { describe, expect, it } from '@jest/globals';
import type { CaseView } from '../../brokers/index.js';
import type { WaitingView } from '../../introductions/index.js';
import type { LocalDate, PersonId } from '../../kernel/index.js';
import { pence } from '../../kernel/index.js';
import type { ClusterView } from '../../matching/index.js';
import { clusterCard, plotOf, readPrices, unmetTable, waitingTable } from './workbench.view.js';

const today = '2026-11-20' as LocalDate;
const person = (id: string, over: object = {}): CaseView =>
  ({ personId: id, firstName: id, familyName: 'Invented', signedOn: '2026-11-01', ...over }) as unknown as CaseView;
const waiting = (id: string, over: object = {}): WaitingView => ({ personId: id as PersonId, card: 'none', openSince: null, met: 0, ...over }) as WaitingView;

describe('a broker’s workbench', () => {
  it('has those who wait longest first, and nobody who met somebody', () =>
    expect(
      waitingTable(
        [person('Ana'), person('Ben'), person('Cy', { signedOn: '2026-11-10' })],
        [waiting('Ana', { card: 'open', openSince: new Date('2026-11-05T10:00:00Z') }), waiting('Ben', { met: 1 }), waiting('Cy')],
        today,
      ).rows,
    ).toEqual([
      ['Ana Invented', '15 days, since 5 November 2026', 'Looking for others'],
      ['Cy Invented', '10 days, since 10 November 2026', 'No card yet'],
    ]));

  it.each([
    [{ fixed: '', perHead: '' }, undefined, []],
    [{ fixed: '60', perHead: '' }, { fixed: 6_000n, perHead: 0n }, []],
    [{ fixed: 'sixty', perHead: '2.50' }, undefined, ['fixed']],
  ])('reads the prices %j', (typed, cost, faults) => {
    const read = readPrices(typed);
    expect([read.cost, read.faults.map((fault) => fault.field)]).toEqual([cost, faults]);
  });

  it('says what each pays at most at n, n - 1 and n - 2, and only the names of the broker’s own', () => {
    const cluster = {
      key: 'k',
      goals: [{ id: 'bowls', words: 'bowls' }],
      days: ['2'],
      places: ['Sale'],
      widest: 2,
      size: 4,
      own: [{ personId: 'p', firstName: 'Ana' }],
    };
    const card = clusterCard(cluster as unknown as ClusterView, { fixed: pence(6_000), perHead: pence(0) });
    expect(card).toMatchObject({ what: 'Bowls', facts: '4 people in Sale, at most 2 miles apart. Tuesday.', own: 'Of your own people: Ana.' });
    expect(card.costs).toEqual(['With 4 people each pays £15.00 at most', 'With 3 people each pays £20.00 at most', 'With 2 people each pays £30.00 at most']);
  });

  it('draws places as they lie, and no number that is not in the table', () => {
    const places = [
      { district: 'M33', name: 'Sale', lat: 53.42, lon: -2.32 },
      { district: 'BL1', name: 'Bolton', lat: 53.59, lon: -2.43 },
    ];
    const goals = [{ goal: 'bowls', district: 'M33', people: 25 }];
    const [sale, bolton] = plotOf(places, goals).dots;
    expect([sale!.r, bolton!.r, sale!.y > bolton!.y, sale!.x > bolton!.x]).toEqual([14, 4, true, true]);
    expect(unmetTable(goals, places).rows).toEqual([['Bowls', 'Sale (M33)', '25']]);
  });
});
