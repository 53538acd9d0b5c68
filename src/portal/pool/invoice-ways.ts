import { Injectable } from '@nestjs/common';
import type { Actor } from '../../kernel/index.js';
import { dayOf } from '../../kernel/index.js';
import { PaymentQueries } from '../../payments/index.js';
import { Database } from '../../platform/index.js';
import type { InvoiceView, PurchaseView } from '../../purchasing/index.js';
import type { TrackerOptions } from '../blocks/index.js';
import { moneyWay, reachedBy } from './money-way.view.js';

/** Where the money of an invoice is, for whoever may see its payments. */
@Injectable()
export class InvoiceWays {
  constructor(
    private readonly payments: PaymentQueries,
    private readonly database: Database,
  ) {}

  async of(
    actor: Actor,
    facts: { readonly invoice: InvoiceView; readonly purchase: PurchaseView; readonly to: string; readonly voice: 'holder' | 'staff' },
  ): Promise<TrackerOptions> {
    const { invoice, purchase, to, voice } = facts;
    const { payments, histories } = await this.database.read(actor, async (tx) => {
      const found = await this.payments.ofPurpose(tx, invoice.id);
      const steps = await this.payments.stepsOf(
        tx,
        found.map((payment) => payment.id),
      );
      return {
        payments: found,
        histories: found.map((payment) => steps.filter((step) => step.payment === payment.id).map((step) => ({ on: dayOf(step.at), to: step.to }))),
      };
    });
    return moneyWay({ invoiceId: invoice.id, sum: invoice.amount, to, payments, voice, reached: reachedBy(dayOf(new Date(purchase.committedAt)), histories) });
  }
}
