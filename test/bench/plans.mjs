/** The plans of the ledger's hot questions on a million transfers over five financial years, and what sealing and proving them costs.
 *  `node test/bench/plans.mjs [transfers]` after `npm run build`: a throw-away durable PostgreSQL, the app's own role, every wall on. */
import { Logger } from '@nestjs/common';
import pg from 'pg';
import { compiled, openScene, withClient } from './scene.mjs';

const TRANSFERS = Number(process.argv[2] ?? 1_000_000);
const BOOKS = 20;
/** Lines of each book, with a share beside each: the first book is ten times as large as the others and has half of all movements. */
const LINES = 1_000;
const AN_ENTRY_EACH = 2; // entries a batch
const FIRST_DAY = '2022-04-01';
const DAYS = 1_695; // to November 2026

const say = (line) => process.stdout.write(`${line}\n`);
const seconds = (began) => ((performance.now() - began) / 1000).toFixed(1);

/** An account's id from what it is for, as src/ledger/account-key.ts makes it. */
const NAMED = `create function pg_temp.named(name text) returns uuid language sql immutable as $$
  select encode(substring(set_byte(set_byte(h, 6, (get_byte(h, 6) & 15) | 128), 8, (get_byte(h, 8) & 63) | 128) from 1 for 16), 'hex')::uuid from sha256(convert_to(name, 'UTF8')) h $$`;
const idOf = (kind, subject = "''", line = "''", plan = "''", pool = "''", channel = "''") =>
  `pg_temp.named(concat_ws('|', b.id, '${kind}', ${subject}, ${line}, ${plan}, ${pool}, ${channel}))`;

/** Every year's rows as a life would have left them: an arrival for each line first, then contributions, invoices and payments. */
async function seed(url) {
  await withClient(url, async (client) => {
    const run = (sql, values) => client.query(sql, values);
    await run('set session_replication_role = replica');
    await run(NAMED);
    await run(
      `create temp table b as select n, uuidv7() as id, uuidv7() as pool, uuidv7() as provider, case when n = 1 then ${LINES * 10} else ${LINES} end as lines from generate_series(1, ${BOOKS}) n`,
    );
    await run(`insert into organisation (id, kind, name, valid_from) select id, 'money-holder', 'An invented body', '2020-01-01' from b`);
    await run(`insert into book (id, basis, name, organisation_id, opened_on) select id, 'cash', 'An invented body', id, '${FIRST_DAY}' from b`);
    await run(`insert into known_id select 'book', id from b`);
    await run(
      `create temp table m as select b.n as book, k as place, b.id, b.pool, b.provider, uuidv7() as subject, uuidv7() as line, uuidv7() as plan from b, generate_series(1, b.lines) k`,
    );
    await run(`create temp table w as select b.*, ${idOf('line', 'b.subject', 'b.line')} as line_account, ${idOf('share', 'b.subject', 'b.line', 'b.plan', 'b.pool')} as share_account,
      ${idOf('bank')} as bank, ${idOf('clearing', "''", "''", "''", "''", "'bank'")} as clearing, ${idOf('payable', 'b.provider')} as payable from m b`);
    await run(
      `insert into account (id, book_id, kind, subject_id, line_id, plan_line_id, pool_id, channel, opened_at)
      select line_account, id, 'line', subject, line, null, null, null, $1::timestamptz from w union all select share_account, id, 'share', subject, line, plan, pool, null, $1 from w
      union all select bank, id, 'bank', null, null, null, null, null, $1 from w where place = 1 union all select clearing, id, 'clearing', null, null, null, null, 'bank', $1 from w where place = 1
      union all select payable, id, 'payable', provider, null, null, null, null, $1 from w where place = 1`,
      [FIRST_DAY],
    );
    await run('create index on w (book, place)');
    await run('analyze w');
    // Half of the movements are of the first book; eight people at a time are paid for, put in, are invoiced and pay: line, share, payable, clearing.
    await run(
      `create temp table x as select n, w.*, (n / 8) % 4 as what, date '${FIRST_DAY}' + (n * ${DAYS}::bigint / $1)::int as day, uuidv7() as entry, uuidv7() as transfer
       from generate_series(0, $1 - 1) n join w on w.book = case when n % 2 = 0 then 1 else 2 + (n / 32) % ${BOOKS - 1} end
         and w.place = 1 + (n / 32 * 8 + n % 8) % case when n % 2 = 0 then ${LINES * 10} else ${LINES} end`,
      [TRANSFERS],
    );
    await run('create index on x (book, n)');
    await run(`create temp table y as select x.*, (row_number() over (partition by book order by n) - 1) / ${AN_ENTRY_EACH} as part from x`);
    await run(`create temp table z as select book, id, part, min(n) as first, count(*) as entries, min(day) as day from y group by book, id, part`);
    await run(
      `insert into ledger_batch (id, book_id, entries, made_at) overriding system value select row_number() over (order by first), id, entries, day from z`,
    );
    await run(`select setval(pg_get_serial_sequence('ledger_batch', 'id'), (select max(id) from ledger_batch))`);
    await run(`create temp table v as select row_number() over (order by first) as batch, book, part from z`);
    await run('create index on v (book, part)');
    await run(`insert into unsealed_batch (batch_id, book_id) select id, book_id from ledger_batch`);
    await run(`insert into entry (id, book_id, batch_id, reference, kind, effective_on, booked_on, booked_at, content_hash)
      select entry, id, v.batch, 'seed:' || n || ':' || what, (array['arrival', 'contribution', 'invoice', 'payment'])[what + 1], day, day, day, sha256(convert_to(n::text, 'UTF8'))
      from y join v using (book, part) order by n`);
    await run(`insert into transfer (id, entry_id, book_id, kind, debit_account_id, credit_account_id, debit_kind, credit_kind, amount_pence, owner_account_id, subject_id, line_id,
        plan_line_id, pool_id, effective_on, booked_on, booked_at)
      select transfer, entry, id, (array['arrival', 'contribution', 'invoice', 'payment'])[what + 1], (array[bank, line_account, share_account, payable])[what + 1],
        (array[line_account, share_account, payable, clearing])[what + 1], (array['bank', 'line', 'share', 'payable'])[what + 1], (array['line', 'share', 'payable', 'clearing'])[what + 1],
        1000 - what, case when what = 0 then line_account else share_account end, subject, line, case when what > 0 then plan end, case when what > 0 then pool end, day, day, day
      from y order by n`);
    await run(`update account a set posted_pence = s.net from (select account, sum(net) as net from (
        select credit_account_id as account, amount_pence as net from transfer union all select debit_account_id, -amount_pence from transfer) l group by account) s
      where s.account = a.id and a.kept`);
    await run(`update account a set payable_pence = s.payable, spent_pence = s.spent from (select owner_account_id as account,
        sum(case when credit_kind = 'payable' then amount_pence when debit_kind = 'payable' then -amount_pence else 0 end) as payable,
        sum(case when kind = 'payment' then amount_pence else 0 end) as spent from transfer group by 1) s where s.account = a.id`);
    await run('vacuum analyze');
  });
}

