import { Body, Controller, Get, Header, Param, Post, Query, Redirect, Req, UseGuards } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { PayRunId, PayRunLine, PayRunLineId, PayRunView } from '../../finance/index.js';
import { FinanceQueries, PayRuns } from '../../finance/index.js';
import type { SignedInRequest } from '../../identity/index.js';
import { can } from '../../identity/index.js';
import type { PersonId } from '../../kernel/index.js';
import { formatPounds, notFound } from '../../kernel/index.js';
import { Clock, idOf } from '../../platform/index.js';
import { seeOther, withFormKey, type FormBody, type SeeOther } from '../form-body.js';
import { Officers } from '../people/officers.js';
import { paths } from '../paths.js';
import { takeFormKey } from '../session/form-key.js';
import { PageSignedIn } from '../session/page-guards.js';
import type { PageParts } from '../session/pages.js';
import { Pages } from '../session/pages.js';
import { act, flashOf } from '../shell/index.js';
import { readReason } from './pay-run.form.js';
import { payRunView, RUN_DONE, runTitle } from './pay-run.view.js';

/** While money of the run is leaving, the page asks again. */
const LOOK_AGAIN_SECONDS = 3;
const LINE_STEPS = {
  hold: {
    title: 'Hold this payment',
    text: 'Hold it',
    asks: 'Why is it held?',
    explains: 'The rest of the run goes on. You can let it back in until the run is approved; a payment held longer comes into the next run as a held line.',
  },
  drop: { title: 'Leave this payment out', text: 'Leave it out', asks: 'Why is it left out?', explains: 'Its payment waits for a later run.' },
  include: {
    title: 'Let this payment back in',
    text: 'Let it back in',
    asks: null,
    explains: 'It is paid with this run. If the run is prepared already, you stand behind this line and somebody else approves it.',
  },
} as const;
type LineStep = keyof typeof LINE_STEPS;
type RunStep = 'prepare' | 'approve' | 'release';

/** One pay run: its lines, what is held and why, and the step that is next. */
@ApiExcludeController()
@Controller('pay-runs/:run')
@UseGuards(PageSignedIn)
export class PayRunPage {
  constructor(
    private readonly pages: Pages,
    private readonly queries: FinanceQueries,
    private readonly runs: PayRuns,
    private readonly officers: Officers,
    private readonly clock: Clock,
  ) {}

  @Get()
  @Header('content-type', 'text/html; charset=utf-8')
  async show(@Req() request: SignedInRequest, @Param('run') id: string, @Query('done') done?: string): Promise<string> {
    return this.pages.whole(request, 'finance/pay-run.njk', { ...(await this.page(request, id)), ...flashOf(RUN_DONE, done) });
  }

  @Post('prepare')
  @Redirect()
  prepare(@Req() request: SignedInRequest, @Param('run') id: string, @Body() body: FormBody): Promise<SeeOther> {
    return this.step(request, id, 'prepare', body);
  }

  @Post('approve')
  @Redirect()
  approve(@Req() request: SignedInRequest, @Param('run') id: string, @Body() body: FormBody): Promise<SeeOther> {
    return this.step(request, id, 'approve', body);
  }

  @Post('release')
  @Redirect()
  release(@Req() request: SignedInRequest, @Param('run') id: string, @Body() body: FormBody): Promise<SeeOther> {
    return this.step(request, id, 'release', body);
  }

  @Get('lines/:line/:step')
  @Header('content-type', 'text/html; charset=utf-8')
  async line(@Req() request: SignedInRequest, @Param('run') id: string, @Param('line') line: string, @Param('step') step: string): Promise<string> {
    const { run, found } = await this.found(request, id, line);
    return this.pages.whole(request, 'finance/line-step.njk', linePage(run, found, stepOf(step), ''));
  }

  @Post('lines/:line/:step')
  @Redirect()
  async change(
    @Req() request: SignedInRequest,
    @Param('run') id: string,
    @Param('line') lineId: string,
    @Param('step') sent: string,
    @Body() body: FormBody,
  ): Promise<SeeOther> {
    const step = stepOf(sent);
    const { run, found } = await this.found(request, id, lineId);
    const key = takeFormKey(body);
    const { reason, faults } = step === 'include' ? { reason: '', faults: [] } : readReason(body);
    const line = { run: run.id as PayRunId, line: found.id as PayRunLineId };
    return act({
      template: 'finance/line-step.njk',
      model: () => linePage(run, found, step, reason),
      faults,
      command: () => (step === 'include' ? this.runs.include(request.actor!, line, key) : this.runs[step](request.actor!, { ...line, reason }, key)),
      next: () => seeOther(paths.payRun(run.id), step),
    });
  }

  /** A refusal comes back on the same page: it names the line it is about. */
  private async step(request: SignedInRequest, id: string, action: RunStep, body: FormBody): Promise<SeeOther> {
    const key = takeFormKey(body);
    return act({
      template: 'finance/pay-run.njk',
      model: () => this.page(request, id),
      command: () => this.runs[action](request.actor!, idOf(id), key),
      next: (run) => seeOther(paths.payRun(run.id), action),
    });
  }

  private async page(request: SignedInRequest, id: string): Promise<PageParts> {
    const actor = request.actor!;
    const run = await this.queries.payRun(actor, idOf(id));
    const names = await this.officers.of(actor, ['finance-officer'], { book: run.book });
    const may = {
      prepare: can(actor, 'payment:prepare', { book: run.book }),
      approve: can(actor, 'payment:approve', { book: run.book }),
      hold: can(actor, 'payment:hold', { book: run.book }),
    };
    const view = payRunView(run, names, may, actor.id as PersonId, this.clock.today());
    return withFormKey({
      title: runTitle(run),
      isWide: true,
      back: { href: `${paths.payRuns}?book=${run.book}`, text: 'Back to pay runs' },
      ...(view.isUnderWay ? { refreshAfterSeconds: LOOK_AGAIN_SECONDS } : {}),
      ...view,
      total: run.total,
      run: run.id,
    });
  }

  private async found(request: SignedInRequest, id: string, line: string): Promise<{ run: PayRunView; found: PayRunLine }> {
    const run = await this.queries.payRun(request.actor!, idOf(id));
    const found = run.lines.find((each) => each.id === line);
    if (!found) throw notFound('This line');
    return { run, found };
  }
}

function stepOf(text: string): LineStep {
  if (!Object.hasOwn(LINE_STEPS, text)) throw notFound();
  return text as LineStep;
}

function linePage(run: PayRunView, line: PayRunLine, step: LineStep, reason: string): PageParts {
  const words = LINE_STEPS[step];
  const facts = [
    { key: 'Payee', value: line.payeeName ?? 'Not known yet' },
    { key: 'Sum', value: formatPounds(line.amount) },
    { key: 'Reference', value: line.reference },
  ];
  return withFormKey({ back: { href: paths.payRun(run.id), text: 'Back to the run' }, ...words, facts, reason });
}
