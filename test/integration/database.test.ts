/** How transactions behave on the wire: questions travelling together, statements prepared, duties before the answer, lost connections. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import type { DataSource } from 'typeorm';
import type { OrganisationId, PersonId } from '../../src/kernel/index.js';
import { newId, NO_SCOPE, systemActor } from '../../src/kernel/index.js';
import { Bell, Database, SetClock, appDataSource } from '../../src/platform/index.js';
import type { Tx } from '../../src/platform/index.js';
import type { TestDatabase } from '../support/database.js';
import { testDatabase } from '../support/database.js';

const nobody = systemActor('test', NO_SCOPE);

describe('a transaction', () => {
  let made: TestDatabase;
  let source: DataSource;
  let database: Database;

  beforeAll(async () => {
    made = await testDatabase();
    source = await appDataSource(made.appUrl, 3).initialize();
    database = new Database(source, new SetClock(new Date('2026-05-01T10:00:00Z')));
  });
  afterAll(async () => {
    await source.destroy();
    await made.drop();
  });

  const organisations = async (): Promise<string[]> =>
    (await database.read(nobody, (tx) => tx.rows<{ name: string }>('select name from organisation order by 1'))).map((row) => row.name);
  const add = (name: string): [string, unknown[]] => [
    `insert into organisation (id, kind, name, valid_from) values ($1, 'charity', $2, '2026-01-01')`,
    [newId(), name],
  ];

  it('answers questions that travel together in their order, each seeing what those before it wrote', async () => {
    const counts = await database.transaction(nobody, (tx) =>
      Promise.all([
        tx.row<{ n: bigint }>('select count(*) as n from organisation'),
        tx.run(...add('First')),
        tx.row<{ n: bigint }>('select count(*) as n from organisation'),
      ]),
    );
    expect(counts).toEqual([{ n: 0n }, 1, { n: 1n }]);
  });

  it('undoes all when one of several fails, and says which', async () => {
    const failing = database.transaction(nobody, (tx) =>
      Promise.all([
        tx.run(...add('Second')),
        tx.run(`insert into organisation (id, kind, name, valid_from) values ($1, 'no-kind', 'Bad', '2026-01-01')`, [newId()]),
        tx.run(...add('Third')),
      ]),
    );
    await expect(failing).rejects.toMatchObject({
      driverError: { code: '23514' },
    });
    expect(await organisations()).toEqual(['First']);
  });

  it('commits what was asked last in the same journey, and stands only when all of it does', async () => {
    const answer = await database.transaction(nobody, async (tx) => {
      await tx.run(...add('Fourth'));
      tx.withCommit(tx.run(...add('Fifth')), tx.run(...add('Sixth')));
      return 'done';
    });
    expect(answer).toBe('done');
    expect(await organisations()).toEqual(['Fifth', 'First', 'Fourth', 'Sixth']);
    const failing = database.transaction(nobody, async (tx) => {
      await tx.run(...add('Seventh'));
      tx.withCommit(
        tx.run(...add('Eighth')),
        tx.run(`insert into organisation (id, kind, name, valid_from) values ($1, 'no-kind', 'Bad', '2026-01-01')`, [newId()]),
        tx.run(...add('Ninth')),
      );
    });
    await expect(failing).rejects.toMatchObject({ driverError: { code: '23514' } });
    expect(await organisations()).toEqual(['Fifth', 'First', 'Fourth', 'Sixth']);
  });

  it('undoes what was asked last when the work fails after it, and tells of the work’s failure', async () => {
    const failing = database.transaction(nobody, async (tx) => {
      tx.withCommit(tx.run(...add('Tenth')));
      await Promise.resolve();
      throw new Error('changed its mind');
    });
    await expect(failing).rejects.toThrow('changed its mind');
    expect(await organisations()).not.toContain('Tenth');
  });

  it('tells why what was asked last failed, also to who asked more after it', async () => {
    const failing = database.transaction(nobody, async (tx) => {
      tx.withCommit(tx.run(`insert into organisation (id, kind, name, valid_from) values ($1, 'no-kind', 'Bad', '2026-01-01')`, [newId()]));
      await tx.run(...add('Eleventh'));
    });
    await expect(failing).rejects.toMatchObject({ driverError: { code: '23514' } });
    expect(await organisations()).not.toContain('Eleventh');
  });

  it('asks last of all what others would wait for, and stands only when it does too', async () => {
    const order: unknown[] = [];
    const told = (tx: Tx): Promise<unknown> => tx.row<{ n: bigint }>(`select count(*) as n from organisation`).then((row) => order.push(row!.n));
    const undone = database.transaction(nobody, async (tx) => {
      tx.lastly(() => told(tx));
      await told(tx);
      tx.write(...add('Fourteenth'));
      tx.lastly(() => tx.run(`insert into organisation (id, kind, name, valid_from) values ($1, 'no-kind', 'Bad', '2026-01-01')`, [newId()]));
    });
    await expect(undone).rejects.toMatchObject({ driverError: { code: '23514' } });
    expect(order).toEqual([4n, 5n]);
    expect(await organisations()).toEqual(['Fifth', 'First', 'Fourth', 'Sixth']);
  });

  it('writes rows that nobody waits for: later questions see them, and they stand or fall with all else', async () => {
    const undone = database.transaction(nobody, async (tx) => {
      tx.write(...add('Twelfth'));
      const { n } = (await tx.row<{ n: bigint }>(`select count(*) as n from organisation where name = 'Twelfth'`))!;
      throw new Error(`${n} was there`);
    });
    await expect(undone).rejects.toThrow('1 was there');
    const failing = database.transaction(nobody, async (tx) => {
      tx.write(...add('Thirteenth'));
      tx.write(`insert into organisation (id, kind, name, valid_from) values ($1, 'no-kind', 'Bad', '2026-01-01')`, [newId()]);
      await tx.row('select 1');
    });
    await expect(failing).rejects.toMatchObject({ driverError: { code: '23514' } });
    expect(await organisations()).toEqual(['Fifth', 'First', 'Fourth', 'Sixth']);
  });

  it('is asked nothing after its commit', async () => {
    const [kept] = await database.transaction(nobody, (tx) => Promise.resolve([tx]));
    await expect(kept!.rows('select 1')).rejects.toThrow('after its commit');
    expect(() => kept!.write('select 1')).toThrow('after its commit');
  });

  it('has London’s day, also in the hour of a summer night in which the world’s is another', async () => {
    const nights = await database.read(nobody, (tx) =>
      tx.rows<{ day: string; today: boolean }>(
        `select at::date::text as day, current_date = (now() at time zone 'Europe/London')::date as today
         from unnest(array['2026-06-30T22:59:59Z', '2026-06-30T23:00:00Z', '2026-12-31T23:59:59Z', '2027-01-01T00:00:00Z']::timestamptz[]) as at`,
      ),
    );
    expect(nights).toEqual(['2026-06-30', '2026-07-01', '2026-12-31', '2027-01-01'].map((day) => ({ day, today: true })));
  });

  it('does not pass for done when a failure inside it was passed over', async () => {
    const passedOver = database.transaction(nobody, async (tx) => {
      await tx.run(...add('Fourth'));
      await tx.run('select 1 / 0').catch(() => undefined);
      return 'done';
    });
    await expect(passedOver).rejects.toThrow(/passed over/);
    expect(await organisations()).toEqual(['Fifth', 'First', 'Fourth', 'Sixth']);
  });

  it('gives the same rows for a statement asked once or often, and for short and long lists', async () => {
    for (let times = 1; times <= 40; times++) {
      const list = Array.from({ length: times % 2 === 0 ? 3 : 300 }, (_, n) => n);
      const { rows, sum } = await database.read(nobody, async (tx) => ({
        rows: (await tx.rows('select n, $2::text as text from unnest($1::int[]) as l(n)', [list, `turn ${times}`])).length,
        sum: await tx.row<{ s: bigint }>('select sum(n)::bigint as s from unnest($1::int[]) as l(n)', [list]),
      }));
      expect([rows, sum?.s]).toEqual([list.length, BigInt(list.reduce((a, b) => a + b, 0))]);
    }
  });

  it('gives no answer when what must be durable before it could not be done, and none of it after a refusal', async () => {
    const done: string[] = [];
    await expect(
      database.read(nobody, async (tx) => {
        tx.beforeAnswer(() => Promise.reject(new Error('not written')));
        return Promise.resolve('answer');
      }),
    ).rejects.toThrow('not written');
    await expect(
      database.read(nobody, async (tx) => {
        tx.beforeAnswer(async () => void done.push('look'));
        return Promise.reject(new Error('refused'));
      }),
    ).rejects.toThrow('refused');
    expect(done).toEqual([]);
  });

  it('has given its connection back when it does its duties, so that they never wait for each other', async () => {
    const asked = Array.from({ length: 12 }, () =>
      database.read(nobody, async (tx) => {
        tx.beforeAnswer(() => database.read(nobody, async (inner) => void (await inner.row('select pg_sleep(0.01)'))));
        return (await tx.row<{ one: number }>('select 1 as one'))?.one;
      }),
    );
    expect(await Promise.all(asked)).toEqual(Array.from({ length: 12 }, () => 1));
  });

  it('sees more only from where it was widened, and never after its end', async () => {
    const [icb, person] = [newId<'organisation'>() as OrganisationId, newId<'person'>() as PersonId];
    await database.transaction(systemActor('test', { people: [person], icbs: [icb] }), (tx) =>
      tx.run(`insert into person (id, first_name, family_name, created_at) values ($1, 'Ann', 'Invented', now())`, [person]),
    );
    const count = 'select count(*) as n from person';
    const seen = await database.read(nobody, async (tx) => Promise.all([tx.row(count), tx.alsoSee({ people: [person] }), tx.row(count)]));
    expect(seen).toEqual([{ n: 0n }, undefined, { n: 1n }]);
    for (let turn = 0; turn < 4; turn++)
      expect(await database.read(nobody, (tx) => tx.row(count))).toEqual({
        n: 0n,
      });
  });

  it('answers questions that share a journey each in its own scope, and fails none but the one that fails', async () => {
    const people = Array.from({ length: 200 }, () => newId<'person'>() as PersonId);
    const asked = people.map((person, n) =>
      database.ask<string>(systemActor('test', { people: [person] }), 'current_setting', [n % 50 === 7 ? 'app.no_such_setting' : 'app.person']),
    );
    const answers = await Promise.allSettled(asked);
    for (const [n, answer] of answers.entries())
      if (n % 50 === 7) expect(answer).toMatchObject({ status: 'rejected', reason: { driverError: { code: '42704' } } });
      else expect(answer).toEqual({ status: 'fulfilled', value: `{${people[n]}}` });
    expect(await database.ask(nobody, 'current_setting', ['app.person'])).toBe('{}');
  });

  it('fails questions whose connection is lost, and those after them are answered', async () => {
    const slow = ['pg_sleep', 'current_setting'].map((name) => database.ask(nobody, name, name === 'pg_sleep' ? [20] : ['app.person']));
    const client = new pg.Client({ connectionString: made.superuserUrl });
    await client.connect();
    for (let gone = 0; gone === 0; )
      gone = (await client.query(`select pg_terminate_backend(pid) from pg_stat_activity where query like 'select pg_sleep%' and pid <> pg_backend_pid()`))
        .rowCount!;
    await client.end();
    await expect(slow[0]).rejects.toThrow();
    await slow[1]!.catch(() => undefined);
    for (let n = 0; n < 10; n++) expect(await database.ask(nobody, 'current_setting', ['app.person'])).toBe('{}');
  });

  it('rings after the commit, and not for what was undone', async () => {
    const rings: string[] = [];
    const bell = new Bell(made.appUrl, 'test', (payload) => rings.push(payload));
    await bell.start();
    const before = rings.length;
    await database.transaction(nobody, async (tx) => Promise.reject(Object.assign(new Error('no'), { rung: tx.ring('test') }))).catch(() => undefined);
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(rings).toHaveLength(before);
    for (let n = 0; n < 20; n++) await database.transaction(nobody, async (tx) => Promise.resolve(tx.ring('test')));
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(rings.length).toBeGreaterThan(before);
    await bell.stop();
  });

  it('fails when its connection is lost, and the next one gets another', async () => {
    const client = new pg.Client({ connectionString: made.superuserUrl });
    await client.connect();
    await expect(
      database.transaction(nobody, async (tx) => {
        const { pid } = (await tx.row<{ pid: number }>('select pg_backend_pid() as pid'))!;
        await client.query('select pg_terminate_backend($1)', [pid]);
        await new Promise((resolve) => setTimeout(resolve, 50));
        return tx.row('select 1');
      }),
    ).rejects.toThrow();
    await client.end();
    for (let turn = 0; turn < 4; turn++) expect(await database.read(nobody, (tx) => tx.row('select 1 as one'))).toEqual({ one: 1 });
  });
});
