import { Injectable } from '@nestjs/common';
import { Audit } from '../audit/index.js';
import { requireAccess } from '../identity/index.js';
import type { Actor, BookId, LocalDate } from '../kernel/index.js';
import { conflict, DomainError, edgeOf, newId, notFound, penceAsNumber, refused, sumPence, systemActor } from '../kernel/index.js';
import { Approvals, PaymentFiles, PaymentQueries, Payments } from '../payments/index.js';
import type { PaymentSummary } from '../payments/index.js';
import type { Tx } from '../platform/index.js';
import { announce, Database, once, sqlStateOf } from '../platform/index.js';
import { PAY_RUN, PAY_RUN_LINE } from './pay-run.lifecycle.js';
import type { LineAction, PayRunAction } from './pay-run.lifecycle.js';
import { needIncluded, totalsOf } from './pay-run.rules.js';
import { inOpenRuns, linesOf, lockRun } from './pay-run.store.js';
import type { PayRun, PayRunId, PayRunLine, PayRunLineId } from './pay-run.store.js';

/** What a command about a run answers: plain JSON. */
export interface PayRunAnswer {
  readonly id: PayRunId;
  readonly book: BookId;
  readonly state: string;
  readonly lineCount: number;
  readonly totalPence: number;
  readonly includedCount: number;
  readonly includedPence: number;
}

/** The most payments of one run. Our judgement, November 2026. */
const MOST = 500;

/** Pay runs: proposed, prepared by one person, approved by another, released. */
@Injectable()
export class PayRuns {
  constructor(
    private readonly database: Database,
    private readonly payments: Payments,
    private readonly approvals: Approvals,
    private readonly files: PaymentFiles,
    private readonly queries: PaymentQueries,
    private readonly audit: Audit,
  ) {}

  /** Collects every payment of the book that is planned or held, is due by the cut-off day and is in no open run. Held ones come in as held
   *  lines, so that nobody forgets them. Refuses when there is nothing to pay (`nothing-to-pay`). */
  async propose(actor: Actor, command: { book: BookId; cutOffOn: LocalDate }, key?: string): Promise<PayRunAnswer> {
    requireAccess(actor, 'payment:prepare', { book: command.book });
    return this.database.transaction(systemActor('finance', { books: [command.book] }), (tx) =>
      once(tx, actor, key === undefined ? undefined : { key, command: 'payRuns.propose', input: command }, async () => {
        const found = await this.queries.dueBy(tx, command.book, { day: command.cutOffOn, except: await inOpenRuns(tx, command.book), limit: MOST });
        if (!found.some((payment) => payment.state === 'planned')) throw refused('nothing-to-pay', 'No payment is due by this day.');
        const id = newId<'pay-run'>();
        tx.write(
          `insert into pay_run (id, book_id, cut_off_on, state, line_count, total_pence, proposed_by, proposed_at) values ($1, $2, $3, 'proposed', $4, $5, $6, $7)`,
          [id, command.book, command.cutOffOn, found.length, sumPence(found.map((p) => p.amount)), actor.id, tx.now],
        );
        await this.writeLines(tx, actor, { id, book: command.book }, found);
        await this.audit.record(tx, actor, { action: 'pay-run:propose', noun: 'pay-run', nounId: id, book: command.book, facts: { lines: found.length } });
        return this.answer(tx, await lockRun(tx, id));
      }),
    );
  }

  /** The maker stands behind every line that is included. Refuses an empty run, and a payment that changed meanwhile, naming its line. */
  async prepare(actor: Actor, id: PayRunId, key?: string): Promise<PayRunAnswer> {
    return this.step(actor, id, 'prepare', 'payment:prepare', key, async (tx, run, lines) => {
      const included = lines.filter((line) => line.state === 'included');
      await this.perLine(lines, () =>
        this.payments.prepareIn(
          tx,
          actor,
          included.map((line) => line.payment),
        ),
      );
      tx.write(`update pay_run set maker_id = $2, prepared_at = $3 where id = $1`, [run.id, actor.id, tx.now]);
    });
  }

