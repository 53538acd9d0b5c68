import type { Random } from '../../district/index.js';
import { People } from '../../identity/index.js';
import { addDays, daysBetween, dayOf, financialYearOf, startOfDay, addMonths, weekdayOf } from '../../kernel/index.js';
import type { LocalDate, PersonId } from '../../kernel/index.js';
import { Organisations } from '../../organisations/index.js';
import { Diary } from '../diary.js';
import type { Life, Until } from '../diary.js';
import type { SeedHouse } from '../house.js';
import { groupsComeTogether } from './groups.js';
import { askAcquaintances, leavePaperInDrawer } from './acquaintances.js';
import { payIntoLines } from './arrivals.js';
import { gardenersBring, leaverBrought } from './bringing.js';
import { brokerDays } from './broker-days.js';
import { addStaff, giveSignIn, makeBodies } from './bodies.js';
import { decideLater } from './decisions.js';
import { choirDecides, gardenersDecide } from './deciding.js';
import { walkersTalk } from './talking.js';
import { comeAndGo, confirmBriefly, importDirectory, listProviders } from './directory.js';
import { drawPeople, makeHolders, replacePlan } from './holders.js';
import { lastDays } from './last-days.js';
import { councilFilms, firstEvening, knowFunders, potToCome } from './funders.js';
import { changedLongAgo, changingNow, settlingStill } from './money-holders.js';
import { gardenersOwnMoney } from './own-money.js';
import { nominate } from './nominations.js';
import { choirPledges, gardenersPledge } from './pledging.js';
import { knowBook, knowProvider, payWeekly } from './paying.js';
import { agreeing, apart, declined, emptied, forming, frozen, pausedOnce, payingIn, steady, withLeaver } from './pools.js';
import type { PoolPlan } from './pool-steps.js';
import { BankStatements } from './statements.js';
import { carryPost, earlierWorries, worriesOfToday } from './post-and-worries.js';
import { thursdaySwimming } from './showcase.js';
import { drawPools, SHOWCASE_PROVIDER } from './wanted.js';
import { answerSuggestions, appoint, appointAndEnd, liveWithIntroductions, registerBrokers, writeCards, writeGoodLives } from './together.js';
import type { Holder, ListedProvider, World } from './world.js';

/** Whose quotes are always beside those of the provider that is chosen. */
const DEARER = 'Slack Water Aqua Friends';

/** A history of at least this many days: fifteen pools do not grow overnight. */
const LEAST_DAYS = 130;

/** The first of April before, and the first of April on which budgets end: never over already, nor in two months. */
export function yearsOf(today: LocalDate): { start: LocalDate; end: LocalDate } {
  const start = financialYearOf(addDays(today, -LEAST_DAYS)).from;
  const year = addMonths(start, 12);
  return { start, end: daysBetween(today, year) > 60 ? year : addMonths(start, 24) };
}

/** The invented district: people, money and fifteen pools, made through the services as the people themselves would, from 1 April to today. */
export async function seedPilot(house: SeedHouse, random: Random, options: { people: number; now: Date }): Promise<void> {
  const today = dayOf(options.now);
  const { start, end } = yearsOf(today);
  const { say, clock } = house.doors;
  clock.set(new Date(startOfDay(start).getTime() + 8 * 3_600_000));
  say('Bodies, books and the people who work for them');
  const world = await makeBodies(house, random, { people: options.people, start, end, today });
  const listed = await listProviders(world);
  await giveSignIn(house, listed.find((each) => each.facts.name === SHOWCASE_PROVIDER)!.person, 'provider');
  await importDirectory(world);
  const brokers = await registerBrokers(world, 3);
  say(`${options.people} people with plans and budgets`);
  const holders = await makeHolders(world, drawPeople(random.branch('people'), options.people, today));
  await house.settle();
  const diary = new Diary();
  const plans = drawPools(world, holders, listed, brokers);
  const dearer = listed.find((each) => each.facts.name === DEARER)!;
  const inPools = new Set([...plans.values()].flatMap((plan) => plan.members));
  for (const [days, life] of districtLives(world, holders, inPools, listed, brokers)) diary.begin(life, addDays(start, days));
  for (const life of poolLives(world, plans, dearer)) diary.begin(life, start, 10);
  diary.begin(decideLater(world, ...whoIsDecidedAbout(holders, plans, inPools)), addDays(start, 95));
  diary.begin((until) => moneyLife(world, until), start);
  diary.begin(() => comeAndGo(world, listed, new Set([dearer, ...[...plans.values()].map((plan) => plan.provider)])), addDays(start, 70));
  let month = '';
  await diary.run(new Date(options.now.getTime() - 60_000), async (to) => {
    await house.moveTo(to);
    const now = dayOf(to).slice(0, 7);
    if (now !== month) say(`  ${(month = now)}`);
  });
  await house.moveTo(options.now);
  await afterwards(world, holders);
}

