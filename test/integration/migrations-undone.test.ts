/** What a migration brings, its way back takes away, and nothing that was there before it: rights, walls, columns, rules and indexes. */
import { expect, it } from '@jest/globals';
import pg from 'pg';
import { migrations } from '../../migrations/index.js';
import { OneKindOfBlock1700000000047 } from '../../migrations/047-one-kind-of-block.js';
import { testDatabase } from '../support/database.js';

/** Everything the app may do and everything that holds it, a line each. */
const SHAPE = `
  select 'right ' || table_name || '.' || column_name || ' ' || privilege_type as line from information_schema.column_privileges where grantee = 'commonpurse_app'
  union all select 'right ' || table_name || ' ' || privilege_type from information_schema.table_privileges where grantee = 'commonpurse_app'
  union all select 'wall ' || tablename || ' ' || policyname || ' ' || coalesce(qual, '') || ' ' || coalesce(with_check, '') from pg_policies
  union all select 'rule ' || conrelid::regclass || ' ' || conname || ' ' || pg_get_constraintdef(oid) from pg_constraint where connamespace = 'public'::regnamespace
  union all select 'index ' || indexdef from pg_indexes where schemaname = 'public'
  union all select 'function ' || proname from pg_proc where pronamespace = 'public'::regnamespace
  union all select 'column ' || table_name || '.' || column_name || ' ' || data_type || ' ' || is_nullable from information_schema.columns where table_schema = 'public'
  order by 1`;

it('each way back leads to where its migration began', async () => {
  const test = await testDatabase();
  const owner = new pg.Client({ connectionString: test.adminUrl });
  await owner.connect();
  const shape = async (): Promise<string[]> => (await owner.query<{ line: string }>(SHAPE)).rows.map((row) => row.line);
  const since = migrations.slice(migrations.indexOf(OneKindOfBlock1700000000047));
  const after: string[][] = [];
  try {
    for (const each of [...since].reverse()) await new each().down(owner as never);
    for (const each of since) {
      after.push(await shape());
      await new each().up(owner as never);
    }
    for (const [n, each] of [...since.entries()].reverse()) {
      await new each().down(owner as never);
      const [now, then] = [await shape(), after[n]!];
      const differing = [...now.filter((line) => !then.includes(line)).map((line) => `left: ${line}`), ...then.filter((line) => !now.includes(line))];
      expect({ after: new each().name, differing }).toEqual({ after: new each().name, differing: [] });
    }
  } finally {
    await owner.end();
    await test.drop();
  }
}, 120_000);
