import pg from 'pg';
import { DataSource } from 'typeorm';
import { migrations } from '../../../migrations/index.js';

const INT8 = 20;
const DATE = 1082;

/** Money and counts as BigInt, days as text; everything else as pg reads it. Only for our own connections. */
const types = {
  getTypeParser(oid: number, format?: string): unknown {
    if (format !== 'binary' && oid === INT8) return BigInt;
    if (format !== 'binary' && oid === DATE) return (text: string) => text;
    return pg.types.getTypeParser(oid as never, format as never);
  },
};

/** A day is London's (`current_date` in the walls too), whatever the server's own setting. */
export const LONDON_DAYS = '-c timezone=Europe/London';

/** The app's connections; questions that do not wait for each other share a journey (`pipeline`). Timeouts stay above deadlock_timeout (1 s), so that deadlocks are seen as such. */
export function appDataSource(url: string, connections = 20): DataSource {
  return new DataSource({
    type: 'postgres',
    url,
    entities: [],
    synchronize: false,
    poolSize: connections,
    applicationName: 'commonpurse',
    poolErrorHandler: () => undefined,
    extra: {
      types,
      pipeline: true,
      options: `${LONDON_DAYS} -c statement_timeout=30000 -c lock_timeout=10000 -c idle_in_transaction_session_timeout=60000 -c jit=off`,
    },
  });
}

/** One connection as the role that owns the tables, for migrations alone. */
export function ownerDataSource(url: string): DataSource {
  return new DataSource({
    type: 'postgres',
    url,
    entities: [],
    migrations,
    synchronize: false,
    poolSize: 1,
    applicationName: 'commonpurse-migrate',
    migrationsTransactionMode: 'each',
    poolErrorHandler: () => undefined,
    extra: { types },
  });
}

/** Refuses to work as a role that could pass row-level security by: superuser, BYPASSRLS, or owner of our tables. */
export async function refuseStrongRole(source: DataSource): Promise<void> {
  const [role] = (await source.query(`select rolname, rolsuper, rolbypassrls,
    exists (select 1 from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where n.nspname = 'public' and c.relkind in ('r','p') and pg_has_role(current_user, c.relowner, 'usage')) as owner
    from pg_roles where rolname = current_user`)) as [
    {
      rolname: string;
      rolsuper: boolean;
      rolbypassrls: boolean;
      owner: boolean;
    },
  ];
  const faults = [role.rolsuper && 'is a superuser', role.rolbypassrls && 'may bypass row-level security', role.owner && 'owns our tables'].filter(Boolean);
  if (faults.length > 0)
    throw new Error(`DATABASE_URL: the role "${role.rolname}" ${faults.join(' and ')}. Use a plain role, so that row-level security holds.`);
}
