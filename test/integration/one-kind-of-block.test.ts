/** Blocks of before migration 047, of cards and of people, are all kept as blocks of people; and the way back keeps them too. */
import { expect, it } from '@jest/globals';
import pg from 'pg';
import { OneKindOfBlock1700000000047 } from '../../migrations/047-one-kind-of-block.js';
import { migrations } from '../../migrations/index.js';
import { testDatabase } from '../support/database.js';

const idOf = (n: number): string => `00000000-0000-7000-8000-00000000000${n}`;
const [ANN, RAJ, MEI, TOM] = [1, 2, 3, 4].map(idOf) as [string, string, string, string];

it('blocks of cards become blocks of people, with a name only where two had been introduced', async () => {
  const test = await testDatabase();
  const [superuser, owner] = [new pg.Client({ connectionString: test.superuserUrl }), new pg.Client({ connectionString: test.adminUrl })];
  await Promise.all([superuser.connect(), owner.connect()]);
  const rowsOf = async (sql: string): Promise<unknown[]> => (await superuser.query({ text: sql, rowMode: 'array' })).rows;
  const migrate = async (way: 'up' | 'down'): Promise<void> => {
    // Those that came later go before it, the last one first.
    const since = migrations.slice(migrations.indexOf(OneKindOfBlock1700000000047));
    await owner.query('begin');
    for (const each of way === 'up' ? since : [...since].reverse()) await new each()[way](owner as never);
    await owner.query('commit');
  };
  try {
    await migrate('down');
    await superuser.query(`
      insert into person (id, first_name, family_name, created_at) select unnest('{${[ANN, RAJ, MEI, TOM].join()}}'::uuid[]), 'N', 'Invented', now();
      insert into place values ('M33', 'Sale', 53.4, -2.3);
      insert into card (id, person_id, state, goals, place, days, pace, group_size, distance_miles, adult_from, made_at, changed_at)
        select id, id, 'open', '{bowls}', 'M33', '{2}', 'any', 'any', 5, '2000-01-01', now(), now() from person where family_name = 'Invented';
      insert into introduction (id, pair_id, person_a, person_b, card_a, card_b, reasons, state, made_at) values ('${ANN}', '${ANN}', '${ANN}', '${MEI}', '${ANN}', '${MEI}', '[]', 'stepped-back', now());
      insert into card_block values ('${ANN}', '${RAJ}', '${ANN}', now()), ('${ANN}', '${MEI}', '${ANN}', now()), ('${RAJ}', '${ANN}', '${RAJ}', now());
      insert into person_block values ('${ANN}', '${MEI}', now()), ('${ANN}', '${TOM}', now());
    `);
    await migrate('up');
    expect(await rowsOf('select person_id, other_person_id, seen_as from person_block order by 1, 2')).toEqual([
      [ANN, RAJ, 'card'],
      [ANN, MEI, 'name'],
      [ANN, TOM, 'name'],
      [RAJ, ANN, 'card'],
    ]);
    await migrate('down');
    expect(await rowsOf('select card_id, other_card_id from card_block order by 1, 2')).toEqual([
      [ANN, RAJ],
      [ANN, MEI],
      [ANN, TOM],
      [RAJ, ANN],
    ]);
    expect(await rowsOf('select other_person_id from person_block order by 1')).toEqual([[MEI], [TOM]]);
    await migrate('up');
  } finally {
    await Promise.all([superuser.end(), owner.end()]);
    await test.drop();
  }
}, 60_000);
