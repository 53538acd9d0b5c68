import { Injectable } from '@nestjs/common';
import type { BookId } from '../kernel/index.js';
import { refused } from '../kernel/index.js';
import type { Tx } from '../platform/index.js';
import type { PaymentRecord } from './payment.types.js';

/** Why nothing new may leave a book now, as a sentence; null when nothing stops it. The scope names the book. */
export type ReleaseGate = (tx: Tx, book: BookId) => Promise<string | null>;

/** What leaves a book even while a gate is shut: wages and payments for somebody's safety (truth 10). */
const GOES_ON: readonly string[] = ['wages', 'safety'];

/** Rooms above may shut a book: while it does not agree with its bank, nothing new leaves it (truth 10, RULE 27). */
@Injectable()
export class ReleaseGates {
  private readonly gates: ReleaseGate[] = [];

  add(gate: ReleaseGate): void {
    this.gates.push(gate);
  }

  /** The reason that stops a book, or null. */
  async reasonFor(tx: Tx, book: BookId): Promise<string | null> {
    for (const gate of this.gates) {
      const reason = await gate(tx, book);
      if (reason !== null) return reason;
    }
    return null;
  }

  /** Refuses (`book-is-stopped`) unless every payment is one that goes on. */
  async check(tx: Tx, book: BookId, payments: readonly PaymentRecord[]): Promise<void> {
    const stopped = payments.find((payment) => !goesOn(payment));
    const reason = stopped ? await this.reasonFor(tx, book) : null;
    if (stopped && reason !== null) throw refused('book-is-stopped', reason, { payment: stopped.id });
  }
}

export const goesOn = (payment: Pick<PaymentRecord, 'purposeNoun'>): boolean => GOES_ON.includes(payment.purposeNoun);
