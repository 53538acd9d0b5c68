import { Body, Controller, Get, Header, Param, Post, Query, Redirect, Req, UseGuards } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { Arrivals } from '../../budgets/index.js';
import type { SignedInRequest } from '../../identity/index.js';
import { can } from '../../identity/index.js';
import { FinanceDesk } from '../../insight/index.js';
import type { BookId } from '../../kernel/index.js';
import { notFound } from '../../kernel/index.js';
import { InFlight } from '../../payments/index.js';
import { Database, idOf } from '../../platform/index.js';
import type { BreakId, BreakView, StatementLineView, StatementView } from '../../reconciliation/index.js';
import { Breaks, Matching, ReconciliationQueries } from '../../reconciliation/index.js';
import { listOf, seeOther, textOf, withFormKey, type FormBody, type SeeOther } from '../form-body.js';
import { Officers } from '../people/officers.js';
import { paths } from '../paths.js';
import { takeFormKey } from '../session/form-key.js';
import { PageSignedIn } from '../session/page-guards.js';
import type { PageParts } from '../session/pages.js';
import { Pages } from '../session/pages.js';
import type { Flashes, SentForm } from '../shell/index.js';
import { act, flashOf } from '../shell/index.js';
import { readAnswer, readItems, readUndo } from './line.form.js';
import { breakWords, choicesOf, lineFacts, matchTable } from './line.view.js';
import { matchWords, titleOf } from './statements.view.js';
import { lineStateWords } from './statements.words.js';

const DONE: Flashes = {
  matched: { kind: 'done', title: 'The line is matched', text: 'You can undo this; nothing is ever removed.' },
  undone: { kind: 'done', title: 'The match is undone', text: 'Item and line are open again. We leave this line to people from now on.' },
  answered: { kind: 'done', title: 'Your answer is kept', text: 'The line stays open until it is explained.' },
  allocated: { kind: 'done', title: 'The money has its owner', text: 'It is on the budget line now, and free to spend.' },
};

interface Typed {
  readonly chosen?: readonly string[];
  readonly reason?: string;
  readonly answer?: string;
  readonly reference?: string;
}

interface Found {
  readonly statement: StatementView;
  readonly line: StatementLineView;
}

/** One line of a statement: what it is, or may be; matched, undone or given to its owner by a person. */
@ApiExcludeController()
@Controller('statements/lines/:line')
@UseGuards(PageSignedIn)
export class StatementLinePage {
  constructor(
    private readonly pages: Pages,
    private readonly database: Database,
    private readonly queries: ReconciliationQueries,
    private readonly matching: Matching,
    private readonly breaks: Breaks,
    private readonly inFlight: InFlight,
    private readonly arrivals: Arrivals,
    private readonly desk: FinanceDesk,
    private readonly officers: Officers,
  ) {}

  @Get()
  @Header('content-type', 'text/html; charset=utf-8')
  async show(@Req() request: SignedInRequest, @Param('line') id: string, @Query('done') done?: string): Promise<string> {
    const found = await this.found(request, id);
    return this.pages.whole(request, 'statements/line.njk', { ...(await this.model(request, found, {})), ...flashOf(DONE, done) });
  }

  @Post('match')
  @Redirect()
  async match(@Req() request: SignedInRequest, @Param('line') id: string, @Body() body: FormBody): Promise<SeeOther> {
    const found = await this.found(request, id);
    const key = takeFormKey(body);
    const chosen = listOf(body, 'items');
    const { command, faults } = readItems(chosen);
    return this.change(
      request,
      found,
      'matched',
      { chosen },
      { faults, names: () => 'items', command: () => this.matching.byHand(request.actor!, found.line.id, command, key) },
    );
  }

  @Post('undo')
  @Redirect()
  async undo(@Req() request: SignedInRequest, @Param('line') id: string, @Body() body: FormBody): Promise<SeeOther> {
    const found = await this.found(request, id);
    const key = takeFormKey(body);
    const { reason, faults } = readUndo(body);
    const { matchId } = found.line;
    if (!matchId) throw notFound('This match');
    return this.change(request, found, 'undone', { reason }, { faults, command: () => this.matching.undo(request.actor!, matchId, { reason }, key) });
  }

