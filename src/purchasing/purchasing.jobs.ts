import { Injectable } from '@nestjs/common';
import type { OnModuleInit } from '@nestjs/common';
import type { PaymentId, PersonId, PoolId, ProviderId } from '../kernel/index.js';
import { addDays, systemActor } from '../kernel/index.js';
import type { StoredEvent, Tx } from '../platform/index.js';
import { EventHandlers, JobRegistry } from '../platform/index.js';
import { Chairs, ShareMoves } from '../pools/index.js';
import type { ShareId } from '../pools/index.js';
import { Expiry } from './expiry.service.js';
import { Invoices } from './invoices.service.js';
import { Joining } from './joining.service.js';
import { MoneyHolderChanges } from './money-holder-changes.service.js';
import type { InvoiceId } from './purchase.rows.js';

/** What purchasing listens to and does by the clock. */
@Injectable()
export class PurchasingJobs implements OnModuleInit {
  constructor(
    private readonly handlers: EventHandlers,
    private readonly jobs: JobRegistry,
    private readonly invoices: Invoices,
    private readonly expiry: Expiry,
    private readonly moneyHolders: MoneyHolderChanges,
    private readonly moves: ShareMoves,
    private readonly joining: Joining,
    private readonly chairs: Chairs,
  ) {}

  onModuleInit(): void {
    this.handlers.on('agreementInForce', 'purchasing.change-money-holder', (tx, event) =>
      this.changeMoneyHolder(tx, event, [String(event.payload['poolId']) as PoolId]),
    );
    // Who holds the money fails or closes, and the agreement names who is next.
    this.handlers.on('holderClosing', 'purchasing.leave-money-holder', (tx, event) =>
      this.changeMoneyHolder(tx, event, [String(event.payload['poolId']) as PoolId]),
    );
    // Promised before a change of money-holder, and paid to the one before: it follows the members' money.
    this.handlers.on('funderShareArrived', 'purchasing.follow-money-holder', (tx, event) =>
      this.changeMoneyHolder(tx, event, [String(event.payload['poolId']) as PoolId]),
    );
    // Given back by a provider to the money-holder before: it follows as well.
    this.handlers.on('invoiceRefunded', 'purchasing.refund-follows-money-holder', (tx, event) => this.changeMoneyHolder(tx, event, event.about.pools ?? []));
    for (const name of ['paymentSettled', 'paymentRecalled', 'remittanceArrived'])
      this.handlers.on(name, 'purchasing.settle-then-move', async (tx, event) => {
        const pools = [];
        for (const pool of event.about.pools ?? []) if (await this.moves.isMoving(tx, pool)) pools.push(pool);
        await this.changeMoneyHolder(tx, event, pools);
      });
    this.handlers.on('remittanceArrived', 'purchasing.take-on', (tx, event) =>
      this.moneyHolders.arrived(tx, systemActor('purchasing', event.about), String(event.payload['remittanceId'])),
    );
    this.handlers.on('poolContributionArrived', 'purchasing.newcomer-part', async (tx, event) => {
      const { poolId, personId, shareId } = event.payload;
      await this.joining.takePart(tx, systemActor('purchasing', event.about), poolId as PoolId, personId as PersonId, shareId as ShareId);
    });
    this.handlers.on('paymentSettled', 'purchasing.invoice-paid', (tx, event) => this.moved(tx, event, 'settled'));
    this.handlers.on('paymentReturned', 'purchasing.invoice-returned', (tx, event) => this.moved(tx, event, 'returned'));
    this.chairs.knowProviders(providersOf);
    this.jobs.register({
      name: 'purchasing.expire-reservations',
      run: async (context) => {
        const ended = await this.expiry.run(context.day, (done) => context.progress(done, done));
        context.log(`${ended} reservations ended whose last day was ${addDays(context.day, -1)} or before`);
      },
    });
  }

  private async changeMoneyHolder(tx: Tx, event: StoredEvent, pools: readonly PoolId[]): Promise<void> {
    for (const pool of pools) await this.moneyHolders.advance(tx, systemActor('purchasing', event.about), pool);
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

/** From whom the pool buys, or has chosen to. */
const providersOf = async (tx: Tx, pool: PoolId): Promise<ProviderId[]> =>
  (await tx.rows<{ id: ProviderId }>(`select distinct provider_id as id from quote where pool_id = $1 and state in ('chosen', 'committed')`, [pool])).map(
    (row) => row.id,
  );
