/** The ledger at work, called as services call it, for the benchmarks T2 to T5: books with a hot pool and with a thousand lines, and loads. */
import pg from 'pg';
import { compiled } from './scene.mjs';

const ENOUGH = 1_000_000_000_000n;

/** The ledger's services on connections of their own, as the app's role, every wall on. */
export async function openLedger(scene) {
  const [platform, kernel, ledger] = await Promise.all(['platform/index.js', 'kernel/index.js', 'ledger/index.js'].map(compiled));
  const source = await platform.appDataSource(scene.appUrl, 8).initialize();
  const database = new platform.Database(source, new platform.SystemClock());
  const services = new ledger.Ledger();
  return {
    kernel,
    ledger,
    database,
    services,
    postings: new ledger.Postings(database, services),
    queries: new ledger.LedgerQueries(),
    close: () => source.destroy(),
  };
}

/** A book with one member's line in a pool that many shares are made from: `hot` puts money from one line into shares of a thousand
 *  members and back; `spread` moves it between a thousand lines and shares of their own. */
export async function makeBook({ kernel, database, services }, members = 1_000) {
  const [organisation, book, pool] = [kernel.newId(), kernel.newId(), kernel.newId()];
  const lines = Array.from({ length: members }, () => ({ book, kind: 'line', subject: kernel.newId(), line: kernel.newId() }));
  const shares = lines.map(({ subject, line }) => ({ book, kind: 'share', subject, line, planLine: kernel.newId(), pool }));
  const day = '2026-06-01';
  await database.transaction(kernel.systemActor('bench', { books: [book], icbs: [organisation] }), async (tx) => {
    await tx.run(`insert into organisation (id, kind, name, valid_from) values ($1, 'icb', 'An invented ICB', '2022-07-01')`, [organisation]);
    await tx.run(`insert into book (id, basis, name, organisation_id, opened_on) values ($1, 'allocation', 'An invented ICB', $2, '2026-04-01')`, [
      book,
      organisation,
    ]);
  });
  for (const side of [lines, shares])
    await database.transaction(kernel.systemActor('bench', { books: [book] }), (tx) =>
      services.record(
        tx,
        side.map((credit, n) => ({
          book,
          reference: `bench:${credit.kind}:${n}`,
          kind: 'agreed',
          effectiveOn: day,
          transfers: [{ debit: { book, kind: 'agreed' }, credit, amount: ENOUGH }],
        })),
      ),
    );
  const any = () => Math.floor(Math.random() * members);
  const entry = (debit, credit) => ({
    book,
    reference: `bench:${kernel.newId()}`,
    kind: 'contribution',
    effectiveOn: day,
    transfers: [{ debit, credit, amount: 100n }],
  });
  return {
    book,
    lines,
    shares,
    entry,
    hot: () => (Math.random() < 0.5 ? entry(lines[0], shares[any()]) : entry(shares[any()], lines[0])),
    spread: () => {
      const n = any();
      return Math.random() < 0.5 ? entry(lines[n], shares[n]) : entry(shares[n], lines[n]);
    },
  };
}

/** `callers` at once for `seconds`, each asking again when it was answered: how many a second, and the 50th and 99th of a hundred waits. */
export async function run(callers, seconds, ask) {
  const waits = [];
  let done = 0;
  const until = performance.now() + seconds * 1000;
  const began = performance.now();
  await Promise.all(
    Array.from({ length: callers }, async (_, caller) => {
      while (performance.now() < until) {
        const asked = performance.now();
        const answered = await ask(caller);
        done += answered;
        waits.push(performance.now() - asked);
      }
    }),
  );
  waits.sort((a, b) => a - b);
  return { rate: (done * 1000) / (performance.now() - began), p50Ms: waits[Math.floor(waits.length * 0.5)], p99Ms: waits[Math.floor(waits.length * 0.99)] };
}

/** Clients of their own for the anchors, each with its statements prepared. */
export async function clients(url, count) {
  const all = Array.from({ length: count }, () => new pg.Client({ connectionString: url }));
  await Promise.all(all.map((client) => client.connect()));
  return { all, end: () => Promise.all(all.map((client) => client.end())) };
}
