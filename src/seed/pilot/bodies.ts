import { randomBytes } from 'node:crypto';
import { bankDetailsFor, COUNCIL_NAME, ICB_NAME, PLACES, personName, type Random } from '../../district/index.js';
import { Grants, People, type PlaceRow, Places, type Role, SignIn } from '../../identity/index.js';
import type { BookId, GrantScope, LocalDate, OrganisationId, PersonId } from '../../kernel/index.js';
import { addDays, localDate, newId, pence, startOfDay } from '../../kernel/index.js';
import { Books } from '../../ledger/index.js';
import { Organisations, type OrganisationKind } from '../../organisations/index.js';
import { PaymentSettings, StripeAccounts, Webhooks } from '../../payments/index.js';
import type { SeedHouse } from '../house.js';
import { DEMO_PASSWORD, type Username } from '../sign-ins.js';
import type { IcbSide, MoneyHolderSide, World } from './world.js';

export const NEIGHBOUR_ICB_NAME = 'NHS Fenwold and Eastmoor Integrated Care Board';
export const PREDECESSOR_NAME = 'NHS Alderford Vale Integrated Care Board';
export const CHARITY_NAME = 'The Alderford Hearth Fund';

/** Whoever holds money for others; which bank and Stripe account is theirs, and who of them can sign in. The keys are ones that only the sandbox takes. */
const TRUST = {
  name: 'Merebrook Independent Living Trust',
  atBank: 'Merebrook Ind Living',
  account: 1,
  stripeKey: 'sk_test_commonpurse_demonstration',
  maker: 'finance-maker',
  checker: 'finance-checker',
} as const;
const SECOND_HOLDER = {
  name: 'Eastmoor Community Accounts',
  atBank: 'Eastmoor Comm Accounts',
  account: 4,
  stripeKey: 'sk_test_commonpurse_eastmoor',
  maker: 'finance2-maker',
  checker: 'finance2-checker',
} as const;

const clientAccount = (name: string): string => `${name}: client account`;

/** The simulated Stripe account of each money-holder's book, by the book's name; the first is the one that the bare webhook address serves. */
export const DEMO_STRIPE_ACCOUNTS = [TRUST, SECOND_HOLDER].map(({ name, stripeKey }) => ({ book: clientAccount(name), key: stripeKey }));

/** Numbers of invented bank accounts that ICBs have; money-holders have theirs beside them, and people's begin above. */
const ICB_ACCOUNTS = { home: 2, neighbour: 3 } as const;
const OPENED = localDate('2022-07-01');
const LIMIT_PENCE = pence(500_000);

/** Bodies, their books and those who work for them: who must be there before the first person is. */
export async function makeBodies(house: SeedHouse, random: Random, facts: Pick<World, 'people' | 'start' | 'end' | 'today'>): Promise<World> {
  await house.write({}, (tx, actor) => house.get(Places).putIn(tx, actor, [...new Set(PLACES.map((place) => place.postcodeDistrict))].map(placeRow)));
  const body = (kind: OrganisationKind, name: string, odsCode: string | null = null): Promise<OrganisationId> => addBody(house, kind, name, odsCode);
  const predecessor = await body('icb', PREDECESSOR_NAME, 'ZZM0');
  const home = await addIcb(house, random.branch('home'), {
    name: ICB_NAME,
    odsCode: 'ZZM1',
    payer: 'MEREBROOK',
    account: ICB_ACCOUNTS.home,
    prefix: 'icb',
    start: facts.start,
  });
  const neighbour = await addIcb(house, random.branch('neighbour'), {
    name: NEIGHBOUR_ICB_NAME,
    odsCode: 'ZZM2',
    payer: 'FENWOLD',
    account: ICB_ACCOUNTS.neighbour,
    prefix: 'icb2',
    start: facts.start,
  });
  const council = await body('council', COUNCIL_NAME);
  const charity = await body('charity', CHARITY_NAME);
  const funderOfficer = (of: string, id: OrganisationId): Promise<PersonId> =>
    addStaff(house, random.branch(`${of}-officer`), { grants: [['funder-officer', 'icb', id]] });
  const brokerBody = await body('broker-body', 'Merebrook Brokerage Circle');
  const operator = await addStaff(house, random.branch('operator'), { username: 'operator', grants: [['operator', 'site', null]] });
  const moneyHolder = await addMoneyHolder(house, random.branch('money-holder'), operator, facts.start, TRUST);
  const by = await house.actor(operator);
  await house.write({ books: [moneyHolder.book] }, (tx) => house.get(StripeAccounts).serveBareAddress(tx, by, moneyHolder.book));
  const secondHolder = await addMoneyHolder(house, random.branch('second-holder'), operator, facts.start, SECOND_HOLDER);
  await setUpPaying(house, operator, [home, neighbour], [moneyHolder, secondHolder]);
  await addReaders(house, random.branch('readers'), home, moneyHolder.book, facts.today);
  const officers = { councilOfficer: await funderOfficer('council', council), charityOfficer: await funderOfficer('charity', charity) };
  return { house, random, ...facts, home, neighbour, predecessor, council, charity, ...officers, brokerBody, moneyHolder, secondHolder, operator };
}

