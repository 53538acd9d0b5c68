/** How the rate of posting moves as the table of transfers grows: `node test/bench/growth.mjs [10000 1000000 10000000]` after `npm run build`.
 *  Between the steps rows are written in bulk; each step posts to a hot pool of a book of its own, as T2 does, and opens the last page of an
 *  account with a hundred transfers and of the one with most. */
import { seedTransfers } from './many-transfers.mjs';
import { makeBook, openLedger, run } from './posting.mjs';
import { openScene, withClient } from './scene.mjs';

const STEPS = process.argv.slice(2).map(Number).filter(Boolean);
const SECONDS = 5;
const PAGES = 300;
const say = (line) => process.stdout.write(`${line}\n`);

/** The middle of how long the oldest page of an account takes, in milliseconds. */
async function lastPage({ database, queries, kernel }, key, oldest) {
  const actor = kernel.systemActor('bench', { books: [key.book] });
  const took = [];
  for (let n = 0; n < PAGES; n++) {
    const began = performance.now();
    await database.read(actor, (tx) => queries.statementOf(tx, key, { limit: 25, before: oldest }));
    took.push(performance.now() - began);
  }
  return took.sort((a, b) => a - b)[PAGES / 2];
}

/** The account of a kind with most transfers, or with about a hundred, and where its last page begins. */
async function accountWith(url, order) {
  return withClient(url, async (client) => {
    const { rows } = await client.query(
      `with busy as (select credit_account_id as id, book_id, count(*) as n from transfer where credit_kind in ('payable', 'share') group by 1, 2 order by ${order} limit 1)
       select a.book_id as book, a.kind, a.subject_id as subject, a.line_id as line, a.plan_line_id as "planLine", a.pool_id as pool, n::int as transfers,
         (select id from (select id from transfer where credit_account_id = a.id or debit_account_id = a.id order by id limit 26) t order by id desc limit 1) as oldest
       from busy join account a using (id)`,
    );
    const { oldest, transfers, ...key } = rows[0];
    return { key: Object.fromEntries(Object.entries(key).filter(([, value]) => value !== null)), oldest, transfers };
  });
}

const scene = await openScene(() => undefined);
try {
  let there = 0;
  say('| transfers | 256 callers, a second | p50 ms | p99 ms | 32 callers, a second | p50 ms | p99 ms | last page of n transfers, ms | of m transfers, ms |');
  say('| --- | --- | --- | --- | --- | --- | --- | --- | --- |');
  for (const step of STEPS.length > 0 ? STEPS : [10_000, 1_000_000]) {
    await seedTransfers(scene.superuserUrl, step - there);
    there = step;
    const desk = await openLedger(scene);
    const world = await makeBook(desk);
    await withClient(scene.superuserUrl, (client) => client.query('vacuum analyze'));
    const post = async () => {
      await desk.postings.post(world.hot());
      return 1;
    };
    await run(256, 2, post);
    const many = await run(256, SECONDS, post);
    const few = await run(32, SECONDS, post);
    const [small, large] = [await accountWith(scene.superuserUrl, 'abs(count(*) - 100), 1'), await accountWith(scene.superuserUrl, 'count(*) desc')];
    const pages = [];
    for (const { key, oldest, transfers } of [small, large]) pages.push(`${(await lastPage(desk, key, oldest)).toFixed(1)} (${transfers})`);
    const rate = ({ rate: each, p50Ms, p99Ms }) => [each.toFixed(0), p50Ms.toFixed(1), p99Ms.toFixed(1)];
    say(`| ${[step.toLocaleString('en-GB'), ...rate(many), ...rate(few), ...pages].join(' | ')} |`);
    await desk.close();
  }
} finally {
  await scene.close();
}
