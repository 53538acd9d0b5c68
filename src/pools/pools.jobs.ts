import { Injectable } from '@nestjs/common';
import type { OnModuleInit } from '@nestjs/common';
import type { BudgetLineId, PaymentId, PersonId, PoolId } from '../kernel/index.js';
import { systemActor } from '../kernel/index.js';
import { EventHandlers, JobRegistry } from '../platform/index.js';
import { ReviewDays } from './review-days.service.js';
import { Contributions } from './contributions.service.js';
import { DecisionOutcomes } from './decisions/decision-outcomes.service.js';
import { FreezeDays } from './freezes/freeze-days.service.js';
import { HolderCopies } from './holder-plans/holder-copies.service.js';
import { Leaving } from './leaving.service.js';
import { ReviewSteps } from './reviews/review-steps.service.js';
import { MemberReviews } from './reviews/reviews.service.js';
import { Surplus } from './surplus.service.js';
import { OwnTopUps } from './own-money/own-top-ups.service.js';
import { PledgeCalls } from './pledges/pledge-calls.service.js';
import { PledgeRounds } from './pledges/pledge-rounds.service.js';
import type { RoundId } from './pledges/pledge.rows.js';
import { Tidying } from './tidying.service.js';
import { WindingUp } from './winding-up.service.js';

/** What pools listen to and do by the clock: remittances that ended, money that became free after somebody left, those who agreed to end, and
 *  the last days of a pool. */
@Injectable()
export class PoolsJobs implements OnModuleInit {
  constructor(
    private readonly handlers: EventHandlers,
    private readonly jobs: JobRegistry,
    private readonly contributions: Contributions,
    private readonly leaving: Leaving,
    private readonly tidying: Tidying,
    private readonly decisions: DecisionOutcomes,
    private readonly memberReviews: MemberReviews,
    private readonly reviewSteps: ReviewSteps,
    private readonly pledges: PledgeCalls,
    private readonly rounds: PledgeRounds,
    private readonly windingUp: WindingUp,
    private readonly reviewDays: ReviewDays,
    private readonly surplus: Surplus,
    private readonly freezeDays: FreezeDays,
    private readonly copies: HolderCopies,
    private readonly topUps: OwnTopUps,
  ) {}

  onModuleInit(): void {
    this.handlers.on('remittanceArrived', 'pools.contribution-arrived', async (tx, event) => {
      const { remittanceId, carries, poolId, subjectId } = event.payload;
      await this.contributions.remittanceEnded(tx, systemActor('pools', event.about), String(remittanceId), 'arrive');
      if (carries === 'refund' && poolId && subjectId) await this.leaving.askForRest(tx, poolId as PoolId, subjectId as PersonId);
    });
    this.handlers.on('remittanceFailed', 'pools.contribution-failed', (tx, event) =>
      this.contributions.remittanceEnded(tx, systemActor('pools', event.about), String(event.payload['remittanceId']), 'fail'),
    );
    for (const name of ['poolContributionArrived', 'shareFreed'])
      this.handlers.on(name, 'pools.return-rest', async (tx, event) => {
        await this.leaving.returnRest(tx, systemActor('pools', event.about), event.payload['poolId'] as PoolId, event.payload['personId'] as PersonId);
      });
    this.handlers.on('memberLeft', 'pools.wind-up', (tx, event) =>
      this.windingUp.endIfAgreed(tx, systemActor('pools', event.about), event.payload['poolId'] as PoolId),
    );
    this.handlers.on('memberLeft', 'pools.end-review', (tx, event) =>
      this.reviewSteps.memberGone(tx, systemActor('pools', event.about), event.payload['poolId'] as PoolId, event.payload['personId'] as PersonId),
    );
    this.handlers.on('poolClosing', 'pools.give-back', (tx, event) =>
      this.tidying.tidy(tx, systemActor('pools', event.about), event.payload['poolId'] as PoolId),
    );
    this.handlers.on('purchaseCompleted', 'pools.surplus', async (tx, event) => {
      await this.surplus.sendHome(tx, systemActor('pools', event.about), event.payload['poolId'] as PoolId, new Date(String(event.payload['committedAt'])));
    });
    // What a pool owed is paid: it may have been the last thing that kept it open.
    for (const name of ['paymentSent', 'paymentInFile'])
      this.handlers.on(name, 'pools.close', async (tx, event) => {
        for (const pool of event.about.pools ?? []) await this.tidying.close(tx, systemActor('pools', event.about), pool);
      });
    this.listenForPledges();
    this.listenForOwnMoney();
    this.jobs.register({
      name: 'pools.close-pledges',
      run: async (context) => context.log(`${await this.pledges.closeDue(context.day)} rounds of pledges have ended or have more time`),
    });
    this.jobs.register({
      name: 'pools.close-decisions',
      run: async (context) => context.log(`${await this.decisions.closeDue(context.day)} questions decided`),
    });
    this.jobs.register({ name: 'pools.copy-holders', run: async (context) => context.log(`${await this.copies.makeDue(context.day)} copies made`) });
    this.jobs.register({ name: 'pools.thaw', run: async (context) => context.log(`${await this.freezeDays.thawDue(context.day)} stops ended`) });
    this.jobs.register({
      name: 'pools.review-agreements',
      run: async (context) => context.log(`${await this.reviewDays.tellDue(context.day)} groups were told to look at their agreement again`),
    });
    this.jobs.register({
      name: 'pools.close-reviews',
      run: async (context) => context.log(`${await this.memberReviews.closeDue(context.day)} stages of talks closed`),
    });
    this.jobs.register({
      name: 'pools.tidy',
      run: async (context) => {
        const tidied = await this.tidying.run((done) => context.progress(done, done));
        context.log(`${tidied} pools looked at that are ending or hold funders’ money`);
      },
    });
  }

  /** Own money that was on its way: by card or Direct Debit, and by bank transfer. */
  private listenForOwnMoney(): void {
    this.handlers.on('payInSucceeded', 'pools.own-money-paid', (tx, event) => this.topUps.paid(tx, event.payload['paymentId'] as PaymentId));
    this.handlers.on('paymentFailed', 'pools.own-money-failed', (tx, event) => this.topUps.failed(tx, event.payload['paymentId'] as PaymentId));
    this.handlers.on('ownMoneyCame', 'pools.own-money-came', (tx, event) =>
      this.topUps.came(tx, event.payload['lineId'] as BudgetLineId, event.payload['personId'] as PersonId),
    );
  }

  /** What ends pledges before their day: enough of them, a pool that stops, a line from which nothing may be bought. */
  private listenForPledges(): void {
    this.handlers.on('pledgeMade', 'pools.call-pledges', (tx, event) =>
      this.pledges.settleIfFirm(tx, systemActor('pools', event.about), event.payload['poolId'] as PoolId, event.payload['roundId'] as RoundId),
    );
    for (const name of ['poolFrozen', 'poolClosing', 'poolClosed'])
      this.handlers.on(name, 'pools.end-pledges', (tx, event) =>
        this.pledges.settlePool(tx, systemActor('pools', event.about), event.payload['poolId'] as PoolId),
      );
    for (const [name, because] of [
      ['lineSuspended', 'line-suspended'],
      ['lineEnded', 'line-ended'],
    ] as const)
      this.handlers.on(name, 'pools.release-pledges', (tx, event) =>
        this.rounds.ofLine(tx, systemActor('pools', event.about), event.payload['lineId'] as BudgetLineId, because),
      );
  }
}
