import { Injectable } from '@nestjs/common';
import { DomainError, invariant } from '../kernel/index.js';
import type { Tx } from '../platform/index.js';
import { sqlStateOf } from '../platform/index.js';
import { batchOf } from './batch.js';
import type { NewEntry, Outcome } from './entry.js';

const MOST_ENTRIES = 10_000;

/** The only way money moves. Knows no people and no payment provider. */
@Injectable()
export class Ledger {
  /** Records entries in the caller's transaction: all of them, or none. One round trip for one entry or thousands.
   *  A reference seen before with the same content is a `replay` and changes nothing.
   *  Refuses: `not-enough-free` (a line or share would go below zero), `reference-reused` (other content). */
  async record(tx: Tx, entries: readonly NewEntry[]): Promise<Outcome[]> {
    invariant(entries.length <= MOST_ENTRIES, `at most ${MOST_ENTRIES} entries at once`);
    const moving = entries.filter((entry) => (entry.transfers?.length ?? 0) + (entry.reservations?.length ?? 0) + (entry.endings?.length ?? 0) > 0);
    if (moving.length === 0) return entries.map(() => 'recorded');
    try {
      const rows = await tx.rows<{ n: number; outcome: Outcome }>('select n, outcome from ledger_record($1::jsonb, $2)', [batchOf(moving), tx.now]);
      const byPlace = new Map(rows.map((row) => [row.n, row.outcome]));
      let place = 0;
      return entries.map((entry) => (moving.includes(entry) ? (byPlace.get(place++) ?? 'recorded') : 'recorded'));
    } catch (error) {
      throw asRefusal(error);
    }
  }
}

/** The database's own words for a refusal, in ours; anything else passes through. */
function asRefusal(error: unknown): unknown {
  const constraint = (error as { driverError?: { constraint?: string } }).driverError?.constraint;
  const detail = (error as { driverError?: { detail?: string } }).driverError?.detail ?? '';
  const state = sqlStateOf(error);
  if (state === 'CP001' || constraint === 'account_never_below_zero')
    return new DomainError('refused', 'not-enough-free', 'There is not enough free money for this.', [], state === 'CP001' ? { account: detail } : {});
  if (constraint === 'reservation_never_overdrawn')
    return new DomainError('refused', 'more-than-reserved', 'This is more than what is left of the money set aside.');
  if (state === 'CP002') return new DomainError('conflict', 'reference-reused', 'This was already recorded with other content.', [], { reference: detail });
  return error;
}
