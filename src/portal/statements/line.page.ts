import { Body, Controller, Get, Header, Param, Post, Query, Redirect, Req, UseGuards } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { Arrivals } from '../../budgets/index.js';
import type { SignedInRequest } from '../../identity/index.js';
import { can } from '../../identity/index.js';
import { FinanceDesk } from '../../insight/index.js';
import type { BookId, FieldFault } from '../../kernel/index.js';
import { notFound } from '../../kernel/index.js';
import { InFlight } from '../../payments/index.js';
import { Database, FormInvalid, idOf } from '../../platform/index.js';
import type { BreakId, BreakView, StatementLineView, StatementView } from '../../reconciliation/index.js';
import { Breaks, Matching, ReconciliationQueries } from '../../reconciliation/index.js';
import { listOf, seeOther, textOf, withFormKey, type FormBody, type SeeOther } from '../form-body.js';
import { Officers } from '../people/officers.js';
import { paths } from '../paths.js';
import { orAgain } from '../pool/form-again.js';
import { takeFormKey } from '../session/form-key.js';
import { PageSignedIn } from '../session/page-guards.js';
import type { PageParts } from '../session/pages.js';
import { Pages } from '../session/pages.js';
import type { Flash } from '../shell/index.js';
import { readAnswer, readItems, readUndo } from './line.form.js';
import { breakWords, choicesOf, lineFacts, matchTable } from './line.view.js';
import { matchWords, titleOf } from './statements.view.js';
import { lineStateWords } from './statements.words.js';

const DONE: Readonly<Record<string, Flash>> = {
  matched: { kind: 'done', title: 'The line is matched', text: 'You can undo this; nothing is ever removed.' },
  undone: { kind: 'done', title: 'The match is undone', text: 'Item and line are open again. We leave this line to people from now on.' },
  answered: { kind: 'done', title: 'Your answer is kept', text: 'The line stays open until it is explained.' },
  allocated: { kind: 'done', title: 'The money has its owner', text: 'It is on the budget line now, and free to spend.' },
};

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
    const flash = done !== undefined && Object.hasOwn(DONE, done) ? { flash: DONE[done]! } : {};
    return this.pages.show(request, 'statements/line.njk', { ...partsOf(found), ...flash }, await this.model(request, found, {}));
  }

  @Post('match')
  @Redirect()
  async match(@Req() request: SignedInRequest, @Param('line') id: string, @Body() body: FormBody): Promise<SeeOther> {
    const found = await this.found(request, id);
    const key = takeFormKey(body);
    const chosen = listOf(body, 'items');
    const { command, faults } = readItems(chosen);
    const again = (errors: readonly FieldFault[]): Promise<FormInvalid> =>
      this.again(
        request,
        found,
        { chosen },
        errors.map((fault) => ({ ...fault, field: 'items' })),
      );
    if (faults.length > 0) throw await again(faults);
    await orAgain(() => this.matching.byHand(request.actor!, found.line.id, command, key), again);
    return seeOther(paths.statementLine(found.line.id), 'matched');
  }

  @Post('undo')
  @Redirect()
  async undo(@Req() request: SignedInRequest, @Param('line') id: string, @Body() body: FormBody): Promise<SeeOther> {
    const found = await this.found(request, id);
    const key = takeFormKey(body);
    const { reason, faults } = readUndo(body);
    const again = (errors: readonly FieldFault[]): Promise<FormInvalid> => this.again(request, found, { reason }, errors);
    if (faults.length > 0) throw await again(faults);
    if (!found.line.matchId) throw notFound('This match');
    await orAgain(() => this.matching.undo(request.actor!, found.line.matchId!, { reason }, key), again);
    return seeOther(paths.statementLine(found.line.id), 'undone');
  }

  @Post('answer')
  @Redirect()
  async answer(@Req() request: SignedInRequest, @Param('line') id: string, @Body() body: FormBody): Promise<SeeOther> {
    const found = await this.found(request, id);
    const key = takeFormKey(body);
    const { answer, faults } = readAnswer(body);
    const again = (errors: readonly FieldFault[]): Promise<FormInvalid> => this.again(request, found, { answer }, errors);
    if (faults.length > 0) throw await again(faults);
    const open = await this.breakOf(request, found);
    if (!open) throw notFound('This break');
    await orAgain(() => this.breaks.answer(request.actor!, open.id as BreakId, { answer }, key), again);
    return seeOther(paths.statementLine(found.line.id), 'answered');
  }

  @Post('allocate')
  @Redirect()
  async allocate(@Req() request: SignedInRequest, @Param('line') id: string, @Body() body: FormBody): Promise<SeeOther> {
    const found = await this.found(request, id);
    const key = takeFormKey(body);
    const reference = textOf(body, 'reference').trim().slice(0, 40);
    const again = (errors: readonly FieldFault[]): Promise<FormInvalid> => this.again(request, found, { reference }, errors);
    await orAgain(() => this.arrivals.allocate(request.actor!, { book: found.statement.bookId, statementLine: found.line.id, reference }, key), again);
    return seeOther(paths.statementLine(found.line.id), 'allocated');
  }

  private async again(request: SignedInRequest, found: Found, values: object, errors: readonly FieldFault[]): Promise<FormInvalid> {
    return new FormInvalid('statements/line.njk', { ...partsOf(found), ...(await this.model(request, found, values)), errors });
  }

  private async found(request: SignedInRequest, id: string): Promise<Found> {
    const place = (await this.desk.placesOf(request.actor!, [idOf(id)])).get(id);
    if (!place) throw notFound('This line');
    const { statement, items } = await this.queries.statement(request.actor!, idOf(place.statement), { after: place.place - 1, limit: 1 });
    const [line] = items;
    if (line?.id !== id) throw notFound('This line');
    return { statement, line };
  }

  private async model(
    request: SignedInRequest,
    found: Found,
    values: { chosen?: readonly string[]; reason?: string; answer?: string; reference?: string },
  ): Promise<object> {
    const actor = request.actor!;
    const { statement, line } = found;
    const isOpen = line.state === 'new' || line.state === 'break';
    const open = isOpen ? await this.breakOf(request, found) : undefined;
    const names = open ? await this.officers.of(actor, ['finance-officer', 'account-holder'], { book: statement.bookId }) : new Map<string, string>();
    const mayMatch = can(actor, 'match:make', { book: statement.bookId });
    const waiting = line.state === 'unallocated' ? (await this.arrivals.waiting(actor, statement.bookId)).find((each) => each.lineId === line.id) : undefined;
    return withFormKey({
      facts: lineFacts(line, statement),
      state: lineStateWords(line.state),
      here: paths.statementLine(line.id),
      mayMatch,
      isOpen,
      open: open ? breakWords(open, names) : null,
      choices: isOpen && mayMatch ? choicesOf(line, open?.suggestions ?? [], await this.onTheWay(request, statement.bookId)) : [],
      match: line.matchId ? matchTable(line) : null,
      how: line.matchId ? matchWords(line) : '',
      reasons: line.reasons,
      isUnallocated: line.state === 'unallocated',
      chosen: values.chosen ?? [],
      reason: values.reason ?? '',
      answer: values.answer ?? '',
      reference: values.reference ?? waiting?.lineReference ?? '',
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
