/** T2 to T5: the ledger as services call it, beside one insert a commit, a plain PL/pgSQL ledger, a raw insert of the same rows, and itself.
 *  The plain ledger's file is not ours: it is read from PLAIN_LEDGER_SQL, or from beside the project; without it its two rows are left out. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { median, spreadOf } from './figures.mjs';
import { clients, makeBook, openLedger, run } from './posting.mjs';
import { withClient } from './scene.mjs';

const BATCH = 1_000;
const DRAINED = 100;
const plainFile = process.env.PLAIN_LEDGER_SQL ?? join(import.meta.dirname, '..', '..', '..', 'shared', 'perf-anchors', 'plain-ledger.sql');

export const ledger = {
  name: 'LEDGER',
  async run({ scene, repeats, seconds, say }) {
    const hasPlain = existsSync(plainFile);
    if (!hasPlain) say(`there is no ${plainFile}: nothing is measured beside the plain ledger`);
    await makeAnchors(scene.adminUrl, hasPlain);
    const desk = await openLedger(scene);
    const inserting = await clients(scene.adminUrl, 32);
    try {
      const world = await makeBook(desk);
      await withClient(scene.superuserUrl, (client) => client.query('vacuum analyze'));
      const variants = variantsOf(desk, world, inserting.all, hasPlain);
      const counted = new Map(Object.keys(variants).map((name) => [name, []]));
      for (const [name, { callers, ask }] of Object.entries(variants)) if (!name.startsWith('plain')) await run(callers, 1, ask);
      for (let turn = 0; turn < repeats; turn++)
        for (const [name, { callers, ask }] of Object.entries(variants)) {
          counted.get(name).push(await run(callers, seconds, ask));
          const { rate, p99Ms } = counted.get(name).at(-1);
          say(`ledger turn ${turn + 1}: ${name} ${rate.toFixed(0)}/s, p99 ${p99Ms.toFixed(1)} ms`);
        }
      const proof = await sealAndVerify(desk, scene, world, say);
      return [...COMPARED.filter(({ beside }) => counted.has(beside)).map((row) => resultOf(row, counted)), proof];
    } finally {
      await inserting.end();
      await desk.close();
    }
  },
};

/** What is set beside what. */
const COMPARED = [
  ['T2', 'one entry each, one hot pool, 256 callers', 'lane256', 'insert', 'one insert per commit through node, 32 clients', 1, 1.5],
  ['T2', 'one entry each, one hot pool, 32 callers', 'lane32', 'plain', 'plain PL/pgSQL ledger, 32 clients', 8, 14],
  ['T3', `batches of ${BATCH}, hot`, 'batch', 'plainBatch', 'plain PL/pgSQL ledger, the same batches', 3.5, 7],
  ['T3', `batches of ${BATCH}, hot`, 'batch', 'raw', 'raw insert of the same rows and indexes', 0.3, 0.6],
  ['T4', 'one hot pool', 'lane256', 'spread256', 'the same over a thousand lines', 0.85, 0.95],
  ['T4', `a drained pool: most of a batch of ${DRAINED} refused, each by itself`, 'drained', 'batch100', 'batches of which nothing is refused', 0.6, 0.75],
  ['T4', `batches of ${DRAINED} that are all repeats`, 'replay', 'batch100', 'batches of which nothing is refused', 3, 3.5],
  ['T5', 'posting while a sealer follows', 'sealed256', 'lane256', 'the same without one', 0.75, 0.9],
].map(([target, what, ours, beside, anchor, floor, goal]) => ({ target, what, ours, beside, anchor, floor, goal }));

