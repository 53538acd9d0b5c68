import { brokerChecks } from './brokers/index.js';
import { budgetChecks } from './budgets/index.js';
import { commissioningChecks } from './commissioning/index.js';
import { financeChecks } from './finance/index.js';
import { holderChecks } from './holders/index.js';
import { insightChecks } from './insight/index.js';
import { introductionChecks } from './introductions/index.js';
import type { Actor, BookId, OrganisationId, PersonId, PoolId, ProviderId } from './kernel/index.js';
import { systemActor } from './kernel/index.js';
import { ledgerChecks } from './ledger/index.js';
import { paymentsChecks } from './payments/index.js';
import { planChecks } from './plans/index.js';
import type { Check, Database, Tx } from './platform/index.js';
import { poolChecks } from './pools/index.js';
import { purchasingChecks } from './purchasing/index.js';
import { reconciliationChecks } from './reconciliation/index.js';

/** Everything that must always be true, by room. */
export const allChecks: readonly Check[] = [
  ...ledgerChecks,
  ...paymentsChecks,
  ...reconciliationChecks,
  ...holderChecks,
  ...brokerChecks,
  ...introductionChecks,
  ...planChecks,
  ...budgetChecks,
  ...commissioningChecks,
  ...poolChecks,
  ...purchasingChecks,
  ...financeChecks,
  ...insightChecks,
];

export interface CheckResult {
  readonly name: string;
  readonly truth: number;
  readonly claim: string;
  readonly faults: readonly string[];
  readonly tookMs: number;
}

/** Above this many people those whom an ICB shows are named only if they have rows that nobody else shows. */
const MOST_NAMED = 50_000;

/** A scope with every id there is: a check may never pass because a wall hid the fault. */
export async function actorOfEverything(database: Database): Promise<Actor> {
  const known = await database.read(systemActor('check', {}), async (tx) => ({
    icbs: await tx.rows<{ id: OrganisationId }>(`select id from organisation where kind = 'icb'`),
    ids: await tx.rows<{ kind: string; id: string }>(`select kind, id from known_id where kind <> 'person'`),
    people: await tx.row<{ n: bigint }>(`select count(*) as n from known_id where kind = 'person'`),
    places: await tx.rows<{ id: string }>('select district as id from place'),
  }));
  const of = <T>(kind: string): T[] => known.ids.filter((each) => each.kind === kind).map((each) => each.id as T);
  const books = await sharedFirst(database, of<BookId>('book'));
  const scope = {
    icbs: known.icbs.map((each) => each.id),
    books,
    pools: of<PoolId>('pool'),
    providers: of<ProviderId>('provider'),
    places: known.places.map((each) => each.id),
  };
  const isLarge = known.people!.n > BigInt(MOST_NAMED);
  const hidden = await database.read(systemActor('check', scope), (tx) =>
    tx.rows<{ id: PersonId }>(
      `select k.id from known_id k where k.kind = 'person' and ($1 or not exists (
         select 1 from responsibility r where r.person_id = k.id and r.from_day <= current_date and (r.until_day is null or r.until_day > current_date)))`,
      [!isLarge],
    ),
  );
  const secluded = isLarge ? await withRowsOfTheirOwn(database) : [];
  return systemActor('check', { ...scope, people: [...new Set([...hidden.map((each) => each.id), ...secluded])] });
}

/** What no ICB sees: only the person, and who stands in for them. Suggestions, answers and introductions rest on a card. */
const OF_THEIR_OWN = ['good_life', 'goal', 'offer', 'card', 'appointment', 'pool_exit', 'notice'];
const AT_ONCE = 10_000;

/** The people whose own rows only they can show, found ten thousand at a time. */
async function withRowsOfTheirOwn(database: Database): Promise<PersonId[]> {
  const found: PersonId[] = [];
  for (let after = '00000000-0000-0000-0000-000000000000'; ; ) {
    const from = after;
    const people = await database.read(systemActor('check', {}), (tx) =>
      tx.rows<{ id: PersonId }>(`select id from known_id where kind = 'person' and id > $1 order by id limit ${AT_ONCE}`, [from]),
    );
    if (people.length === 0) return found;
    after = people.at(-1)!.id;
    const sql = OF_THEIR_OWN.map((table) => `select person_id as id from ${table}`).join(' union ');
    const theirs = await database.read(systemActor('check', { people: people.map((each) => each.id) }), (tx) => tx.rows<{ id: PersonId }>(sql));
    found.push(...theirs.map((each) => each.id));
  }
}

/** Walls look through a scope's list in order, and most rows lie in the few books that many people share. */
async function sharedFirst(database: Database, books: readonly BookId[]): Promise<BookId[]> {
  const rows = await database.read(systemActor('check', { books }), (tx) =>
    tx.rows<{ id: BookId }>('select id from book order by (holder_id is null) desc, id'),
  );
  return rows.map((row) => row.id);
}

/** Runs checks one after another, each in a transaction of its own that sees everything. */
export async function runChecks(database: Database, checks: readonly Check[] = allChecks): Promise<CheckResult[]> {
  const actor = await actorOfEverything(database);
  const results: CheckResult[] = [];
  for (const check of [seesEverything, ...checks]) {
    const startedAt = performance.now();
    const faults = await database.read(actor, (tx) => patiently(tx, check));
    results.push({ name: check.name, truth: check.truth, claim: check.claim, faults, tookMs: Math.round(performance.now() - startedAt) });
  }
  return results;
}

/** A check reads whole tables: it may take longer than any request of a person's, and as the planner cannot see how many rows a wall
 *  lets through, it is told not to join row by row. */
async function patiently(tx: Tx, check: Check): Promise<readonly string[]> {
  await tx.row(`select set_config('statement_timeout', '0', true), set_config('enable_nestloop', 'off', true), set_config('work_mem', '64MB', true)`);
  return check.find(tx);
}

/** The check of the checks: with every id set, every row that has an id is seen. */
export const seesEverything: Check = {
  name: 'checks-see-everything',
  truth: 14,
  claim: 'With every id in scope, no person, book, pool or provider is hidden.',
  find: async (tx: Tx) =>
    (
      await tx.rows<{ fault: string }>(
        `select k.kind || ' rows: ' || k.known || ' known, ' || s.seen || ' seen' as fault from (select kind, count(*) as known from known_id group by kind) k
       join (select 'person' as kind, count(*) as seen from person union all select 'book', count(*) from book union all select 'pool', count(*) from pool
             union all select 'provider', count(*) from provider) s using (kind) where k.known <> s.seen`,
      )
    ).map((row) => row.fault),
};
