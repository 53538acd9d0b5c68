/** Columns as PostgreSQL's own bytes are the values they were made from: each is compared with the same list sent as text. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import pg from 'pg';
import type { Column } from '../../src/platform/index.js';
import { bigints, bytesOf, days, ints, jsons, moments, texts, uuids, writtenJsons } from '../../src/platform/index.js';
import type { TestDatabase } from '../support/database.js';
import { testDatabase } from '../support/database.js';

let made: TestDatabase;
let client: pg.Client;

beforeAll(async () => {
  made = await testDatabase();
  client = new pg.Client({ connectionString: made.appUrl });
  await client.connect();
});
afterAll(async () => {
  await client.end();
  await made.drop();
});

/** PostgreSQL keeps no zero character in text. */
const words = fc.string({ unit: 'grapheme' }).filter((text) => !text.includes('\0'));
const anyDay = fc.date({ min: new Date('0001-01-01'), max: new Date('9999-12-31'), noInvalidDate: true }).map((date) => date.toISOString().slice(0, 10));
const int64 = fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n });
const bytes = fc.uint8Array().map((array) => Buffer.from(array));
const plain = fc.jsonValue().filter((value) => !JSON.stringify(value).includes('\\u0000'));

const as = (column: unknown): ((values: readonly unknown[]) => Column) => column as (values: readonly unknown[]) => Column;

describe('columns', () => {
  it.each<[type: string, values: fc.Arbitrary<unknown>, column: (values: readonly unknown[]) => Column, text: (value: unknown) => unknown]>([
    ['uuid', fc.uuid(), as(uuids), String],
    ['text', words, as(texts), String],
    ['bigint', int64, as(bigints), String],
    ['int', fc.integer(), as(ints), String],
    ['date', anyDay, as(days), String],
    [
      'timestamptz',
      fc.date({ min: new Date('0001-01-01'), max: new Date('9999-12-31'), noInvalidDate: true }),
      as(moments),
      (date) => (date as Date).toISOString(),
    ],
    ['bytea', bytes, as(bytesOf), (value) => `\\x${(value as Buffer).toString('hex')}`],
  ])('of %s', async (type, values, column, text) => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.option(values), { maxLength: 60 }), async (list) => {
        const { rows } = await client.query(
          `select $1::${type}[] as sent, $1::${type}[] is not distinct from $2::${type}[] as same, cardinality($1::${type}[]) as many`,
          [column(list), list.map((value) => (value === null ? null : text(value)))],
        );
        expect(rows[0]).toMatchObject({ same: true, many: list.length });
      }),
      { numRuns: 60 },
    );
  });

  it('of jsonb', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(plain, { maxLength: 20 }), async (list) => {
        const { rows } = await client.query('select $1::jsonb[] is not distinct from $2::jsonb[] as same', [
          jsons(list),
          list.map((value) => JSON.stringify(value)),
        ]);
        expect(rows[0].same).toBe(true);
      }),
      { numRuns: 60 },
    );
  });

  it('of json, as it was written', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(plain, { maxLength: 20 }), async (list) => {
        const { rows } = await client.query('select $1::json[]::text[] as written', [writtenJsons(list)]);
        expect(rows[0].written).toEqual(list.map((value) => JSON.stringify(value)));
      }),
      { numRuns: 60 },
    );
  });

  it('that say the same again and again, with holes between', async () => {
    const lists: [string, Column, unknown[]][] = [
      ['text', texts(['a', 'a', null, 'a', '', '', 'aé', 'aé', null, null]), ['a', 'a', null, 'a', '', '', 'aé', 'aé', null, null]],
      ['bigint', bigints([null, 5n, 5n, null, 5n, -1n]), [null, 5n, 5n, null, 5n, -1n]],
    ];
    for (const [type, column, values] of lists) {
      const { rows } = await client.query(`select $1::${type}[] as sent`, [column]);
      expect(rows[0].sent).toEqual(values.map((value) => (typeof value === 'bigint' ? String(value) : value)));
    }
  });

  it('hold nothing but ids where ids are asked for', () => {
    for (const bad of [
      '',
      'x',
      '01a2035e-83eb-75cb-b41a-8dd9f80162',
      '01a2035e-83eb-75cb-b41a-8dd9f80162a5f',
      'g1a2035e-83eb-75cb-b41a-8dd9f80162a5',
      '01a2035e783eb775cb7b41a78dd9f80162a5',
    ])
      expect(() => uuids([bad])).toThrow('UUID');
    for (const bad of ['1 May', '2026-02-30', '2026-2-3', '2026-05-01T10:00:00Z']) expect(() => days([bad])).toThrow('day');
  });
});
