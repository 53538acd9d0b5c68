/** Running figures, sealed sums and closing balances against the rows themselves, over random histories with seals and closes between. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { BookId, LocalDate, Pence, ReservationId } from '../../src/kernel/index.js';
import { addDays, dayOf, newId, pence, startOfDay } from '../../src/kernel/index.js';
import type { AccountKey, AsOf, BookFigures, NewEntry } from '../../src/ledger/index.js';
import { accountIdOf, CHART } from '../../src/ledger/index.js';
import type { Tx } from '../../src/platform/index.js';
import type { Member } from '../support/ledger-house.js';
import { entry, LedgerHouse, lineOf, member, move, plain, pool, shareOf } from '../support/ledger-house.js';

const FIRST = '2026-03-20' as LocalDate;
const group = pool();
/** What the ledger refuses did not happen: not enough free, or more than is left of what was set aside. */
const REFUSED: ReadonlySet<string> = new Set(['not-enough-free', 'more-than-reserved', 'reservation-ended']);

/** One thing that happens: which, to whom, how much, how many days ago it was true, and whether the clock, the sealer or an officer moves after it. */
const happening = fc.record({
  what: fc.constantFrom(
    'arrival',
    'allocated',
    'contribution',
    'returned',
    'sent',
    'arrived',
    'invoice',
    'payment',
    'refund',
    'claim',
    'cover',
    'paid-back',
    'bank-line',
    'fee',
    'commit',
    'spend',
    'free',
  ),
  who: fc.integer({ min: 0, max: 2 }),
  amount: fc.integer({ min: 1, max: 500 }),
  daysAgo: fc.integer({ min: 0, max: 12 }),
  after: fc.constantFrom('', '', '', 'day', 'week', 'seal', 'seal', 'close'),
});
type Happening = typeof happening extends fc.Arbitrary<infer T> ? T : never;