  @Post('answer')
  @Redirect()
  async answer(@Req() request: SignedInRequest, @Param('line') id: string, @Body() body: FormBody): Promise<SeeOther> {
    const found = await this.found(request, id);
    const key = takeFormKey(body);
    const { answer, faults } = readAnswer(body);
    const open = await this.breakOf(request, found);
    if (!open) throw notFound('This break');
    return this.change(
      request,
      found,
      'answered',
      { answer },
      { faults, command: () => this.breaks.answer(request.actor!, open.id as BreakId, { answer }, key) },
    );
  }

  @Post('allocate')
  @Redirect()
  async allocate(@Req() request: SignedInRequest, @Param('line') id: string, @Body() body: FormBody): Promise<SeeOther> {
    const found = await this.found(request, id);
    const key = takeFormKey(body);
    const reference = textOf(body, 'reference').trim().slice(0, 40);
    const order = { book: found.statement.bookId, statementLine: found.line.id, reference };
    return this.change(request, found, 'allocated', { reference }, { command: () => this.arrivals.allocate(request.actor!, order, key) });
  }

  /** One change to the line; refused, the same page comes back with what was typed. */
  private change(request: SignedInRequest, found: Found, done: string, typed: Typed, form: Pick<SentForm<unknown, SeeOther>, 'faults' | 'names' | 'command'>) {
    return act({
      template: 'statements/line.njk',
      model: () => this.model(request, found, typed),
      next: () => seeOther(paths.statementLine(found.line.id), done),
      ...form,
    });
  }

  private async found(request: SignedInRequest, id: string): Promise<Found> {
    const place = (await this.desk.placesOf(request.actor!, [idOf(id)])).get(id);
    if (!place) throw notFound('This line');
    const { statement, items } = await this.queries.statement(request.actor!, idOf(place.statement), { after: place.place - 1, limit: 1 });
    const [line] = items;
    if (line?.id !== id) throw notFound('This line');
    return { statement, line };
  }

  private async model(request: SignedInRequest, found: Found, typed: Typed): Promise<PageParts> {
    const actor = request.actor!;
    const { statement, line } = found;
    const isOpen = line.state === 'new' || line.state === 'break';
    const open = isOpen ? await this.breakOf(request, found) : undefined;
    const names = open ? await this.officers.of(actor, ['finance-officer', 'account-holder'], { book: statement.bookId }) : new Map<string, string>();
    const mayMatch = can(actor, 'match:make', { book: statement.bookId });
    const waiting = line.state === 'unallocated' ? (await this.arrivals.waiting(actor, statement.bookId)).find((each) => each.lineId === line.id) : undefined;
    return withFormKey({
      ...partsOf(found),
      facts: lineFacts(line, statement),
      state: lineStateWords(line.state),
      here: paths.statementLine(line.id),
      debts: `${paths.debts}?book=${statement.bookId}`,
      follow: isOpen ? null : paths.follow('statement-line', line.id),
      mayMatch,
      isOpen,
      open: open ? breakWords(open, names) : null,
      choices: isOpen && mayMatch ? choicesOf(line, open?.suggestions ?? [], await this.onTheWay(request, statement.bookId)) : [],
      match: line.matchId ? matchTable(line) : null,
      how: line.matchId ? matchWords(line) : '',
      reasons: line.reasons,
      isUnallocated: line.state === 'unallocated',
      whyItWaits: waiting?.why ?? null,
      chosen: typed.chosen ?? [],
      reason: typed.reason ?? '',
      answer: typed.answer ?? '',
      reference: typed.reference ?? waiting?.lineReference ?? '',
    });
  }

  private async breakOf(request: SignedInRequest, { statement, line }: Found): Promise<BreakView | undefined> {
    let after: string | undefined;
    do {
      const { items, next } = await this.breaks.ofBook(request.actor!, statement.bookId, { after });
      const found = items.find((each) => each.lineId === line.id);
      if (found) return found;
      after = next ?? undefined;
    } while (after !== undefined);
    return undefined;
  }

  private onTheWay(request: SignedInRequest, book: BookId) {
    return this.database.read(request.actor!, async (tx) => [
      ...(await this.inFlight.payOuts(tx, book)),
      ...(await this.inFlight.remittances(tx, book)),
      ...(await this.inFlight.refunds(tx, book)),
    ]);
  }
}

const partsOf = ({ statement, line }: Found): PageParts => ({
  title: titleOf(line),
  isWide: true,
  back: { href: paths.statement(statement.id), text: `Back to statement number ${statement.number}` },
});
