/** T10: what a whole request costs beside bare Fastify: a budget line by key with scope and the record of looking, constant JSON, and a
 *  person's page of money beside that JSON. */
import { load } from './scene.mjs';
import { median, spreadOf } from './figures.mjs';

const CONNECTIONS = 32;
const WARM_UP_SECONDS = 8;
const SESSION_COOKIE = 'cp_session';

/** The requests of each variant. Random keys; co-ordinators look at other people's lines, so each look is written down. */
function requestsOf(data, things) {
  const any = (list) => list[Math.floor(Math.random() * list.length)];
  const some = (count, make) => Array.from({ length: count }, make);
  return {
    line: some(4_000, () => ({
      method: 'GET',
      path: `/api/v1/budget-lines/${any(data.lines)}`,
      headers: { authorization: `Bearer ${any(data.coordinators)}` },
    })),
    select: some(4_000, () => ({ method: 'GET', path: `/thing/${any(things)}` })),
    live: [{ method: 'GET', path: '/health/live' }],
    constant: [{ method: 'GET', path: '/constant' }],
    page: data.members.map(({ id, token }) => ({ method: 'GET', path: `/people/${id}/money`, headers: { cookie: `${SESSION_COOKIE}=${token}` } })),
  };
}

const PAIRS = [
  {
    ours: 'line',
    beside: 'select',
    what: 'a budget line by key, with scope and the record of looking',
    anchor: 'bare Fastify with one SELECT',
    floor: 0.3,
    goal: 0.6,
  },
  { ours: 'live', beside: 'constant', what: 'constant JSON through the whole stack', anchor: 'bare Fastify, constant JSON', floor: 0.5, goal: 0.7 },
  { ours: 'page', beside: 'live', what: 'a person’s page of money', anchor: 'our constant JSON', floor: 0.15, goal: 0.25 },
];

export const t10 = {
  name: 'T10',
  async run({ scene, apps, bare, data, things, repeats, seconds, say }) {
    const requests = requestsOf(data, things);
    const counted = new Map();
    const measure = async (server, variant) => {
      const key = `${server.name} ${variant}`;
      counted.set(key, [...(counted.get(key) ?? []), await load(scene, server.port, { connections: CONNECTIONS, seconds, requests: requests[variant] })]);
      return counted.get(key).at(-1).rate.toFixed(0);
    };
    for (const app of apps)
      for (const variant of ['line', 'live', 'page'])
        await load(scene, app.port, { connections: CONNECTIONS, seconds: WARM_UP_SECONDS, warmupSeconds: 0, requests: requests[variant] });
    for (let turn = 0; turn < repeats; turn++)
      for (const variant of ['line', 'live', 'page']) {
        const beside = PAIRS.find((pair) => pair.ours === variant).beside;
        const anchor = beside === 'live' ? '' : `; bare ${beside} ${await measure(bare, beside)}/s`;
        for (const app of apps) say(`T10 ${app.name} turn ${turn + 1}: ${variant} ${await measure(app, variant)}/s${anchor}`);
      }
    return apps.flatMap((app) =>
      PAIRS.map(({ ours, beside, what, anchor, floor, goal }) => {
        const mine = counted.get(`${app.name} ${ours}`);
        const other = counted.get(`${beside === 'live' ? app.name : bare.name} ${beside}`);
        const rates = mine.map(({ rate }) => rate);
        return {
          target: 'T10',
          app: app.name,
          what,
          anchor,
          floor,
          goal,
          ratio: median(rates) / median(other.map(({ rate }) => rate)),
          p99Ms: median(mine.map(({ p99Ms }) => p99Ms)),
          rate: median(rates),
          anchorRate: median(other.map(({ rate }) => rate)),
          spread: spreadOf(rates.map((rate, turn) => rate / other[turn].rate)),
        };
      }),
    );
  },
};
