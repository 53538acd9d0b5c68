/** The results as a table, and the page docs/benchmarks.md around it. */
import { availableParallelism, totalmem } from 'node:os';

const round = (number) => (number >= 0.1 ? number.toFixed(2) : number.toFixed(3));
const verdict = ({ ratio, floor, goal }) => (ratio >= goal ? 'target reached' : ratio >= floor ? 'above the floor' : '**below the floor**');

export function tableOf(results) {
  const many = new Set(results.map(({ app }) => app)).size > 1;
  const head = ['target', 'what', 'anchor', 'ratio', 'spread', 'floor', 'target', '', 'per second', 'anchor per second', 'p99 ms'];
  const rows = results.map((r) => [
    many ? `${r.target} ${r.app}` : r.target,
    r.what,
    r.anchor,
    round(r.ratio),
    r.spread.map(round).join(' to '),
    Number(r.floor.toFixed(2)),
    r.goal.toFixed(2),
    verdict(r),
    r.rate.toFixed(0),
    r.anchorRate.toFixed(0),
    r.p99Ms.toFixed(1),
  ]);
  return [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

export const benchmarksPage = (results, { repeats, seconds, postgres }) => `# Benchmarks

Written by \`npm run bench\`. A figure is a ratio against an anchor measured in the same run; rates on their own say nothing, because
the machine is shared. A missed floor is a defect; the target is what to reach.

${tableOf(results)}

## How to run

\`\`\`sh
npm run bench                 # all, about eight minutes; writes this page
npm run bench -- T10          # one of them
npm run bench -- --json       # [{target, what, ratio, anchor, floor, goal, p99Ms}]
\`\`\`

Also \`--repeats N\` and \`--seconds N\`. Where \`pgbench\` is not installed a node process makes the inserts; the anchor says which.

## What was measured

- Machine: ${availableParallelism()} cores, ${Math.round(totalmem() / 2 ** 30)} GiB of memory, Node ${process.versions.node}, PostgreSQL ${postgres} with its own defaults for durability
  (fsync, synchronous commit, full page writes). Database, web process and load generator are separate processes and share the cores.
- ${repeats} turns of ${seconds} seconds each; anchor and ours take turns. Ratios and p99 are medians; the spread is of the ratios of single turns.
- One ICB, one allocation book, one pool of 50 members, 2,000 other people with a line each; 200 sessions. The app runs as the role that every wall holds.
- T1: \`POST /api/v1/pools/:id/contributions\` with bearer token, idempotency key, validation, scope, audit, history, an outbox event and ledger, each durable
  before its answer; 256 connections. Afterwards as many contributions must be found as were acknowledged, and every check of every room must hold.
- T10: 32 connections. A budget line by random key, asked for by co-ordinators, so each look is written to the audit before the answer;
  \`GET /health/live\`; \`GET /people/:id/money\` of the person themselves.
- T7, T8: in one process without database or server, on invented cards clustered as people are. The anchor compares every card in range; every
  answer of both must be the same, and some must be those of the rules compared with all cards. \`BENCH_CARDS=20000\` for fewer, and
  \`node test/bench/matching-growth.mjs\` for the growth from 10,000 to 500,000, memory and the delay of the thread that asks.
- The page of money beside the refresh: web and worker in one process, as \`npm start\` has them; 8 people who rest 40 ms between looks. The floor and
  the target of this row are our own. \`BENCH_OPEN_CARDS=60000\` for more cards.

${standsInTheWay}
`;

const standsInTheWay = `## What stands in the way

- Noise: four processes share the cores, and whatever else the machine does takes from them. Short work (an insert, a constant) suffers
  less from that than long work, so a busy machine lowers every ratio; compare runs on a quiet one.
- T1: requests for one pool that arrive while others are served share one transaction of three journeys, such batches going in step, each kind of row written by one
  statement. What is left is rather more than half in the web process (HTTP, validation, the writing of seven rows for each contribution) and the rest
  in PostgreSQL (those rows under their walls, foreign keys and indexes). The ratio hangs on the disk: the figures are of one that flushes in 0.13 ms, where the
  anchor is CPU alone; with a flush of 0.6 ms it is 0.32 to 0.37, with one of 1.1 ms 0.45 to 0.65 (docs/decisions/033). A second web process on two cores
  gives nothing, since batches become smaller. More cores are the next step.
- T2, 256 callers: PostgreSQL writes one batch while the next is made ready, and holds the accounts only for their figures and the commit. The embedded
  PostgreSQL is built for size and not for speed, which an entry of some twenty rows and index entries feels more than an insert of one.
- T10, a budget line: half is PostgreSQL (four small questions in one function, and the row that records the look), a third the web process; the
  questions and the looks of one turn of the event loop travel together (docs/decisions: hot reads).
- T10, constant JSON: Nest's routing, our headers, the request's id, its logger and its duration for Prometheus.
- T10, a page of money: three fifths are the web process, of which a quarter is the template and the rest HTTP, the session and the socket.
`;
