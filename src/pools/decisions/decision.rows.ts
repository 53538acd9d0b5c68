import type { Id, LocalDate, Pence, PersonId, PoolId } from '../../kernel/index.js';
import { newId, notFound } from '../../kernel/index.js';
import type { Tx } from '../../platform/index.js';
import { bigints, texts, uuids } from '../../platform/index.js';
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

const apart =
  <Row extends { readonly decision: DecisionId }>(rows: readonly Row[]) =>
  (id: DecisionId): Row[] =>
    rows.filter((row) => row.decision === id);

export type IdeasOf = (id: DecisionId) => readonly IdeaRow[];
export type VotesOf = (id: DecisionId) => readonly VoteRow[];
export type ProxiesOf = (id: DecisionId) => ReadonlyMap<PersonId, PersonId>;

/** The ideas of each of these decisions, in their order. */
export async function ideasOfEach(tx: Tx, decisions: readonly DecisionId[]): Promise<IdeasOf> {
  type Row = IdeaRow & { decision: DecisionId };
  return apart(
    await tx.rows<Row>('select decision_id as decision, id, words, cost_pence as cost from pool_idea where decision_id = any($1) order by place', [decisions]),
  );
}

/** The ideas of a new decision, in the order in which they were given. */
export async function insertIdeas(tx: Tx, pool: PoolId, decision: DecisionId, ideas: readonly Pick<IdeaRow, 'words' | 'cost'>[]): Promise<void> {
  if (ideas.length === 0) return;
  tx.write(
    `insert into pool_idea (id, decision_id, pool_id, place, words, cost_pence)
     select i.id, $1, $2, i.place, i.words, i.cost from unnest($3::uuid[], $4::text[], $5::bigint[]) with ordinality as i(id, words, cost, place)`,
    [decision, pool, uuids(ideas.map(() => newId())), texts(ideas.map((idea) => idea.words)), bigints(ideas.map((idea) => idea.cost))],
  );
}

/** The vote that counts of each of these people, who are members now, in each of these decisions. */
export async function votesOfEach(tx: Tx, decisions: readonly DecisionId[], people: readonly PersonId[]): Promise<VotesOf> {
  return apart(
    await tx.rows<VoteRow & { decision: DecisionId }>(
      `select distinct on (decision_id, person_id) decision_id as decision, person_id as "personId", choice, ideas, reason, way, brought_by as "broughtBy",
         helped_by as "helpedBy", at
       from pool_vote where decision_id = any($1) and person_id = any($2::uuid[]) order by decision_id, person_id, id desc`,
      [decisions, people],
    ),
  );
}

/** Whom each person asked to vote for them in each of these decisions, and has not asked to stop. */
export async function proxiesOfEach(tx: Tx, decisions: readonly DecisionId[]): Promise<ProxiesOf> {
  const rows = await tx.rows<{ decision: DecisionId; person: PersonId; to: PersonId | null }>(
    `select distinct on (decision_id, person_id) decision_id as decision, person_id as person, to_person as "to"
     from pool_proxy where decision_id = any($1) order by decision_id, person_id, id desc`,
    [decisions],
  );
  return (id) => new Map(rows.flatMap((row) => (row.decision !== id || row.to === null ? [] : [[row.person, row.to] as const])));
}

export const ideasOf = async (tx: Tx, id: DecisionId): Promise<readonly IdeaRow[]> => (await ideasOfEach(tx, [id]))(id);
export const votesOf = async (tx: Tx, id: DecisionId, people: readonly PersonId[]): Promise<readonly VoteRow[]> => (await votesOfEach(tx, [id], people))(id);
export const proxiesOf = async (tx: Tx, id: DecisionId): Promise<ReadonlyMap<PersonId, PersonId>> => (await proxiesOfEach(tx, [id]))(id);

export const papersOf = (tx: Tx, decision: DecisionId): Promise<PaperRow[]> =>
  tx.rows(`select ${PAPER} from pool_paper where decision_id = $1 order by id`, [decision]);

export const lockPaper = (tx: Tx, reference: string): Promise<PaperRow | undefined> =>
  tx.row(`select ${PAPER} from pool_paper where reference = $1 for update`, [reference]);