  /** The checker approves every included line in one transaction, or none: a refusal names the line. The run's maker is never its checker. */
  async approve(actor: Actor, id: PayRunId, key?: string): Promise<PayRunAnswer> {
    const { lines: seen } = await this.look(actor, id, 'payment:approve');
    const ids = seen.filter((line) => line.state === 'included').map((line) => line.payment);
    if (ids.length === 0) throw refused('run-is-empty', 'No line of this run is left to be paid.');
    const system = await this.approvals.actorFor(actor, ids);
    return this.step(
      actor,
      id,
      'approve',
      'payment:approve',
      key,
      async (tx, run, lines) => {
        if (run.maker === actor.id) throw refused('same-person', 'You prepared this run, so somebody else has to approve it.');
        const included = lines.filter((line) => line.state === 'included').map((line) => line.payment);
        if (included.length !== ids.length || included.some((payment) => !ids.includes(payment)))
          throw conflict('pay-run-changed', 'This run was changed by somebody else just now. Look at it again.');
        await this.perLine(lines, () => this.approvals.approveIn(tx, actor, included));
        tx.write(`update pay_run set checker_id = $2, approved_at = $3 where id = $1`, [run.id, actor.id, tx.now]);
      },
      system,
    );
  }

  /** Puts the run's payments that go by file into one, and ends the run. What goes by Stripe was sent after the approval; what could not
   *  goes into the book's next file. */
  async release(actor: Actor, id: PayRunId, key?: string): Promise<PayRunAnswer> {
    return this.step(actor, id, 'release', 'payment:approve', key, async (tx, run, lines) => {
      const file = await this.files.releaseIn(
        tx,
        actor,
        run.book,
        lines.filter((line) => line.state === 'included').map((line) => line.payment),
      );
      tx.write(`update pay_run set released_by = $2, released_at = $3, file_id = $4 where id = $1`, [run.id, actor.id, tx.now, file?.id ?? null]);
      tx.write('update pay_run_line set run_ended = true where run_id = $1', [run.id]);
    });
  }

  /** Stops one line for a reason; the run goes on without it. */
  async hold(actor: Actor, command: { run: PayRunId; line: PayRunLineId; reason: string }, key?: string): Promise<PayRunAnswer> {
    return this.changeLine(actor, command, 'hold', key, async (tx, line) => {
      if (line.paymentState !== 'held') await this.payments.holdIn(tx, actor, line.payment, command.reason);
    });
  }

  /** Lets a held line back in. In a run that is prepared already, whoever lets it in is its maker, so another person approves it. */
  async include(actor: Actor, command: { run: PayRunId; line: PayRunLineId }, key?: string): Promise<PayRunAnswer> {
    return this.changeLine(actor, { ...command, reason: null }, 'include', key, async (tx, line, run) => {
      if (line.paymentState === 'held') await this.payments.releaseIn(tx, actor, line.payment);
      if (run.state === 'prepared') await this.payments.prepareIn(tx, actor, [line.payment]);
    });
  }

  /** Takes a line out of this run; its payment waits for a later one. */
  async drop(actor: Actor, command: { run: PayRunId; line: PayRunLineId; reason: string }, key?: string): Promise<PayRunAnswer> {
    return this.changeLine(actor, command, 'drop', key, async (tx, line) => {
      if (line.paymentState === 'prepared') await this.payments.releaseIn(tx, actor, line.payment);
    });
  }

  private async writeLines(tx: Tx, actor: Actor, run: { id: PayRunId; book: BookId }, found: readonly PaymentSummary[]): Promise<void> {
    try {
      await tx.run(
        `insert into pay_run_line (id, run_id, book_id, payment_id, amount_pence, state, reason, changed_by, changed_at)
         select x.id, $1, $2, x.payment, x.amount, x.state, x.reason, $3, $4 from unnest($5::uuid[], $6::uuid[], $7::bigint[], $8::text[], $9::text[]) as x(id, payment, amount, state, reason)`,
        [
          run.id,
          run.book,
          actor.id,
          tx.now,
          found.map(() => newId()),
          found.map((p) => p.id),
          found.map((p) => p.amount),
          found.map((p) => (p.state === 'held' ? 'held' : 'included')),
          found.map((p) => (p.state === 'held' ? (p.reason ?? 'It was held before this run.') : null)),
        ],
      );
    } catch (error) {
      throw sqlStateOf(error) === '23505'
        ? conflict('payment-in-another-run', 'One of these payments is in another run already. Propose the run again.')
        : error;
    }
  }