/** The middle of a postcode district is the middle of its places. */
function placeRow(district: string): PlaceRow {
  const here = PLACES.filter((place) => place.postcodeDistrict === district);
  const middle = (of: (place: (typeof here)[number]) => number): number => here.reduce((sum, place) => sum + of(place), 0) / here.length;
  const name = here.map((place) => place.name).join(' and ');
  return { district, name, lat: middle((place) => place.latitude), lon: middle((place) => place.longitude) };
}

async function addBody(house: SeedHouse, kind: OrganisationKind, name: string, odsCode: string | null): Promise<OrganisationId> {
  const id = newId<'organisation'>();
  await house.write({}, (tx) => house.get(Organisations).add(tx, { id, kind, name, odsCode, validFrom: OPENED, validUntil: null }));
  return id;
}

interface NewStaff {
  readonly username?: Username;
  readonly grants: readonly (readonly [Role, GrantScope, string | null])[];
}

/** Somebody who works for a body, with what they may do and, if named, a way to sign in. */
export async function addStaff(house: SeedHouse, random: Random, staff: NewStaff): Promise<PersonId> {
  const id = newId<'person'>();
  await house.write({ people: [id] }, async (tx, actor) => {
    await house.get(People).register(tx, actor, { id, ...personName(random) });
    for (const [role, on, target] of staff.grants) await house.get(Grants).give(tx, actor, { person: id, role, on, id: target, reason: 'employed' });
    if (staff.username) await house.get(SignIn).setPassword(tx, id, staff.username, DEMO_PASSWORD);
  });
  return id;
}

/** Lets a person of the story sign in. */
export async function giveSignIn(house: SeedHouse, person: PersonId, username: Username): Promise<void> {
  await house.write({ people: [person] }, (tx) => house.get(SignIn).setPassword(tx, person, username, DEMO_PASSWORD));
}

interface NewIcb {
  readonly name: string;
  readonly odsCode: string;
  readonly payer: string;
  readonly account: number;
  readonly prefix: 'icb' | 'icb2';
  readonly start: LocalDate;
}

async function addIcb(house: SeedHouse, random: Random, icb: NewIcb): Promise<IcbSide> {
  const id = await addBody(house, 'icb', icb.name, icb.odsCode);
  const book = await openBook(house, { basis: 'allocation', name: `${icb.name}: personal health budgets`, organisationId: id, on: icb.start });
  const isHome = icb.prefix === 'icb';
  const staff = (role: string, username: Username | undefined, grants: NewStaff['grants']): Promise<PersonId> =>
    addStaff(house, random.branch(role), { ...(username ? { username } : {}), grants });
  await house.bank('/bank/accounts', { ...bankDetailsFor(icb.account), name: icb.name, openedOn: icb.start, openingPence: 500_000_000 });
  await house.bank('/bank/payers', { code: icb.payer, name: icb.name, account: bankDetailsFor(icb.account), daysToPay: 2 });
  return {
    id,
    book,
    payer: icb.payer,
    coordinator: await staff('coordinator', isHome ? 'coordinator' : undefined, [['care-coordinator', 'icb', id]]),
    officer: await staff('officer', isHome ? 'icb-officer' : undefined, [['icb-officer', 'icb', id]]),
    maker: await staff('maker', `${icb.prefix}-finance-maker`, [['finance-officer', 'book', book]]),
    checker: await staff('checker', `${icb.prefix}-finance-checker`, [['finance-officer', 'book', book]]),
  };
}

