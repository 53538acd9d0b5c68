import { DomainError, newId, systemActor } from '../kernel/index.js';
import type { Database } from '../platform/index.js';

export const DISTRICTS = ['pilot', 'icb', 'england'] as const;
export type District = (typeof DISTRICTS)[number];
export const isDistrict = (text: unknown): text is District => DISTRICTS.includes(text as District);

export interface SeedRun {
  readonly id: string;
  readonly district: District;
  readonly seed: string;
  readonly state: 'started' | 'finished';
}

const actor = systemActor('seed', {});

/** Which district this database holds: none, one that is whole, or one that was broken off. */
export const seedRunOf = (database: Database): Promise<SeedRun | undefined> =>
  database.read(actor, (tx) => tx.row<SeedRun>('select id, district, seed, state from seed_run'));

/** Somebody lives here already, invented or not: nothing is seeded on top of them. */
export const hasPeople = (database: Database): Promise<boolean> =>
  database.read(actor, async (tx) => (await tx.row(`select 1 from known_id limit 1`)) !== undefined);

/** Writes down that a seed begins. Refuses (`seeded-already`) a database that holds a district, or people nobody seeded. */
export async function beginSeed(database: Database, district: District, seed: string): Promise<string> {
  const known = await seedRunOf(database);
  if (known)
    throw new DomainError(
      'conflict',
      'seeded-already',
      known.state === 'finished'
        ? `This database holds the district ${known.district}, seed ${known.seed}.`
        : `A seed of ${known.district} was broken off here. Begin with a clean database.`,
    );
  if (await hasPeople(database))
    throw new DomainError('conflict', 'seeded-already', 'There are people in this database, so nothing is invented on top of them.');
  const id = newId();
  await database.transaction(actor, (tx) =>
    tx.run(`insert into seed_run (id, district, seed, state, started_at) values ($1, $2, $3, 'started', $4)`, [id, district, seed, new Date()]),
  );
  return id;
}

/** The last thing a seed does: what is here is whole. */
export async function finishSeed(database: Database, id: string): Promise<void> {
  await database.transaction(actor, (tx) =>
    tx.run(`update seed_run set state = 'finished', finished_at = $2 where id = $1 and state = 'started'`, [id, new Date()]),
  );
}
