import { Injectable } from '@nestjs/common';
import type { OnModuleInit } from '@nestjs/common';
import type { PaymentId } from '../kernel/index.js';
import { addDays, systemActor } from '../kernel/index.js';
import type { StoredEvent, Tx } from '../platform/index.js';
import { EventHandlers, JobRegistry } from '../platform/index.js';
import { Expiry } from './expiry.service.js';
import { Invoices } from './invoices.service.js';
import type { InvoiceId } from './purchase.rows.js';

/** What purchasing listens to and does by the clock. */
@Injectable()
export class PurchasingJobs implements OnModuleInit {
  constructor(
    private readonly handlers: EventHandlers,
    private readonly jobs: JobRegistry,
    private readonly invoices: Invoices,
    private readonly expiry: Expiry,
  ) {}

  onModuleInit(): void {
    this.handlers.on('paymentSettled', 'purchasing.invoice-paid', (tx, event) => this.moved(tx, event, 'settled'));
    this.handlers.on('paymentReturned', 'purchasing.invoice-returned', (tx, event) => this.moved(tx, event, 'returned'));
    this.jobs.register({
      name: 'purchasing.expire-reservations',
      run: async (context) => {
        const ended = await this.expiry.run(context.day, (done) => context.progress(done, done));
        context.log(`${ended} reservations ended whose last day was ${addDays(context.day, -1)} or before`);
      },
    });
  }

  private async moved(tx: Tx, event: StoredEvent, to: 'settled' | 'returned'): Promise<void> {
    if (event.payload['purposeNoun'] !== 'invoice') return;
    await this.invoices.paymentMoved(
      tx,
      systemActor('purchasing', event.about),
      String(event.payload['purposeId']) as InvoiceId,
      String(event.payload['paymentId']) as PaymentId,
      to,
    );
  }
}
