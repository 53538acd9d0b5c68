import type { PersonId, PoolId } from '../../kernel/index.js';
import { dayOf, newId, spokenReference } from '../../kernel/index.js';
import type { Tx } from '../../platform/index.js';
import { texts, uuids } from '../../platform/index.js';
import type { AgreementId, ContributionId } from '../pool.rows.js';
import { lastDayOf } from './signed-paper.rules.js';

export interface ContributionPaperRow {
  readonly id: string;
  readonly poolId: PoolId;
  readonly personId: PersonId;
  readonly agreementId: AgreementId;
  readonly reference: string;
  readonly printedAt: Date;
  readonly typedAt: Date | null;
  readonly contributionId: ContributionId | null;
}

const PAPER = `id, pool_id as "poolId", person_id as "personId", agreement_id as "agreementId", reference, printed_at as "printedAt", typed_at as "typedAt", contribution_id as "contributionId"`;

export const findContributionPaper = (tx: Tx, pool: PoolId, reference: string): Promise<ContributionPaperRow | undefined> =>
  tx.row(`select ${PAPER} from contribution_paper where reference = $1 and pool_id = $2`, [reference, pool]);

export const lockContributionPaper = (tx: Tx, pool: PoolId, reference: string): Promise<ContributionPaperRow | undefined> =>
  tx.row(`select ${PAPER} from contribution_paper where reference = $1 and pool_id = $2 for update`, [reference, pool]);

/** Those that can still be typed in today, under this version. */
export async function openContributionPapers(tx: Tx, pool: PoolId, agreement: AgreementId): Promise<ContributionPaperRow[]> {
  const rows = await tx.rows<ContributionPaperRow>(`select ${PAPER} from contribution_paper where pool_id = $1 and agreement_id = $2 and typed_at is null`, [
    pool,
    agreement,
  ]);
  return rows.filter((paper) => dayOf(tx.now) <= lastDayOf(dayOf(paper.printedAt)));
}

/** One for each of these people. The caller holds the pool's lock. */
export async function insertContributionPapers(tx: Tx, pool: PoolId, agreement: AgreementId, people: readonly PersonId[]): Promise<number> {
  const ids = people.map(() => newId());
  return tx.run(
    `insert into contribution_paper (id, pool_id, person_id, agreement_id, reference, printed_at)
     select p.id, $1, p.person, $2, p.reference, $3 from unnest($4::uuid[], $5::uuid[], $6::text[]) as p(id, person, reference)`,
    [pool, agreement, tx.now, uuids(ids), uuids(people), texts(ids.map((id) => spokenReference('PUT', id)))],
  );
}