function variantsOf({ database, services, postings, kernel }, world, inserting, hasPlain) {
  const actor = kernel.systemActor('bench', { books: [world.book] });
  const record = (entries, how = 'record') => database.transaction(actor, (tx) => services[how](tx, entries));
  const many = (count, make) => Array.from({ length: count }, make);
  const one = (make) => async () => {
    await postings.post(make());
    return 1;
  };
  const batch = (count, make) => async () => {
    await record(many(count, make));
    return count;
  };
  // Six in ten take from an empty share, four bring a little: as on a drained pool.
  const empty = { ...world.shares[0], planLine: kernel.newId() };
  const drained = () => (Math.random() < 0.4 ? world.entry(world.lines[0], empty) : world.entry(empty, world.lines[0]));
  const repeated = many(DRAINED, world.hot);
  let sealing = Promise.resolve();
  const ofAnchor = (text, values, count) => async (caller) => {
    await inserting[caller].query({ name: text.slice(0, 40), text, values: values() });
    return count;
  };
  const pair = () => {
    const other = 1 + Math.floor(Math.random() * 1_000);
    return Math.random() < 0.5 ? [0, other] : [other, 0];
  };
  const plainId = (n) => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
  return {
    insert: { callers: 32, ask: ofAnchor('insert into bench.onecommit (v) values (1)', () => [], 1) },
    lane256: { callers: 256, ask: one(world.hot) },
    spread256: { callers: 256, ask: one(world.spread) },
    sealed256: {
      callers: 256,
      ask: async () => {
        sealing = sealing.then(() => database.transaction(actor, (tx) => tx.call('ledger_seal', [world.book, 500, new Date()]))).catch(() => 0);
        await postings.post(world.hot());
        return 1;
      },
    },
    lane32: { callers: 32, ask: one(world.hot) },
    batch: { callers: 2, ask: batch(BATCH, world.hot) },
    raw: {
      callers: 2,
      ask: ofAnchor(RAW, () => rawColumns(kernel, many(BATCH, world.hot)), BATCH),
    },
    batch100: { callers: 2, ask: batch(DRAINED, world.hot) },
    drained: {
      callers: 2,
      ask: async () => {
        await record(many(DRAINED, drained), 'recordEach');
        return DRAINED;
      },
    },
    replay: {
      callers: 2,
      ask: async () => {
        await record(repeated);
        return DRAINED;
      },
    },
    ...(hasPlain && {
      plain: {
        callers: 32,
        ask: ofAnchor('select id from plain.create_transfers(($1::uuid, $2::uuid, 100)::plain.request)', () => pair().map(plainId), 1),
      },
      plainBatch: {
        callers: 2,
        ask: ofAnchor(
          'select count(*) from plain.create_transfers(variadic (select array_agg((a, b, 100)::plain.request) from unnest($1::uuid[], $2::uuid[]) as u(a, b)))',
          () => {
            const pairs = many(BATCH, pair);
            return [pairs.map(([a]) => plainId(a)), pairs.map(([, b]) => plainId(b))];
          },
          BATCH,
        ),
      },
    }),
  };
}

/** The rows of an entry with one transfer, into tables of the same columns and indexes: no figures, no checks, no walls. */
const RAW = `with e as (
    insert into bench.entry (id, book_id, batch_id, reference, kind, effective_on, booked_on, booked_at, content_hash)
    select id, $1, 1, reference, 'contribution', '2026-06-01', '2026-06-01', now(), '\\x00' from unnest($2::uuid[], $3::text[]) as u(id, reference))
  insert into bench.transfer (id, entry_id, book_id, kind, debit_account_id, credit_account_id, debit_kind, credit_kind, amount_pence, owner_account_id, subject_id, line_id, plan_line_id,
    pool_id, effective_on, booked_on, booked_at)
  select t, e, $1, 'contribution', d, c, 'line', 'share', 100, d, s, l, p, o, '2026-06-01', '2026-06-01', now()
  from unnest($4::uuid[], $2::uuid[], $5::uuid[], $6::uuid[], $7::uuid[], $8::uuid[], $9::uuid[], $10::uuid[]) as u(t, e, d, c, s, l, p, o)`;

