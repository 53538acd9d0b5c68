/** The invented district: whole, repeatable, and guarded by checks that find what is wrong. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { DataSource } from 'typeorm';
import pg from 'pg';
import { actorOfEverything, allChecks, runChecks } from '../../src/checks.js';
import type { Tx } from '../../src/platform/index.js';
import { appDataSource, Database, loadConfig, SetClock } from '../../src/platform/index.js';
import { census, DEMO_STRIPE_ACCOUNTS, fingerprint, missing, seedRunOf, SIGN_INS } from '../../src/seed/index.js';
import { makeApp } from '../../src/app.js';
import { COUNCIL_NAME, ICB_NAME } from '../../src/district/index.js';
import { joinSandbox } from '../../src/first-start.js';
import { openSandbox } from '../../src/house.js';
import type { Pence } from '../../src/kernel/index.js';
import { seedDistrict } from '../../src/seeding.js';
import type { TestDatabase } from '../support/database.js';
import { testDatabase } from '../support/database.js';

const NOW = new Date('2026-09-25T09:30:00Z');
const PEOPLE = 40;
const quiet = (): void => undefined;
const TRUST = 'Merebrook Independent Living Trust';
const SECOND = 'Eastmoor Community Accounts';
const CHARITY = 'The Alderford Hearth Fund';

interface Seeded {
  readonly made: TestDatabase;
  readonly source: DataSource;
  readonly database: Database;
  readonly folder: string;
  readonly config: ReturnType<typeof loadConfig>;
}

async function seeded(seed: string): Promise<Seeded> {
  const made = await testDatabase();
  const folder = await mkdtemp(join(tmpdir(), 'commonpurse-seed-'));
  const config = loadConfig({
    DATABASE_URL: made.appUrl,
    DATA_DIR: folder,
    ENCRYPTION_KEYS: `test:${Buffer.alloc(32, 3).toString('base64')}`,
    LOG_LEVEL: 'silent',
    PORT: '0',
  });
  await seedDistrict(config, { district: 'pilot', seed, people: PEOPLE, now: NOW }, quiet);
  const source = await appDataSource(made.appUrl, 2).initialize();
  return { made, source, database: new Database(source, new SetClock(NOW)), folder, config };
}

describe('the invented pilot', () => {
  let first: Seeded;
  let second: Seeded;

  beforeAll(async () => {
    first = await seeded('7');
    second = await seeded('7');
  }, 600_000);
  afterAll(async () => {
    for (const { source, made, folder } of [first, second]) {
      await source.destroy();
      await made.drop();
      await rm(folder, { recursive: true, force: true });
    }
  });

  it('passes every check', async () => {
    const broken = (await runChecks(first.database)).filter((check) => check.faults.length > 0);
    expect(broken.map(({ name, faults }) => [name, faults.slice(0, 3)])).toEqual([]);
  });

  it('has somebody or something in every state of every noun', async () => {
    const rows = await census(first.database, await actorOfEverything(first.database));
    expect(rows.length).toBeGreaterThan(80);
    expect(missing(rows).map((row) => `${row.noun}/${row.state}`)).toEqual([]);
  });

  it('is the same district for the same seed', async () => {
    const prints = async ({ database }: Seeded): Promise<Record<string, string>> => fingerprint(database, await actorOfEverything(database));
    const [one, other] = [await prints(first), await prints(second)];
    expect(one).toEqual(other);
    expect(one['person']).toMatch(/^1\d\d:/);
  });

  it('is written down as finished, and nothing is seeded on top of it', async () => {
    expect(await seedRunOf(first.database)).toMatchObject({ district: 'pilot', seed: '7', state: 'finished' });
    await expect(seedDistrict(first.config, { district: 'pilot', seed: '8', people: PEOPLE, now: NOW }, quiet)).rejects.toMatchObject({
      code: 'seeded-already',
    });
  });

  it('never enters a live installation', async () => {
    await expect(seedDistrict({ ...first.config, mode: 'live' }, { district: 'pilot', seed: '1' }, quiet)).rejects.toMatchObject({
      code: 'live-is-not-seeded',
    });
  });

  it('gives every sign-in of the printed table to somebody', async () => {
    const names = (await first.source.query('select username from sign_in order by username')) as { username: string }[];
    expect(names.map((row) => row.username)).toEqual(SIGN_INS.map((each) => each.username).sort());
  });

  it('has the Thursday swimmers: three people, three ways of holding money, in one pool', async () => {
    const rows = await first.database.read(await actorOfEverything(first.database), (tx) =>
      tx.rows<{ name: string; managed: string; state: string }>(
        `select m.first_name as name, l.managed, o.state from pool o join pool_member m on m.pool_id = o.id join budget_line l on l.person_id = m.person_id where o.name = 'Thursday swimming' order by m.join_order`,
      ),
    );
    expect(rows).toEqual([
      { name: 'Ottilie', managed: 'notional', state: 'active' },
      { name: 'Kofi', managed: 'third-party', state: 'active' },
      { name: 'Rhiannon', managed: 'direct-payment', state: 'active' },
    ]);
  });

  it('shows what the Thursday swimmers bring, what they pledged and got, and what they are asked to pledge for today', async () => {
    const { gifts, rounds } = await first.database.read(await actorOfEverything(first.database), async (tx) => ({
      gifts: await tx.rows(
        `select m.first_name as name, g.kind from pool_gift g join pool o on o.id = g.pool_id join pool_member m on m.pool_id = g.pool_id and m.person_id = g.person_id
         where o.name = 'Thursday swimming' and g.state = 'offered' order by m.join_order`,
      ),
      rounds: await tx.rows(
        `select r.purpose, r.state, (select string_agg(p.state || ' ' || p.amount_pence, ', ' order by p.amount_pence) from pledge p where p.round_id = r.id) as pledges
         from pledge_round r join pool o on o.id = r.pool_id where o.name = 'Thursday swimming' order by r.id`,
      ),
    }));
    expect(gifts).toEqual([
      { name: 'Ottilie', kind: 'skill' },
      { name: 'Kofi', kind: 'time' },
      { name: 'Rhiannon', kind: 'transport' },
    ]);
    expect(rounds).toEqual([
      { purpose: 'A hoist to get into the water', state: 'reached', pledges: 'called 1500, called 2000' },
      { purpose: 'A day at the sea in summer', state: 'open', pledges: 'open 1000, open 2000' },
    ]);
  });

  it('has papers that were signed and typed in: one chooses a quote, one could not live with it, and one puts money in', async () => {
    const typed = await first.database.read(await actorOfEverything(first.database), (tx) =>
      tx.rows<{ what: string }>(
        `select 'quote ' || choice as what from quote_paper where typed_at is not null union all select 'money ' || amount_pence from contribution_paper where typed_at is not null order by 1`,
      ),
    );
    expect(typed.map((row) => row.what)).toEqual(['money 500', 'quote object', 'quote yes']);
  });

  it('has funders’ money beside the members’: it came by bank, quoting its reference', async () => {
    const { shares, lines } = await first.database.read(await actorOfEverything(first.database), async (tx) => ({
      shares: await tx.rows<{ pool: string; funder: string; book: string; state: string }>(
        `select o.name as pool, g.name as funder, split_part(b.name, ':', 1) as book, f.state from funder_share f join pool o on o.id = f.pool_id
           join organisation g on g.id = f.funder_id join book b on b.id = f.book_id order by 1, f.draw_order`,
      ),
      lines: await tx.rows<{ amount: Pence; state: string }>(
        `select l.amount_pence as amount, s.state from funder_share f join statement_line l on l.words like '%' || f.reference || '%'
           join line_state s on s.line_id = l.id where l.direction = 'credit' order by l.booked_on`,
      ),
    }));
    expect(shares.map(({ pool, funder, book, state }) => [pool, funder, book, state])).toEqual([
      ['Boccia before lunch', ICB_NAME, ICB_NAME, 'held'],
      ['Friday film club', COUNCIL_NAME, TRUST, 'held'],
      ['Loaf and Ladle Tuesdays', CHARITY, TRUST, 'promised'],
      ['Out of Tune on Mondays', CHARITY, TRUST, 'ended'],
      ['Strethold dice and crumbs', COUNCIL_NAME, TRUST, 'ended'],
      ['Strethold dice and crumbs', COUNCIL_NAME, SECOND, 'held'],
    ]);
    expect(lines).toEqual([10_000n, 10_000n, 4_000n, 5_000n].map((amount) => ({ amount, state: 'matched' })));
  });

  it('has a pool that changed its money-holder, one whose money is between the books, and one that waits for its last payment', async () => {
    const rows = await first.database.read(await actorOfEverything(first.database), (tx) =>
      tx.rows<{ pool: string; from: string; to: string; state: string; sent: number; arrived: number }>(
        `select o.name as pool, split_part(a.name, ':', 1) as "from", split_part(b.name, ':', 1) as "to", c.state, count(x.share_id)::int as sent, count(x.arrived_at)::int as arrived
         from money_holder_change c join pool o on o.id = c.pool_id join book a on a.id = c.from_book_id join book b on b.id = c.to_book_id
           left join money_holder_part x on x.change_id = c.id group by 1, 2, 3, 4 order by 1`,
      ),
    );
    const change = { from: TRUST, to: SECOND };
    expect(rows).toEqual([
      { pool: 'Boccia before lunch', ...change, state: 'moving', sent: 3, arrived: 0 },
      { pool: 'Strethold dice and crumbs', ...change, state: 'done', sent: 3, arrived: 3 },
      { pool: 'The table by the window', ...change, state: 'settling', sent: 0, arrived: 0 },
    ]);
  });

  it('hears of what happens at Stripe to each money-holder, at an address of its own', async () => {
    const { config, sandbox } = await openSandbox(first.config, () => NOW);
    const app = await makeApp(config, { clock: new SetClock(NOW) });
    try {
      await app.listen(0, '127.0.0.1');
      await joinSandbox(app, sandbox!, await app.getUrl());
      for (const { key } of DEMO_STRIPE_ACCOUNTS) {
        const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/x-www-form-urlencoded' };
        await fetch(new URL('/v1/customers', sandbox!.url), { method: 'POST', headers, body: 'name=Nobody' });
        const deliveries = async (): Promise<{ state: string; lastStatus: number | null }[]> => {
          const answer = await fetch(new URL(`/sandbox/deliveries?account=${key}`, sandbox!.url));
          return ((await answer.json()) as { deliveries: { state: string; lastStatus: number | null }[] }).deliveries;
        };
        for (const end = Date.now() + 5_000; Date.now() < end && (await deliveries())[0]?.state === 'waiting'; ) await sandbox!.run();
        expect(await deliveries()).toMatchObject([{ state: 'delivered', lastStatus: 200 }]);
      }
    } finally {
      await app.close();
      await sandbox!.close();
    }
  });

  describe('with a fault planted', () => {
    let client: pg.Client;

    beforeAll(async () => {
      client = new pg.Client({ connectionString: first.made.superuserUrl });
      await client.connect();
    });
    afterAll(() => client.end());

    /** The checks that are broken after `sql`, done by a superuser past every trigger, and undone afterwards. */
    async function brokenAfter(sql: string): Promise<string[]> {
      await client.query('begin');
      try {
        await client.query('set local session_replication_role = replica');
        for (const statement of sql.split('; ')) await expectDone(statement);
        const tx = { rows: async (query: string, values: unknown[] = []) => (await client.query(query, values)).rows } as unknown as Tx;
        const broken: string[] = [];
        for (const check of allChecks) if ((await check.find(tx)).length > 0) broken.push(check.name);
        return broken;
      } finally {
        await client.query('rollback');
      }
    }

    /** A rule of the table itself has to go first; a change that touches nothing would plant nothing. */
    async function expectDone(statement: string): Promise<void> {
      const { command, rowCount } = await client.query(statement);
      expect([command, command === 'ALTER' || rowCount! > 0]).toEqual([command, true]);
    }

    const without = (table: string, rule: string): string => `alter table ${table} drop constraint ${rule}; `;
    const one = (table: string, where = 'true'): string => `ctid = (select ctid from ${table} where ${where} order by id limit 1)`;

    it.each([
      ['transfers-stay-in-their-book', `update transfer t set book_id = (select id from book b where b.id <> t.book_id limit 1) where ${one('transfer')}`],
      ['transfers-know-their-accounts', `update transfer set debit_kind = 'payable' where ${one('transfer', `debit_kind = 'line'`)}`],
      ['running-figures-are-sums', `update account set posted_pence = posted_pence + 1 where ${one('account', `kind = 'line'`)}`],
      ['running-figures-are-sums', `delete from transfer where ${one('transfer', `kind = 'contribution'`)}`],
      [
        'reserved-is-what-is-left',
        `update account set reserved_pence = reserved_pence + 1 where ${one('account', `kind = 'share' and posted_pence > reserved_pence`)}`,
      ],
      ['reservations-add-up', `update reservation set left_pence = left_pence - 1 where ${one('reservation', 'left_pence > 0')}`],
      ['shares-belong-to-members', without('account', 'account_check1') + `update account set pool_id = null where ${one('account', `kind = 'share'`)}`],
      ['invoices-are-their-parts', `update invoice_part set amount_pence = amount_pence + 1 where ctid = (select ctid from invoice_part limit 1)`],
      ['invoice-payments-are-its-parts', `update invoice_part set amount_pence = amount_pence + 1 where ctid = (select ctid from invoice_part limit 1)`],
      ['sessions-cost-their-price', `update session_part set amount_pence = amount_pence + 1 where ctid = (select ctid from session_part limit 1)`],
      ['only-confirmed-sessions-are-invoiced', `update purchase_session set state = 'invoiced' where ${one('purchase_session', `state = 'planned'`)}`],
      [
        'entries-are-not-empty',
        `insert into entry select (jsonb_populate_record(e, jsonb_build_object('id', gen_random_uuid(), 'reference', 'planted'))).* from entry e where ${one('entry', `kind = 'payment'`)}`,
      ],
      [
        'payments-post-once',
        `update entry set reference = reference || ':again' where ${one('entry', `kind = 'payment'`)}; update payment set posted_at = null where ${one('payment', `state = 'settled' and direction = 'out'`)}`,
      ],
      ['payments-are-their-parts', `update payment_part set amount_pence = amount_pence + 1 where ctid = (select ctid from payment_part limit 1)`],
      ['refunds-are-their-parts', `update refund set amount_pence = amount_pence + 1 where ${one('refund')}`],
      ['pay-ins-post-once', `update payment set posted_at = null where ${one('payment', `direction = 'in' and state in ('succeeded', 'reconciled')`)}`],
      ['remittances-post-once', `update remittance set state = 'closed' where ${one('remittance', `state = 'on-the-way'`)}`],
      [
        'paid-by-two-people',
        without('payment', 'payment_by_two_people') +
          `update payment set approved_by = prepared_by where ${one('payment', `state = 'reconciled' and direction = 'out'`)}`,
      ],
      [
        'payees-checked-by-two',
        without('payee', 'payee_checked_by_another') +
          `update payee set checked_by = entered_by where ${one('payee', `state = 'checked' and checked_how = 'call-back'`)}`,
      ],
      [
        'runs-by-two-people',
        without('pay_run', 'pay_run_by_two_people') + `update pay_run set checker_id = maker_id where ${one('pay_run', `state = 'released'`)}`,
      ],
      ['pay-runs-add-up', `update pay_run set total_pence = total_pence + 1 where ${one('pay_run')}`],
      ['pay-run-lines-are-their-payments', `update pay_run_line set amount_pence = amount_pence + 1 where ${one('pay_run_line')}`],
      ['approved-lines-are-approved', `delete from payment_history where action = 'approve'`],
      ['statements-add-up', `update statement set closing_pence = closing_pence + 1 where ${one('statement')}`],
      ['statements-follow-each-other', `update statement set opening_pence = opening_pence + 1 where ${one('statement', 'number > 1')}`],
      ['every-line-is-one-thing', `update line_state set state = 'matched' where ctid = (select ctid from line_state where state = 'break' limit 1)`],
      ['matches-are-their-lines', `update line_match set amount_pence = amount_pence + 1 where ${one('line_match')}`],
      ['bank-is-the-statement', `update bank_account set closing_pence = closing_pence + 1 where ${one('bank_account')}`],
      ['agreed-sums-are-in-the-ledger', `update budget_line set agreed_pence = agreed_pence + 1 where ${one('budget_line', `managed = 'notional'`)}`],
      ['cuts-rest-on-decisions', `delete from decision where kind = 'reduce'`],
      ['stopped-plans-hold-no-open-line', `update budget_line set state = 'open' where plan_id in (select id from plan where state = 'ended')`],
      ['lines-fit-their-books', `update budget_line set managed = 'third-party' where ${one('budget_line', `managed = 'notional'`)}`],
      ['agreed-plans-have-outcomes', `delete from plan_line where plan_id = (select id from plan where state = 'agreed' order by id limit 1)`],
      [
        'pool-money-is-its-members',
        `update account set posted_pence = posted_pence + 1 where ${one('account', `kind = 'share' and pool_id is not null`)}; delete from pool_share where ctid = (select s.ctid from pool_share s join account a on a.kind = 'share' and a.line_id = s.line_id and a.pool_id = s.pool_id and a.posted_pence > 0 limit 1)`,
      ],
      ['assent-before-money', `delete from assent`],
      [
        'everyone-assented-to-what-is-in-force',
        `delete from assent where ctid = (select x.ctid from assent x join agreement a on a.id = x.agreement_id join pool_member m on m.pool_id = a.pool_id and m.person_id = x.person_id where a.state = 'in-force' and m.state = 'member' limit 1)`,
      ],
      ['assents-are-to-what-was-offered', `update assent set content_hash = decode(repeat('ab', 32), 'hex') where ctid = (select ctid from assent limit 1)`],
      ['paper-assents-are-to-what-was-printed', `update agreement_paper set content_hash = decode(repeat('ab', 32), 'hex') where typed_at is not null`],
      ['sheets-say-what-was-typed', `update session_paper set came = '{}' where typed_at is not null`],
      ['paper-money-is-what-was-signed', `update contribution_paper set amount_pence = amount_pence + 1 where typed_at is not null`],
      ['paper-choices-are-what-was-signed', `update quote_paper set signed_on = signed_on - 1 where typed_at is not null`],
      ['nobody-leaves-without-voices', `delete from pool_review_voice where says = 'leave'`],
      ['stages-come-in-order', `update pool_review_stage set stage = 'leave', until_on = null where place = 1`],
      ['voices-are-the-others', `update pool_review_stage set given = given + 1`],
      ['contributions-are-in-the-ledger', `update contribution set amount_pence = amount_pence + 1 where ${one('contribution', `by = 'same-book'`)}`],
      ['goals-stand-where-their-history-says', `update goal set state = 'met' where ${one('goal', `state = 'open'`)}`],
      [
        'ended-appointments-give-nothing',
        without('appointment', 'appointment_check1') + `update appointment set signed_by = broker_id where ${one('appointment')}`,
      ],
      ['notes-are-settled-or-say-so', `update visit_note set state = 'kept' where ${one('visit_note', `state = 'to-settle'`)}`],
      ['notes-are-settled-or-say-so', `delete from visit_note_edit where note_id = (select id from visit_note where state = 'kept' order by id limit 1)`],
      ['options-are-two-or-more', `delete from advice_option where place > 1`],
      ['options-are-two-or-more', `update advice set why_few = null where why_few is not null`],
      [
        'options-are-two-or-more',
        `update advice_option o set is_recommended = true where provider_id in (select provider_id from broker_conflict) and place = 1`,
      ],
      ['options-are-two-or-more', `update advice set state = 'open' where ${one('advice', `state = 'answered'`)}`],
      ['brokers-write-about-who-appointed-them', `update phone_call set person_id = (select person_id from broker limit 1) where ${one('phone_call')}`],
      ['introductions-rest-on-two-yeses', `update answer set choice = 'no' where choice = 'yes'`],
      ['groups-rest-on-yeses', `update group_answer set choice = 'not-now' where choice = 'yes'`],
      ['groups-are-revealed-to-their-own', `update group_ask set state = 'ended' where state = 'revealed'`],
      ['groups-are-asked-alike', `update group_ask set days = '{7}' where ${one('group_ask')}`],
      ['suggestions-are-for-both', `update suggestion set score = score + 1 where ${one('suggestion')}`],
      ['answers-are-of-their-own-side', `update answer set person_id = gen_random_uuid() where ${one('answer')}`],
      ['cards-stand-where-their-history-says', `update card set state = 'draft' where ${one('card', `state = 'open'`)}`],
    ])('%s finds it', async (name, sql) => {
      expect(await brokenAfter(sql)).toContain(name);
    });
  });
});
