/** Races: fifty writers at one pool's shares, on ten connections, in opposite orders and over two books. No penny is lost, no deadlock left. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { BookId, Id, LocalDate, PoolId, ReservationId } from '../../src/kernel/index.js';
import { DomainError, newId, pence } from '../../src/kernel/index.js';
import type { EachOutcome, NewEntry } from '../../src/ledger/index.js';
import { accountIdOf } from '../../src/ledger/index.js';
import type { Member } from '../support/ledger-house.js';
import { entry, LedgerHouse, lineOf, member, move, plain, pool, shareOf } from '../support/ledger-house.js';

const day = '2026-05-01' as LocalDate;

/** A course of numbers that a seed decides, so that a race that fails can be run again. */
function dice(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff;
    return Math.floor((state / 0x7fffffff) * below) % below;
  };
}

describe('many at once', () => {
  let house: LedgerHouse;
  let books: BookId[];
  let group: PoolId;
  let members: Member[];
  const START = 2_000;

  beforeAll(async () => {
    house = await LedgerHouse.open('2026-05-01T10:00:00Z', 10);
  });
  afterAll(() => house.close());

  async function begin(): Promise<void> {
    books = [await house.book('cash'), await house.book('cash')];
    group = pool();
    members = Array.from({ length: 6 }, member);
    await house.record(...books.flatMap((book) => members.map((who) => entry(book, 'arrival', [move(plain(book, 'bank'), lineOf(book, who), START)]))));
  }
  const putIn = (book: BookId, who: Member, amount: number): NewEntry =>
    entry(book, 'contribution', [move(lineOf(book, who), shareOf(book, who, group), amount)]);
  /** What a race may end in beside success. */
  const refusals = new Set(['not-enough-free', 'more-than-reserved', 'reservation-ended']);
  const tried = async (...entries: NewEntry[]): Promise<boolean> => {
    try {
      await house.record(...entries);
      return true;
    } catch (error) {
      if (error instanceof DomainError && refusals.has(error.code)) return false;
      throw error;
    }
  };

  it('contribute, return, set aside, post and void: every penny is where the rows say', async () => {
    await begin();
    let done = 0;
    const writer = async (n: number): Promise<void> => {
      const roll = dice(n + 1);
      const open: { id: ReservationId; book: BookId; who: Member }[] = [];
      for (let turn = 0; turn < 10; turn += 1) {
        // Half of them go through books and members the other way round.
        const inBooks = n % 2 === 0 ? books : [...books].reverse();
        const whom = (n % 4 < 2 ? members : [...members].reverse()).slice(0, 1 + roll(3));
        const amount = 1 + roll(300);
        const both = (make: (book: BookId, who: Member) => NewEntry): NewEntry[] => inBooks.flatMap((book) => whom.map((who) => make(book, who)));
        const what = roll(5);
        let ok = false;
        if (what === 0) ok = await tried(...both((book, who) => entry(book, 'contribution', [move(lineOf(book, who), shareOf(book, who, group), amount)])));
        else if (what === 1) ok = await tried(...both((book, who) => entry(book, 'returned', [move(shareOf(book, who, group), lineOf(book, who), amount)])));
        else if (what === 2) {
          const made = inBooks.flatMap((book) => whom.map((who) => ({ id: newId<'reservation'>() as ReservationId, book, who })));
          ok = await tried(
            ...made.map(({ id, book, who }) =>
              entry(book, 'commitment', [], {
                reservations: [{ id, account: shareOf(book, who, group), amount: pence(amount), purpose: newId() as Id<string>, forDay: day, endsOn: day }],
              }),
            ),
          );
          if (ok) open.push(...made);
        } else if (what === 3 && open.length > 0) {
          const { id, book, who } = open[roll(open.length)]!;
          ok = await tried(entry(book, 'invoice', [move(shareOf(book, who, group), { book, kind: 'payable', subject: group }, amount, { reservation: id })]));
        } else if (open.length > 0) {
          const [{ id, book }] = open.splice(roll(open.length), 1) as [(typeof open)[number]];
          ok = await tried(entry(book, 'commitment-ended', [], { endings: [{ reservation: id, as: 'void' }] }));
        }
        if (ok) done += 1;
      }
    };
    await Promise.all(Array.from({ length: 50 }, (_, n) => writer(n)));
    expect(done).toBeGreaterThan(100);
    expect(await house.faults()).toEqual({});
    for (const book of books) {
      const [row] = await house.sql<{ sum: bigint }>(
        `select ((select sum(posted_pence) from account where book_id = $1 and guarded)
           + (select coalesce(sum(amount_pence), 0) from transfer where book_id = $1 and credit_kind = 'payable'))::bigint as sum`,
        [book],
      );
      expect(row!.sum).toBe(BigInt(START * members.length));
    }
  });

  it('the same reference fifty times at once: one effect', async () => {
    await begin();
    const [book] = books as [BookId];
    const [who] = members as [Member];
    const once = entry(book, 'contribution', [move(lineOf(book, who), shareOf(book, who, group), 70)]);
    const outcomes = (await Promise.all(Array.from({ length: 50 }, () => house.record(once)))).flat();
    expect(outcomes.filter((each) => each === 'recorded')).toHaveLength(1);
    expect(outcomes.filter((each) => each === 'replay')).toHaveLength(49);
    const balance = await house.database.read(house.actor, (tx) => house.queries.balanceOf(tx, shareOf(book, who, group)));
    expect(balance.posted).toBe(70n);
    expect(await house.faults()).toEqual({});
  });

  it('the same reference with fifty contents at once: the first, and forty-nine refusals', async () => {
    await begin();
    const [book] = books as [BookId];
    const [who] = members as [Member];
    const first = entry(book, 'contribution', [move(lineOf(book, who), shareOf(book, who, group), 1)]);
    const outcomes = await Promise.all(
      Array.from({ length: 50 }, (_, n) =>
        house.record({ ...first, transfers: [move(lineOf(book, who), shareOf(book, who, group), n + 1)] }).then(
          ([outcome]) => outcome,
          (error: DomainError) => error.code,
        ),
      ),
    );
    expect(outcomes.filter((each) => each === 'recorded')).toHaveLength(1);
    expect(outcomes.filter((each) => each === 'reference-reused')).toHaveLength(49);
    expect(await house.faults()).toEqual({});
  });

  it('references used before in the middle of a batch: each has its own word, and what was tried first leaves nothing', async () => {
    await begin();
    const [book] = books as [BookId];
    const [who] = members as [Member];
    const put = (amount: number): NewEntry => putIn(book, who, amount);
    const [used, reused] = [put(10), put(20)];
    await house.record(used, reused);
    const other = { ...reused, transfers: [move(lineOf(book, who), shareOf(book, who, group), 21)] };
    const asked = [put(1), used, put(2), other, put(3)];
    const each = await house.database.transaction(house.actor, (tx) => house.ledger.recordEach(tx, asked));
    expect(each).toEqual(['recorded', 'replay', 'recorded', 'reference-reused', 'recorded']);
    await expect(house.record(put(4), other)).rejects.toMatchObject({ code: 'reference-reused' });
    expect(await house.record(put(5), used)).toEqual(['recorded', 'replay']);
    const batches = await house.sql<{ entries: bigint; rows: bigint }>(
      'select b.entries, count(e.id) as rows from ledger_batch b left join entry e on e.batch_id = b.id where b.book_id = $1 group by b.id order by b.id',
      [book],
    );
    expect(batches.map(({ entries, rows }) => [Number(entries), Number(rows)])).toEqual([
      [members.length, members.length],
      [2, 2],
      [3, 3],
      [1, 1],
    ]);
    expect((await house.database.read(house.actor, (tx) => house.queries.balanceOf(tx, shareOf(book, who, group)))).posted).toBe(41n);
    expect(await house.faults()).toEqual({});
  });

  it('two batches that bring the same references at once, each behind new ones: one records them, the other meets them', async () => {
    await begin();
    const [book] = books as [BookId];
    const [who, other] = members as [Member, Member];
    const put = (from: Member, amount: number): NewEntry => putIn(book, from, amount);
    const shared = [put(who, 10), put(other, 20)];
    let late: Promise<EachOutcome[]> | undefined;
    await house.database.transaction(house.actor, async (tx) => {
      await house.ledger.record(tx, [put(who, 1), ...shared]);
      late = house.database.transaction(house.actor, (second) => house.ledger.recordEach(second, [put(other, 2), ...shared, put(who, 3)]));
      await until(async () => (await house.sql<{ n: bigint }>(`select count(*) as n from pg_locks where not granted`))[0]!.n > 0n);
    });
    expect(await late).toEqual(['recorded', 'replay', 'replay', 'recorded']);
    const figures = await house.database.read(house.actor, (tx) => house.queries.freeOf(tx, [shareOf(book, who, group), shareOf(book, other, group)]));
    expect([figures.get(accountIdOf(shareOf(book, who, group))), figures.get(accountIdOf(shareOf(book, other, group)))]).toEqual([14n, 22n]);
    expect(await house.faults()).toEqual({});
  });

  it('a drained pool: exactly as many are accepted as the money allows, the first ones first', async () => {
    await begin();
    const [book] = books as [BookId];
    const [who] = members as [Member];
    const take = (amount: number): NewEntry => putIn(book, who, amount);
    // 2000 pence: 300 six times is 1800, the seventh is short, 200 fits still, and then nothing does.
    const sizes = [300, 300, 300, 300, 300, 300, 300, 200, 1];
    const outcomes = await house.database.transaction(house.actor, (tx) => house.ledger.recordEach(tx, sizes.map(take)));
    expect(outcomes).toEqual([...Array.from({ length: 6 }, () => 'recorded'), 'not-enough-free', 'recorded', 'not-enough-free'] as EachOutcome[]);

    const [two] = members.slice(1) as [Member];
    const one = (): NewEntry => putIn(book, two, 30);
    const all = (
      await Promise.all(
        Array.from({ length: 20 }, () => house.database.transaction(house.actor, (tx) => house.ledger.recordEach(tx, Array.from({ length: 5 }, one)))),
      )
    ).flat();
    expect(all.filter((each) => each === 'recorded')).toHaveLength(Math.floor(START / 30));
    expect(all.filter((each) => each === 'not-enough-free')).toHaveLength(100 - Math.floor(START / 30));
    const lines = await house.database.read(house.actor, (tx) => house.queries.freeOf(tx, [lineOf(book, who), lineOf(book, two)]));
    expect([lines.get(accountIdOf(lineOf(book, who))), lines.get(accountIdOf(lineOf(book, two)))]).toEqual([0n, BigInt(START % 30)]);
    expect(await house.faults()).toEqual({});
  });

  it('money that another takes between the look and the lock: what is short is refused alone, and nothing half-done stays', async () => {
    await begin();
    const [book] = books as [BookId];
    const [who, other] = members as [Member, Member];
    const take = (from: Member, amount: number): NewEntry => putIn(book, from, amount);
    await house.record(take(who, 1), take(other, 1)); // both shares are there
    const asked = [take(who, 1_000), take(other, 30), take(who, 900)];
    let late: Promise<EachOutcome[]> | undefined;
    await house.database.transaction(house.actor, async (tx) => {
      await house.ledger.record(tx, [take(who, 1_500)]);
      late = house.database.transaction(house.actor, (second) => house.ledger.recordEach(second, asked));
      // It has seen 1,999 free, written its rows, and waits for the account.
      await until(async () => (await house.sql<{ n: bigint }>(`select count(*) as n from pg_locks where not granted`))[0]!.n > 0n);
    });
    expect(await late).toEqual(['not-enough-free', 'recorded', 'not-enough-free']);
    const rows = await house.sql<{ reference: string }>('select e.reference from entry e join transfer t on t.entry_id = e.id where e.reference = any($1)', [
      asked.map(({ reference }) => reference),
    ]);
    expect(rows.map(({ reference }) => reference)).toEqual([asked[1]!.reference]);
    expect(await house.faults()).toEqual({});
  });
});

async function until(isSo: () => Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 200; tries++) {
    if (await isSo()) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error('it never came to that');
}
