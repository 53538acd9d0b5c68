/** The people and money a benchmark needs: one ICB with its allocation book, a hot pool of members with big notional lines, others with a
 *  line each, and sessions of many actors. Made through the services of the app; the many others by set-based SQL under every
 *  constraint, and their money through the ledger. Invented names only. */
import { compiled, withClient } from './scene.mjs';

export const MEMBERS = 50;
export const OTHERS = 2_000;
export const COORDINATORS = 150;
const LINE_PENCE = 1_000_000_000n;
const AT_ONCE = 5;

/** Answers { pool, members: [{ id, line, planLine, token }], lines (of the others), coordinators: [token] }, and checks() for afterwards. */
export async function makeData(scene, say) {
  const began = Date.now();
  const app = await openApp(scene);
  try {
    const world = await makeWorld(app);
    const members = await makeMembers(app, world);
    const pool = await makePool(app, members);
    const lines = await makeOthers(app, scene, world);
    const token = (id) => app.database.transaction(app.system({}), (tx) => app.actors.beginSession(tx, id, 'benchmark'));
    for (const member of members) member.token = await token(member.id);
    const coordinators = [];
    for (const id of world.coordinators) coordinators.push(await token(id));
    await withClient(scene.superuserUrl, (client) => client.query('vacuum analyze'));
    say(`data in ${((Date.now() - began) / 1000).toFixed(1)} s: ${MEMBERS} members of one pool, ${OTHERS} others, ${MEMBERS + COORDINATORS} sessions`);
    return { pool, members, lines, coordinators };
  } finally {
    await app.close();
  }
}

/** Every check of every room over what the benchmark left; throws with the faults. Answers how many contributions there are. */
export async function checkData(scene) {
  const app = await openApp(scene);
  try {
    const { runChecks } = await compiled('checks.js');
    await app.seals.sealWaiting(); // no worker runs beside a benchmark
    const faults = (await runChecks(app.database)).filter((result) => result.faults.length > 0);
    if (faults.length > 0) throw new Error(`checks found faults: ${JSON.stringify(faults.map(({ name, faults: found }) => [name, found.slice(0, 3)]))}`);
  } finally {
    await app.close();
  }
}

export const countOf = (scene, table) =>
  withClient(scene.superuserUrl, async (client) => Number((await client.query(`select count(*) as n from ${table}`)).rows[0].n));

/** The app in this process, not listening: for its services. */
async function openApp(scene) {
  const [{ makeApp }, platform, kernel, identity, ledger, plans, commissioning, pools] = await Promise.all(
    [
      'app.js',
      'platform/index.js',
      'kernel/index.js',
      'identity/index.js',
      'ledger/index.js',
      'plans/index.js',
      'commissioning/index.js',
      'pools/index.js',
    ].map(compiled),
  );
  const config = platform.loadConfig({ DATA_DIR: scene.folder, DATABASE_URL: scene.appUrl, LOG_LEVEL: 'silent' });
  const app = await makeApp(config, { logger: platform.createLogger({ level: 'silent', program: 'bench' }) });
  await app.init();
  const get = (type) => app.get(type, { strict: false });
  return {
    kernel,
    database: get(platform.Database),
    people: get(identity.People),
    grants: get(identity.Grants),
    actors: get(identity.Actors),
    books: get(ledger.Books),
    ledger: get(ledger.Ledger),
    plans: get(plans.Plans),
    commissioning: get(commissioning.Commissioning),
    pools: get(pools.Pools),
    agreements: get(pools.Agreements),
    seals: get(ledger.Seals),
    system: (scope) => kernel.systemActor('bench', scope),
    close: () => app.close(),
  };
}

async function makeWorld({ kernel, database, system, people, grants, books }) {
  const [icb, book] = [kernel.newId(), kernel.newId()];
  const today = kernel.dayOf(new Date());
  const world = {
    icb,
    book,
    today,
    from: kernel.addDays(today, -60),
    until: kernel.addDays(today, 300),
    coordinators: Array.from({ length: COORDINATORS }, () => kernel.newId()),
  };
  const founder = system({ icbs: [icb], books: [book], people: world.coordinators });
  await database.transaction(founder, async (tx) => {
    await tx.run(`insert into organisation (id, kind, name, valid_from) values ($1, 'icb', 'An invented ICB', '2022-07-01')`, [icb]);
    await books.open(tx, { id: book, basis: 'allocation', name: 'An invented ICB', organisationId: icb, holderId: null, openedOn: world.from });
    for (const id of world.coordinators) {
      await people.register(tx, founder, { id, firstName: 'Cora', familyName: 'Invented' });
      await grants.give(tx, founder, { person: id, role: 'care-coordinator', on: 'icb', id: icb, reason: 'employed' });
    }
  });
  return world;
}