/** The money-holders' accounts from their first day; pay runs from the second month on. */
async function moneyLife(world: World, until: Until): Promise<void> {
  const { start, today } = world;
  const statements = await BankStatements.open(world, world.moneyHolder);
  const second = await BankStatements.open(world, world.secondHolder);
  await until(addDays(start, 5), 8);
  await statements.import();
  const hasLost = await payWeekly(world, until, [statements, second], addDays(start, 35), addDays(today, -8));
  await lastDays(world, until, statements, hasLost);
}

/** What happens in the district at large, by the day since the start. */
function districtLives(
  world: World,
  holders: readonly Holder[],
  inPools: ReadonlySet<Holder>,
  listed: readonly ListedProvider[],
  brokers: readonly PersonId[],
): [number, Life][] {
  const { house } = world;
  const some = (share: number): Holder[] => holders.slice(0, Math.max(30, Math.round(holders.length * share)));
  return [
    [3, () => payIntoLines(world, holders, '1')],
    [
      5,
      async () => {
        await addPeopleBeside(world, holders);
        for (const [n, holder] of holders.slice(0, 40).entries()) await appoint(world, holder, brokers[n % 2]!);
        await appointAndEnd(world, holders.slice(20, 23), brokers[2]!);
      },
    ],
    [8, () => writeGoodLives(world, some(0.2))],
    [12, () => confirmBriefly(world, listed)],
    [
      15,
      async (until) => {
        await writeCards(world, some(0.2));
        await until(addDays(world.start, 17), 2);
        await house.job('matching-suggest');
        await until(addDays(world.start, 18), 12);
        await answerSuggestions(world, some(0.2));
        await until(addDays(world.start, 18), 18);
        await house.job('introductions-pair-answers');
        await until(addDays(world.start, 20), 12);
        await liveWithIntroductions(world, some(0.2));
        await leavePaperInDrawer(world, holders[2]!);
      },
    ],
    [
      26,
      (until) =>
        brokerDays(
          world,
          brokers[0]!,
          holders.slice(0, 40).filter((_, n) => n % 2 === 0),
          listed,
          until,
        ),
    ],
    [30, (until) => groupsComeTogether(world, holders.slice(some(0.2).length).slice(0, 8), until)],
    [
      60,
      async () => {
        await importDirectory(world, true);
        await house.job('providers-lapse');
      },
    ],
    [91, () => mergeIcbs(world)],
    [100, () => payIntoLines(world, holders, '2')],
    [105, () => replacePlan(world, replacedOf(holders, inPools))],
    [106, () => house.job('providers-lapse')],
    [107, () => earlierWorries(world, holders)],
    [
      110,
      async () => {
        await house.job('insight-track');
        await house.job('insight-reviews');
      },
    ],
  ];
}

/** Whose plan is agreed anew in the middle of the year. */
const replacedOf = (holders: readonly Holder[], inPools: ReadonlySet<Holder>): Holder =>
  holders.filter((holder) => holder.managed === 'notional' && !inPools.has(holder)).at(-1)!;

/** Pools whose money goes from the trust to the second money-holder. */
const CHANGING = ['dice', 'boccia', 'easel'];

/** Pools that no money ever reaches. */
const WITHOUT_MONEY = ['walk', 'boat', 'drum'];

/** For later decisions of the ICB: people with notional money that lies in no pool, the last ones first; and somebody whose money the trust holds. */
function whoIsDecidedAbout(holders: readonly Holder[], plans: ReadonlyMap<string, PoolPlan>, inPools: ReadonlySet<Holder>): [Holder[], Holder] {
  const paying = new Set([...plans.values()].filter(({ key }) => !WITHOUT_MONEY.includes(key)).flatMap((plan) => plan.members));
  const replaced = replacedOf(holders, inPools);
  const apart = holders.filter((holder) => holder.managed === 'notional' && !paying.has(holder) && holder !== replaced).reverse();
  return [apart, holders.filter((holder) => holder.managed === 'third-party').at(-1)!];
}

