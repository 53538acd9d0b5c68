/** `npm run bench -- [name …] [--json] [--repeats N] [--seconds N]`: measures, and writes docs/benchmarks.md when every benchmark ran.
 *  The servers, the load and the database are processes of their own on this machine; variants take turns inside one run, so that
 *  only ratios count. BENCH_APPS=before=/path/to/dist,… measures other builds beside this one. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeAnchorTables } from './anchors.mjs';
import { makeData, OTHERS } from './data.mjs';
import { benchmarksPage, tableOf } from './report.mjs';
import { openScene, startApp, startBareFastify } from './scene.mjs';
import { ledger } from './ledger.mjs';
import { matching } from './matching.mjs';
import { refresh } from './refresh.mjs';
import { t1 } from './t1.mjs';
import { t10 } from './t10.mjs';

const BENCHMARKS = [t1, ledger, t10, refresh, matching];
const top = join(import.meta.dirname, '..', '..');

function askedFor(words) {
  const option = (name, fallback) => (words.includes(name) ? Number(words[words.indexOf(name) + 1]) : fallback);
  const names = words.filter((word, at) => !word.startsWith('--') && !(words[at - 1] === '--repeats' || words[at - 1] === '--seconds'));
  const chosen = BENCHMARKS.filter(({ name }) => names.length === 0 || names.some((word) => word.toUpperCase() === name));
  if (chosen.length === 0) throw new Error(`there is no benchmark ${names.join(', ')}; there are ${BENCHMARKS.map(({ name }) => name).join(', ')}`);
  return { chosen, json: words.includes('--json'), repeats: option('--repeats', 3), seconds: option('--seconds', 4) };
}

const builds = () =>
  (process.env.BENCH_APPS ?? '')
    .split(',')
    .filter(Boolean)
    .map((each) => each.split('='));

/** What needs neither database nor servers is measured by itself, when the machine is quiet again. */
async function measure({ chosen, repeats, seconds }, say) {
  const among = chosen.filter((benchmark) => !benchmark.standsAlone);
  const { results, postgres } = among.length > 0 ? await measureInScene(among, { repeats, seconds }, say) : { results: [] };
  for (const benchmark of chosen.filter((each) => each.standsAlone)) results.push(...(await benchmark.run({ repeats, say })));
  return { results, postgres };
}

async function measureInScene(chosen, { repeats, seconds }, say) {
  const scene = await openScene(say);
  try {
    const data = await makeData(scene, say);
    const things = await makeAnchorTables(scene.adminUrl, OTHERS);
    const apps = [{ name: 'ours', ...(await startApp(scene)) }];
    for (const [name, dist] of builds()) apps.push({ name, ...(await startApp(scene, dist)) });
    const bare = { name: 'bare', ...(await startBareFastify(scene)) };
    const results = [];
    for (const benchmark of chosen) results.push(...(await benchmark.run({ scene, apps, bare, data, things, repeats, seconds, say })));
    return { results, postgres: scene.postgres };
  } finally {
    await scene.close();
  }
}

const asked = askedFor(process.argv.slice(2));
const say = (line) => process.stderr.write(`${line}\n`);
const { results, postgres } = await measure(asked, say);
if (asked.json)
  process.stdout.write(
    `${JSON.stringify(
      results.map(({ target, what, ratio, anchor, floor, goal, p99Ms }) => ({ target, what, ratio, anchor, floor, goal, p99Ms })),
      null,
      2,
    )}\n`,
  );
else process.stdout.write(`${tableOf(results)}\n`);
if (asked.chosen.length === BENCHMARKS.length && builds().length === 0)
  writeFileSync(join(top, 'docs', 'benchmarks.md'), benchmarksPage(results, { ...asked, postgres }));
