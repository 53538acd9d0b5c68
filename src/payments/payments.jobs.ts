import type { OnModuleInit } from '@nestjs/common';
import { Injectable } from '@nestjs/common';
import { systemActor } from '../kernel/index.js';
import { Books } from '../ledger/index.js';
import { Database, EventHandlers, JobRegistry } from '../platform/index.js';
import { PayInOutcomes } from './pay-in-outcomes.service.js';
import { PaymentFiles } from './payment-files.service.js';
import { PayOuts } from './pay-outs.service.js';
import type { RemittanceId } from './payment.types.js';
import { Remittances } from './remittances.service.js';
import { Webhooks } from './webhooks.service.js';

/** The background door of payments. */
@Injectable()
export class PaymentJobs implements OnModuleInit {
  constructor(
    private readonly handlers: EventHandlers,
    private readonly jobs: JobRegistry,
    private readonly database: Database,
    private readonly books: Books,
    private readonly payOuts: PayOuts,
    private readonly payIns: PayInOutcomes,
    private readonly files: PaymentFiles,
    private readonly webhooks: Webhooks,
    private readonly remittances: Remittances,
  ) {}

  onModuleInit(): void {
    this.handlers.onOutside('paymentApproved', 'payments.dispatch', (event) => this.payOuts.dispatch(event));
    this.handlers.onOutside('paymentUnknown', 'payments.ask', (event) => this.payOuts.ask(event));
    this.handlers.onOutside('payInAsked', 'payments.collect', (event) => this.payIns.collect(event));
    this.handlers.onOutside('paymentFileReleased', 'payments.submit-file', (event) => this.files.submit(event));
    this.handlers.onOutside('stripeEventReceived', 'payments.stripe-event', (event) => this.webhooks.handle(event));
    this.handlers.on('remittanceArrived', 'payments.close-remittance', (tx, event) =>
      this.remittances.close(tx, systemActor('payments', event.about), event.payload['remittanceId'] as RemittanceId),
    );
    this.jobs.register({ name: 'payments-resolve-unknown', run: (context) => this.resolveUnknown((note) => context.log(note)) });
  }

  /** Looks up every payment whose fate is not known, book by book. */
  private async resolveUnknown(log: (note: string) => void): Promise<void> {
    const books = await this.database.read(systemActor('payments', {}), (tx) => this.books.all(tx));
    let known = 0;
    for (const book of books.filter(({ basis }) => basis === 'cash')) {
      known += await this.payOuts.resolveUnknown(book.id);
      known += await this.payIns.resolveUnknown(book.id);
    }
    log(`${known} resolved`);
  }
}
