/** Whether people are still answered while the nightly refresh works in the same process: the 99th percentile of a page of money, beside the
 *  refresh and without it. BENCH_OPEN_CARDS for more or fewer cards. */
import { join } from 'node:path';
import { median, spreadOf } from './figures.mjs';
import { worldOf } from './matching-world.mjs';
import { freePort, load, withClient } from './scene.mjs';

const CARDS = Number(process.env.BENCH_OPEN_CARDS ?? 20_000);
const PEOPLE_AT_ONCE = 8;
const PAUSE_MS = 40;

export const refresh = {
  name: 'REFRESH',
  async run({ scene, data, seconds, repeats, say }) {
    await openCards(scene);
    const door = await freePort();
    const port = await freePort();
    const env = { PORT: String(port), HOST: '127.0.0.1', DATA_DIR: scene.folder, DATABASE_URL: scene.appUrl, LOG_LEVEL: 'warn', MODE: 'demo' };
    const app = await scene.start(join(import.meta.dirname, 'web-with-refresh.mjs'), { after: [String(door)] }, { env, path: '/health/live', port });
    const requests = data.members.map(({ id, token }) => ({ method: 'GET', path: `/people/${id}/money`, headers: { cookie: `cp_session=${token}` } }));
    const visit = () => load(scene, port, { connections: PEOPLE_AT_ONCE, seconds, pauseMs: PAUSE_MS, requests });
    await visit();
    const [without, beside] = [[], []];
    for (let turn = 0; turn < repeats; turn++) without.push(await visit());
    let took;
    const refreshing = fetch(`http://127.0.0.1:${door}/`).then(async (answer) => {
      took = Number(await answer.text());
      if (!answer.ok) throw new Error('the refresh failed');
    });
    refreshing.catch(() => undefined);
    while (took === undefined) {
      const visited = await visit();
      // A turn that the refresh did not last through says nothing about it.
      if (took === undefined || beside.length === 0) beside.push(visited);
    }
    await refreshing;
    await app.stop();
    const p99 = (turns) => turns.map(({ p99Ms }) => p99Ms);
    const suggestions = await withClient(scene.superuserUrl, async (client) => Number((await client.query('select count(*) as n from suggestion')).rows[0].n));
    say(
      `REFRESH: ${CARDS} cards in ${(took / 1_000).toFixed(1)} s, ${suggestions} suggestions; page p99 ${p99(without).map((ms) => ms.toFixed(0))} ms without, ${p99(beside).map((ms) => ms.toFixed(0))} ms beside`,
    );
    return [
      {
        target: 'T8',
        app: 'ours',
        what: `a page of money while ${CARDS.toLocaleString('en-GB')} cards are refreshed in the same process, ${PEOPLE_AT_ONCE} people: p99`,
        anchor: 'the same without the refresh',
        ratio: median(p99(without)) / median(p99(beside)),
        floor: 0.2,
        goal: 0.5,
        p99Ms: median(p99(beside)),
        rate: median(beside.map(({ rate }) => rate)),
        anchorRate: median(without.map(({ rate }) => rate)),
        spread: spreadOf(p99(beside).map((ms) => median(p99(without)) / ms)),
      },
    ];
  },
};

/** Open cards of as many invented people, under every constraint; the goals are those of the service. */
async function openCards(scene) {
  const world = worldOf(11);
  const cards = Array.from({ length: CARDS }, (_, n) => world.card(n));
  await withClient(scene.superuserUrl, async (client) => {
    const { rows } = await client.query('select id from goal_term order by id limit 300');
    const named = new Map();
    const goalOf = (goal) => named.get(goal) ?? named.set(goal, rows[named.size % rows.length].id).get(goal);
    const given = cards.map((card) => ({ ...card, goals: [...new Set(card.goals.map(goalOf))].sort() }));
    await client.query(
      'insert into place (district, name, lat, lon) select district, district, lat, lon from jsonb_to_recordset($1) as p(district text, lat float8, lon float8) on conflict do nothing',
      [JSON.stringify(world.places)],
    );
    await client.query(
      `insert into person (id, first_name, family_name, created_at) select id, 'Cara', 'Invented', now() from jsonb_to_recordset($1) as c(id uuid)`,
      [JSON.stringify(given.map(({ id }) => ({ id })))],
    );
    await client.query(
      `insert into card (id, person_id, state, goals, place, days, pace, group_size, distance_miles, needs, offers, seeks, adult_from, made_at, changed_at)
       select id, id, 'open', array(select jsonb_array_elements_text(goals)), place, array(select jsonb_array_elements_text(days)), pace, "groupSize", "distanceMiles",
         array(select jsonb_array_elements_text(needs)), array(select jsonb_array_elements_text(offers)), array(select jsonb_array_elements_text(seeks)), "adultFrom", now(), now()
       from jsonb_to_recordset($1) as c(id uuid, place text, goals jsonb, days jsonb, pace text, "groupSize" text, "distanceMiles" int, needs jsonb, offers jsonb, seeks jsonb, "adultFrom" date)`,
      [JSON.stringify(given)],
    );
    await client.query('vacuum analyze');
  });
}