/** People who stand beside holders: one representative who can sign in, and families that are known to be connected. */
async function addPeopleBeside(world: World, holders: readonly Holder[]): Promise<void> {
  const { house } = world;
  const [ottilie, kofi, rhiannon] = holders as [Holder, Holder, Holder];
  await giveSignIn(house, ottilie.id, 'holder');
  await giveSignIn(house, kofi.id, 'holder-third-party');
  await giveSignIn(house, rhiannon.id, 'holder-direct');
  const represented = holders[5]!;
  const representative = await addStaff(house, world.random.branch('representative'), {
    username: 'representative',
    grants: [['representative', 'person', represented.id]],
  });
  const nominee = await addStaff(house, world.random.branch('nominee'), { grants: [] });
  await nominate(world, holders.slice(6, 10), nominee);
  const carer = await addStaff(house, world.random.branch('carer'), { grants: [['carer', 'person', holders[7]!.id]] });
  for (const [a, b, kind] of [
    [representative, represented.id, 'family'],
    [nominee, holders[6]!.id, 'friend'],
    [carer, holders[7]!.id, 'household'],
  ] as const)
    await house.write({ people: [a, b] }, (tx) => house.get(People).connect(tx, a, b, kind, house.today));
}

/** The neighbouring ICB of before becomes part of this one. */
async function mergeIcbs(world: World): Promise<void> {
  await world.house.write({}, (tx) => world.house.get(Organisations).succeed(tx, world.predecessor, world.home.id, world.house.today));
}

function poolLives(world: World, plans: ReadonlyMap<string, PoolPlan>, dearer: ListedProvider): Life[] {
  const of = (key: string): PoolPlan => plans.get(key)!;
  const know: Life = async () => {
    for (const [place, plan] of [...plans.values()].entries())
      for (const paying of [world.home, world.neighbour, world.moneyHolder, ...(CHANGING.includes(plan.key) ? [world.secondHolder] : [])])
        await knowProvider(world, paying, plan.provider, place);
    await knowBook(world, world.moneyHolder, world.secondHolder);
    await knowBook(world, world.secondHolder, world.moneyHolder);
    await knowFunders(world);
  };
  return [
    know,
    (until) => thursdaySwimming(world, until, of('swim'), dearer),
    (until) => steady(world, until, of('plot'), 97),
    (until) => steady(world, until, of('choir'), 69),
    (until) => pausedOnce(world, until, of('cook'), 95),
    (until) => withLeaver(world, until, of('film'), 80),
    (until) => frozen(world, until, of('ball'), 60),
    (until) => emptied(world, until, of('game'), 90),
    (until) => declined(world, until, of('boat'), 50),
    (until) => agreeing(world, until, of('walk'), 12),
    (until) => forming(world, until, of('drum'), 6),
    (until) => payingIn(world, until, of('ride'), dearer, 30),
    (until) => apart(world, until, of('clay'), 70),
    (until) => changedLongAgo(world, until, of('dice'), 105),
    (until) => changingNow(world, until, of('boccia'), 67),
    (until) => settlingStill(world, until, of('easel'), 50),
    (until) => councilFilms(world, until, of('film'), 78),
    (until) => firstEvening(world, until, of('choir'), 66),
    (until) => potToCome(world, until, of('cook'), 4),
    (until) => gardenersPledge(world, until, of('plot'), 46),
    (until) => choirPledges(world, until, of('choir'), 22),
    (until) => gardenersBring(world, until, of('plot'), 30),
    (until) => gardenersOwnMoney(world, until, of('plot'), 26),
    (until) => leaverBrought(world, until, of('film'), 74),
    (until) => choirDecides(world, until, of('choir'), 40),
    (until) => gardenersDecide(world, until, of('plot'), chess(of('walk'))),
    (until) => walkersTalk(world, until, sunday(of('choir'))),
    (until) => weeklyCopies(world, until),
  ];
}

/** The copies of the last three Mondays: where every penny was with the bodies that hold it. */
async function weeklyCopies(world: World, until: Until): Promise<void> {
  for (const weeks of [2, 1, 0]) {
    await until(addDays(world.today, 1 - weekdayOf(world.today) - 7 * weeks), 8);
    await world.house.job('pools.copy-holders');
  }
}

/** Two of the walkers play chess besides: the smallest group there is, and it needs no money. */
const chess = (plan: PoolPlan): PoolPlan => ({
  ...plan,
  key: 'chess',
  name: 'Chess on the green',
  purpose: 'Play chess, slowly.',
  members: plan.members.slice(0, 2),
  moneyHolder: null,
  more: { decide: 'most-agree' },
});

/** Those who sing also walk, and that is harder at times. */
const sunday = (plan: PoolPlan): PoolPlan => ({
  ...plan,
  key: 'sunday',
  name: 'Sunday on foot',
  purpose: 'Walk out on Sundays.',
  moneyHolder: null,
  more: { decide: 'most-agree' },
});

/** Today: the numbers of everybody are worked out, and most of the post has been carried. */
async function afterwards(world: World, holders: readonly Holder[]): Promise<void> {
  const { house } = world;
  await carryPost(world, holders);
  await worriesOfToday(world, holders);
  await askAcquaintances(world, holders);
  await house.job('insight-track');
  await house.job('insight-reviews');
  await house.job('matching-suggest');
}
