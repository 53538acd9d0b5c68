import { Body, Controller, Get, Header, Post, Query, Redirect, Req, UseGuards } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { Audit } from '../../audit/index.js';
import type { SignedInRequest } from '../../identity/index.js';
import { can, requireAccess } from '../../identity/index.js';
import { OutboxLags } from '../../insight/index.js';
import { forbidden } from '../../kernel/index.js';
import type { Actor } from '../../kernel/index.js';
import { Clock, Database, Jobs, Queues } from '../../platform/index.js';
import { seeOther, textOf, withFormKey, type FormBody, type SeeOther } from '../form-body.js';
import { paths } from '../paths.js';
import { takeFormKey } from '../session/form-key.js';
import { PageSignedIn } from '../session/page-guards.js';
import type { PageParts } from '../session/pages.js';
import { Pages } from '../session/pages.js';
import type { Flashes } from '../shell/index.js';
import { act, flashOf } from '../shell/index.js';
import { Housekeeping } from './housekeeping.js';
import { checksView, failedView, jobsTable, lagState, queuesTable } from './operator.view.js';

const DONE: Flashes = { retried: { kind: 'done', title: 'It is tried again', text: 'If it fails again it comes back to this list.' } };
const HTML = 'text/html; charset=utf-8';

/** Recurring jobs, the outbox, what failed, and the checks: for operators. */
@ApiExcludeController()
@Controller()
@UseGuards(PageSignedIn)
export class JobsPage {
  constructor(
    private readonly pages: Pages,
    private readonly house: Housekeeping,
    private readonly jobs: Jobs,
    private readonly queues: Queues,
    private readonly lags: OutboxLags,
    private readonly database: Database,
    private readonly audit: Audit,
    private readonly clock: Clock,
  ) {}

  @Get('jobs')
  @Header('content-type', HTML)
  async list(@Req() request: SignedInRequest, @Query('done') done?: string): Promise<string> {
    return this.pages.whole(request, 'operator/jobs.njk', { ...(await this.model(request.actor!)), ...flashOf(DONE, done) });
  }

  @Post('jobs/retry')
  @Redirect()
  async retry(@Req() request: SignedInRequest, @Body() body: FormBody): Promise<SeeOther> {
    need(request.actor!, 'jobs:retry');
    takeFormKey(body);
    const id = textOf(body, 'id').slice(0, 300);
    return act({
      template: 'operator/jobs.njk',
      model: () => this.model(request.actor!),
      command: async () => {
        await this.queues.retry(id);
        const facts = { action: 'jobs:retry', noun: 'job', facts: { job: id } };
        await this.database.transaction(request.actor!, (tx) => this.audit.record(tx, request.actor!, facts));
      },
      next: () => seeOther(paths.jobs, 'retried'),
    });
  }

  @Get('checks')
  @Header('content-type', HTML)
  showChecks(@Req() request: SignedInRequest): string {
    need(request.actor!, 'checks:run');
    const view = checksView(this.house.lastChecks);
    return this.pages.show(
      request,
      'operator/checks.njk',
      { title: 'Checks', isWide: true, back: { href: paths.jobs, text: 'Back to jobs' }, ...(view.isRunning ? { refreshAfterSeconds: 2 } : {}) },
      withFormKey({ ...view }),
    );
  }

  @Post('checks')
  @Redirect()
  runChecks(@Req() request: SignedInRequest): SeeOther {
    need(request.actor!, 'checks:run');
    this.house.startChecks(request.actor!.name ?? 'an operator', () => this.clock.now());
    return seeOther(paths.checks);
  }

  private async model(actor: Actor): Promise<PageParts> {
    need(actor, 'jobs:read');
    const [runs, silent, next, failed, counts, lag] = await Promise.all([
      this.jobs.latestRuns(),
      this.jobs.silentRuns(),
      this.queues.nextRuns(),
      this.queues.failed(),
      this.queues.counts(),
      this.lags.now(actor),
    ]);
    return withFormKey({
      title: 'Jobs',
      isWide: true,
      jobs: jobsTable(this.house.schedule, runs, silent, next),
      failed: failedView(failed),
      queues: queuesTable(counts),
      lag: lagState(lag, this.clock.now()),
      mayRetry: can(actor, 'jobs:retry', { site: true }),
      checksHref: can(actor, 'checks:run', { site: true }) ? paths.checks : null,
    });
  }
}

function need(actor: Actor, permission: string): void {
  if (actor.grants.every((grant) => grant.on !== 'site')) throw forbidden();
  requireAccess(actor, permission, { site: true });
}
