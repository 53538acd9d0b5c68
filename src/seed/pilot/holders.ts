import { Commissioning } from '../../commissioning/index.js';
import { bankDetailsFor, nhsNumberFor, personName, PLACES, type Random } from '../../district/index.js';
import { OwnAccounts } from '../../finance/index.js';
import { Holders } from '../../holders/index.js';
import type { Actor, BookId, LocalDate, OrganisationId, Pence, PersonId } from '../../kernel/index.js';
import { addDays, addMonths, pence } from '../../kernel/index.js';
import { PaymentSettings } from '../../payments/index.js';
import { Plans } from '../../plans/index.js';
import type { Holder, IcbSide, Managed, World } from './world.js';

/** Somebody as they are drawn before they are there. */
export interface Drawn {
  readonly index: number;
  readonly firstName: string;
  readonly familyName: string;
  readonly bornOn: LocalDate;
  readonly place: string;
  readonly icb: 'home' | 'neighbour';
  readonly managed: Managed;
  readonly agreed: Pence;
  readonly state: 'funded' | 'agreed' | 'draft';
  readonly reach: 'letter' | 'email' | 'text' | 'phone';
  readonly format: 'standard' | 'large-print' | 'easy-read' | 'audio' | 'braille';
}

/** Three people whose names every demonstration knows. */
export const SHOWCASE = ['Ottilie', 'Kofi', 'Rhiannon'] as const;
/** The first people are as the stories need them: the three; one with little left; one of the neighbouring ICB;
 *  one who spends fast. Sums in pence. */
const FIRST: readonly (readonly [Managed, 'home' | 'neighbour', number])[] = [
  ['notional', 'home', 48_000],
  ['third-party', 'home', 64_000],
  ['direct-payment', 'neighbour', 72_000],
  ['notional', 'home', 12_600],
  ['notional', 'neighbour', 60_000],
  ['notional', 'home', 11_400],
];
/** What people who join pools have for the year, in pence. */
const SMALL = [42_000, 54_000, 66_000, 90_000, 120_000] as const;
const SERVICES = ['Personal assistant at home', 'Physiotherapy', 'Help to go out', 'Home care', 'Talking therapy', 'A week away with support'] as const;
const OUTCOMES = ['I stay well at home', 'I keep my strength', 'I go where I want to go', 'I feel calmer', 'My family can rest'] as const;

/** A plan agreed anew in the middle of the year takes the place of the first. */
export async function replacePlan(world: World, holder: Holder): Promise<void> {
  const { house } = world;
  const coordinator = await house.actor(holder.icb.coordinator);
  const plan = await house.get(Plans).draft(coordinator, {
    personId: holder.id,
    about: 'Things have changed since spring.',
    risks: 'None beyond everyday ones.',
    coordinatorId: holder.icb.coordinator,
    reviewOn: addMonths(house.today, 3),
    consentOn: house.today,
    lines: [
      { service: 'Doing things with other people', category: 'activity', amountPence: holder.agreed, per: 'year', outcome: 'I see other people every week' },
    ],
  });
  await house.get(Commissioning).agreePlan(coordinator, plan.id, { reason: 'The needs have changed, and the plan with them.' });
}

/** The first people, who join the pools, have kinds and sums by their place, the same for every seed: enough of each kind, with enough money. */
const IN_POOLS = 45;
const kindByPlace = (index: number): Managed => (index % 5 === 1 ? 'third-party' : index % 10 === 8 ? 'direct-payment' : 'notional');
const kindByChance = (twelfth: number): Managed => (twelfth < 2 ? 'third-party' : twelfth === 2 ? 'direct-payment' : 'notional');
const sumByPlace = (index: number): number => SMALL[(index + Math.floor(index / 5)) % SMALL.length]!;

/** After the first, one in six third-party, one in twelve a direct payment: about 150 of 600. Our judgement, November 2026. */
export function drawPeople(random: Random, count: number, today: LocalDate): Drawn[] {
  const share = PLACES.flatMap((place) => Array.from({ length: place.share }, () => place.postcodeDistrict));
  return Array.from({ length: count }, (_, index): Drawn => {
    const draw = random.branch(`person-${index}`);
    const name = personName(draw);
    const drawn = { managed: kindByChance(draw.int(12)), agreed: Math.round(draw.logNormal(10_400, 0.6)) * 100 };
    const usual = index < IN_POOLS ? { managed: kindByPlace(index), agreed: sumByPlace(index) } : drawn;
    const [managed, icb, agreed] = FIRST[index] ?? ([usual.managed, draw.chance(0.15) ? 'neighbour' : 'home', usual.agreed] as const);
    return {
      index,
      firstName: SHOWCASE[index] ?? name.firstName,
      familyName: name.familyName,
      managed,
      icb,
      place: draw.pick(share),
      bornOn: addDays(addMonths(today, -12 * (19 + draw.int(70))), -draw.int(364)),
      agreed: pence(agreed),
      state: index % 25 === 17 ? 'draft' : index % 25 === 21 ? 'agreed' : 'funded',
      reach: draw.pick(['letter', 'letter', 'email', 'text', 'phone'] as const),
      format: draw.pick(['standard', 'standard', 'standard', 'large-print', 'easy-read', 'audio'] as const),
    };
  });
}

