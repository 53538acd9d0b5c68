import { Controller, Get, Header, Param, Post, Query, Redirect, Req, UseGuards } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { SignedInRequest } from '../../identity/index.js';
import { can } from '../../identity/index.js';
import { Clock, idOf } from '../../platform/index.js';
import type { BankAccountId, BankAccountView } from '../../reconciliation/index.js';
import { BankAccounts, Matching, ReconciliationQueries, StatementImports } from '../../reconciliation/index.js';
import { BookChoice, bookForm } from '../finance/book-choice.js';
import type { ChosenBook } from '../finance/book-choice.js';
import { seeOther, textOf, withFormKey, type SeeOther } from '../form-body.js';
import { paths } from '../paths.js';
import { takeFormKey } from '../session/form-key.js';
import { PageSignedIn } from '../session/page-guards.js';
import type { PageParts } from '../session/pages.js';
import { Pages } from '../session/pages.js';
import type { Flashes } from '../shell/index.js';
import { act, flashOf } from '../shell/index.js';
import { FilesOfForms, PageWithFile } from './file-guard.js';
import { accountFacts, accountWordsOf, statementPageView, statementsTable } from './statements.view.js';

const STATEMENTS_ON_A_PAGE = 25;
const LINES_ON_A_PAGE = 200;
/** After an import the worker looks for matches at once; the page asks for so long. */
const LOOKS_FOR_MS = 60_000;

const DONE: Flashes = {
  imported: { kind: 'done', title: 'The statement is here', text: 'We look at each line now. What nothing explains is listed under “Not matched”.' },
  again: { kind: 'note', title: 'Every line of this statement was here already', text: 'Nothing was added. Bringing a file twice does no harm.' },
  looked: { kind: 'done', title: 'We looked at every open line again' },
};

/** Bank statements of a book: bring one, and see what each line turned out to be. */
@ApiExcludeController()
@Controller('statements')
export class StatementsPage {
  constructor(
    private readonly pages: Pages,
    private readonly choice: BookChoice,
    private readonly accounts: BankAccounts,
    private readonly queries: ReconciliationQueries,
    private readonly imports: StatementImports,
    private readonly matching: Matching,
    private readonly files: FilesOfForms,
    private readonly clock: Clock,
  ) {}

  @Get()
  @UseGuards(PageSignedIn)
  @Header('content-type', 'text/html; charset=utf-8')
  async list(@Req() request: SignedInRequest, @Query('book') named?: string, @Query('before') before?: string, @Query('done') done?: string): Promise<string> {
    const chosen = await this.choice.of(request.actor!, 'statement:read', named, 'cash');
    const number = before !== undefined && /^\d{1,9}$/.test(before) ? Number(before) : undefined;
    return this.pages.whole(request, 'statements/statements.njk', { ...(await this.model(request, chosen, number)), ...flashOf(DONE, done) });
  }

  @Post('import')
  @UseGuards(PageWithFile)
  @Redirect()
  async import(@Req() request: SignedInRequest): Promise<SeeOther> {
    const { fields, file } = await this.files.read(request);
    const chosen = await this.choice.of(request.actor!, 'statement:import', textOf(fields, 'book'));
    const key = takeFormKey(fields);
    const accountId = idOf<'bank-account'>(textOf(fields, 'account'));
    return act({
      template: 'statements/statements.njk',
      model: () => this.model(request, chosen),
      faults: file ? [] : [{ field: 'file', message: 'Choose the statement’s file' }],
      names: () => 'file',
      command: () => this.imports.import(request.actor!, { accountId, fileName: file!.name, bytes: file!.bytes }, key),
      next: ({ statements }): SeeOther => {
        const last = statements.at(-1);
        return last ? seeOther(paths.statement(last.id), 'imported') : { url: `${paths.statements}?book=${chosen.book.id}&done=again`, statusCode: 303 };
      },
    });
  }

  @Get(':id')
  @UseGuards(PageSignedIn)
  @Header('content-type', 'text/html; charset=utf-8')
  async one(@Req() request: SignedInRequest, @Param('id') id: string, @Query('after') sent?: string, @Query('done') done?: string): Promise<string> {
    const after = sent !== undefined && /^\d{1,9}$/.test(sent) ? Number(sent) : undefined;
    const { statement, items } = await this.queries.statement(request.actor!, idOf(id), { after, limit: LINES_ON_A_PAGE });
    const view = statementPageView(statement, items);
    const here = paths.statement(statement.id);
    const isFresh = view.hasNew && this.clock.now().getTime() - statement.importedAt.getTime() < LOOKS_FOR_MS;
    const parts = {
      title: `Statement number ${statement.number}`,
      isWide: true,
      back: { href: `${paths.statements}?book=${statement.bookId}`, text: 'Back to bank statements' },
      ...flashOf(DONE, done),
      ...(isFresh ? { refreshAfterSeconds: 3 } : {}),
    };
    return this.pages.show(
      request,
      'statements/statement.njk',
      parts,
      withFormKey({
        ...view,
        isFresh,
        matchHref: can(request.actor!, 'match:make', { book: statement.bookId }) && statement.open > 0 ? `${here}/match` : null,
        more: {
          what: 'lines',
          ...(after === undefined ? {} : { first: here }),
          ...(items.length === LINES_ON_A_PAGE ? { next: `${here}?after=${items.at(-1)!.place}` } : {}),
        },
      }),
    );
  }

  /** Looks at every open line of the book again, now. */
  @Post(':id/match')
  @UseGuards(PageSignedIn)
  @Redirect()
  async match(@Req() request: SignedInRequest, @Param('id') id: string): Promise<SeeOther> {
    const { statement } = await this.queries.statement(request.actor!, idOf(id), { limit: 1 });
    await this.matching.run(request.actor!, statement.bookId);
    return seeOther(paths.statement(statement.id), 'looked');
  }

  private async model(request: SignedInRequest, chosen: ChosenBook, before?: number): Promise<PageParts> {
    const actor = request.actor!;
    const accounts = await this.accounts.ofBook(actor, chosen.book.id);
    const account = accounts.at(-1);
    const statements = account ? await this.queries.statementsOf(actor, account.id as BankAccountId, { before, limit: STATEMENTS_ON_A_PAGE }) : [];
    const here = `${paths.statements}?book=${chosen.book.id}`;
    return withFormKey({
      title: 'Bank statements',
      isWide: true,
      choice: bookForm(chosen),
      account: account ? accountModel(account) : null,
      isCash: chosen.book.basis === 'cash',
      statements: statementsTable(statements),
      mayImport: can(actor, 'statement:import', { book: chosen.book.id }),
      more: {
        what: 'statements',
        ...(before === undefined ? {} : { first: here }),
        ...(statements.length === STATEMENTS_ON_A_PAGE ? { next: `${here}&before=${statements.at(-1)!.number}` } : {}),
      },
    });
  }
}

const accountModel = (account: BankAccountView): object => ({ id: account.id, facts: accountFacts(account), words: accountWordsOf(account) });
