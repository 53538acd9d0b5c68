/** The auditor's door: who is let in and for how long, what they read, that they change nothing, and what of a sample they open. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import request from 'supertest';
import { openApiOf } from '../../src/openapi.js';
import type { PersonId } from '../../src/kernel/index.js';
import { newId } from '../../src/kernel/index.js';
import type { Caller } from '../support/house.js';
import { livedLife } from '../support/lived-life.js';
import type { WorkedLife } from '../support/worked-life-house.js';

const NAMES = /Asha|Bola|Carys|Mona|Chidi|Nadia|Nick|Petra|Bren|Carol|Otter Pool|999\d{7}/;
/** The only doors through which an auditor makes a row: their own sample, and the record of what they opened of it. */
const THEIR_OWN = ['POST /api/v1/books/{id}/audit-samples', 'POST /api/v1/audit-samples/{id}/items/{n}/open'];
/** Doors that stand open to everybody, signed in or not, whatever they are: a way in and out, and to say that one is worried. */
const EVERYBODYS = ['POST /api/v1/sign-in', 'POST /api/v1/sign-out', 'PUT /api/v1/me/password', 'POST /api/v1/worries', 'DELETE /api/v1/session'];

/** What anybody with a right of some kind may begin for themselves. */
const ANY_PERSONS = ['POST /api/v1/provider-drafts'];

interface Schema {
  $ref?: string;
  type?: string;
  format?: string;
  enum?: unknown[];
  example?: unknown;
  minLength?: number;
  minimum?: number;
  items?: Schema;
  properties?: Record<string, Schema>;
}

