import { FAMILY_NAMES, ICB_NAME, type Random } from '../../district/index.js';
import { dayOf } from '../../kernel/index.js';
import type { BookId, OrganisationId } from '../../kernel/index.js';
import { newId, systemActor } from '../../kernel/index.js';
import { Books } from '../../ledger/index.js';
import { Organisations } from '../../organisations/index.js';
import { Database } from '../../platform/index.js';
import type { SeedHouse } from '../house.js';
import { addStaff } from '../pilot/bodies.js';
import { yearsOf } from '../pilot/pilot.js';
import { drawRows, SIZES } from './draw.js';
import type { Side, Size } from './draw.js';
import type { Period } from './people.js';
import { insertPeople, trackPeople } from './people.js';
import { drawPools, insertPools } from './pools.js';

/** People of one statement. More gains nothing, and a scope names every one of them. */
const CHUNK = 2_000;

/** Adds the people of a whole ICB, or of England, to the pilot: their history is one day long, and made in large statements as the app's role. */
export async function seedLarge(house: SeedHouse, random: Random, district: keyof typeof SIZES): Promise<void> {
  const size = SIZES[district];
  const today = dayOf(house.doors.clock.now());
  const period = yearsOf(today);
  const sides = await makeSides(house, random.branch('sides'), size, period);
  const taken = await house.read(
    { books: await knownBooks(house) },
    async (tx) => new Set((await tx.rows<{ reference: string }>('select reference from budget_line')).map((row) => row.reference)),
  );
  let done = 0;
  let pools = 0;
  for (const [n, side] of sides.entries()) {
    const until = Math.round((size.people * (n + 1)) / sides.length);
    while (done < until) {
      const count = Math.min(CHUNK, until - done);
      const wanted = Math.round((size.pools * (done + count)) / size.people) - pools;
      pools += await insertChunk(house, random.branch(`chunk-${done}`), { size, side, period, from: done, count, pools: wanted, taken });
      done += count;
      house.doors.say(`  ${done} of ${size.people} people, ${pools} pools`);
    }
  }
}

interface Chunk {
  readonly size: Size;
  readonly side: Side;
  readonly period: Period;
  readonly from: number;
  readonly count: number;
  readonly pools: number;
  readonly taken: ReadonlySet<string>;
}

async function insertChunk(house: SeedHouse, random: Random, { size, side, period, from, count, pools, taken }: Chunk): Promise<number> {
  const today = dayOf(house.doors.clock.now());
  const rows = drawRows(random, size, side, from, count, taken, today);
  const drawn = drawPools(random, side, rows, pools, today);
  const scope = {
    people: rows.map((row) => row.id),
    icbs: [side.icb],
    books: [...new Set([side.book, side.trustBook, ...rows.map((row) => row.bookId)])],
    pools: drawn.map((pool) => pool.id),
  };
  await house.get(Database).transaction(systemActor('seed', scope), async (tx) => {
    await insertPeople(house, tx, side, rows, period);
    await insertPools(house, tx, side, drawn, today);
    await trackPeople(house, tx, rows);
  });
  return drawn.length;
}

const knownBooks = (house: SeedHouse): Promise<BookId[]> =>
  house.read({}, async (tx) => (await tx.rows<{ id: BookId }>(`select id from known_id where kind = 'book'`)).map((row) => row.id));

/** The ICBs of the district, the pilot's own first, each with a book, a trust, and the two people who decide. */
async function makeSides(house: SeedHouse, random: Random, size: Size, period: Period): Promise<Side[]> {
  const home = await house.read({}, (tx) => house.get(Organisations).ofKind(tx, 'icb'));
  const names = random.some(FAMILY_NAMES, size.icbs).map((name) => name.split('-')[0]!);
  const sides: Side[] = [];
  for (const [n, name] of names.entries()) {
    const icb =
      n === 0
        ? home.find((each) => each.name === ICB_NAME)!.id
        : await addBody(house, 'icb', `NHS ${name} and District Integrated Care Board`, `ZZ${String(n).padStart(3, '0')}`, period);
    const trust = await addBody(house, 'money-holder', `${name} Money Together`, null, period);
    sides.push({
      icb,
      book: await openBook(house, 'allocation', `NHS ${name}: personal health budgets`, icb, period),
      trustBook: await openBook(house, 'cash', `${name} Money Together: client account`, trust, period),
      coordinator: await addStaff(house, random.branch(`coordinator-${n}`), { grants: [['care-coordinator', 'icb', icb]] }),
      officer: await addStaff(house, random.branch(`officer-${n}`), { grants: [['icb-officer', 'icb', icb]] }),
    });
  }
  return sides;
}

async function addBody(house: SeedHouse, kind: 'icb' | 'money-holder', name: string, odsCode: string | null, { start }: Period): Promise<OrganisationId> {
  const id = newId<'organisation'>();
  await house.write({}, (tx) => house.get(Organisations).add(tx, { id, kind, name, odsCode, validFrom: start, validUntil: null }));
  return id;
}

async function openBook(house: SeedHouse, basis: 'allocation' | 'cash', name: string, organisationId: OrganisationId, { start }: Period): Promise<BookId> {
  const id = newId<'book'>();
  await house.write({ books: [id] }, (tx) => house.get(Books).open(tx, { id, basis, name, organisationId, holderId: null, openedOn: start }));
  return id;
}
