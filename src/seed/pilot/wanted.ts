import type { PersonId } from '../../kernel/index.js';
import { invariant, pence, penceAsNumber } from '../../kernel/index.js';
import type { Terms } from '../../pools/index.js';
import { partOf, type PoolPlan } from './pool-steps.js';
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
  /** What its agreement says in another way than most. */
  readonly more?: Omit<Partial<Terms>, 'parts' | 'moneyHolderBook'>;
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
    more: { decide: 'no-strong-objection', newcomers: 'share-set-up' },
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
    more: { decide: 'most-agree', quorumPercent: 60, oneMemberUpToPence: 2_000 },
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
  {
    key: 'walk',
    name: 'Ormstone slow walkers',
    purpose: 'Walk slowly and stop often.',
    provider: 'Ormstone Strollers',
    price: 1500,
    sessions: 0,
    kinds: [N, N, T],
  },
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
  {
    key: 'boat',
    name: 'A day on the canal',
    purpose: 'One long day on the water.',
    provider: 'Merebrook Canal Boat Trust',
    price: 5500,
    sessions: 0,
    kinds: [N, N, N],
  },
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

/** How much of a line can be put in at any time, in tenths: half of what comes from outside is paid late, and a tenth may be asked back before. */
const FREE_EARLY: Readonly<Record<Managed, bigint>> = { [N]: 10n, [T]: 4n, [D]: 5n };

/** Who is in which pool: the showcase has the three whose names everybody knows, the others go round the people of each kind whose money
 *  is enough for one pool more. */
export function drawPools(
  { moneyHolder }: Pick<World, 'moneyHolder'>,
  holders: readonly Holder[],
  listed: readonly ListedProvider[],
  brokers: readonly PersonId[],
): Map<string, PoolPlan> {
  const withBroker = holders.slice(0, 40);
  const spokenFor = WANTED.flatMap((wanted) => (wanted.first === undefined ? [] : [holders[wanted.first]!]));
  const left = new Map(holders.map((holder) => [holder, penceAsNumber(pence((holder.agreed * FREE_EARLY[holder.managed]) / 10n))]));
  const turn = new Map<Managed, number>([
    [N, 3],
    [T, 1],
    [D, 1],
  ]);
  const next = (kind: Managed, among: readonly Holder[], members: readonly Holder[], part: number): Holder => {
    const fitting = among.filter((holder) => holder.managed === kind && !members.includes(holder) && !spokenFor.includes(holder) && left.get(holder)! >= part);
    const at = turn.get(kind)!;
    turn.set(kind, at + 1);
    invariant(fitting.length > 0, `nobody of kind ${kind} has ${part} pence for one pool more`);
    return fitting[at % fitting.length]!;
  };
  return new Map(
    WANTED.map(({ kinds, provider, apart, first, funders, ...wanted }, n) => {
      const members: Holder[] = [];
      const part = wanted.sessions === 0 ? 0 : partOf(wanted.price, wanted.sessions + 1, kinds.length);
      for (const [place, kind] of kinds.entries()) {
        const named = n === 0 ? place : place === 0 ? first : undefined;
        const member = named === undefined ? next(kind, n > 0 && place > 0 ? holders : withBroker, members, part) : holders[named]!;
        left.set(member, left.get(member)! - part);
        members.push(member);
      }
      return [
        wanted.key,
        {
          ...wanted,
          members,
          broker: brokers[holders.indexOf(members[0]!) % 2]!,
          provider: listed.find((each) => each.facts.name === provider)!,
          moneyHolder: apart ? null : moneyHolder.book,
          ...(funders ? { funders } : {}),
        },
      ] as const;
    }),
  );
}