  /** One change of the whole run along its lifecycle, in one transaction. */
  private async step(
    actor: Actor,
    id: PayRunId,
    action: PayRunAction,
    permission: string,
    key: string | undefined,
    work: (tx: Tx, run: PayRun, lines: readonly PayRunLine[]) => Promise<void>,
    system?: Actor,
  ): Promise<PayRunAnswer> {
    const { run: seen } = await this.look(actor, id, permission);
    return this.database.transaction(system ?? systemActor('finance', { books: [seen.book] }), (tx) =>
      once(tx, actor, key === undefined ? undefined : { key, command: `payRuns.${action}`, input: { id } }, async () => {
        const run = await lockRun(tx, id);
        const { to, event } = edgeOf('pay-run', PAY_RUN, run.state, action);
        const lines = await linesOf(tx, this.queries, id);
        needIncluded(totalsOf(lines));
        await work(tx, run, lines);
        tx.write('update pay_run set state = $2 where id = $1 and state = $3', [id, to, run.state]);
        if (event) await announce(tx, { name: event, about: { books: [run.book] }, payload: { payRunId: id, bookId: run.book } });
        await this.audit.record(tx, actor, { action: `pay-run:${action}`, noun: 'pay-run', nounId: id, book: run.book });
        return this.answer(tx, await lockRun(tx, id));
      }),
    );
  }

  private async changeLine(
    actor: Actor,
    command: { run: PayRunId; line: PayRunLineId; reason: string | null },
    action: LineAction,
    key: string | undefined,
    work: (tx: Tx, line: PayRunLine, run: PayRun) => Promise<void>,
  ): Promise<PayRunAnswer> {
    const { run: seen } = await this.look(actor, command.run, 'payment:hold');
    return this.database.transaction(systemActor('finance', { books: [seen.book] }), (tx) =>
      once(tx, actor, key === undefined ? undefined : { key, command: `payRuns.${action}`, input: command }, async () => {
        const run = await lockRun(tx, command.run);
        edgeOf('pay-run', PAY_RUN, run.state, `${action}-line`);
        const line = (await linesOf(tx, this.queries, run.id)).find((each) => each.id === command.line);
        if (!line) throw notFound('This line');
        const { to } = edgeOf('line', PAY_RUN_LINE, line.state, action);
        await work(tx, line, run);
        tx.write('update pay_run_line set state = $2, reason = $3, changed_by = $4, changed_at = $5 where id = $1 and state = $6', [
          line.id,
          to,
          command.reason,
          actor.id,
          tx.now,
          line.state,
        ]);
        await this.audit.record(tx, actor, {
          action: `pay-run:${action}-line`,
          noun: 'pay-run',
          nounId: run.id,
          book: run.book,
          ...(command.reason ? { why: command.reason } : {}),
          facts: { payment: line.payment },
        });
        return this.answer(tx, run);
      }),
    );
  }

  private async look(actor: Actor, id: PayRunId, permission: string): Promise<{ run: PayRun; lines: PayRunLine[] }> {
    const found = await this.database.read(actor, async (tx) => ({ run: await lockRun(tx, id, 'look'), lines: await linesOf(tx, this.queries, id) }));
    requireAccess(actor, permission, { book: found.run.book });
    return found;
  }

  /** A refusal that is about a payment says which line it is. */
  private async perLine(lines: readonly PayRunLine[], work: () => Promise<unknown>): Promise<void> {
    try {
      await work();
    } catch (error) {
      const line = error instanceof DomainError ? lines.find((each) => each.payment === error.facts['payment']) : undefined;
      if (!(error instanceof DomainError) || !line) throw error;
      throw new DomainError(error.kind, error.code, `${line.reference}: ${error.message}`, error.fields, { ...error.facts, line: line.id });
    }
  }

  private async answer(tx: Tx, run: PayRun): Promise<PayRunAnswer> {
    const { included } = totalsOf(await linesOf(tx, this.queries, run.id));
    return {
      id: run.id,
      book: run.book,
      state: run.state,
      lineCount: run.lineCount,
      totalPence: penceAsNumber(run.total),
      includedCount: included.count,
      includedPence: penceAsNumber(included.total),
    };
  }
}
