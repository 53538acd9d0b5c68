import { type InventedProvider, PLACES, PROVIDERS } from '../../district/index.js';
import { DirectoryImports, Providers } from '../../providers/index.js';
import { addDays, addMonths } from '../../kernel/index.js';
import { addStaff } from './bodies.js';
import type { ListedProvider, World } from './world.js';

const KINDS: Readonly<Record<InventedProvider['kind'], string>> = {
  'micro-enterprise': 'micro-enterprise',
  charity: 'charity',
  agency: 'company',
  club: 'community',
  company: 'company',
  'personal-assistant': 'person',
  community: 'community',
};
const UNITS: Readonly<Partial<Record<InventedProvider['unit'], string>>> = {
  hour: 'hour',
  session: 'session',
  day: 'day',
  night: 'day',
  week: 'week',
  month: 'month',
};

/** Every provider of the district lists itself in one sitting, by a person of its own who may sign in for it. */
export async function listProviders(world: World): Promise<ListedProvider[]> {
  const { house } = world;
  const listed = await house.forEach(PROVIDERS, async (facts): Promise<ListedProvider> => {
    const draw = world.random.branch(`provider-${facts.name}`);
    const person = await addStaff(house, draw, { grants: [] });
    const place = PLACES.find((each) => each.name === facts.place)!.postcodeDistrict;
    const per = UNITS[facts.unit] ?? 'once';
    const { id } = await house.get(Providers).list(await house.actor(person), {
      name: facts.name,
      kind: KINDS[facts.kind],
      service: facts.activity.replace(/^./, (first) => first.toUpperCase()),
      activity: facts.activity,
      about: `${facts.activity.replace(/^./, (first) => first.toUpperCase())} for people who bring their own budgets, alone or together.`,
      place,
      days: draw.some([1, 2, 3, 4, 5, 6, 7], 1 + draw.int(4)).sort(),
      pricePence: facts.lowestPence,
      per,
    });
    await house.write({ providers: [id], people: [person] }, async (tx, actor) => {
      for (const kind of ['identity', 'bank-account', 'public-liability'])
        await house
          .get(Providers)
          .addCheck(tx, actor, { provider: id, kind, seenOn: house.today, expiresOn: addMonths(house.today, kind === 'public-liability' ? 12 : 36) });
    });
    return { id, person, facts };
  });
  return listed;
}

/** Some confirm for a short time only, so that their listing lapses when nobody confirms it again. */
export async function confirmBriefly(world: World, listed: readonly ListedProvider[]): Promise<void> {
  const { house } = world;
  for (const { id, person } of listed.slice(-4)) await house.get(Providers).confirm(await house.actor(person), id, addDays(house.today, 30));
}

/** One has not made up its mind yet; another, that no pool buys from, takes itself off the list. */
export async function comeAndGo(world: World, listed: readonly ListedProvider[], busy: ReadonlySet<ListedProvider>): Promise<void> {
  const { house } = world;
  const person = await addStaff(house, world.random.branch('provider-draft'), { grants: [] });
  await house.get(Providers).begin(await house.actor(person), { name: 'Half a Shed Repairs', kind: 'person' });
  const leaving = listed.find((each) => !busy.has(each))!;
  await house.get(Providers).withdraw(await house.actor(leaving.person), leaving.id, { reason: 'We retire to the sea.' });
}

/** A page of a neighbour's directory, with one service that has ended. One is left out when it is brought again, and lapses. */
export async function importDirectory(world: World, isAgain = false): Promise<void> {
  const service = (n: number, name: string, status: string): object => ({
    id: `00000000-0000-4000-8000-00000000000${n}`,
    name,
    status,
    description: `${name}, from the neighbouring directory.`,
    organization: { id: '00000000-0000-4000-8000-0000000000ff', name: 'Fenwold Community Directory', description: 'Groups and places across the border.' },
  });
  const contents = [service(1, 'Fenwold walking football', 'active'), service(2, 'Fenwold tea dance', 'inactive')];
  if (!isAgain) contents.push(service(3, 'Fenwold lantern evenings', 'active'));
  const page = { total_items: contents.length, contents };
  const { house } = world;
  const actor = { ...(await house.actor(world.operator)) };
  await house.get(DirectoryImports).import(actor, 'fenwold-directory', new TextEncoder().encode(JSON.stringify(page)));
}
