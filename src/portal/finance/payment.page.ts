import { Body, Controller, Get, Header, Param, Post, Query, Redirect, Req, Res, UseGuards } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import type { SignedInRequest } from '../../identity/index.js';
import { can } from '../../identity/index.js';
import { FinanceDesk } from '../../insight/index.js';
import { formatPounds, isId, notFound } from '../../kernel/index.js';
import type { PaymentState, PaymentView } from '../../payments/index.js';
import { PaymentFiles, PaymentQueries, Payments } from '../../payments/index.js';
import { idOf } from '../../platform/index.js';
import { seeOther, withFormKey, type FormBody, type SeeOther } from '../form-body.js';
import { Officers } from '../people/officers.js';
import { paths } from '../paths.js';
import { takeFormKey } from '../session/form-key.js';
import { PageSignedIn } from '../session/page-guards.js';
import type { PageParts } from '../session/pages.js';
import { Pages } from '../session/pages.js';
import type { Flash } from '../shell/index.js';
import { act, flashOf } from '../shell/index.js';
import { BookChoice, bookForm } from './book-choice.js';
import { paymentState } from './finance.words.js';
import { readReason } from './pay-run.form.js';
import { ACTION_WORDS, paymentPageView, paymentsTable, type PaymentAction } from './payment.view.js';

const ON_A_PAGE = 50;
/** States by what an officer looks for. */
const FILTERS: Readonly<Record<string, { readonly text: string; readonly states: readonly PaymentState[] }>> = {
  blocked: { text: 'Stopped', states: ['held', 'failed', 'returned', 'unknown'] },
  waiting: { text: 'Waiting', states: ['planned', 'prepared', 'approved'] },
  leaving: { text: 'On the way', states: ['sending', 'in-file', 'sent', 'awaiting-payer', 'processing'] },
  done: { text: 'Done', states: ['settled', 'reconciled', 'succeeded', 'recalled'] },
};
const DONE: Readonly<Record<PaymentAction, Flash>> = {
  hold: { kind: 'done', title: 'The payment is held' },
  release: { kind: 'done', title: 'The payment goes on', text: 'The next pay run collects it.' },
  recall: { kind: 'done', title: 'The payment is called off' },
  'plan-again': { kind: 'done', title: 'The payment is planned again', text: 'The next pay run collects it.' },
};
const isAction = (text: unknown): text is PaymentAction => typeof text === 'string' && Object.hasOwn(ACTION_WORDS, text);

/** Payments of a book, and one payment's whole life. */
@ApiExcludeController()
@Controller()
@UseGuards(PageSignedIn)
export class PaymentPage {
  constructor(
    private readonly pages: Pages,
    private readonly choice: BookChoice,
    private readonly queries: PaymentQueries,
    private readonly payments: Payments,
    private readonly files: PaymentFiles,
    private readonly desk: FinanceDesk,
    private readonly officers: Officers,
  ) {}

  @Get('payments')
  @Header('content-type', 'text/html; charset=utf-8')
  async list(@Req() request: SignedInRequest, @Query('book') named?: string, @Query('show') sent?: string, @Query('before') before?: string): Promise<string> {
    const chosen = await this.choice.of(request.actor!, 'payment:read', named);
    const show = sent !== undefined && Object.hasOwn(FILTERS, sent) ? sent : '';
    const { items, next } = await this.queries.ofBook(request.actor!, chosen.book.id, {
      states: FILTERS[show]?.states,
      before: isId(before) ? before : undefined,
      limit: ON_A_PAGE,
    });
    const here = `${paths.payments}?book=${chosen.book.id}${show ? `&show=${show}` : ''}`;
    const tabs = [['', 'All'] as const, ...Object.entries(FILTERS).map(([value, { text }]) => [value, text] as const)].map(([value, text]) => ({
      text,
      href: `${paths.payments}?book=${chosen.book.id}${value ? `&show=${value}` : ''}`,
      isCurrent: value === show,
    }));
    return this.pages.show(
      request,
      'finance/payments.njk',
      { title: 'Payments', isWide: true, back: { href: `${paths.payRuns}?book=${chosen.book.id}`, text: 'Back to pay runs' } },
      {
        choice: bookForm(chosen),
        tabs,
        payments: paymentsTable(items),
        more: { what: 'payments', ...(before ? { first: here } : {}), ...(next ? { next: `${here}&before=${next}` } : {}) },
      },
    );
  }