describe('the auditor', () => {
  let life: WorkedLife;
  let invoiceId: string;
  let auditor: Caller;
  let lead: Caller;
  let operator: Caller;

  beforeAll(async () => {
    ({ life, invoiceId } = await livedLife());
    const { house, books } = life;
    lead = await house.person('Lena', [{ role: 'finance-lead', on: 'book', id: books.T }]);
    operator = await house.person('Otto', [{ role: 'operator', on: 'site', id: null }]);
    auditor = await house.person('Adil');
    life.at('2026-05-02');
  }, 120_000);
  afterAll(() => life.house.close());

  const appoint = (who: Caller, over: object = {}, book: string = life.books.T) =>
    who.send('post', `books/${book}/auditors`, {
      personId: auditor.id,
      fromDay: '2026-05-02',
      untilDay: '2026-06-01',
      reason: 'The yearly audit of the treasurer',
      ...over,
    });

  it('is let in by the finance lead or the operator, for some days and a reason, and by nobody else', async () => {
    expect((await auditor.get(`books/${life.books.T}/payments`)).status).toBe(404);
    expect((await appoint(lead, { reason: 'no' })).status).toBe(422);
    expect((await appoint(lead, { untilDay: '2026-05-02' })).body.code).toBe('period-wrong');
    expect((await appoint(lead, { untilDay: '2028-05-02' })).body.code).toBe('period-too-long');
    expect((await appoint(lead, { personId: newId() })).body.code).toBe('person-not-known');
    expect((await appoint(lead, { personId: lead.id })).body.code).toBe('not-independent');
    expect((await appoint(lead, { personId: life.people.maker.id })).body.code).toBe('not-independent');
    expect((await appoint(lead, {}, life.books.N)).status).toBe(404);
    expect((await appoint(life.people.maker)).status).toBe(403);
    expect((await appoint(auditor)).status).toBe(404);
    expect(await appoint(lead)).toMatchObject({ status: 201, body: { personId: auditor.id, isInForce: true } });
    expect((await appoint(operator, {}, life.books.D)).status).toBe(201);
    expect((await operator.get(`books/${life.books.T}/auditors`)).body.items).toMatchObject([
      { personId: auditor.id, fromDay: '2026-05-02', untilDay: '2026-06-01' },
    ]);
    const [kept] = await life.house.database.read(life.house.system({ books: [life.books.T] }), (tx) =>
      tx.rows<{ why: string; by: string }>(`select why, actor as by from audit_event where action = 'auditor:appoint' and book_id = $1`, [life.books.T]),
    );
    expect(kept).toEqual({ why: 'The yearly audit of the treasurer', by: lead.id });
  });

  it('is not connected to whoever keeps the book', async () => {
    const brother = await life.house.person('Ben');
    await life.house.database.transaction(life.house.system({ people: [brother.id, life.people.checker.id] }), (tx) =>
      tx.run(`insert into connection (person_id, other_id, kind, from_day) values ($1, $2, 'family', '2020-01-01')`, [brother.id, life.people.checker.id]),
    );
    expect((await appoint(lead, { personId: brother.id })).body.code).toBe('not-independent');
  });

  it('reads entries, payments, statements, matches and proof of the book, and no name', async () => {
    const { T } = life.books;
    const [account] = (await auditor.get(`books/${T}/bank-accounts`)).body.items;
    const [statement] = (await auditor.get(`bank-accounts/${account.id}/statements`)).body.items;
    const [payment] = (await auditor.get(`books/${T}/payments`)).body.items;
    const [run] = (await auditor.get(`pay-runs?book=${T}`)).body.items;
    for (const path of [
      `books/${T}/bank-accounts`,
      `bank-accounts/${account.id}/statements`,
      `statements/${statement.id}`,
      `books/${T}/payments`,
      `payments/${payment.id}`,
      `pay-runs/${run.id}`,
      `books/${T}/breaks`,
      `books/${T}/proof`,
      `books/${T}/debts`,
      `books/${T}/arrivals`,
      `follow/invoice/${invoiceId}`,
    ]) {
      const answer = await auditor.get(path);
      expect([path, answer.status]).toEqual([path, 200]);
      expect([path, NAMES.exec(JSON.stringify(answer.body))?.[0]]).toEqual([path, undefined]);
    }
    expect(JSON.stringify((await life.people.maker.get(`payments/${payment.id}`)).body)).toMatch(/Otter Pool|Carys|The ICB/);
    for (const person of [life.people.A, life.people.C]) expect((await auditor.get(`people/${person.id}`)).status).toBe(404);
    expect((await auditor.get(`books/${life.books.N}/payments`)).status).toBe(404);
  });

  it('changes nothing: every command door is tried, and every row stays as it was', async () => {
    const { T, D } = life.books;
    await life.house.settle();
    const doc = openApiOf(life.house.app);
    const schemas = doc.components?.schemas as unknown as Record<string, Schema>;
    const ids = await idsByNoun();
    const doors = Object.entries(doc.paths).flatMap(([path, item]) =>
      (['post', 'put', 'patch', 'delete'] as const).flatMap((method) => (item[method] ? [{ method, path, operation: item[method]! }] : [])),
    );
    expect(doors.length).toBeGreaterThan(70);
    // Somebody who has a small right elsewhere besides passes the guard, so that each service itself is tried.
    const { icb } = (await life.house.database.read(life.everything, (tx) =>
      tx.row<{ icb: string }>(`select id as icb from organisation where kind = 'icb' limit 1`),
    ))!;
    const planner = await life.house.person('Paul', [
      { role: 'auditor', on: 'book', id: T },
      { role: 'auditor', on: 'book', id: D },
      { role: 'planner', on: 'icb', id: icb },
    ]);
    const before = await everyRow();
    const tried: { who: string; door: string; status: number }[] = [];
    for (const { method, path, operation } of doors) {
      const door = `${method.toUpperCase()} ${path}`;
      if (THEIR_OWN.includes(door) || EVERYBODYS.includes(door)) continue;
      const body = operation.requestBody as { content?: Record<string, { schema?: Schema }> } | undefined;
      const schema = body?.content?.['application/json']?.schema;
      // Each door with the ids of this book's own rows, so that nothing but the right to do it is missing.
      for (const id of candidates(path, ids, [T, D]))
        for (const [who, caller] of Object.entries({ auditor, planner })) {
          if (who === 'planner' && ANY_PERSONS.includes(door)) continue;
          const status = await send(caller, method, path.replaceAll('{id}', id).replace(/\{\w+\}/g, ids.any), schema ? sample(schema, schemas, ids) : {});
          tried.push({ who, door, status });
        }
    }
    expect(tried.filter(({ status }) => status < 400 || status >= 500)).toEqual([]);
    expect(await everyRow()).toEqual(before);
    expect(tried.filter(({ who, status }) => who === 'auditor' && status !== 403)).toEqual([]);
    expect(tried.filter(({ who, status }) => who === 'planner' && (status === 403 || status === 404)).length).toBeGreaterThan(tried.length / 4);
  }, 120_000);

  async function send(caller: Caller, method: 'post' | 'put' | 'patch' | 'delete', path: string, body: object): Promise<number> {
    const ask = request(life.house.app.getHttpServer())
      [method](path)
      .set('authorization', `Bearer ${await life.house.sessionAgain(caller.id)}`);
    return (await ask.set('idempotency-key', newId()).send(body)).status;
  }

  /** Real ids of this life, by what a path calls them. */
  async function idsByNoun(): Promise<Record<string, string> & { any: string }> {
    const one = async (table: string, where = 'true'): Promise<string> =>
      (await life.house.database.read(life.everything, (tx) => tx.row<{ id: string }>(`select id from ${table} where ${where} order by id desc limit 1`)))
        ?.id ?? newId();
    const T = `book_id = '${life.books.T}'`;
    return {
      books: life.books.T,
      people: life.people.C.id,
      pools: life.pool,
      'pay-runs': await one('pay_run', T),
      payments: await one('payment', T),
      'pay-ins': await one('payment', `${T} and direction = 'in'`),
      payees: await one('payee', T),
      lines: await one('statement_line', T),
      matches: await one('line_match', T),
      'bank-accounts': life.accounts.T,
      invoices: invoiceId,
      'budget-lines': life.lines.B,
      providers: life.providerId,
      any: newId(),
    };
  }

  function candidates(path: string, ids: Record<string, string>, books: readonly string[]): string[] {
    const noun = /\/api\/v1\/([\w-]+)\/\{id\}/.exec(path)?.[1] ?? '';
    return noun === 'books' ? [...books] : [ids[noun] ?? ids['any']!];
  }

  /** Something that the door's own description takes. */
  function sample(schema: Schema, schemas: Record<string, Schema>, ids: Record<string, string>, name = ''): never {
    if (schema.$ref) return sample(schemas[schema.$ref.split('/').at(-1)!] ?? { type: 'object' }, schemas, ids, name);
    if (schema.type === 'object' || schema.properties)
      return Object.fromEntries(Object.entries(schema.properties ?? {}).map(([key, each]) => [key, sample(each, schemas, ids, key)])) as never;
    if (schema.type === 'array') return [sample(schema.items ?? {}, schemas, ids, name)] as never;
    if (schema.enum) return schema.enum[0] as never;
    if (schema.format === 'uuid')
      return (/book/i.test(name) ? ids['books'] : /person|subject/i.test(name) ? ids['people'] : /payments/.test(name) ? ids['payments'] : ids['any']) as never;
    if (schema.format === 'date') return '2026-05-02' as never;
    if (schema.type === 'integer' || schema.type === 'number') return Math.max(1, schema.minimum ?? 1) as never;
    if (schema.type === 'boolean') return true as never;
    return 'x'.repeat(Math.max(12, schema.minLength ?? 0)) as never;
  }

  /** A fingerprint of every table, but for sessions and the record of looking, as the database itself sees them. */
  async function everyRow(): Promise<Record<string, string>> {
    const url = Object.assign(new URL(process.env['TEST_SUPERUSER_URL']!), {
      pathname: `/${(life.house.source.driver as unknown as { database: string }).database}`,
    });
    const client = new pg.Client({ connectionString: url.toString() });
    await client.connect();
    try {
      const tables = (
        await client.query<{ name: string }>(
          `select c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace where n.nspname = 'public' and c.relkind in ('r', 'p') and not c.relispartition`,
        )
      ).rows.map((row) => row.name);
      const found: Record<string, string> = {};
      for (const table of tables.filter((name) => !['session', 'audit_event', 'job_run'].includes(name))) {
        const { rows } = await client.query<{ print: string }>(
          `select count(*) || ':' || coalesce(md5(string_agg(md5(t::text), '' order by md5(t::text))), '') as print from ${table} t`,
        );
        found[table] = rows[0]!.print;
      }
      return found;
    } finally {
      await client.end();
    }
  }

  describe('a sample', () => {
    const asked = { fromDay: '2026-04-01', untilDay: '2026-05-02', size: 5, seed: 'audit 2026', kind: 'payment' };
    let sampleId: string;

    it('is drawn again by its seed, and drawn anew without one', async () => {
      const drawn = await auditor.must('post', `books/${life.books.T}/audit-samples`, asked);
      sampleId = drawn.sampleId;
      const again = await auditor.must('post', `books/${life.books.T}/audit-samples`, asked);
      const items = async (id: string) =>
        (await auditor.get(`audit-samples/${id}`)).body.items as { transferId: string; kind: string; reference: string; owner: string }[];
      expect((await items(again.sampleId)).map((item) => item.transferId)).toEqual((await items(sampleId)).map((item) => item.transferId));
      expect(drawn).toMatchObject({ population: 2, size: 2 });
      expect((await items(sampleId)).every((item) => item.kind === 'payment' && item.owner.startsWith('LIN-'))).toBe(true);
      const whole = { ...asked, kind: undefined, seed: undefined, size: 100 };
      const [one, two] = [
        await auditor.must('post', `books/${life.books.T}/audit-samples`, whole),
        await auditor.must('post', `books/${life.books.T}/audit-samples`, whole),
      ];
      expect(one.seed).not.toBe(two.seed);
      const [first, second] = [await items(one.sampleId), await items(two.sampleId)];
      expect(first.map((item) => item.transferId)).not.toEqual(second.map((item) => item.transferId));
      expect(first.map((item) => item.transferId).sort()).toEqual(second.map((item) => item.transferId).sort());
      expect(JSON.stringify((await auditor.get(`audit-samples/${sampleId}`)).body)).not.toMatch(NAMES);
    });

    it('names nobody until an item is opened for a reason, which the person can read', async () => {
      expect((await auditor.get(`audit-samples/${sampleId}/items/1`)).status).toBe(404);
      expect((await auditor.send('post', `audit-samples/${sampleId}/items/1/open`, { why: 'because' })).status).toBe(422);
      await auditor.must('post', `audit-samples/${sampleId}/items/1/open`, { why: 'To hold the invoice against the session' });
      const opened = (await auditor.get(`audit-samples/${sampleId}/items/1`)).body;
      expect(opened.personName).toMatch(/^(Bola|Carys) Invented$/);
      expect(opened.payeeName).toBe('Otter Pool');
      expect(JSON.stringify(opened)).not.toMatch(/999\d{7}/);
      expect((await auditor.get(`audit-samples/${sampleId}/items/2`)).status).toBe(404);
      const about = opened.personName.startsWith('Bola') ? life.people.B : life.people.C;
      const looks = await life.house.database.read(life.house.system({ people: [about.id] }), (tx) =>
        tx.rows<{ why: string; actor: string }>(`select why, actor from audit_event where about_person = $1 and noun = 'audit-sample'`, [about.id]),
      );
      expect(looks).toEqual([{ why: 'To hold the invoice against the session', actor: auditor.id }]);
    });

    it('is the auditor’s alone to draw and open, and what is open closes by itself', async () => {
      const colleague = await life.house.person('Ada', [{ role: 'auditor', on: 'book', id: life.books.T }]);
      expect((await colleague.get(`audit-samples/${sampleId}`)).status).toBe(200);
      expect((await colleague.get(`audit-samples/${sampleId}/items/1`)).status).toBe(404);
      for (const other of [lead, life.people.maker, life.people.C]) {
        expect([403, 404]).toContain((await other.send('post', `books/${life.books.T}/audit-samples`, asked)).status);
        expect([403, 404]).toContain((await other.get(`audit-samples/${sampleId}`)).status);
      }
      life.at('2026-05-03');
      expect((await auditor.get(`audit-samples/${sampleId}/items/1`)).status).toBe(404);
    });
  });

  it('reads nothing from the day on which the right ends, or is ended', async () => {
    expect((await auditor.get(`books/${life.books.D}/proof`)).status).toBe(200);
    await operator.must('post', `books/${life.books.D}/auditors/end`, { personId: auditor.id as PersonId, why: 'The audit of it is done' });
    expect((await auditor.get(`books/${life.books.D}/proof`)).status).toBe(404);
    expect((await auditor.get(`books/${life.books.T}/proof`)).status).toBe(200);
    life.at('2026-06-01');
    expect((await auditor.get(`books/${life.books.T}/proof`)).status).toBe(404);
    expect((await auditor.file(`books/${life.books.T}/journal`)).status).toBe(404);
  });

  it('is given for days to come as well', async () => {
    expect((await appoint(lead, { fromDay: '2026-06-10', untilDay: '2026-07-01' })).body).toMatchObject({ isInForce: false });
    expect((await auditor.get(`books/${life.books.T}/proof`)).status).toBe(404);
    life.at('2026-06-10');
    expect((await auditor.get(`books/${life.books.T}/proof`)).status).toBe(200);
  });

  it('leaves every check whole', async () => expect(await life.house.faults()).toEqual({}));
});
