/** How finding others grows with the number of cards: `node test/bench/matching-growth.mjs [10000 60000 200000 500000]` after `npm run build`.
 *  Each step is a process of its own, without the anchor in it when memory is read; each person goes as far as they like, from 3 to 15 miles. */
import { execFileSync } from 'node:child_process';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { Worker } from 'node:worker_threads';
import { worldOf } from './matching-world.mjs';
import { anchorOf, askBoth, changedCards, engine, formGroups, makeCountry, millisecondsOf, percentile } from './matching-measure.mjs';

const QUESTIONS = 1_000;
const CHECKED = 5_000;
const seconds = (ms) => (ms / 1_000).toFixed(1);

async function step(count) {
  const country = makeCountry(await engine(), count, undefined);
  const alone = process.memoryUsage().rss;
  country.pairs.refresh();
  const refresh = millisecondsOf(() => country.pairs.refresh());
  const groups = formGroups(country, CHECKED);
  country.pairs.change({ put: changedCards(country, 1) });
  const change = millisecondsOf(() => country.pairs.change({ put: changedCards(country, 2) }));
  const peak = process.resourceUsage().maxRSS * 1_024;
  const fresh = makeCountry(country.parts, count, undefined);
  const anchor = anchorOf(fresh);
  askBoth(fresh, anchor, QUESTIONS, 1);
  const { ours, theirs, recall } = askBoth(fresh, anchor, QUESTIONS, 2);
  const three = (ms) => `${percentile(ms, 0.5).toFixed(2)} / ${percentile(ms, 0.99).toFixed(2)}`;
  return [
    count.toLocaleString('en-GB'),
    seconds(country.built),
    three(ours),
    three(theirs),
    recall,
    seconds(refresh),
    change.toFixed(0),
    seconds(groups.ms),
    `${(groups.covered * 100).toFixed(0)}%`,
    `${groups.faults} of ${groups.checked}`,
    `${(alone / 2 ** 20).toFixed(0)} / ${(peak / 2 ** 20).toFixed(0)}`,
    await delays(count),
  ];
}

/** The longest waits of this thread, of a hundred, while another refreshes as the nightly job does, and while it sleeps. */
async function delays(count) {
  const worker = new Worker(new URL('../../dist/src/matching/matching.thread.js', import.meta.url), { env: {}, execArgv: [] });
  let asked = 0;
  const ask = (name, ...args) =>
    new Promise((resolve, reject) => {
      worker.once('message', ({ answer, fault }) => (fault === undefined ? resolve(answer) : reject(new Error(fault))));
      worker.postMessage({ id: (asked += 1), ask: name, args });
    });
  const world = worldOf(11);
  await ask('open', world.places, '2026-11-22');
  for (let at = 0; at < count; at += 2_000)
    await ask(
      'take',
      Array.from({ length: Math.min(2_000, count - at) }, (_, n) => world.card(at + n)),
      [],
    );
  await ask('weigh', []);
  const during = async (work) => {
    const monitor = monitorEventLoopDelay({ resolution: 5 });
    monitor.enable();
    await work();
    monitor.disable();
    return (monitor.percentile(99) / 1e6 - 5).toFixed(1);
  };
  const idle = await during(() => new Promise((resolve) => setTimeout(resolve, 1_000)));
  const busy = await during(async () => {
    await ask('refresh');
    for (let left = 20; left > 0; left--) await ask('nextPairs', 2_000);
  });
  await worker.terminate();
  return `${busy} / ${idle}`;
}

const HEAD = [
  'cards',
  'indexed, s',
  'top 20: p50 / p99 ms',
  'scan: p50 / p99 ms',
  'recall',
  'refresh, s',
  '1% changed, ms',
  'groups, s',
  'in a group',
  'violations found around',
  'memory: index / peak, MB',
  'delay of the asking thread p99: busy / idle, ms',
];

if (process.argv[2] === '--step') process.stdout.write(`| ${(await step(Number(process.argv[3]))).join(' | ')} |\n`);
else {
  const steps = process.argv.slice(2).map(Number).filter(Boolean);
  process.stdout.write(`| ${HEAD.join(' | ')} |\n| ${HEAD.map(() => '---').join(' | ')} |\n`);
  for (const count of steps.length > 0 ? steps : [10_000, 60_000, 200_000, 500_000])
    process.stdout.write(execFileSync(process.execPath, ['--max-old-space-size=8192', import.meta.filename, '--step', String(count)], { encoding: 'utf8' }));
}
