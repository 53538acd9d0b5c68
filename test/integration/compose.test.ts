/** What docker-compose.yml starts, as processes of this machine: two web processes behind one address that remembers nobody, two workers,
 *  the simulated Stripe, all on one PostgreSQL and one Redis. One of each is killed while a card contribution is on its way. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { request } from 'node:http';
import pg from 'pg';
import { DEMO_PASSWORD } from '../../src/seed/index.js';
import { Composed } from '../support/composed.js';
import { eventually } from '../support/queue-backends.js';

interface Page {
  readonly status: number;
  readonly location: string;
  readonly text: string;
}

/** A person with a browser that keeps cookies and opens a new connection for each request. */
class Person {
  private readonly cookies = new Map<string, string>();

  constructor(private readonly origin: string) {}

  get(path: string): Promise<Page> {
    return this.ask('GET', path);
  }

  /** Sends the form of a page that is open, with what was typed. */
  send(page: Page, action: string, typed: Record<string, string>): Promise<Page> {
    const start = page.text.indexOf(`action="${action}"`);
    const form = page.text.slice(start, page.text.indexOf('</form>', start));
    if (start < 0) throw new Error(`no form leads to ${action}:\n${page.text}`);
    const hidden = [...form.matchAll(/<input type="hidden" name="([^"]+)" value="([^"]*)">/g)].map(([, name, value]) => [name!, value!] as const);
    return this.ask('POST', action, new URLSearchParams({ ...Object.fromEntries(hidden), ...typed }).toString());
  }

  private ask(method: string, path: string, body?: string): Promise<Page> {
    const headers = {
      cookie: [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; '),
      ...(body === undefined ? {} : { 'content-type': 'application/x-www-form-urlencoded', origin: this.origin }),
    };
    return new Promise((resolve, reject) => {
      const sent = request(new URL(path, this.origin), { method, headers, agent: false }, (answer) => {
        for (const cookie of answer.headers['set-cookie'] ?? []) {
          const [name = '', value = ''] = cookie.split(';')[0]!.split('=');
          this.cookies.set(name, value);
        }
        const parts: Buffer[] = [];
        answer.on('data', (part: Buffer) => parts.push(part));
        answer.on('end', () => resolve({ status: answer.statusCode!, location: answer.headers.location ?? '', text: Buffer.concat(parts).toString() }));
      });
      sent.on('error', reject);
      sent.end(body);
    });
  }
}

describe('the processes of docker-compose.yml', () => {
  let composed: Composed;
  let person: Person;
  let pool = '';
  let contribution = '';

  beforeAll(async () => {
    composed = await Composed.up();
    person = new Person(composed.url);
  }, 400_000);
  afterAll(() => composed?.down(), 60_000);

  const sql = async <Row>(query: string, parameters: readonly unknown[] = []): Promise<Row[]> => {
    const client = new pg.Client({ connectionString: composed.databaseUrl });
    await client.connect();
    return client.query(query, [...parameters]).then(
      ({ rows }) => client.end().then(() => rows as Row[]),
      (error: unknown) => client.end().then(() => Promise.reject(error)),
    );
  };

  it('were prepared first: a district is there, and preparing again changes nothing', async () => {
    expect(composed.get('prepare').output).toContain('It holds the invented district (pilot, seed 1).');
    const people = await sql<{ n: string }>('select count(*) as n from person');
    const again = await composed.run('prepare', 'dist/src/cli.js', 'prepare', '--web', composed.url);
    expect({ code: again.code, output: again.output }).toMatchObject({
      code: 0,
      output: expect.stringContaining('The database is up to date (0 changes made).'),
    });
    expect(await sql('select count(*) as n from person')).toEqual(people);
  }, 60_000);

  it('a person signs in through one web process and is known to the other', async () => {
    const form = await person.get('/sign-in');
    const signedIn = await person.send(form, '/sign-in', { username: 'holder-direct', password: DEMO_PASSWORD });
    expect(signedIn).toMatchObject({ status: 303, location: '/' });
    for (let n = 0; n < 2; n += 1) expect((await person.get('/')).text).toContain('Signed in as');
    expect(composed.balancer.served.every((count) => count >= 2)).toBe(true);
    const [row] = await sql<{ id: string }>(
      `select m.pool_id as id from pool_member m join sign_in s on s.person_id = m.person_id join pool p on p.id = m.pool_id
        where s.username = 'holder-direct' and m.state = 'member' and p.state = 'active' order by p.name desc limit 1`,
    );
    pool = `/pools/${row!.id}`;
  }, 30_000);

  it('puts money in by card, while a web process is dead', async () => {
    const form = await person.get(`${pool}/put-in`);
    await composed.get('web', 0).kill('SIGKILL');
    const source = /name="source" type="(?:radio|hidden)" value="([^"]+)"/.exec(form.text)?.[1] ?? '';
    const sent = await person.send(form, `${pool}/put-in`, { source, amount: '25.00', by: 'card' });
    expect([sent.status, sent.text]).toEqual([303, '']);
    contribution = sent.location.split('?')[0]!;
    expect((await person.get(sent.location)).text).toContain('One more step: pay by card');
  }, 30_000);

  it('pays on the page of the simulated Stripe, which was killed in between, and a worker too', async () => {
    const link = /href="([^"]+)"[^>]*>\s*Pay £25\.00 by card/.exec((await person.get(contribution)).text)?.[1];
    expect(link).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/pay\//);
    await Promise.all([composed.get('sandbox').kill('SIGKILL'), composed.get('worker', 0).kill('SIGKILL')]);
    composed.get('sandbox').start();
    await composed.get('sandbox').healthy();
    const paid = await fetch(link!, { method: 'POST', body: new URLSearchParams({ method: 'pm_card_visa' }), redirect: 'manual' });
    expect([paid.status, new URL(paid.headers.get('location')!).origin]).toEqual([303, composed.url]);
    await eventually('the contribution arrives', async () => (await person.get(contribution)).text.includes('It is ready to use.'), 60_000);
  }, 120_000);

  it('goes on with all of them back, and every check holds', async () => {
    for (const dead of [composed.get('web', 0), composed.get('worker', 0)]) dead.start();
    await composed.get('web', 0).healthy();
    const before = [...composed.balancer.served];
    for (let n = 0; n < 4; n += 1) expect((await person.get(contribution)).status).toBe(200);
    expect(composed.balancer.served.map((count, index) => count - before[index]!)).toEqual([2, 2]);
    const { code, output } = await composed.run('web', 'dist/src/cli.js', 'check', '--json');
    expect(code === 0 ? '' : output).toBe('');
  }, 120_000);
});
