import type { Actor } from '../kernel/index.js';
import { notFound } from '../kernel/index.js';
import { idsWith } from '../identity/index.js';
import type { Tx } from '../platform/index.js';

/** Only safeguarding leads get past here. To everybody else there is no such page: 404, whatever else they may do. */
export function requireLead(actor: Actor, permission: 'worry:read' | 'worry:answer'): void {
  if (actor.kind !== 'person' || idsWith(actor, permission, 'icb').length === 0) throw notFound();
}

/** Opens the safeguarding compartment for the rest of this transaction, in the reader's name. The database itself then looks for which
 *  ICBs this person is safeguarding lead (migration 033): naming somebody else opens nothing of theirs that they could not open. */
export async function openCompartment(tx: Tx, reader: Actor): Promise<void> {
  await tx.row(`select set_config('app.safeguarding', $1, true)`, [reader.id]);
}
