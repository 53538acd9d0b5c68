import type { OnModuleInit } from '@nestjs/common';
import { Injectable } from '@nestjs/common';
import { can } from '../../identity/index.js';
import { OutboxLags } from '../../insight/index.js';
import type { Actor } from '../../kernel/index.js';
import { PostDesk } from '../../notifications/index.js';
import { Clock, Jobs, Queues } from '../../platform/index.js';
import type { HomePart, HomeView } from '../home/home-parts.js';
import { HomeParts } from '../home/home-parts.js';
import { paths } from '../paths.js';
import { Housekeeping } from './housekeeping.js';
import { lagState, operatorNeeds } from './operator.view.js';
import { postNeeds } from './post.view.js';

/** An operator's home page: what failed, what of the post needs hands, and how far behind the work is. */
@Injectable()
export class OperatorHome implements HomePart, OnModuleInit {
  readonly role = 'operator';

  constructor(
    private readonly homes: HomeParts,
    private readonly house: Housekeeping,
    private readonly jobs: Jobs,
    private readonly queues: Queues,
    private readonly lags: OutboxLags,
    private readonly post: PostDesk,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.homes.register(this);
  }

  async view(actor: Actor): Promise<HomeView> {
    const [runs, silent, counts, lag] = await Promise.all([this.jobs.latestRuns(), this.jobs.silentRuns(), this.queues.counts(), this.lags.now(actor)]);
    const now = this.clock.now();
    const failed = Object.values(counts).reduce((sum, count) => sum + count.failed, 0);
    const needs = operatorNeeds({
      failed,
      silent: silent.length,
      failedRuns: runs.filter((run) => run.state === 'failed'),
      lag,
      checks: this.house.lastChecks,
      now,
    });
    const post = can(actor, 'post:read', { site: true }) ? postNeeds(await this.post.overview(actor)) : [];
    return {
      template: 'operator/operator-home.njk',
      parts: { title: 'Today' },
      view: { needs: [...needs, ...post], lag: lagState(lag, now), links: { jobs: paths.jobs, checks: paths.checks, post: paths.post } },
    };
  }
}
