/** The plans of the ledger's hot questions on a million transfers over five financial years, and what sealing and proving them costs.
 *  `node test/bench/plans.mjs [transfers]` after `npm run build`: a throw-away durable PostgreSQL, the app's own role, every wall on. */
import { Logger } from '@nestjs/common';
import pg from 'pg';
import { seedTransfers } from './many-transfers.mjs';
import { compiled, openScene, withClient } from './scene.mjs';

const TRANSFERS = Number(process.argv[2] ?? 1_000_000);

const say = (line) => process.stdout.write(`${line}\n`);
const seconds = (began) => ((performance.now() - began) / 1000).toFixed(1);

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
  await seedTransfers(scene.superuserUrl, TRANSFERS);
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