describe('figures of the ledger', () => {
  let house: LedgerHouse;
  beforeAll(async () => {
    house = await LedgerHouse.open(`${FIRST}T10:00:00Z`);
  });
  afterAll(() => house.close());

  function entryOf(book: BookId, { what, amount }: Happening, who: Member, on: LocalDate): NewEntry {
    const [line, share] = [lineOf(book, who), shareOf(book, who, group)];
    const [bank, clearing, nobodys, remitting] = [plain(book, 'bank'), plain(book, 'clearing', 'stripe'), plain(book, 'unallocated'), plain(book, 'remitting')];
    const [payable, owed] = [
      { book, kind: 'payable' as const, subject: group },
      { book, kind: 'receivable' as const, subject: who.subject },
    ];
    const lead = { book, kind: 'receivable' as const, subject: group };
    const owner = { ...who, pool: group };
    const ofPerson = { subject: who.subject };
    const moves = {
      arrival: () => entry(book, 'arrival', [move(bank, nobodys, amount)]),
      allocated: () => entry(book, 'allocated', [move(nobodys, line, amount)]),
      contribution: () => entry(book, 'contribution', [move(line, share, amount)]),
      returned: () => entry(book, 'returned', [move(share, line, amount)]),
      sent: () => entry(book, 'remittance-sent', [move(line, remitting, amount)]),
      arrived: () => entry(book, 'remittance-arrived', [move(remitting, clearing, amount, { owner: { ...who } })]),
      invoice: () => entry(book, 'invoice', [move(share, payable, amount)]),
      payment: () => entry(book, 'payment', [move(payable, clearing, amount, { owner })]),
      refund: () => entry(book, 'refund', [move(clearing, share, amount)]),
      claim: () => entry(book, 'receivable', [move(owed, clearing, amount, { owner: ofPerson })]),
      cover: () => entry(book, 'receivable', [move(nobodys, lead, amount, { owner: ofPerson })]),
      'paid-back': () => entry(book, 'receivable-settled', [move(nobodys, owed, amount, { owner: ofPerson })]),
      'bank-line': () => entry(book, 'bank-line', [move(clearing, bank, amount)]),
      fee: () => entry(book, 'fee', [move(plain(book, 'fees-due'), clearing, amount)]),
    };
    return { ...moves[what as keyof typeof moves](), effectiveOn: on };
  }

  /** Setting aside, spending out of it and freeing it: of the share's newest reservation, or a new one. */
  function reservationEntry(book: BookId, { what, amount }: Happening, who: Member, on: LocalDate, open: Set<ReservationId>): NewEntry | undefined {
    const share = shareOf(book, who, group);
    if (what === 'commit') {
      const id = newId<'reservation'>();
      open.add(id);
      const reservation = { id, account: share, amount: pence(amount), purpose: newId(), forDay: on, endsOn: addDays(on, 60) };
      return { ...entry(book, 'commitment', []), effectiveOn: on, transfers: [], reservations: [reservation] };
    }
    const reservation = [...open].at(-1);
    if (reservation === undefined) return undefined;
    if (what === 'free')
      return { ...entry(book, 'commitment-ended', []), effectiveOn: on, transfers: [], endings: [{ reservation, amount: pence(amount), as: 'void' }] };
    const payable = { book, kind: 'payable' as const, subject: group };
    return { ...entry(book, 'invoice', [move(share, payable, amount, { reservation })]), effectiveOn: on };
  }

  /** Lives a history through in a new book; what the ledger refuses (not enough free) did not happen. */
  async function live(history: readonly Happening[]): Promise<{ book: BookId; members: Member[]; moments: Date[] }> {
    house.clock.set(new Date(`${FIRST}T10:00:00Z`));
    const book = await house.book('cash', FIRST);
    const members = [member(), member(), member()];
    const moments: Date[] = [];
    // Everybody begins with money in the pool, so that much of what is tried happens.
    const share = { who: 0, amount: 900, daysAgo: 0, after: '' } as const;
    for (const who of members)
      for (const what of ['arrival', 'allocated', 'contribution'] as const) await house.record(entryOf(book, { ...share, what }, who, FIRST));
    const open = members.map(() => new Set<ReservationId>());
    for (const each of history) {
      const [who, on] = [members[each.who]!, addDays(house.clock.today(), -each.daysAgo)];
      const happened = ['commit', 'spend', 'free'].includes(each.what) ? reservationEntry(book, each, who, on, open[each.who]!) : entryOf(book, each, who, on);
      if (happened)
        await house.record(happened).catch((error: { code?: string }) => {
          if (!REFUSED.has(error.code ?? '')) throw error;
          for (const reservation of happened.reservations ?? []) open[each.who]!.delete(reservation.id);
        });
      if (each.after === 'day') await pass(1);
      if (each.after === 'week') await pass(7);
      if (each.after === 'seal' || each.after === 'close') await house.seals.sealBook(book);
      if (each.after === 'close')
        await house.database
          .transaction(house.actor, (tx) => house.books.close(tx, house.actor, book, addDays(house.clock.today(), -3)))
          .catch((error: { code?: string }) => expect(error.code).toBe('closed-before'));
    }
    return { book, members, moments };

    async function pass(days: number): Promise<void> {
      moments.push(house.clock.now());
      house.clock.set(new Date(house.clock.now().getTime() + days * 86_400_000));
    }
  }

  it('are the sums of the rows, whatever happened, was sealed or closed', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(happening, { minLength: 5, maxLength: 40 }), async (history) => {
        const { book, members, moments } = await live(history);
        await house.database.read(house.actor, async (tx) => {
          expect(figures((await house.queries.figuresOfBooks(tx, [book]))[0]!)).toEqual(await figuresByRows(tx, book));
          expect(owners(await house.queries.ownedIn(tx, book))).toEqual(owners(await ownedByRows(tx, book)));
          const [ann] = members as [Member];
          const keys = [
            plain(book, 'bank'),
            plain(book, 'clearing', 'stripe'),
            plain(book, 'unallocated'),
            plain(book, 'remitting'),
            { book, kind: 'payable' as const, subject: group },
            lineOf(book, ann),
            shareOf(book, ann, group),
            { book, kind: 'receivable' as const, subject: ann.subject },
          ];
          for (const key of keys) {
            expect((await house.queries.balanceOf(tx, key)).posted).toBe(await balanceByRows(tx, key, 'true', []));
            for (const moment of [startOfDay(FIRST), ...moments.slice(-2), house.clock.now()]) {
              const day = dayOf(moment);
              const asked: [AsOf, string, unknown][] = [
                [{ effectiveOn: day }, 'effective_on <= $2', day],
                [{ bookedOn: day }, 'booked_on <= $2', day],
                [{ knownAt: moment }, 'booked_at <= $2', moment],
              ];
              for (const [asOf, condition, value] of asked) {
                if (CHART[key.kind].guarded) expect(await house.queries.freeAsOf(tx, key, asOf)).toEqual(await freeByReplay(tx, key, asOf));
                expect(await house.queries.balanceAsOf(tx, key, asOf)).toBe(await balanceByRows(tx, key, condition, [value]));
                if (key === keys.at(-2) || key === keys[0]) await checkStatement(tx, key, asOf);
              }
            }
            await checkStatement(tx, key, undefined);
          }
        });
        expect(await house.faults()).toEqual({});
      }),
      { numRuns: 15 },
    );
  }, 120_000);

  /** Every page of a statement, three rows at a time: its balances run from the account's own down to nothing. */
  async function checkStatement(tx: Tx, key: AccountKey, asOf: AsOf | undefined): Promise<void> {
    const of = asOf ? { asOf } : {};
    const stands = asOf ? await house.queries.balanceAsOf(tx, key, asOf) : (await house.queries.balanceOf(tx, key)).posted;
    const all = await house.queries.statementOf(tx, key, { limit: 1_000, ...of });
    const paged = [];
    for (
      let page = await house.queries.statementPageOf(tx, key, { limit: 3, ...of });
      ;
      page = await house.queries.statementPageOf(tx, key, { limit: 3, after: page.next!, ...of })
    ) {
      paged.push(...page.items);
      if (!page.next) break;
    }
    expect(paged.map((row) => row.id)).toEqual(all.map((row) => row.id));
    let balance = stands as bigint;
    for (const row of paged) {
      expect(row.balance).toBe(balance);
      balance -= row.change;
    }
    expect(balance).toBe(0n);
  }

  const figures = ({ of }: BookFigures): Record<string, bigint> => Object.fromEntries(Object.entries(of).filter(([, sum]) => sum !== 0n));
  const owners = (rows: readonly { subject: string | null; owned: Pence; owes: Pence }[]): object[] =>
    rows.filter((row) => row.owned !== 0n || row.owes !== 0n).sort((a, b) => (String(a.subject) < String(b.subject) ? -1 : 1));

  async function figuresByRows(tx: Tx, book: BookId): Promise<Record<string, bigint>> {
    const rows = await tx.rows<{ kind: AccountKey['kind']; net: Pence }>(
      `select kind, sum(net)::bigint as net from (select credit_kind as kind, amount_pence as net from transfer where book_id = $1
         union all select debit_kind, -amount_pence from transfer where book_id = $1) legs group by kind having sum(net) <> 0`,
      [book],
    );
    return Object.fromEntries(rows.map(({ kind, net }) => [kind, CHART[kind].normal === 'credit' ? net : -net]));
  }

  const ownedByRows = (tx: Tx, book: BookId): Promise<{ subject: string | null; owned: Pence; owes: Pence }[]> =>
    tx.rows(
      `with legs as (
         select case when t.credit_kind = 'unallocated' then null else t.subject_id end as subject_id, t.credit_kind as kind, t.amount_pence as net from transfer t where t.book_id = $1
         union all select case when t.debit_kind = 'unallocated' then null else t.subject_id end, t.debit_kind, -t.amount_pence from transfer t where t.book_id = $1
       ) select subject_id as subject,
           coalesce(sum(net) filter (where kind in ('line', 'share', 'payable', 'remitting', 'unallocated')), 0)::bigint as owned,
           coalesce(-sum(net) filter (where kind = 'receivable'), 0)::bigint as owes
         from legs group by subject_id`,
      [book],
    );

  /** What was free, by reading every row of the account in order and keeping count as the ledger does. */
  async function freeByReplay(tx: Tx, key: AccountKey, asOf: AsOf): Promise<object> {
    const rows = await tx.rows<{ what: string; reservation: string | null; amount: Pence; at: Date; booked: LocalDate; effective: LocalDate }>(
      `select case when t.credit_account_id = $1 then 'in' else 'out' end as what, t.reservation_id as reservation, t.amount_pence as amount, t.booked_at as at, t.booked_on as booked, t.effective_on as effective
         from transfer t where $1 in (t.credit_account_id, t.debit_account_id)
       union all select 'set', r.id, r.amount_pence, r.made_at, e.booked_on, e.effective_on from reservation r join entry e on e.id = r.entry_id where r.account_id = $1
       union all select 'freed', r.id, x.amount_pence, x.at, e.booked_on, e.effective_on from reservation_end x join reservation r on r.id = x.reservation_id join entry e on e.id = x.entry_id
         where r.account_id = $1`,
      [accountIdOf(key)],
    );
    const counts = rows.filter((row) =>
      'knownAt' in asOf ? row.at <= asOf.knownAt : 'bookedOn' in asOf ? row.booked <= asOf.bookedOn : row.effective <= asOf.effectiveOn,
    );
    let posted = 0n;
    const aside = new Map<string, bigint>();
    const isSet = new Set(counts.filter((row) => row.what === 'set').map((row) => row.reservation));
    for (const { what, reservation, amount } of counts) {
      if (what === 'in') posted += amount;
      if (what === 'out') posted -= amount;
      if (reservation !== null) aside.set(reservation, (aside.get(reservation) ?? 0n) + (what === 'set' ? amount : -amount));
    }
    const reserved = [...aside].reduce((sum, [id, left]) => (isSet.has(id) && left > 0n ? sum + left : sum), 0n);
    return { posted, reserved, free: posted - reserved };
  }

  async function balanceByRows(tx: Tx, key: AccountKey, condition: string, values: unknown[]): Promise<bigint> {
    const row = await tx.row<{ net: Pence }>(
      `select coalesce(sum(case when credit_account_id = $1 then amount_pence else -amount_pence end), 0)::bigint as net from transfer
       where $1 in (credit_account_id, debit_account_id) and ${condition}`,
      [accountIdOf(key), ...values],
    );
    return CHART[key.kind].normal === 'credit' ? row!.net : -row!.net;
  }
});
