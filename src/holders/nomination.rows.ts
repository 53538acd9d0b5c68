import type { Id, PersonId } from '../kernel/index.js';
import { conflict, edgeOf, notFound } from '../kernel/index.js';
import type { Tx } from '../platform/index.js';
import type { NominationAction, NominationState } from './nomination.lifecycle.js';
import { nominationLifecycle } from './nomination.lifecycle.js';

export type NominationId = Id<'nomination'>;

export interface NominationRow {
  readonly id: NominationId;
  readonly personId: PersonId;
  readonly state: NominationState;
}

/** Whose nomination it is; undefined when the transaction sees none with this id. */
export const findNomination = (tx: Tx, id: NominationId): Promise<NominationRow | undefined> =>
  tx.row('select id, person_id as "personId", state from nomination where id = $1', [id]);

/** Answers what was asked, once. Refuses: not-found for another person's, and a second answer. */
export async function answerNomination(
  tx: Tx,
  row: Pick<NominationRow, 'id' | 'personId'>,
  action: NominationAction,
  answer: { by: string; words: string | null; nominee?: PersonId },
): Promise<NominationState> {
  const found = await tx.row<NominationRow>('select id, person_id as "personId", state from nomination where id = $1 and person_id = $2 for update', [
    row.id,
    row.personId,
  ]);
  if (!found) throw notFound('The nomination');
  const { to } = edgeOf('nomination', nominationLifecycle, found.state, action);
  const changed = await tx.run(
    `update nomination set state = $2, answered_by = $3, answered_at = $4, answer = $5, nominee_id = $6 where id = $1 and state = 'asked'`,
    [row.id, to, answer.by, tx.now, answer.words, answer.nominee ?? null],
  );
  if (changed === 0) throw conflict('nomination-answered', 'Somebody has just answered this. Look at it again.');
  return to;
}
