import { Tracking } from '../../insight/index.js';
import type { LocalDate } from '../../kernel/index.js';
import { newId, pence, sumPence } from '../../kernel/index.js';
import type { NewEntry } from '../../ledger/index.js';
import { Ledger } from '../../ledger/index.js';
import type { Tx } from '../../platform/index.js';
import { Secrets } from '../../platform/index.js';
import type { SeedHouse } from '../house.js';
import type { Row, Side } from './draw.js';

export interface Period {
  readonly start: LocalDate;
  readonly end: LocalDate;
}

/** A chunk of people with plans, budgets and money, in a few large statements. The transaction sees them, their ICB and their books. */
export async function insertPeople(house: SeedHouse, tx: Tx, side: Side, rows: readonly Row[], period: Period): Promise<void> {
  await insertPersons(house, tx, side, rows, period);
  await insertPlans(tx, side, rows, period);
  await insertBooks(tx, rows, period);
  await insertBudgets(tx, side, rows, period);
  await house.get(Ledger).record(tx, moneyOf(side, rows, period));
}

/** Rollups of spend, as the nightly job would make them. */
export const trackPeople = (house: SeedHouse, tx: Tx, rows: readonly Row[]): Promise<unknown> =>
  house.get(Tracking).track(
    tx,
    rows.map((row) => row.id),
  );

async function insertPersons(house: SeedHouse, tx: Tx, side: Side, rows: readonly Row[], { start }: Period): Promise<void> {
  const secrets = house.get(Secrets);
  tx.write(
    `insert into person (id, first_name, family_name, born_on, nhs_number, nhs_number_lookup, place, created_at)
     select id, first, family, born, number, lookup, place, $1 from unnest($2::uuid[], $3::text[], $4::text[], $5::date[], $6::bytea[], $7::bytea[], $8::text[]) as p(id, first, family, born, number, lookup, place)`,
    [
      tx.now,
      ids(rows),
      rows.map((r) => r.firstName),
      rows.map((r) => r.familyName),
      rows.map((r) => r.bornOn),
      rows.map((r) => secrets.encrypt(r.nhsNumber, `person.nhs_number:${r.id}`)),
      rows.map((r) => secrets.lookup(r.nhsNumber, 'nhs-number')),
      rows.map((r) => r.place),
    ],
  );
  tx.write('insert into responsibility (person_id, icb_id, from_day) select id, $1, $2 from unnest($3::uuid[]) as p(id)', [side.icb, start, ids(rows)]);
  tx.write(
    `insert into access_grant (id, person_id, role, on_kind, on_id, from_at, reason, given_by)
     select gen_random_uuid(), id, 'holder', 'person', id, $1, 'a budget holder has rights over their own record', 'system:seed' from unnest($2::uuid[]) as p(id)`,
    [tx.now, ids(rows)],
  );
}

async function insertPlans(tx: Tx, side: Side, rows: readonly Row[], { start }: Period): Promise<void> {
  tx.write(
    `insert into plan (id, person_id, icb_id, state, about, risks, coordinator_id, review_on, consent_on, agreed_on, made_at)
     select id, person, $1, 'agreed', 'What matters, in the person’s own words.', 'None beyond everyday ones.', $2, $3::date + 90, $3, $3, $4 from unnest($5::uuid[], $6::uuid[]) as p(id, person)`,
    [side.icb, side.coordinator, start, tx.now, rows.map((r) => r.planId), ids(rows)],
  );
  tx.write(`insert into plan_outcome (id, plan_id, words) select id, plan, 'I live as I want to' from unnest($1::uuid[], $2::uuid[]) as o(id, plan)`, [
    rows.map((r) => r.outcomeId),
    rows.map((r) => r.planId),
  ]);
  tx.write(
    `insert into plan_line (id, plan_id, outcome_id, service, category, amount_pence, per)
     select l.id, l.plan, l.outcome, l.service, l.category, l.amount, 'year' from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::text[], $5::text[], $6::bigint[]) as l(id, plan, outcome, service, category, amount)`,
    [
      rows.flatMap((r) => [r.togetherLine, r.supportLine]),
      rows.flatMap((r) => [r.planId, r.planId]),
      rows.flatMap((r) => [r.outcomeId, r.outcomeId]),
      rows.flatMap(() => ['Doing things with other people', 'Help at home']),
      rows.flatMap(() => ['activity', 'support']),
      rows.flatMap((r) => [String(r.together), String(r.agreed - r.together)]),
    ],
  );
  tx.write(
    `insert into decision (id, icb_id, person_id, kind, plan_id, statute, reason, decided_by, decided_on, made_at)
     select gen_random_uuid(), $1, person, 'agree-plan', plan, 'S.I. 2013/1617 reg. 8', 'The plan meets the assessed needs.', $2, $3, $4 from unnest($5::uuid[], $6::uuid[]) as p(person, plan)`,
    [side.icb, side.officer, start, tx.now, ids(rows), rows.map((r) => r.planId)],
  );
}

