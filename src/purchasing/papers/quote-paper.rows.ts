import type { PersonId, PoolId } from '../../kernel/index.js';
import { dayOf, newId, spokenReference } from '../../kernel/index.js';
import type { Tx } from '../../platform/index.js';
import { texts, uuids } from '../../platform/index.js';
import type { AgreementId, SignedPaper } from '../../pools/index.js';
import { lastDayOf } from '../../pools/index.js';
import type { QuoteId } from '../purchase.rows.js';

export interface QuotePaperRow {
  readonly id: string;
  readonly poolId: PoolId;
  readonly personId: PersonId;
  readonly agreementId: AgreementId;
  readonly quoteIds: readonly QuoteId[];
  readonly reference: string;
  readonly printedAt: Date;
  readonly typedAt: Date | null;
}

const PAPER = `id, pool_id as "poolId", person_id as "personId", agreement_id as "agreementId", quote_ids as "quoteIds", reference, printed_at as "printedAt", typed_at as "typedAt"`;

export const findQuotePaper = (tx: Tx, pool: PoolId, reference: string): Promise<QuotePaperRow | undefined> =>
  tx.row(`select ${PAPER} from quote_paper where reference = $1 and pool_id = $2`, [reference, pool]);

export const lockQuotePaper = (tx: Tx, pool: PoolId, reference: string): Promise<QuotePaperRow | undefined> =>
  tx.row(`select ${PAPER} from quote_paper where reference = $1 and pool_id = $2 for update`, [reference, pool]);

/** Those that can still be typed in today, for exactly these quotes under this version. */
export async function openQuotePapers(tx: Tx, pool: PoolId, agreement: AgreementId, quotes: readonly QuoteId[]): Promise<QuotePaperRow[]> {
  const rows = await tx.rows<QuotePaperRow>(
    `select ${PAPER} from quote_paper where pool_id = $1 and agreement_id = $2 and quote_ids = $3::uuid[] and typed_at is null`,
    [pool, agreement, uuids(quotes)],
  );
  return rows.filter((paper) => dayOf(tx.now) <= lastDayOf(dayOf(paper.printedAt)));
}

/** Who has said something since the newest of these quotes came, in whatever way. */
export async function answeredAll(tx: Tx, pool: PoolId, quotes: readonly QuoteId[]): Promise<ReadonlySet<PersonId>> {
  const rows = await tx.rows<{ person: PersonId }>(
    `select distinct c.person_id as person from quote_choice c where c.pool_id = $1 and c.quote_id = any($2) and c.at >= (select max(given_at) from quote where id = any($2))`,
    [pool, uuids(quotes)],
  );
  return new Set(rows.map((row) => row.person));
}

/** One for each of these people. The caller holds the pool's lock. */
export async function insertQuotePapers(
  tx: Tx,
  pool: PoolId,
  agreement: AgreementId,
  quotes: readonly QuoteId[],
  people: readonly PersonId[],
): Promise<number> {
  const ids = people.map(() => newId());
  return tx.run(
    `insert into quote_paper (id, pool_id, person_id, agreement_id, quote_ids, reference, printed_at)
     select p.id, $1, p.person, $2, $3::uuid[], p.reference, $4 from unnest($5::uuid[], $6::uuid[], $7::text[]) as p(id, person, reference)`,
    [pool, agreement, uuids(quotes), tx.now, uuids(ids), uuids(people), texts(ids.map((id) => spokenReference('QUO', id)))],
  );
}

/** The sheets from which one person's answers of today were typed in, by quote. */
export async function papersOf(tx: Tx, pool: PoolId, person: PersonId): Promise<ReadonlyMap<QuoteId, SignedPaper>> {
  const rows = await tx.rows<SignedPaper & { quote: QuoteId }>(
    `select c.quote_id as quote, p.signed_by as "signedBy", p.signed_on as "signedOn" from quote_choice c join quote_paper p on p.id = c.paper_id where c.pool_id = $1 and c.person_id = $2`,
    [pool, person],
  );
  return new Map(rows.map(({ quote, ...paper }) => [quote, paper]));
}
