import { DomainError } from '../../kernel/index.js';
import { COLLATION } from './collation.js';

/** The oldest PostgreSQL the migrations and questions are written for: unique keys over absent values, and ICU's collations everywhere. */
const OLDEST = 15;

/** What a server says of itself: `server_version_num` (150018 is 15.18), and whether it has the collation we sort names by. */
export interface ServerFacts {
  readonly version: number;
  readonly hasCollation: boolean;
}

export const SERVER_FACTS = `select current_setting('server_version_num')::int as version,
  exists (select 1 from pg_collation where collname = '${COLLATION}') as "hasCollation"`;

/** Refuses a server we cannot work with before anything is changed in it. Throws `postgres-too-old`, `postgres-without-icu` (unavailable). */
export function requireServer({ version, hasCollation }: ServerFacts): void {
  const major = Math.floor(version / 10_000);
  if (major < OLDEST)
    throw new DomainError('unavailable', 'postgres-too-old', `This needs PostgreSQL ${OLDEST} or newer; the one of DATABASE_ADMIN_URL is ${major}.`);
  if (!hasCollation)
    throw new DomainError(
      'unavailable',
      'postgres-without-icu',
      `This needs a PostgreSQL built with ICU: the one of DATABASE_ADMIN_URL has no collation ${COLLATION}.`,
    );
}
