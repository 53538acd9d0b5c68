import { Injectable } from '@nestjs/common';
import type { BookId } from '../kernel/index.js';
import { systemActor } from '../kernel/index.js';
import { StripePayouts } from '../payments/index.js';
import { Database } from '../platform/index.js';
import { BankAccounts } from './bank-accounts.service.js';
import { lineFacts } from './statement.store.js';

/** A line that is a pay-out of Stripe tells of the pay-ins in it: reconciled while the match stands, and not once it is undone. */
@Injectable()
export class PayoutPayIns {
  constructor(
    private readonly database: Database,
    private readonly accounts: BankAccounts,
    private readonly payouts: StripePayouts,
  ) {}

  /** After a match with a pay-out was made or undone, with no transaction open: asks Stripe what is in it, then does what is true by now. */
  async bringUpToDate(book: BookId, lineId: string): Promise<void> {
    const actor = systemActor('reconciliation', { books: [book] });
    const line = await this.database.read(actor, (tx) => lineFacts(tx, lineId));
    if (!line) return;
    const text = [line.reference, line.bankReference, line.counterparty, line.words].filter((each) => each !== null).join(' ');
    const intents = await this.payouts.intentsShownBy(book, { amount: line.amount, day: line.day, text });
    if (intents.length === 0) return;
    await this.database.transaction(actor, async (tx) => {
      await this.accounts.lock(tx, line.account);
      const stands = await tx.row(
        `select 1 from line_match_line l join line_match_item i on i.match_id = l.match_id where l.line_id = $1 and l.live and i.kind = 'stripe-payout'`,
        [lineId],
      );
      if (stands) await this.payouts.seen(tx, actor, book, intents);
      else await this.payouts.notSeen(tx, actor, book, intents);
    });
  }
}
