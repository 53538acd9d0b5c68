import type { PersonId } from '../../kernel/index.js';
import type { PoolPlan } from './pool-steps.js';
import type { Holder, ListedProvider, Managed, World } from './world.js';

interface Wanted {
  readonly key: string;
  readonly name: string;
  readonly purpose: string;
  readonly provider: string;
  readonly price: number;
  /** As many as its members' money is for; none where no money ever comes. */
  readonly sessions: number;
  readonly kinds: readonly Managed[];
  readonly apart?: true;
  readonly funders?: 'first' | 'last';
  /** Who is the first member, by their place among the people; else it goes round. */
  readonly first?: number;
}

const N = 'notional';
const T = 'third-party';
const D = 'direct-payment';

const WANTED: readonly Wanted[] = [
  {
    key: 'swim',
    name: 'Thursday swimming',
    purpose: 'Swim together on Thursdays, with somebody in the water who knows us.',
    provider: 'Otter Pool Swimming Club',
    price: 4500,
    sessions: 19,
    kinds: [N, T, D],
  },
  {
    key: 'plot',
    name: 'The Coppice End plot',
    purpose: 'Grow vegetables and eat them.',
    provider: 'Green Fingers at Parting Moss',
    price: 4800,
    sessions: 12,
    kinds: [N, T, N, T, N],
    first: 3,
  },
  {
    key: 'choir',
    name: 'Out of Tune on Mondays',
    purpose: 'Sing, whatever it sounds like.',
    provider: 'The Out of Tune Choir',
    price: 3000,
    sessions: 8,
    kinds: [N, N, N, T, T, N],
    funders: 'first',
    first: 4,
  },
  {
    key: 'clay',
    name: 'Clay and cake',
    purpose: 'Make things from clay, and eat cake.',
    provider: 'Alderford Potters',
    price: 6000,
    sessions: 6,
    kinds: [N, T, D, D],
    apart: true,
  },
  {
    key: 'cook',
    name: 'Loaf and Ladle Tuesdays',
    purpose: 'Cook one dish a week that we can do alone afterwards.',
    provider: 'Loaf and Ladle Cookery',
    price: 5000,
    sessions: 8,
    kinds: [N, T, N, T],
    funders: 'last',
    first: 5,
  },
  {
    key: 'film',
    name: 'Friday film club',
    purpose: 'See a film and talk about it.',
    provider: 'Reel Thing Film Club',
    price: 3200,
    sessions: 8,
    kinds: [N, N, T, D],
    funders: 'first',
  },
  {
    key: 'ball',
    name: 'Kingfisher juniors no more',
    purpose: 'Wheelchair basketball for people who never played.',
    provider: 'Kingfisher Wheelchair Basketball',
    price: 4000,
    sessions: 6,
    kinds: [N, T, N],
  },
  { key: 'walk', name: 'Ormstone slow walkers', purpose: 'Walk slowly and stop often.', provider: 'Ormstone Strollers', price: 1500, sessions: 0, kinds: [N, N, T] },
  {
    key: 'drum',
    name: 'Wharfside beginners',
    purpose: 'Make a noise together.',
    provider: 'Wharfside Drum Circle',
    price: 4400,
    sessions: 0,
    kinds: [N, N, N, N, N, N, N, N, N, N, N, N],
  },
  { key: 'game', name: 'Pixel Lounge regulars', purpose: 'Play and make games.', provider: 'Pixel Lounge', price: 4200, sessions: 4, kinds: [N, T, N] },
  { key: 'boat', name: 'A day on the canal', purpose: 'One long day on the water.', provider: 'Merebrook Canal Boat Trust', price: 5500, sessions: 0, kinds: [N, N, N] },
  { key: 'ride', name: 'Halebarrow riders', purpose: 'Learn to ride.', provider: 'Halebarrow Riding for All', price: 7000, sessions: 2, kinds: [D, D, D, T] },
  {
    key: 'dice',
    name: 'Strethold dice and crumbs',
    purpose: 'Play a board game to its end, and share the biscuits.',
    provider: 'Board and Dice Evenings',
    price: 1800,
    sessions: 8,
    kinds: [T, N, T],
    funders: 'first',
  },
  {
    key: 'boccia',
    name: 'Boccia before lunch',
    purpose: 'Learn boccia in the warm hall.',
    provider: 'Strethold Boccia Club',
    price: 2400,
    sessions: 6,
    kinds: [N, T, T, D],
    funders: 'first',
  },
  {
    key: 'easel',
    name: 'The table by the window',
    purpose: 'Paint at one table, where the light is good.',
    provider: 'Thursday Easel',
    price: 2100,
    sessions: 6,
    kinds: [T, N, T],
  },
];

/** Whose staff can sign in as the provider. */
export const SHOWCASE_PROVIDER = WANTED[0]!.provider;

/** Who is in which pool: the showcase has the three whose names everybody knows, the others go round the people of each kind. */
export function drawPools(world: World, holders: readonly Holder[], listed: readonly ListedProvider[], brokers: readonly PersonId[]): Map<string, PoolPlan> {
  const withBroker = holders.slice(0, 40);
  const spokenFor = WANTED.flatMap((wanted) => (wanted.first === undefined ? [] : [holders[wanted.first]!]));
  const turn = new Map<Managed, number>([
    [N, 3],
    [T, 1],
    [D, 1],
  ]);
  return new Map(
    WANTED.map((wanted, n) => {
      const members: Holder[] = [];
      for (const [place, kind] of wanted.kinds.entries()) {
        const named = n === 0 ? place : place === 0 ? wanted.first : undefined;
        if (named !== undefined) {
          members.push(holders[named]!);
          continue;
        }
        const pool = n > 0 && place > 0 ? holders : withBroker;
        const fitting = pool.filter((holder) => holder.managed === kind && !members.includes(holder) && !spokenFor.includes(holder));
        const at = turn.get(kind)!;
        turn.set(kind, at + 1);
        members.push(fitting[at % fitting.length]!);
      }
      const broker = brokers[holders.indexOf(members[0]!) % 2]!;
      const provider = listed.find((each) => each.facts.name === wanted.provider)!;
      return [
        wanted.key,
        {
          key: wanted.key,
          name: wanted.name,
          purpose: wanted.purpose,
          price: wanted.price,
          broker,
          members,
          provider,
          moneyHolder: wanted.apart ? null : world.moneyHolder.book,
          ...(wanted.funders ? { funders: wanted.funders } : {}),
        },
      ] as const;
    }),
  );
}
