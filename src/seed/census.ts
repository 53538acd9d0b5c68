import type { Actor } from '../kernel/index.js';
import { PAY_IN, PAY_OUT } from '../payments/index.js';
import type { Database, Tx } from '../platform/index.js';

/** One state of one noun: how many are in it now, and how many have ever been. A state that is over in a moment is only ever `ever`. */
export interface CensusRow {
  readonly noun: string;
  readonly state: string;
  readonly now: number;
  readonly ever: number;
  /** Why nobody can be in this state here: it needs a fact from outside that a demonstration cannot make. */
  readonly excused: string | null;
}

/** Which columns are states: these, of every table whose constraint lists what may stand in them. */
const STATE_COLUMNS = ['state', 'door_state', 'choice', 'ended_how'];
/** Kinds that people meet as states of a noun. */
const KINDS = ['alert.kind', 'decision.kind', 'session_answer.answer', 'remittance.carries', 'break.kind'];
/** The machine's own: no nouns of the district. */
const MACHINERY = ['job_run', 'seed_run', 'outbox_event'];

/** Where changes of a noun are written down, for states that are over in a moment. */
const HISTORIES: readonly { readonly noun: string; readonly sql: string }[] = [
  {
    noun: 'payment out',
    sql: `select h.to_state as state, count(*)::int as n from payment_history h join payment p on p.id = h.payment_id where p.direction = 'out' group by 1`,
  },
  {
    noun: 'payment in',
    sql: `select h.to_state as state, count(*)::int as n from payment_history h join payment p on p.id = h.payment_id where p.direction = 'in' group by 1`,
  },
  {
    noun: 'agreement',
    sql: `select state, sum(n)::int as n from (select to_state as state, count(*) as n from pool_history where noun = 'agreement' group by 1
     union all select from_state, count(*) from pool_history where noun = 'agreement' and from_state is not null group by 1) h group by 1`,
  },
  { noun: 'pool', sql: `select to_state as state, count(*)::int as n from pool_history where noun = 'pool' group by 1` },
  {
    noun: 'contribution',
    sql: `select state, sum(n)::int as n from (select to_state as state, count(*) as n from pool_history where noun = 'contribution' group by 1
     union all select from_state, count(*) from pool_history where noun = 'contribution' and from_state is not null group by 1) h group by 1`,
  },
  { noun: 'quote', sql: `select to_state as state, count(*)::int as n from purchase_history where noun = 'quote' group by 1` },
  { noun: 'invoice', sql: `select to_state as state, count(*)::int as n from purchase_history where noun = 'invoice' group by 1` },
  { noun: 'purchase_session', sql: `select to_state as state, count(*)::int as n from purchase_history where noun = 'session' group by 1` },
  { noun: 'remittance', sql: `select 'arrived' as state, count(*)::int as n from remittance where arrived_on is not null` },
  {
    noun: 'pay_run',
    sql: `select case action when 'pay-run:propose' then 'proposed' when 'pay-run:prepare' then 'prepared' when 'pay-run:approve' then 'approved' else 'released' end as state,
     count(*)::int as n from audit_event where action in ('pay-run:propose', 'pay-run:prepare', 'pay-run:approve', 'pay-run:release') group by 1`,
  },
  { noun: 'statement line', sql: `select 'new' as state, count(*)::int as n from statement_line` },
  {
    noun: 'payment_file door',
    sql: `select 'submitting' as state, count(*)::int as n from payment_file where door_state in ('submitting', 'submitted', 'refused')`,
  },
];

/** Names people use, where a table's is not one. */
const NOUNS: Readonly<Record<string, string>> = {
  line_state: 'statement line',
  'payment_file.door_state': 'payment_file door',
  'answer.choice': 'answer',
  'group_answer.choice': 'group answer',
  'break.ended_how': 'break ended',
};

const DISAGREES = 'only when a book disagrees with its bank, which nothing outside can bring about here';
const EXCUSED: Readonly<Record<string, string>> = { 'break kind/proof': DISAGREES, 'break ended/agrees-again': DISAGREES };

/** Every state of every noun with its count. The states come from the constraints of the database itself, so a new room is counted as
 *  soon as its tables are there. The actor must see everything: see `actorOfEverything`. */
export function census(database: Database, everything: Actor): Promise<CensusRow[]> {
  return database.read(everything, async (tx) => {
    await tx.row(`select set_config('statement_timeout', '0', true)`);
    const ever = await everOf(tx);
    const rows: CensusRow[] = [];
    for (const { noun, table, column, states, where } of await nounsOf(tx)) {
      const now = await countsOf(tx, table, column, where);
      for (const state of states)
        rows.push({
          noun,
          state,
          now: now.get(state) ?? 0,
          ever: Math.max(now.get(state) ?? 0, ever.get(`${noun}/${state}`) ?? 0),
          excused: EXCUSED[`${noun}/${state}`] ?? null,
        });
    }
    return rows;
  });
}

/** States that ought to occur and never did. */
export const missing = (rows: readonly CensusRow[]): CensusRow[] => rows.filter((row) => row.ever === 0 && row.excused === null);

interface Noun {
  readonly noun: string;
  readonly table: string;
  readonly column: string;
  readonly states: readonly string[];
  readonly where: string;
}

async function nounsOf(tx: Tx): Promise<Noun[]> {
  const rows = await tx.rows<{ table: string; words: string }>(
    `select c.conrelid::regclass::text as table, pg_get_constraintdef(c.oid) as words from pg_constraint c join pg_namespace n on n.oid = c.connamespace
     where c.contype = 'c' and n.nspname = 'public' and pg_get_constraintdef(c.oid) like '%= ANY (ARRAY[%' order by 1, 2`,
  );
  const found = new Map<string, Noun>();
  for (const { table, words } of rows) {
    const match = /^CHECK \(\(+"?(\w+)"? = ANY \(ARRAY\[([^\]]+)\]\)\)+$/.exec(words);
    if (!match || MACHINERY.includes(table)) continue;
    const [, column, list] = match as unknown as [string, string, string];
    const bare = table.replaceAll('"', '');
    if (!STATE_COLUMNS.includes(column) && !KINDS.includes(`${bare}.${column}`)) continue;
    const states = [...list.matchAll(/'([^']+)'/g)].map((each) => each[1]!);
    const name = NOUNS[`${bare}.${column}`] ?? NOUNS[bare] ?? (column === 'state' ? bare : `${bare} ${column}`);
    found.set(name, { noun: name, table, column, states, where: 'true' });
  }
  found.delete('payment');
  const payment = (noun: string, direction: 'in' | 'out', states: object): Noun => ({
    noun,
    table: 'payment',
    column: 'state',
    states: Object.keys(states),
    where: `direction = '${direction}'`,
  });
  return [...found.values(), payment('payment in', 'in', PAY_IN), payment('payment out', 'out', PAY_OUT)].sort((a, b) => (a.noun < b.noun ? -1 : 1));
}

async function countsOf(tx: Tx, table: string, column: string, where: string): Promise<Map<string, number>> {
  const rows = await tx.rows<{ state: string | null; n: number }>(`select ${column} as state, count(*)::int as n from ${table} where ${where} group by 1`);
  return new Map(rows.flatMap(({ state, n }) => (state === null ? [] : [[state, n] as const])));
}

async function everOf(tx: Tx): Promise<Map<string, number>> {
  const counts = new Map<string, number>();
  for (const { noun, sql } of HISTORIES) for (const { state, n } of await tx.rows<{ state: string; n: number }>(sql)) counts.set(`${noun}/${state}`, n);
  return counts;
}
