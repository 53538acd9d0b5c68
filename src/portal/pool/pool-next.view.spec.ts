import { describe, expect, it } from '@jest/globals';
import type { LocalDate } from '../../kernel/index.js';
import { pence } from '../../kernel/index.js';
import type { NextFacts } from './pool-next.view.js';
import { nextSession, nextSteps } from './pool-next.view.js';

const today = '2027-03-08' as LocalDate;
const none = pence(0);
const money = (putIn: number) => ({ putIn: pence(putIn), free: pence(putIn), committed: none, spent: none });
const session = (day: string, state: string, mine: bigint | null = 100n) => ({ id: day, day, state, mine });
const agreement = (iAssented: boolean) => ({ state: 'offered', version: 1, iAssented, assented: ['Ben'] });

interface Over {
  readonly pool?: object;
  readonly quotes?: readonly object[];
  readonly sessions?: readonly object[];
  readonly setsUp?: boolean;
}

const facts = ({ pool = {}, quotes = [], sessions = [], setsUp = false }: Over): NextFacts =>
  ({
    pool: {
      id: 'p',
      name: 'Monday Gardeners',
      state: 'active',
      brokerId: 'b',
      members: [{ firstName: 'Ana', isMe: true, state: 'member' }],
      mine: money(1),
      others: money(1),
      agreements: [],
      contributions: [],
      ...pool,
    },
    quotes,
    purchases: sessions.length > 0 ? [{ service: 'Gardening', sessions }] : [],
    today,
    setsUp,
  }) as unknown as NextFacts;
const texts = (over: Over): string[] => nextSteps(facts(over)).map((step) => step.text);
const broker = { members: [{ firstName: 'Ana', isMe: false, state: 'member' }], mine: null };

describe('what a pool needs of a member', () => {
  it.each<[Over, string[]]>([
    [{}, []],
    [{ pool: { state: 'agreeing', agreements: [agreement(false)] } }, ['Read the agreement and say if you agree']],
    [{ pool: { state: 'agreeing', agreements: [agreement(true)] } }, []],
    [{ pool: { mine: money(0) } }, ['Put money in']],
    [{ pool: { mine: money(0), contributions: [{ id: 'c', state: 'on-its-way', by: 'card' }] } }, ['Finish paying by card']],
    [{ pool: { mine: money(0), contributions: [{ id: 'c', state: 'on-its-way', by: 'bank' }] } }, []],
    [{ quotes: [{ state: 'offered', iChose: false }] }, ['Say yes to the quote, or talk about it']],
    [
      {
        quotes: [
          { state: 'offered', iChose: false },
          { state: 'offered', iChose: false },
        ],
      },
      ['Choose between 2 quotes'],
    ],
    [
      {
        quotes: [
          { state: 'offered', iChose: true },
          { state: 'offered', iChose: false },
        ],
      },
      [],
    ],
    [{ quotes: [{ state: 'chosen', iChose: true }] }, []],
    [{ sessions: [session('2027-03-05', 'recorded')] }, ['Did Gardening happen on 5 March 2027?']],
    [{ sessions: [session('2027-03-05', 'recorded', null), session('2027-03-06', 'confirmed')] }, []],
    [{ pool: { members: [{ firstName: 'Ana', isMe: true, state: 'left' }], mine: money(0) } }, []],
  ])('%j', (over, expected) => expect(texts(over)).toEqual(expected));

  it('puts what is overdue first, and says so in words', () => {
    const [first] = nextSteps(facts({ pool: { state: 'active', agreements: [agreement(false)] }, sessions: [session('2027-02-01', 'recorded')] }));
    expect(first).toMatchObject({ isUrgent: true, hint: 'We asked you to say so by 8 February 2027' });
  });
});

describe('what it needs of who sets it up', () => {
  it.each<[Over, string[]]>([
    [{ pool: { ...broker, state: 'forming' } }, ['Write the agreement']],
    [{ pool: broker }, ['Ask providers for quotes']],
    [{ pool: broker, quotes: [{ id: 'q', state: 'chosen', service: 'Gardening' }] }, ['Set the days for Gardening']],
    [{ pool: broker, quotes: [{ state: 'committed' }], sessions: [session('2027-03-08', 'planned'), session('2027-03-09', 'planned')] }, ['Record 1 session']],
    [{ pool: { brokerId: null, state: 'forming', mine: money(0) } }, ['Write the agreement']],
    [{ pool: { brokerId: null }, quotes: [{ id: 'q', state: 'chosen', service: 'Gardening' }] }, ['Set the days for Gardening']],
    [{ pool: { brokerId: null } }, ['Ask providers for quotes']],
    [{ pool: { brokerId: null }, quotes: [{ state: 'committed' }] }, []],
    [{ pool: { brokerId: null, mine: money(0) } }, ['Put money in']],
  ])('%j', (over, expected) => expect(texts({ ...over, setsUp: true })).toEqual(expected));

  it('is for another only what the reader’s authority covers', () => {
    const forHer = (mayDecide: boolean): object => ({ personId: 'a', firstName: 'Ana', as: 'helper', mayDecide });
    const open = { agreements: [agreement(false)], brokerId: null };
    const answers = { quotes: [{ state: 'offered', iChose: false }], sessions: [session('2027-03-05', 'recorded')] };
    expect(texts({ pool: { ...open, actingFor: forHer(true) } })).toEqual(['Read the agreement and say if you agree', 'Ask providers for quotes']);
    expect(texts({ pool: { ...open, actingFor: forHer(false) } })).toEqual([]);
    expect(texts({ pool: { actingFor: forHer(true) }, ...answers })).toEqual([]);
  });

  it('is nothing for others', () => expect(texts({ pool: { ...broker, state: 'forming' } })).toEqual([]));
});

it('finds the next session to come over all purchases', () => {
  const purchases = [
    { service: 'Gardening', sessions: [session('2027-03-15', 'planned'), session('2027-03-01', 'planned')] },
    { service: 'Swimming', sessions: [session('2027-03-09', 'planned'), session('2027-03-08', 'recorded')] },
  ] as never;
  expect(nextSession(purchases, today)).toEqual({ id: '2027-03-09', day: '2027-03-09', state: 'planned', service: 'Swimming' });
  expect(nextSession([], today)).toBeUndefined();
});