async function openBook(
  house: SeedHouse,
  book: { basis: 'allocation' | 'cash'; name: string; organisationId: OrganisationId; on: LocalDate },
): Promise<BookId> {
  const id = newId<'book'>();
  await house.write({ books: [id] }, (tx) =>
    house.get(Books).open(tx, { id, basis: book.basis, name: book.name, organisationId: book.organisationId, holderId: null, openedOn: book.on }),
  );
  return id;
}

async function addMoneyHolder(
  house: SeedHouse,
  random: Random,
  operator: PersonId,
  start: LocalDate,
  { name, atBank, account, stripeKey, ...usernames }: typeof TRUST | typeof SECOND_HOLDER,
): Promise<MoneyHolderSide> {
  const id = await addBody(house, 'money-holder', name, null);
  const book = await openBook(house, { basis: 'cash', name: clientAccount(name), organisationId: id, on: start });
  const bank = bankDetailsFor(account);
  await house.bank('/bank/accounts', { ...bank, name: atBank, openedOn: start, openingPence: 0 });
  await house.bank('/sandbox/accounts', { key: stripeKey, bank });
  const by = await house.actor(operator);
  const webhookSecret = `whsec_${randomBytes(24).toString('hex')}`;
  await house.write({ books: [book] }, async (tx) => {
    await house.get(StripeAccounts).connect(tx, by, { book, secretKey: stripeKey, webhookSecret });
    await house.get(PaymentSettings).set(tx, by, book, { account: { name: atBank, ...bank } });
  });
  house.listenTo(stripeKey, webhookSecret, (raw, signature) => house.get(Webhooks).receive(book, raw, signature));
  const staff = (username: Username): Promise<PersonId> => addStaff(house, random.branch(username), { username, grants: [['finance-officer', 'book', book]] });
  return { id, name, book, maker: await staff(usernames.maker), checker: await staff(usernames.checker), bank, stripeKey };
}

/** How each book pays, and up to how much each officer may approve: a limit that nobody set is zero. */
async function setUpPaying(house: SeedHouse, operator: PersonId, icbs: readonly IcbSide[], moneyHolders: readonly MoneyHolderSide[]): Promise<void> {
  const by = await house.actor(operator);
  for (const { book, maker, checker } of [...icbs, ...moneyHolders]) {
    await house.write({ books: [book] }, async (tx) => {
      for (const person of [maker, checker]) await house.get(PaymentSettings).setLimit(tx, by, { book, person, limit: LIMIT_PENCE });
    });
  }
  for (const { book, payer } of icbs.slice(0, 1))
    await house.write({ books: [book] }, (tx) => house.get(PaymentSettings).set(tx, by, book, { payerCode: payer }));
}

/** How long after the day of the demonstration its auditor may read, in days. */
const AUDIT_DAYS = 90;

async function addReaders(house: SeedHouse, random: Random, home: IcbSide, moneyHolderBook: BookId, today: LocalDate): Promise<void> {
  await addStaff(house, random.branch('planner'), { username: 'planner', grants: [['planner', 'icb', home.id]] });
  await addStaff(house, random.branch('safeguarding-lead'), { username: 'safeguarding-lead', grants: [['safeguarding-lead', 'icb', home.id]] });
  await addStaff(house, random.branch('expert'), { username: 'expert', grants: [['expert', 'icb', home.id]] });
  const auditor = await addStaff(house, random.branch('auditor'), { username: 'auditor', grants: [] });
  const until = startOfDay(addDays(today, AUDIT_DAYS));
  await house.write({ people: [auditor], books: [home.book, moneyHolderBook] }, async (tx, actor) => {
    for (const id of [home.book, moneyHolderBook])
      await house.get(Grants).give(tx, actor, { person: auditor, role: 'auditor', on: 'book', id, reason: 'The yearly audit of this book', until });
  });
}
