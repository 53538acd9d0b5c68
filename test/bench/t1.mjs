/** T1: many members putting money into one hot pool at once, through every door and wall, beside one insert a commit. */
import { insertsPerSecond } from './anchors.mjs';
import { checkData, countOf } from './data.mjs';
import { load } from './scene.mjs';
import { median, spreadOf } from './figures.mjs';

const CONNECTIONS = 256;
/** The compilers of the language and the database's plans are ready after some thousands of requests. */
const WARM_UP_SECONDS = 8;

export const t1 = {
  name: 'T1',
  async run({ scene, apps, data, repeats, seconds, say }) {
    const requests = data.members.map(({ token, line, planLine }) => ({
      method: 'POST',
      path: `/api/v1/pools/${data.pool}/contributions`,
      headers: { authorization: `Bearer ${token}`, 'idempotency-key': '{{key}}' },
      body: JSON.stringify({ lineId: line, planLineId: planLine, amountPence: 1 }),
    }));
    const [anchors, ours] = [[], apps.map(() => [])];
    let acknowledged = await countOf(scene, 'contribution');
    for (const app of apps)
      acknowledged += (await load(scene, app.port, { connections: CONNECTIONS, seconds: WARM_UP_SECONDS, warmupSeconds: 0, requests })).acknowledged;
    for (let turn = 0; turn < repeats; turn++) {
      anchors.push(await insertsPerSecond(scene.adminUrl, scene.folder, seconds));
      for (const [which, app] of apps.entries()) {
        const counted = await load(scene, app.port, { connections: CONNECTIONS, seconds, requests });
        acknowledged += counted.acknowledged;
        ours[which].push(counted);
        say(
          `T1 ${app.name} turn ${turn + 1}: ${counted.rate.toFixed(0)}/s, p50 ${counted.p50Ms.toFixed(0)} ms, p99 ${counted.p99Ms.toFixed(0)} ms; inserts ${anchors.at(-1).rate.toFixed(0)}/s`,
        );
      }
    }
    const rows = await countOf(scene, 'contribution');
    if (rows !== acknowledged) throw new Error(`${acknowledged} contributions were acknowledged but there are ${rows}`);
    await checkData(scene);
    say(`T1: ${rows} contributions acknowledged, ${rows} found; every check holds`);
    return apps.map((app, which) => ({
      target: 'T1',
      app: app.name,
      what: `contributions to one hot pool, ${CONNECTIONS} connections, ${data.members.length} members`,
      ratio: median(ours[which].map(({ rate }) => rate)) / median(anchors.map(({ rate }) => rate)),
      anchor: `one insert per commit, 32 clients, ${anchors[0].by}`,
      floor: 0.25,
      goal: 0.6,
      p99Ms: median(ours[which].map(({ p99Ms }) => p99Ms)),
      rate: median(ours[which].map(({ rate }) => rate)),
      anchorRate: median(anchors.map(({ rate }) => rate)),
      spread: spreadOf(ours[which].map(({ rate }, turn) => rate / anchors[turn].rate)),
    }));
  },
};
