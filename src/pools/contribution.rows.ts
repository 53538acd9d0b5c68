import type { Tx } from '../platform/index.js';
import { bigints, texts, uuids } from '../platform/index.js';
import type { Pence } from '../kernel/index.js';
import type { ContributionState } from './pool.lifecycle.js';
import type { ContributionId, ShareRow } from './pool.rows.js';

/** A contribution as it is written. */
interface Made {
  readonly asked: { readonly command: { readonly amountPence: Pence } };
  readonly share: ShareRow;
  readonly view: { readonly contributionId: ContributionId; readonly state: ContributionState; readonly by: string; readonly remittanceId: string | null };
}

/** One statement for all. */
export async function insertContributions(tx: Tx, all: readonly Made[]): Promise<void> {
  const views = all.map(({ view }) => view);
  tx.write(
    `insert into contribution (id, pool_id, share_id, person_id, amount_pence, by, state, remittance_id, made_at, arrived_at)
     select c.*, $9::timestamptz, case when c.state = 'arrived' then $9::timestamptz end
     from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::uuid[], $5::bigint[], $6::text[], $7::text[], $8::uuid[]) as c(id, pool, share, person, amount, by, state, remittance)`,
    [
      uuids(views.map((view) => view.contributionId)),
      uuids(all.map(({ share }) => share.poolId)),
      uuids(all.map(({ share }) => share.id)),
      uuids(all.map(({ share }) => share.personId)),
      bigints(all.map(({ asked }) => asked.command.amountPence)),
      texts(views.map((view) => view.by)),
      texts(views.map((view) => view.state)),
      uuids(views.map((view) => view.remittanceId)),
      tx.now,
    ],
  );
}
