import { setTimeout as sleep } from 'node:timers/promises';
import type { Client } from 'pg';

/** The owner runs the house (`npm start`), and there is one; guests (a worker, an operator's command) use it beside. */
export type Role = 'owner' | 'guest';

/* Who holds a cluster is told by session locks, not by files: they vanish with their holder, also by kill -9.
   71001 is the owner's; 71002 is held, shared, by everyone who uses the cluster. */

/** The name our kept connection bears; tells a second owner the process id of the first. */
export const holderName = (role: Role): string => `commonpurse ${role} ${process.pid}`;

/** Takes the locks. Answers the process id of the owner when there is one already (0 when it cannot be told). Waits up
 *  to a second for the locks of an owner that has just died. Throws the server's error when it stops meanwhile. */
export async function takeLocks(client: Client, role: Role): Promise<{ taken: true } | { taken: false; ownerPid: number }> {
  const until = Date.now() + 1_000;
  while (role === 'owner' && !(await yes(client, 'select pg_try_advisory_lock(71001) as ok'))) {
    if (Date.now() > until) return { taken: false, ownerPid: await ownerPid(client) };
    await sleep(100);
  }
  await client.query('select pg_advisory_lock_shared(71002)');
  return { taken: true };
}

/** Gives our share back; true when nobody else uses the cluster. The lock that proves it is kept, so that nobody can
 *  begin to use it before it is stopped. */
export async function isLastOut(client: Client): Promise<boolean> {
  await client.query('select pg_advisory_unlock_shared(71002)');
  return await yes(client, 'select pg_try_advisory_lock(71002) as ok');
}

async function ownerPid(client: Client): Promise<number> {
  const { rows } = await client.query<{ name: string }>(
    `select a.application_name as name from pg_locks l join pg_stat_activity a using (pid)
      where l.locktype = 'advisory' and l.classid = 0 and l.objid = 71001 and l.granted`,
  );
  return Number(/\d+$/.exec(rows[0]?.name ?? '')?.[0] ?? 0);
}

async function yes(client: Client, sql: string): Promise<boolean> {
  return (await client.query<{ ok: boolean }>(sql)).rows[0]?.ok === true;
}