function rawColumns(kernel, entries) {
  const ids = (list) => list.map(() => kernel.newId());
  const share = ({ transfers: [{ debit, credit }] }) => (debit.kind === 'share' ? debit : credit);
  return [
    entries[0].book,
    ids(entries),
    entries.map(({ reference }) => reference),
    ids(entries),
    entries.map((entry) => share(entry).subject),
    entries.map((entry) => share(entry).line),
    entries.map((entry) => share(entry).subject),
    entries.map((entry) => share(entry).line),
    entries.map((entry) => share(entry).planLine),
    entries.map((entry) => share(entry).pool),
  ];
}

const makeAnchors = (adminUrl, hasPlain) =>
  withClient(adminUrl, async (client) => {
    await client.query(`create schema if not exists bench;
      create table if not exists bench.onecommit (id bigserial primary key, v bigint, at timestamptz default now());
      create table bench.entry (like entry including indexes); create table bench.transfer (like transfer including indexes)`);
    if (!hasPlain) return;
    await client.query(readFileSync(plainFile, 'utf8'));
    await client.query(`insert into plain.account (id, name, balance, allow_negative)
      select ('00000000-0000-4000-8000-' || lpad(n::text, 12, '0'))::uuid, 'an account', 1000000000000, false from generate_series(0, 1000) n`);
  });

function resultOf({ target, what, ours, beside, anchor, floor, goal }, counted) {
  const [mine, other] = [counted.get(ours), counted.get(beside)];
  const rates = (list) => list.map(({ rate }) => rate);
  return {
    target,
    app: 'ours',
    what,
    anchor,
    floor,
    goal,
    ratio: median(rates(mine)) / median(rates(other)),
    p99Ms: median(mine.map(({ p99Ms }) => p99Ms)),
    rate: median(rates(mine)),
    anchorRate: median(rates(other)),
    spread: spreadOf(mine.map(({ rate }, turn) => rate / other[turn].rate)),
  };
}

/** Seals what is left, then recomputes every seal, beside COPY of the same rows to a client. */
async function sealAndVerify({ database, kernel }, scene, world, say) {
  const actor = kernel.systemActor('bench', { books: [world.book] });
  while ((await database.transaction(actor, (tx) => tx.call('ledger_seal', [world.book, 1_000, new Date()]))) > 0);
  const turns = [];
  const timed = async (work) => {
    const began = performance.now();
    await work();
    return performance.now() - began;
  };
  let rows = 0;
  for (let turn = 0; turn < 3; turn++) {
    const copy = await timed(() =>
      withClient(scene.superuserUrl, async (client) => {
        const [entries, transfers] = [await client.query(`copy entry to '/dev/null'`), await client.query(`copy (select * from transfer) to '/dev/null'`)];
        rows = entries.rowCount + transfers.rowCount;
      }),
    );
    const verify = await timed(() => verifyAll(database, actor, world.book));
    turns.push(copy / verify);
    say(`verification turn ${turn + 1}: ${rows} rows, COPY ${copy.toFixed(0)} ms, every seal recomputed in ${verify.toFixed(0)} ms`);
  }
  const ratio = median(turns);
  return {
    target: 'T5',
    app: 'ours',
    what: 'every seal recomputed',
    anchor: 'COPY TO of the same rows',
    floor: 1 / 6,
    goal: 1 / 3,
    ratio,
    p99Ms: 0,
    rate: ratio * rows,
    anchorRate: rows,
    spread: spreadOf(turns),
  };
}

/** Recomputes a book's chain page by page; throws at the first seal that does not hold. */
const verifyAll = (database, actor, book) =>
  database.read(actor, async (tx) => {
    for (let after = 0n; ; ) {
      const links = await tx.rows('select n, fault from ledger_seal_broken($1, $2, 2000)', [book, after]);
      if (links.length === 0) return;
      const broken = links.find(({ fault }) => fault !== null);
      if (broken) throw new Error(`seal ${broken.n} does not hold: ${broken.fault}`);
      after = links.at(-1).n;
    }
  });