/** From registration to a funded budget, as the ICB's own people do it. Answers those who have a budget. */
export async function makeHolders(world: World, drawn: readonly Drawn[]): Promise<Holder[]> {
  const { house } = world;
  const sides = { home: world.home, neighbour: world.neighbour };
  const actors = new Map<PersonId, Actor>();
  for (const person of [world.home.coordinator, world.home.officer, world.neighbour.coordinator, world.neighbour.officer])
    actors.set(person, await house.actor(person));
  const made = await house.forEach(drawn, (person) => makeHolder(world, sides[person.icb], actors, person));
  return made.filter((holder) => holder !== undefined);
}

async function makeHolder(world: World, icb: IcbSide, actors: ReadonlyMap<PersonId, Actor>, drawn: Drawn): Promise<Holder | undefined> {
  const { house, start, end } = world;
  const coordinator = actors.get(icb.coordinator)!;
  const { personId } = await house.get(Holders).registerHolder(coordinator, {
    icbId: icb.id,
    firstName: drawn.firstName,
    familyName: drawn.familyName,
    bornOn: drawn.bornOn,
    nhsNumber: nhsNumberFor(drawn.index * 7),
    place: drawn.place,
    reachBy: drawn.reach,
    // Addresses and numbers that belong to nobody; one in ten is not known.
    ...(drawn.reach === 'email' && drawn.index % 10 !== 3 ? { email: `person-${drawn.index}@example.org` } : {}),
    ...(['text', 'phone'].includes(drawn.reach) && drawn.index % 10 !== 3 ? { phone: `07700 900${String(drawn.index % 1000).padStart(3, '0')}` } : {}),
    reachFormat: drawn.format,
  });
  const plan = await house.get(Plans).draft(coordinator, planFor(world, icb, personId, drawn));
  if (drawn.state === 'draft') return undefined;
  await house.get(Commissioning).agreePlan(coordinator, plan.id, { reason: 'The plan meets the assessed needs.' });
  if (drawn.state === 'agreed') return undefined;
  const lineBook = await bookFor(world, icb, personId, drawn);
  const opened = await house.get(Commissioning).fund(actors.get(icb.officer)!, {
    planId: plan.id,
    fromDay: start,
    untilDay: end,
    reason: 'The sum covers the services of the plan.',
    lines: [{ name: NAMES[drawn.managed], managed: drawn.managed, funderId: funderOf(world, icb, drawn), bookId: lineBook, agreedPence: drawn.agreed }],
  });
  const { firstName, familyName, managed, place, agreed } = drawn;
  return {
    id: personId,
    firstName,
    familyName,
    icb,
    managed,
    place,
    planId: plan.id,
    lineId: opened.lines[0]!.id,
    lineReference: opened.lines[0]!.reference,
    lineBook,
    agreed,
    together: plan.lines[0]!,
  };
}

const NAMES: Readonly<Record<Managed, string>> = { notional: 'Held by the ICB', 'third-party': 'Held by the trust', 'direct-payment': 'My own account' };

/** A few lines are the council's or the charity's money, with the trust. */
const funderOf = (world: World, icb: IcbSide, drawn: Drawn): OrganisationId =>
  drawn.managed !== 'third-party' || drawn.index < 3 || drawn.index % 9 > 1 ? icb.id : drawn.index % 9 === 0 ? world.council : world.charity;

function planFor(world: World, icb: IcbSide, personId: PersonId, drawn: Drawn): Parameters<Plans['draft']>[1] {
  const draw = world.random.branch(`plan-${drawn.index}`);
  const together = drawn.index < IN_POOLS ? pence((drawn.agreed * 7n) / 10n) : pence(drawn.agreed / 10n);
  return {
    personId,
    about: 'What matters, what helps and what does not, in the person’s own words.',
    risks: draw.pick(['None beyond everyday ones.', 'Tires easily; plan rests.', 'May get lost; goes with somebody.']),
    coordinatorId: icb.coordinator,
    reviewOn: addMonths(world.start, 3),
    consentOn: world.start,
    lines: [
      { service: 'Doing things with other people', category: 'activity', amountPence: together, per: 'year', outcome: 'I see other people every week' },
      { service: draw.pick(SERVICES), category: 'support', amountPence: pence(drawn.agreed - together), per: 'year', outcome: draw.pick(OUTCOMES) },
    ],
  };
}

async function bookFor(world: World, icb: IcbSide, person: PersonId, drawn: Drawn): Promise<BookId> {
  if (drawn.managed === 'notional') return icb.book;
  if (drawn.managed === 'third-party') return world.moneyHolder.book;
  return openOwnBook(world, icb, person, drawn);
}

/** A direct-payment account, as the ICB's own officer approves it: a book of the person's own, which they alone decide about. */
async function openOwnBook(world: World, icb: IcbSide, person: PersonId, drawn: Drawn): Promise<BookId> {
  const { house, start } = world;
  const met = { isNotExcluded: true, isForNamedPeopleOnly: true, isForDirectPaymentsOnly: true, canBeAudited: true };
  const command = { ...met, openedOn: start, reason: 'An account for this alone, with statements.' };
  const { bookId } = await house.get(OwnAccounts).open(await house.actor(icb.officer), person, command);
  await house.write({ books: [bookId], people: [person] }, (tx, actor) =>
    house.get(PaymentSettings).set(tx, actor, bookId, { coolingOffHours: 0, account: { name: 'Direct payment', ...bankDetailsFor(1000 + drawn.index) } }),
  );
  return bookId;
}
