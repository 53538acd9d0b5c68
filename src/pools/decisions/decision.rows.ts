import type { Id, LocalDate, Pence, PersonId, PoolId } from '../../kernel/index.js';
import { notFound } from '../../kernel/index.js';
import type { Tx } from '../../platform/index.js';
import type { DecideBy } from '../terms.rules.js';
import type { DecisionState } from './decision.lifecycle.js';
import type { Counts, SharedOut, Vote, VoteWay } from './decision.rules.js';

export type DecisionId = Id<'decision'>;

/** As it stood on the last day; sums in pence as text. */
export type StoredOutcome = Counts & {
  readonly wantedBy?: Readonly<Record<string, number>>;
  readonly sharedOut?: { readonly [By in keyof SharedOut]: { funded: string[]; spent: string; leftOut: number } };
};

export interface DecisionRow {
  readonly id: DecisionId;
  readonly poolId: PoolId;
  readonly question: string;
  readonly words: string;
  readonly decide: DecideBy;
  readonly quorumPercent: number;
  readonly budget: Pence | null;
  readonly state: DecisionState;
  readonly outcome: StoredOutcome | null;
  readonly raisedBy: PersonId;
  readonly raisedAt: Date;
  readonly closesOn: LocalDate;
  readonly reviewOn: LocalDate;
  readonly closedAt: Date | null;
}

export interface IdeaRow {
  readonly id: string;
  readonly words: string;
  readonly cost: Pence;
}

/** The vote of a person that counts. */
export interface VoteRow extends Vote {
  readonly reason: string;
  readonly way: VoteWay;
  readonly broughtBy: PersonId;
  readonly helpedBy: string | null;
  readonly at: Date;
}

export interface PaperRow {
  readonly id: string;
  readonly decisionId: DecisionId;
  readonly poolId: PoolId;
  readonly personId: PersonId;
  readonly reference: string;
  readonly typedAt: Date | null;
}

const DECISION = `id, pool_id as "poolId", question, words, decide, quorum_percent as "quorumPercent", budget_pence as budget, state, outcome, raised_by as "raisedBy",
  raised_at as "raisedAt", closes_on as "closesOn", review_on as "reviewOn", closed_at as "closedAt"`;
const PAPER = `id, decision_id as "decisionId", pool_id as "poolId", person_id as "personId", reference, typed_at as "typedAt"`;
const MOST_LISTED = 100;

export async function findDecision(tx: Tx, id: DecisionId): Promise<DecisionRow> {
  const row = await tx.row<DecisionRow>(`select ${DECISION} from pool_decision where id = $1`, [id]);
  if (!row) throw notFound('The question');
  return row;
}

/** Votes, and what ends a decision, take turns here. */
export async function lockDecision(tx: Tx, id: DecisionId): Promise<DecisionRow> {
  const row = await tx.row<DecisionRow>(`select ${DECISION} from pool_decision where id = $1 for update`, [id]);
  if (!row) throw notFound('The question');
  return row;
}

/** Newest first. */
export const decisionsOf = (tx: Tx, pool: PoolId): Promise<DecisionRow[]> =>
  tx.rows(`select ${DECISION} from pool_decision where pool_id = $1 order by id desc limit ${MOST_LISTED}`, [pool]);

export const ideasOf = (tx: Tx, decision: DecisionId): Promise<IdeaRow[]> =>
  tx.rows('select id, words, cost_pence as cost from pool_idea where decision_id = $1 order by place', [decision]);

/** The vote that counts of each of these people, who are members now. */
export const votesOf = (tx: Tx, decision: DecisionId, people: readonly PersonId[]): Promise<VoteRow[]> =>
  tx.rows(
    `select distinct on (person_id) person_id as "personId", choice, ideas, reason, way, brought_by as "broughtBy", helped_by as "helpedBy", at
     from pool_vote where decision_id = $1 and person_id = any($2::uuid[]) order by person_id, id desc`,
    [decision, people],
  );

export const papersOf = (tx: Tx, decision: DecisionId): Promise<PaperRow[]> =>
  tx.rows(`select ${PAPER} from pool_paper where decision_id = $1 order by id`, [decision]);

export const lockPaper = (tx: Tx, reference: string): Promise<PaperRow | undefined> =>
  tx.row(`select ${PAPER} from pool_paper where reference = $1 for update`, [reference]);

/** Whom each of these people asked to vote for them, and has not asked to stop. */
export async function proxiesOf(tx: Tx, decision: DecisionId): Promise<Map<PersonId, PersonId>> {
  const rows = await tx.rows<{ person: PersonId; to: PersonId | null }>(
    'select distinct on (person_id) person_id as person, to_person as "to" from pool_proxy where decision_id = $1 order by person_id, id desc',
    [decision],
  );
  return new Map(rows.flatMap((row) => (row.to === null ? [] : [[row.person, row.to] as const])));
}