/** A direct payment lies in a book of the person's own. */
async function insertBooks(tx: Tx, rows: readonly Row[], { start }: Period): Promise<void> {
  const own = rows.filter((row) => row.managed === 'direct-payment');
  tx.write(
    `insert into book (id, basis, name, holder_id, opened_on) select id, 'cash', 'Direct payment account of ' || name, holder, $1 from unnest($2::uuid[], $3::text[], $4::uuid[]) as b(id, name, holder)`,
    [start, own.map((r) => r.bookId), own.map((r) => r.firstName), ids(own)],
  );
  tx.write(
    `insert into access_grant (id, person_id, role, on_kind, on_id, from_at, reason, given_by)
     select gen_random_uuid(), person, 'account-holder', 'book', book, $1, 'holds the direct payment themselves', 'system:seed' from unnest($2::uuid[], $3::uuid[]) as g(person, book)`,
    [tx.now, ids(own), own.map((r) => r.bookId)],
  );
}

async function insertBudgets(tx: Tx, side: Side, rows: readonly Row[], { start, end }: Period): Promise<void> {
  tx.write(
    'insert into budget (id, person_id, plan_id, icb_id, from_day, until_day, made_at) select id, person, plan, $1, $2, $3, $4 from unnest($5::uuid[], $6::uuid[], $7::uuid[]) as b(id, person, plan)',
    [side.icb, start, end, tx.now, rows.map((r) => r.budgetId), ids(rows), rows.map((r) => r.planId)],
  );
  tx.write(
    `insert into budget_line (id, budget_id, person_id, plan_id, funder_id, managed, book_id, name, reference, agreed_pence, from_day, until_day, state, first_paid_on, made_at)
     select l.id, l.budget, l.person, l.plan, $1, l.managed, l.book, 'For the year', l.reference, l.agreed, $2, $3, 'open', case when l.managed <> 'notional' then $2::date end, $4
     from unnest($5::uuid[], $6::uuid[], $7::uuid[], $8::uuid[], $9::text[], $10::uuid[], $11::text[], $12::bigint[]) as l(id, budget, person, plan, managed, book, reference, agreed)`,
    [
      side.icb,
      start,
      end,
      tx.now,
      rows.map((r) => r.lineId),
      rows.map((r) => r.budgetId),
      ids(rows),
      rows.map((r) => r.planId),
      rows.map((r) => r.managed),
      rows.map((r) => r.bookId),
      rows.map((r) => r.reference),
      rows.map((r) => String(r.agreed)),
    ],
  );
  tx.write(
    `insert into decision (id, icb_id, person_id, kind, plan_id, budget_id, statute, reason, decided_by, decided_on, made_at)
     select gen_random_uuid(), $1, person, 'fund', plan, budget, 'NHS Act 2006 s. 12A', 'The sum covers the services of the plan.', $2, $3, $4 from unnest($5::uuid[], $6::uuid[], $7::uuid[]) as p(person, plan, budget)`,
    [side.icb, side.officer, start, tx.now, ids(rows), rows.map((r) => r.planId), rows.map((r) => r.budgetId)],
  );
}

/** What was agreed, in an allocation book; half of it arrived, in a cash book. */
function moneyOf(side: Side, rows: readonly Row[], { start }: Period): NewEntry[] {
  const half = (row: Row) => pence(row.agreed / 2n);
  const trusted = rows.filter((row) => row.managed === 'third-party');
  const arrival = (book: Row['bookId'], reference: string, amount: Row['agreed']): NewEntry => ({
    book,
    reference,
    kind: 'arrival',
    effectiveOn: start,
    transfers: [{ debit: { book, kind: 'bank' }, credit: { book, kind: 'unallocated' }, amount }],
  });
  const together = trusted.length > 0 ? [arrival(side.trustBook, `seed:${newId()}:arrival`, sumPence(trusted.map(half)))] : [];
  return [
    ...together,
    ...rows.flatMap((row): NewEntry[] => {
      const book = row.bookId;
      const credit = { book, kind: 'line', subject: row.id, line: row.lineId } as const;
      if (row.managed === 'notional')
        return [
          {
            book,
            reference: `budget-line:${row.lineId}:agreed`,
            kind: 'agreed',
            effectiveOn: start,
            transfers: [{ debit: { book, kind: 'agreed' }, credit, amount: row.agreed }],
          },
        ];
      const allocated: NewEntry = {
        book,
        reference: `budget-line:${row.lineId}:allocated:seed`,
        kind: 'allocated',
        effectiveOn: start,
        transfers: [{ debit: { book, kind: 'unallocated' }, credit, amount: half(row) }],
      };
      return row.managed === 'third-party' ? [allocated] : [arrival(book, `seed:${row.lineId}:arrival`, half(row)), allocated];
    }),
  ];
}

const ids = (rows: readonly Row[]): string[] => rows.map((row) => row.id);