async function makeMembers(app, world) {
  const { kernel, database, system, people, grants, plans, commissioning, actors } = app;
  const officer = await database.transaction(system({}), (tx) => actors.actorFor(tx, world.coordinators[0]));
  return inTurns(MEMBERS, async (n) => {
    const id = kernel.newId();
    const founder = system({ icbs: [world.icb], people: [id] });
    await database.transaction(founder, async (tx) => {
      await people.register(tx, founder, { id, firstName: `Mina ${n + 1}`, familyName: 'Invented' });
      await people.makeResponsible(tx, id, world.icb, world.from);
      await grants.give(tx, founder, { person: id, role: 'holder', on: 'person', id, reason: 'holder of a budget' });
    });
    const draft = await plans.draft(officer, {
      personId: id,
      about: 'Invented.',
      risks: 'None.',
      coordinatorId: officer.id,
      reviewOn: world.until,
      consentOn: world.from,
      lines: [{ service: 'Swimming with others', category: 'community', amountPence: LINE_PENCE, per: 'year', outcome: 'To be well and among people.' }],
    });
    await commissioning.agreePlan(officer, draft.id, { reason: 'Agreed together.' });
    const { lines } = await commissioning.fund(officer, {
      planId: draft.id,
      fromDay: world.from,
      untilDay: world.until,
      reason: 'Agreed together.',
      lines: [{ name: 'Swimming', managed: 'notional', funderId: world.icb, bookId: world.book, agreedPence: LINE_PENCE }],
    });
    return { id, line: lines[0].id, planLine: draft.lines[0] };
  });
}

async function makePool({ kernel, database, system, actors, pools, agreements }, members) {
  const actorOf = (id) => database.transaction(system({}), (tx) => actors.actorFor(tx, id));
  const first = await actorOf(members[0].id);
  const { poolId } = await pools.propose(first, { name: 'The hot pool', purpose: 'To swim together.', members: members.map(({ id }) => ({ personId: id })) });
  const offered = await agreements.offer(await actorOf(members[0].id), poolId, {
    split: 'equal',
    absence: 'pay-to-hold-place',
    noticeDays: 28,
    decide: 'all-agree',
    feesOwedBy: 'icb',
    reviewOn: kernel.addDays(kernel.dayOf(new Date()), 180),
    text: 'We swim on Thursdays.',
  });
  for (const { id } of members) await agreements.assent(await actorOf(id), offered.agreementId, { contentHash: offered.contentHash, format: 'standard' });
  return poolId;
}

/** Others of the same ICB, each with an agreed plan, a budget and one line, credited through the ledger in batches. */
async function makeOthers({ kernel, database, system, ledger }, scene, world) {
  const others = Array.from({ length: OTHERS }, (_, n) => ({ n, id: kernel.newId(), plan: kernel.newId(), budget: kernel.newId(), line: kernel.newId() }));
  const column = (name) => others.map((each) => each[name]);
  const columns = [column('id'), column('plan'), column('budget'), column('line'), others.map(({ line }) => kernel.spokenReference('LIN', line))];
  const from = 'from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::uuid[], $5::text[]) as o(id, plan, budget, line, reference)';
  const of = 'unnest($1::uuid[]) as o(id)';
  await withClient(scene.superuserUrl, async (client) => {
    await client.query('begin');
    await client.query(`insert into person (id, first_name, family_name, created_at) select id, 'Otis', 'Invented', now() from ${of}`, [columns[0]]);
    await client.query(`insert into responsibility (person_id, icb_id, from_day) select id, $2, $3 from ${of}`, [columns[0], world.icb, world.from]);
    await client.query(
      `insert into access_grant (id, person_id, role, on_kind, on_id, from_at, reason, given_by)
      select gen_random_uuid(), id, 'holder', 'person', id, now(), 'holder of a budget', 'system:bench' from ${of}`,
      [columns[0]],
    );
    await client.query(
      `insert into plan (id, person_id, icb_id, state, about, risks, coordinator_id, review_on, consent_on, agreed_on, made_at)
      select o.plan, o.id, $6, 'agreed', 'Invented.', 'None.', $7, $9, $8, $8, now() ${from}`,
      [...columns, world.icb, world.coordinators[0], world.from, world.until],
    );
    await client.query(
      `with outcome as (insert into plan_outcome (id, plan_id, words) select gen_random_uuid(), plan, 'To be well.' from unnest($1::uuid[]) as o(plan) returning id, plan_id)
      insert into plan_line (id, plan_id, outcome_id, service, category, amount_pence, per) select gen_random_uuid(), plan_id, id, 'Swimming', 'community', 120000, 'year' from outcome`,
      [columns[1]],
    );
    await client.query(
      `insert into budget (id, person_id, plan_id, icb_id, from_day, until_day, made_at) select o.budget, o.id, o.plan, $6, $7, $8, now() ${from}`,
      [...columns, world.icb, world.from, world.until],
    );
    await client.query(
      `insert into budget_line (id, budget_id, person_id, plan_id, funder_id, managed, book_id, name, reference, agreed_pence, from_day, until_day, state, made_at)
      select o.line, o.budget, o.id, o.plan, $6, 'notional', $7, 'Swimming', o.reference, 120000, $8, $9, 'open', now() ${from}`,
      [...columns, world.icb, world.book, world.from, world.until],
    );
    await client.query('commit');
  });
  for (let at = 0; at < OTHERS; at += 500)
    await database.transaction(system({ books: [world.book] }), (tx) =>
      ledger.record(
        tx,
        others.slice(at, at + 500).map(({ id, line }) => ({
          book: world.book,
          reference: `budget-line:${line}:agreed`,
          kind: 'agreed',
          effectiveOn: world.from,
          transfers: [{ debit: { book: world.book, kind: 'agreed' }, credit: { book: world.book, kind: 'line', subject: id, line }, amount: 120_000n }],
        })),
      ),
    );
  return column('line');
}

/** `count` results, a few at work at once, in order. */
async function inTurns(count, make) {
  const results = Array.from({ length: count });
  let next = 0;
  await Promise.all(
    Array.from({ length: AT_ONCE }, async () => {
      while (next < count) {
        const n = next++;
        results[n] = await make(n);
      }
    }),
  );
  return results;
}