  @Get('payments/:id')
  @Header('content-type', 'text/html; charset=utf-8')
  async show(@Req() request: SignedInRequest, @Param('id') id: string, @Query('done') done?: string): Promise<string> {
    const actor = request.actor!;
    const payment = await this.queries.payment(actor, idOf(id));
    const isOfficer = can(actor, 'payment:read', { book: payment.book });
    const names = isOfficer
      ? await this.officers.of(actor, ['finance-officer', 'account-holder'], { book: payment.book })
      : new Map<string, string>([[actor.id, 'You']]);
    const lines = await this.desk.linesNamed(
      actor,
      payment.parts.flatMap((part) => part.owner.line ?? []),
    );
    const book = { book: payment.book };
    const may = { change: can(actor, 'payment:hold', book), download: can(actor, 'payment:approve', book) || can(actor, 'own-account:pay', book) };
    const isMoving = ['sending', 'unknown', 'processing'].includes(payment.state);
    const parts: PageParts = {
      title: `Payment ${payment.reference}`,
      isWide: true,
      ...(isOfficer ? { back: { href: `${paths.payments}?book=${payment.book}`, text: 'Back to payments' } } : {}),
      ...flashOf(DONE, done),
      ...(isMoving ? { refreshAfterSeconds: 5 } : {}),
    };
    return this.pages.show(request, 'finance/payment.njk', parts, {
      ...paymentPageView(payment, names, lines, may),
      isMoving,
      follow: isOfficer ? paths.follow('payment', payment.id) : null,
    });
  }

  @Get('payments/:id/:step')
  @Header('content-type', 'text/html; charset=utf-8')
  async ask(@Req() request: SignedInRequest, @Param('id') id: string, @Param('step') step: string): Promise<string> {
    return this.pages.whole(request, 'finance/line-step.njk', stepPage(await this.queries.payment(request.actor!, idOf(id)), actionOf(step), ''));
  }

  @Post('payments/:id/:step')
  @Redirect()
  async act(@Req() request: SignedInRequest, @Param('id') id: string, @Param('step') sent: string, @Body() body: FormBody): Promise<SeeOther> {
    const step = actionOf(sent);
    const payment = await this.queries.payment(request.actor!, idOf(id));
    const key = takeFormKey(body);
    const { reason, faults } = ACTION_WORDS[step].asks === null ? { reason: '', faults: [] } : readReason(body);
    return act({
      template: 'finance/line-step.njk',
      model: () => stepPage(payment, step, reason),
      faults,
      command: () => this.run(request, step, payment, reason, key),
      next: () => seeOther(paths.payment(payment.id), step),
    });
  }

  /** The payment file as it was released; the download is written down. */
  @Get('payment-files/:id')
  async file(@Req() request: SignedInRequest, @Param('id') id: string, @Res() reply: FastifyReply): Promise<void> {
    const { name, text } = await this.files.content(request.actor!, idOf(id));
    await reply
      .header('content-type', 'text/csv; charset=utf-8')
      .header('cache-control', 'no-store')
      .header('content-disposition', `attachment; filename="${name}"`)
      .send(text);
  }

  private run(request: SignedInRequest, step: PaymentAction, { id }: PaymentView, reason: string, key: string): Promise<unknown> {
    const actor = request.actor!;
    if (step === 'hold') return this.payments.hold(actor, { payment: id, reason }, key);
    if (step === 'recall') return this.payments.recall(actor, { payment: id, reason }, key);
    return step === 'release' ? this.payments.release(actor, { payment: id }, key) : this.payments.planAgain(actor, { payment: id }, key);
  }
}

function actionOf(text: string): PaymentAction {
  if (!isAction(text)) throw notFound();
  return text;
}

function stepPage(payment: PaymentView, step: PaymentAction, reason: string): PageParts {
  const { text, asks, explains } = ACTION_WORDS[step];
  const facts = [
    { key: 'Payee', value: payment.payeeName ?? 'Not known yet' },
    { key: 'Sum', value: formatPounds(payment.amount) },
    { key: 'Reference', value: payment.reference },
    { key: 'Now', value: paymentState(payment.state).state },
  ];
  return withFormKey({ title: text, back: { href: paths.payment(payment.id), text: 'Back to the payment' }, text, asks, explains, facts, reason });
}
