/** A live installation begins with an empty database: bodies, their books and those who work for them are made by the operators' commands. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import request from 'supertest';
import { makeApp } from '../../src/app.js';
import type { BookId } from '../../src/kernel/index.js';
import { systemActor } from '../../src/kernel/index.js';
import { PaymentSettings, StripeAccounts } from '../../src/payments/index.js';
import { createLogger, Database, loadConfig } from '../../src/platform/index.js';
import type { Said } from '../support/command-line.js';
import { commandLine, withTyped } from '../support/command-line.js';
import type { TestDatabase } from '../support/database.js';
import { testDatabase } from '../support/database.js';

const NOBODY = '018f0000-0000-7000-8000-000000000000';

describe('the staff of a live installation', () => {
  let made: TestDatabase;
  let folder: string;
  let settings: Record<string, string>;
  let app: NestFastifyApplication;
  let icb: string, icbBook: string, trustBook: string, council: string;

  beforeAll(async () => {
    made = await testDatabase();
    folder = await mkdtemp(join(tmpdir(), 'commonpurse-staff-'));
    settings = {
      MODE: 'live',
      DATA_DIR: folder,
      DATABASE_URL: made.appUrl,
      DATABASE_ADMIN_URL: made.adminUrl,
      PUBLIC_URL: 'https://purse.example',
      STRIPE_SECRET_KEY: 'sk_live_invented',
      STRIPE_WEBHOOK_SECRET: 'whsec_invented',
      ENCRYPTION_KEYS: `k1:${Buffer.alloc(32, 7).toString('base64')}`,
      LOG_LEVEL: 'silent',
    };
    app = await makeApp({ ...loadConfig(settings) }, { logger: createLogger({ level: 'silent', program: 'test' }) });
    await app.listen(0, '127.0.0.1');
  }, 60_000);
  afterAll(async () => {
    await app?.close();
    await made?.drop();
    await rm(folder, { recursive: true, force: true });
  });

  const cli = (...argv: string[]): Promise<Said> => commandLine(settings, ...argv);
  async function must(...argv: string[]): Promise<string> {
    const { code, out, err } = await cli(...argv);
    if (code !== 0) throw new Error(`${argv.join(' ')}: ${code} ${err}`);
    return out;
  }
  const json = async <T>(...argv: string[]): Promise<T> => JSON.parse(await must(...argv, '--json')) as T;
  const sql = async <T>(query: string, parameters: readonly unknown[] = []): Promise<T[]> => {
    const client = new pg.Client({ connectionString: made.superuserUrl });
    await client.connect();
    return client.query(query, [...parameters]).then(
      ({ rows }) => client.end().then(() => rows as T[]),
      (error: unknown) => client.end().then(() => Promise.reject(error)),
    );
  };
  const signIn = (username: string, password: string) => request(app.getHttpServer()).post('/api/v1/sign-in').send({ username, password });
  /** The grants that the web process sees behind a session, as the person would. */
  async function grantsOf(token: string): Promise<{ role: string; on: string; id: string | null }[]> {
    const answer = await request(app.getHttpServer()).get('/api/v1/me').set('authorization', `Bearer ${token}`);
    return (answer.body as { grants: { role: string; on: string; id: string | null }[] }).grants;
  }

  it('begins with nobody, and says how to go on', async () => {
    expect(await cli('staff', 'list')).toMatchObject({ code: 0, out: expect.stringContaining('"staff add" adds the first') });
    expect(await cli('body', 'list')).toMatchObject({ code: 0, out: expect.stringContaining('"body add" adds the first') });
  });

  it('bodies come first: an ICB and a money-holder with their books, a council without', async () => {
    const text = await must('body', 'add', '--kind', 'icb', '--name', 'NHS Larkhill ICB', '--code', 'zzq1', '--from', '2026-04-01');
    icb = /icb:([0-9a-f-]{36})/.exec(text)![1]!;
    icbBook = /book:([0-9a-f-]{36})/.exec(text)![1]!;
    ({ bookId: trustBook } = await json<{ bookId: string }>('body', 'add', '--kind', 'money-holder', '--name', 'Larkhill Purse Keepers'));
    const added = await json<{ id: string; bookId: string | null }>('body', 'add', '--kind', 'council', '--name', 'Larkhill Council');
    council = added.id;
    expect(added.bookId).toBeNull();
    expect(
      await sql('select b.basis, b.opened_on::text as day, o.ods_code as code from book b join organisation o on o.id = b.organisation_id where b.id = $1', [
        icbBook,
      ]),
    ).toEqual([{ basis: 'allocation', day: '2026-04-01', code: 'ZZQ1' }]);
    expect(await sql('select basis from book where id = $1', [trustBook])).toEqual([{ basis: 'cash' }]);
    expect(await must('body', 'list')).toContain(`book:${trustBook}  Larkhill Purse Keepers: client account (cash)`);
    expect(await sql(`select actor, noun_id as id from audit_event where action = 'body:add' order by id`)).toMatchObject([
      { actor: 'system:operator', id: icb },
      {},
      {},
    ]);
  });

  it.each([
    [['--kind', 'club', '--name', 'A club'], 'icb, council, money-holder'],
    [['--kind', 'icb'], 'Give the body a name'],
    [['--kind', 'icb', '--name', 'nhs larkhill icb'], 'already'],
    [['--kind', 'icb', '--name', 'NHS Other ICB', '--code', 'ZZQ1'], 'another body’s'],
    [['--kind', 'icb', '--name', 'NHS Other ICB', '--from', 'April'], 'like 2026-04-01'],
  ])('refuses the body %o with exit code 2', async (argv, words) => {
    const before = await sql('select id from organisation');
    expect(await cli('body', 'add', ...argv)).toMatchObject({ code: 2, out: '', err: expect.stringContaining(words) });
    expect(await sql('select id from organisation')).toEqual(before);
  });

  it('adds an officer, who signs in with the first password and may do what the role allows', async () => {
    const { out, err } = await cli('staff', 'add', '--name', 'Olu Invented', '--username', 'Olu', '--role', 'icb-officer', '--on', `icb:${icb}`);
    const password = /First password: (\S+)/.exec(out)![1]!;
    expect(password).toMatch(/^([a-z2-9]{4}-){3}[a-z2-9]{4}$/);
    expect(err).not.toContain(password);
    const signed = await signIn('olu', password);
    expect(signed.status).toBe(200);
    expect(await grantsOf((signed.body as { token: string }).token)).toEqual([{ role: 'icb-officer', on: 'icb', id: icb }]);
    const rows = await sql<{ actor: string; action: string; facts: object }>(
      `select actor, action, facts from audit_event a join sign_in s on s.person_id = a.about_person where s.username = 'olu' and actor = 'system:operator' order by a.id`,
    );
    expect(rows.map((row) => row.action)).toEqual(['person:register', 'grant:give', 'staff:add']);
    expect(rows[1]!.facts).toEqual({ role: 'icb-officer', on: 'icb', id: icb });
    expect(JSON.stringify(await sql('select * from audit_event'))).not.toContain(password);
    expect(JSON.stringify(await sql('select * from sign_in'))).not.toContain(password);
  });

  it('adds finance officers with a limit, an operator, a council’s officer, and one more role to somebody', async () => {
    const mona = await json<{ personId: string; firstPassword: string }>(
      ...['staff', 'add', '--name', 'Mona Invented', '--username', 'mona', '--role', 'finance-officer', '--on', `book:${trustBook}`, '--may-approve', '5,000'],
    );
    expect(mona.firstPassword).toHaveLength(19);
    expect(await sql('select limit_pence::text as limit, set_by as by from payment_limit where person_id = $1', [mona.personId])).toEqual([
      { limit: '500000', by: 'system:operator' },
    ]);
    const more = await json<{ personId: string; isNew: boolean; firstPassword?: string }>(
      ...['staff', 'add', '--username', 'mona', '--role', 'finance-lead', '--on', `book:${trustBook}`],
    );
    expect(more).toEqual({ personId: mona.personId, username: 'mona', isNew: false });
    expect((await signIn('mona', mona.firstPassword)).status).toBe(200);
    await must('staff', 'add', '--name', 'Otto Invented', '--username', 'otto', '--role', 'operator', '--on', 'site');
    await must('staff', 'add', '--name', 'Cora Invented', '--username', 'cora', '--role', 'funder-officer', '--on', `icb:${council}`);
    await must('staff', 'add', '--name', 'Adil Invented', '--username', 'adil'); // an auditor to be: the operator's page lets them in
  });

  it('lists staff with roles, what for and since when, and nobody else', async () => {
    const { items } = await json<{ items: { username: string; role: string; onName: string | null; from: string }[] }>('staff', 'list');
    expect(items.map(({ username, role, onName }) => [username, role, onName]).sort()).toEqual([
      ['cora', 'funder-officer', 'Larkhill Council'],
      ['mona', 'finance-lead', 'Larkhill Purse Keepers: client account'],
      ['mona', 'finance-officer', 'Larkhill Purse Keepers: client account'],
      ['olu', 'icb-officer', 'NHS Larkhill ICB'],
      ['otto', 'operator', null],
    ]);
    expect(await must('staff', 'list')).toMatch(/olu +Olu Invented +icb-officer +icb:\S+ NHS Larkhill ICB, since \d{4}-\d\d-\d\d/);
  });

  it.each<[string, () => string[], string]>([
    ['an unknown role', () => ['--name', 'A B', '--username', 'new', '--role', 'boss', '--on', 'site'], 'There is no role "boss"'],
    ['a role of a person’s own life', () => ['--name', 'A B', '--username', 'new', '--role', 'holder', '--on', 'site'], 'not given here'],
    ['an auditor', () => ['--name', 'A B', '--username', 'new', '--role', 'auditor', '--on', `book:${icbBook}`], 'page Auditors'],
    ['an unknown ICB', () => ['--name', 'A B', '--username', 'new', '--role', 'icb-officer', '--on', `icb:${NOBODY}`], 'There is no body'],
    ['an unknown book', () => ['--name', 'A B', '--username', 'new', '--role', 'finance-officer', '--on', `book:${NOBODY}`], 'There is no book'],
    ['an unknown provider', () => ['--name', 'A B', '--username', 'new', '--role', 'provider', '--on', `provider:${NOBODY}`], 'There is no provider'],
    ['no object', () => ['--name', 'A B', '--username', 'new', '--role', 'operator'], '--on is needed'],
    ['an object of no kind', () => ['--name', 'A B', '--username', 'new', '--role', 'operator', '--on', 'everything'], '--on takes site'],
    ['a role on the wrong object', () => ['--name', 'A B', '--username', 'new', '--role', 'finance-officer', '--on', `icb:${icb}`], 'given on book'],
    ['a council for an ICB', () => ['--name', 'A B', '--username', 'new', '--role', 'care-coordinator', '--on', `icb:${council}`], 'of kind council'],
    ['a name in use', () => ['--name', 'A B', '--username', 'OLU', '--role', 'icb-officer', '--on', `icb:${icb}`], 'somebody’s already'],
    ['half a name', () => ['--name', 'Ann', '--username', 'new', '--role', 'icb-officer', '--on', `icb:${icb}`], 'first name and a family name'],
    ['a sign-in name with spaces', () => ['--name', 'A B', '--username', 'n e w', '--role', 'operator', '--on', 'site'], 'no spaces'],
    ['nobody’s sign-in name', () => ['--username', 'new', '--role', 'operator', '--on', 'site'], 'Nobody has this sign-in name'],
    ['a role twice', () => ['--username', 'olu', '--role', 'icb-officer', '--on', `icb:${icb}`], 'already'],
    ['a limit without the role', () => ['--username', 'olu', '--role', 'operator', '--on', 'site', '--may-approve', '10'], 'goes with'],
  ])('refuses %s with a sentence and exit code 2, and writes nothing', async (_, argv, words) => {
    const count = () =>
      sql('select (select count(*) from person) as people, (select count(*) from access_grant) as grants, (select count(*) from audit_event) as audit');
    const before = await count();
    const { code, out, err } = await cli('staff', 'add', ...argv());
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toContain(words);
    expect(await count()).toEqual(before);
  });

  it('refuses to let somebody keep a book that they audit', async () => {
    await sql(
      `insert into access_grant (id, person_id, role, on_kind, on_id, from_at, until_at, reason, given_by)
       select $1, person_id, 'auditor', 'book', $2, now(), now() + interval '90 days', 'the yearly audit', 'test' from sign_in where username = 'adil'`,
      [NOBODY, icbBook],
    );
    const { code, err } = await cli('staff', 'add', '--username', 'adil', '--role', 'finance-officer', '--on', `book:${icbBook}`);
    expect({ code, err }).toMatchObject({ code: 2, err: expect.stringContaining('audits the book') });
  });

  it('ends a role at once, also for somebody signed in; twice is refused', async () => {
    const { firstPassword } = await json<{ firstPassword: string }>(
      ...['staff', 'add', '--name', 'Carol Invented', '--username', 'carol', '--role', 'care-coordinator', '--on', `icb:${icb}`],
    );
    const { token } = (await signIn('carol', firstPassword)).body as { token: string };
    expect(await grantsOf(token)).toHaveLength(1);
    const end = ['staff', 'end', '--username', 'carol', '--role', 'care-coordinator', '--on', `icb:${icb}`];
    await must(...end);
    // Another process ended it: this one is told by the database, and asks again.
    for (let tries = 0; tries < 50 && (await grantsOf(token)).length > 0; tries += 1) await new Promise((resolve) => setTimeout(resolve, 100));
    expect(await grantsOf(token)).toEqual([]);
    expect(await cli(...end)).toMatchObject({ code: 2, err: expect.stringContaining('does not have the role') });
    expect(await cli('staff', 'end', '--username', 'nobody', '--role', 'operator', '--on', 'site')).toMatchObject({ code: 2 });
    expect((await must('staff', 'list')).includes('carol')).toBe(false);
    expect(await sql(`select actor, why from audit_event where action = 'grant:end'`)).toEqual([{ actor: 'system:operator', why: 'their work there ended' }]);
  });

  describe('how a book pays', () => {
    const SECRET = 'sk_live_inventedForLarkhill';
    const WEBHOOK = 'whsec_inventedForLarkhill';
    const ACCOUNT = ['--account-name', 'Larkhill Purse', '--sort-code', '30-90-70', '--account-number', '1234567'];
    const keep = (...lines: string[]) => withTyped(lines, () => cli('book', 'set', '--on', `book:${trustBook}`, '--stripe-stdin'));

    it('is set by command: a payer’s code, a bank account, a waiting time; what is left out stays', async () => {
      await must('book', 'set', '--on', `book:${icbBook}`, '--payer-code', 'lark-1');
      await must('book', 'set', '--on', `book:${trustBook}`, ...ACCOUNT, '--opened', '2026-04-01', '--opening', '1,000.50');
      const shown = await must('book', 'set', '--on', `book:${trustBook}`, '--cooling-off', '48');
      expect(shown).toContain('Larkhill Purse, ending 4567');
      expect(shown).toContain('wait 48 hours');
      expect(shown).toMatch(/Statements: Larkhill Purse, ending 4567, ACC-\S+, from 2026-04-01/);
      expect(await sql('select opening_pence::text as opening, opened_on::text as day from bank_account where book_id = $1', [trustBook])).toEqual([
        { opening: '100050', day: '2026-04-01' },
      ]);
      expect(await json('book', 'show', '--on', `book:${icbBook}`)).toMatchObject({ payerCode: 'LARK-1', account: null, coolingOffHours: 24, webhook: null });
      const { settings: kept } = await paying(trustBook);
      expect(kept).toEqual({ coolingOffHours: 48, payerCode: null, account: { name: 'Larkhill Purse', sortCode: '309070', accountNumber: '01234567' } });
    });

    it('takes Stripe’s keys from standard input alone, keeps them encrypted, and names the address for its events', async () => {
      const { code, out, err } = await keep(SECRET, WEBHOOK);
      expect({ code, err }).toEqual({ code: 0, err: '' });
      expect(out).toContain(`https://purse.example/webhooks/stripe/${trustBook}`);
      expect(await paying(trustBook)).toMatchObject({ webhookSecret: WEBHOOK });
      const rows = JSON.stringify(
        await sql(`select encode(secret_key, 'escape') as key, encode(webhook_secret, 'escape') as webhook, s.* from stripe_account s`),
      );
      for (const secret of [SECRET, WEBHOOK]) expect(out + rows + JSON.stringify(await sql('select * from audit_event'))).not.toContain(secret);
      expect(await must('book', 'show', '--on', `book:${trustBook}`)).toContain('keys are here');
    });

    it('is written into the audit without the account’s number', async () => {
      const rows = await sql<{ noun: string; facts: object }>(
        `select noun, facts from audit_event where action = 'book:set-up' and actor = 'system:operator' order by id`,
      );
      expect(rows).toEqual([
        { noun: 'payment-setting', facts: { payerCode: 'LARK-1' } },
        { noun: 'payment-setting', facts: { last4: '4567' } },
        { noun: 'payment-setting', facts: { coolingOffHours: 48 } },
        { noun: 'stripe-account', facts: {} },
      ]);
    });

    it.each<[string, () => string[], string]>([
      ['nothing to set', () => [`book:${trustBook}`], 'Say what to set'],
      ['no book', () => [`icb:${icb}`, '--payer-code', 'X1'], '--on book:UUID'],
      ['an unknown book', () => [`book:${NOBODY}`, '--payer-code', 'X1'], 'There is no book'],
      ['half an account', () => [`book:${trustBook}`, '--sort-code', '309070'], 'together'],
      ['an opening without a day', () => [`book:${trustBook}`, ...ACCOUNT, '--opening', '5'], '--opened'],
      ['an account whose statements come in already', () => [`book:${trustBook}`, ...ACCOUNT, '--opened', '2026-05-01'], 'here already'],
      ['a short sort code', () => [`book:${trustBook}`, ...['--account-name', 'A', '--sort-code', '3090', '--account-number', '12345678']], 'sort code'],
      [
        'a bank account of an ICB',
        () => [`book:${icbBook}`, ...['--account-name', 'A', '--sort-code', '309070', '--account-number', '12345678']],
        'no bank account',
      ],
      ['a payer of a money-holder', () => [`book:${trustBook}`, '--payer-code', 'X1'], 'own bank account'],
      ['a payer’s code with a space', () => [`book:${icbBook}`, '--payer-code', 'X 1'], 'capitals, digits and dashes'],
      ['an option without a value', () => [`book:${icbBook}`, '--payer-code', ' '], 'takes something'],
      ['a month of waiting and more', () => [`book:${icbBook}`, '--cooling-off', '721'], '0 to 720 hours'],
    ])('refuses %s with exit code 2, and changes nothing', async (_, argv, words) => {
      const before = await sql('select * from payment_setting order by book_id');
      expect(await cli('book', 'set', '--on', ...argv())).toMatchObject({ code: 2, out: '', err: expect.stringContaining(words) });
      expect(await sql('select * from payment_setting order by book_id')).toEqual(before);
    });

    it.each([
      [['pk_live_public', WEBHOOK], 'A secret key begins with'],
      [[SECRET], 'A webhook secret begins with'],
    ])('refuses the keys %o and keeps those before', async (lines, words) => {
      expect(await keep(...lines)).toMatchObject({ code: 2, err: expect.stringContaining(words) });
      expect(await paying(trustBook)).toMatchObject({ webhookSecret: WEBHOOK });
    });

    /** As the web process that is running finds it. */
    async function paying(book: string) {
      const id = book as BookId;
      const settings = await app.get(Database).read(systemActor('test', { books: [id] }), (tx) => app.get(PaymentSettings, { strict: false }).of(tx, id));
      return { settings, webhookSecret: await app.get(StripeAccounts, { strict: false }).webhookSecretOf(id) };
    }
  });

  describe('where people live', () => {
    const importing = async (text: string): Promise<Said> => {
      const path = join(folder, 'places.csv');
      await writeFile(path, text);
      return cli('place', 'import', path);
    };

    it('a map of districts is put in and put right by a file', async () => {
      expect(await importing('district,name,lat,lon\nZZ1,"Larkhill, and Downs",51.2,-1.8\nzz2,Upper Lark,51.3,-1.9\n')).toMatchObject({
        code: 0,
        out: '2 districts added, 0 changed, 0 as they were.\n',
      });
      expect(
        (await importing('Name,District,Lon,Lat\nUpper Larkhill,ZZ2,-1.9,51.3\nLower Lark,ZZ3,-1.7,51.1\n"Larkhill, and Downs",ZZ1,-1.8,51.2\n')).out,
      ).toBe('1 districts added, 1 changed, 1 as they were.\n');
      expect(await sql('select district, name, lat, lon from place order by 1')).toEqual([
        { district: 'ZZ1', name: 'Larkhill, and Downs', lat: 51.2, lon: -1.8 },
        { district: 'ZZ2', name: 'Upper Larkhill', lat: 51.3, lon: -1.9 },
        { district: 'ZZ3', name: 'Lower Lark', lat: 51.1, lon: -1.7 },
      ]);
    });

    it.each([
      ['', 'name the columns'],
      ['district,name,lat\nZZ1,A,51\n', 'name the columns'],
      ['district,name,lat,lon\nZZ1 4AB,A,51,-1\n', 'Line 2'],
      ['district,name,lat,lon\nZZ4,A,51,-1\nZZ5,,51,-1\n', 'Line 3'],
      ['district,name,lat,lon\nZZ4,A,-1,51\n', 'lat is between'],
      ['district,name,lat,lon\nZZ4,A,51,north\n', 'lon is between'],
      ['district,name,lat,lon\nZZ4,A,51,-1\nzz4,B,51,-1\n', 'twice'],
    ])('refuses the file %j whole', async (text, words) => {
      expect(await importing(text)).toMatchObject({ code: 2, out: '', err: expect.stringContaining(words) });
      expect(await sql('select count(*)::int as n from place')).toEqual([{ n: 3 }]);
    });

    it('a person’s place is set, and written into the audit; nobody’s and nowhere are refused', async () => {
      const [cora] = await sql<{ id: string }>(`select person_id as id from sign_in where username = 'cora'`);
      expect(await must('person', 'place', '--person', cora!.id, '--place', 'zz2')).toBe('They live near ZZ2.\n');
      expect(await sql('select place from person where id = $1', [cora!.id])).toEqual([{ place: 'ZZ2' }]);
      expect(await sql(`select actor, about_person as about, facts from audit_event where action = 'person:move'`)).toEqual([
        { actor: 'system:operator', about: cora!.id, facts: {} },
      ]);
      expect(await cli('person', 'place', '--person', cora!.id, '--place', 'M33')).toMatchObject({ code: 2, err: expect.stringContaining('no district M33') });
      expect(await cli('person', 'place', '--person', NOBODY, '--place', 'ZZ2')).toMatchObject({ code: 2, err: expect.stringContaining('person') });
      expect(await cli('person', 'place', '--person', 'cora', '--place', 'ZZ2')).toMatchObject({ code: 2 });
      expect(await cli('person', 'place', '--person', cora!.id)).toMatchObject({ code: 2 });
    });
  });

  it('leaves every check whole', async () => expect(await cli('check')).toMatchObject({ code: 0 }));
});