/** Money as the app reads it. */
const BIGINTS = { getTypeParser: (oid, format) => (oid === 20 ? BigInt : pg.types.getTypeParser(oid, format)) };

/** A transaction's questions, each shown with its plan before it is answered. */
const explaining = (client) => ({
  rows: async (sql, values = []) => {
    const { rows } = await client.query(`explain (analyze, costs off, timing off, buffers) ${sql}`, values);
    say(shortened(rows.map((row) => row['QUERY PLAN'])).join('\n'));
    return (await client.query({ text: sql, values, types: BIGINTS })).rows;
  },
  row(sql, values) {
    return this.rows(sql, values).then((rows) => rows[0]);
  },
});

/** A plan's own steps with what they were looked up by: without parts of other years, where nothing is found, and without the walls' filters. */
function shortened(lines) {
  const kept = [];
  let isShown = true;
  for (const line of lines) {
    const isStep = /\(actual rows|never executed/.test(line);
    if (isStep) isShown = !/rows=0\.00|never executed|Result \(/.test(line);
    if ((isStep || /Index Cond:|Sort Method/.test(line) ? isShown : /^(Planning|Execution) Time/.test(line)) && !/Worker \d/.test(line))
      kept.push(line.slice(0, 150));
  }
  return kept;
}

async function asApp(url, books, work) {
  await withClient(url, async (client) => {
    for (const name of ['icbs', 'pools', 'person', 'provider', 'places']) await client.query(`select set_config('app.${name}', '{}', false)`);
    await client.query(`select set_config('app.books', $1, false)`, [`{${books.join(',')}}`]);
    await work(client);
  });
}

Logger.overrideLogger(['error']);
const scene = await openScene(say);
try {
  let began = performance.now();
  await seed(scene.superuserUrl);
  say(`${TRANSFERS} transfers seeded in ${seconds(began)} s`);
  const ledger = await compiled('ledger/index.js');
  const { Database, SystemClock, appDataSource } = await compiled('platform/index.js');
  const source = await appDataSource(scene.appUrl, 4).initialize();
  const database = new Database(source, new SystemClock());
  const seals = new ledger.Seals(database);

  began = performance.now();
  const count = await seals.sealWaiting();
  say(`${count} seals set in ${seconds(began)} s: ${Math.round(count / ((performance.now() - began) / 1000))} a second`);
  const books = (
    await withClient(scene.superuserUrl, (client) => client.query('select book_id as id from account group by 1 order by count(*) desc, 1'))
  ).rows.map(({ id }) => id);

  const copies = ['entry', 'transfer'].map((table) => `copy (select * from ${table}) to '/dev/null'`);
  began = performance.now();
  await withClient(scene.superuserUrl, async (client) => {
    for (const sql of copies) await client.query(sql);
  });
  const copied = performance.now() - began;
  began = performance.now();
  const broken = await seals.broken(books);
  const proved = performance.now() - began;
  say(
    `proof of all seals: ${(proved / 1000).toFixed(1)} s, ${broken.length} broken; COPY TO of the same rows: ${(copied / 1000).toFixed(1)} s; ratio ${(proved / copied).toFixed(1)}`,
  );

  const [large] = books;
  const queries = new ledger.LedgerQueries();
  await asApp(scene.appUrl, [large], async (client) => {
    const tx = explaining(client);
    const one = async (sql) => (await client.query(sql, [large])).rows[0];
    const share = await one(
      `select subject_id as subject, line_id as line, plan_line_id as "planLine", pool_id as pool from account where book_id = $1 and kind = 'share' order by id limit 1`,
    );
    const provider = await one(`select subject_id as subject from account where book_id = $1 and kind = 'payable'`);
    const keys = {
      share: { book: large, kind: 'share', ...share },
      bank: { book: large, kind: 'bank' },
      payable: { book: large, kind: 'payable', ...provider },
    };
    const page = (
      await queries.statementOf({ rows: async (text, values) => (await client.query({ text, values, types: BIGINTS })).rows }, keys.payable, { limit: 25 })
    ).at(-1);
    const deep = await one(`select id from transfer where book_id = $1 order by id offset 1000 limit 1`);
    const asked = [
      ['the balance of a share', () => queries.balanceOf(tx, keys.share)],
      ['the balance of the bank account', () => queries.balanceOf(tx, keys.bank)],
      ['the figures of a line', () => queries.figuresOf(tx, [share.line])],
      ['the figures of the book', () => queries.figuresOfBooks(tx, [large])],
      ['what each owns in the book', () => queries.ownedIn(tx, large)],
      ['a statement, first page, of the account with most movements', () => queries.statementPageOf(tx, keys.payable, { limit: 25 })],
      ['its next page', () => queries.statementOf(tx, keys.payable, { limit: 25, before: page.id })],
      ['a page near its beginning', () => queries.statementOf(tx, keys.payable, { limit: 25, before: deep.id })],
      ['a statement of a share', () => queries.statementOf(tx, keys.share, { limit: 25 })],
      ['the bank on a day of last month, by true day', () => queries.balanceAsOf(tx, keys.bank, { effectiveOn: '2026-10-31' })],
      ['the bank at a moment of last month', () => queries.balanceAsOf(tx, keys.bank, { knownAt: new Date('2026-10-31T12:00:00Z') })],
      ['a reference met before', () => tx.rows('select content_hash from entry where reference = $1 and book_id = $2', ['seed:1000:1', large])],
    ];
    for (const [what, ask] of asked) {
      say(`\n### ${what}`);
      await ask();
    }
  });
  for (const check of ledger.ledgerChecks) {
    began = performance.now();
    const faults = await database.read((await compiled('kernel/index.js')).systemActor('bench', { books }), async (tx) => {
      await tx.row(`select set_config('statement_timeout', '0', true), set_config('enable_nestloop', 'off', true), set_config('work_mem', '64MB', true)`);
      return check.find(tx);
    });
    say(`check ${check.name}: ${seconds(began)} s${faults.length > 0 ? `, ${faults.length} faults, the first: ${faults[0]}` : ''}`);
  }
  await source.destroy();
} finally {
  await scene.close();
}
