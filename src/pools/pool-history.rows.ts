import type { LocalDate, PersonId, PoolId } from '../kernel/index.js';
import type { Tx } from '../platform/index.js';
import type { DaysTold } from './history-days.js';
import { daysTold } from './history-days.js';
import { historyTold } from './pool-history.rules.js';
import type { MemberRow } from './pool.rows.js';

/** What happened in a pool on the days up to `last`, or to today, told to one reader (features.md, C17). */
export async function happenings(tx: Tx, pool: PoolId, members: readonly MemberRow[], reader: PersonId, last?: LocalDate): Promise<DaysTold> {
  const names = new Map(members.map((member) => [member.personId, member.firstName]));
  const { since, from, until } = await daysTold(tx, 'pool_history', pool, last);
  const rows = await tx.rows<{ noun: string; action: string; to: string; personId: PersonId | null; version: number | null; at: Date }>(
    `select h.noun, h.action, h.to_state as to, h.person_id as "personId", a.version, h.at from pool_history h left join agreement a on h.noun = 'agreement' and a.id = h.noun_id
     where h.pool_id = $1 and ($2::timestamptz is null or h.at >= $2) and ($3::timestamptz is null or h.at < $3) order by h.id desc`,
    [pool, from, until],
  );
  const told = historyTold(rows, (person) => names.get(person) ?? 'somebody', reader);
  return { items: told.map(({ at, sentence }) => ({ at: at.toISOString(), sentence })), since };
}
