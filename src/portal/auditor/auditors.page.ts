import { Body, Controller, Get, Header, Param, Post, Query, Redirect, Req, UseGuards } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { AuditorView } from '../../finance/index.js';
import { Auditors } from '../../finance/index.js';
import type { SignedInRequest } from '../../identity/index.js';
import { addMonths, formatDay, isId, notFound, spokenReference, type PersonId } from '../../kernel/index.js';
import { Clock, html, idOf } from '../../platform/index.js';
import { partsOfDay, stateTag, type TableOptions } from '../blocks/index.js';
import { seeOther, textOf, withFormKey, type FormBody, type SeeOther } from '../form-body.js';
import { paths } from '../paths.js';
import { takeFormKey } from '../session/form-key.js';
import { PageSignedIn } from '../session/page-guards.js';
import type { PageParts } from '../session/pages.js';
import { Pages } from '../session/pages.js';
import { act, flashOf, type Flashes } from '../shell/index.js';
import { readAuditor, type AuditorValues } from './auditor.form.js';

const DONE: Flashes = {
  appointed: { kind: 'done', title: 'They may read the book', text: 'From the first day until the last. They can change nothing in it.' },
  ended: { kind: 'done', title: 'The right is ended', text: 'They read nothing more.' },
};
/** How long a right lasts when nobody says otherwise, in months. */
const USUAL_MONTHS = 3;

/** Who may read a book as its auditor: given and ended by the operator or the book's finance lead. */
@ApiExcludeController()
@Controller()
@UseGuards(PageSignedIn)
export class AuditorsPage {
  constructor(
    private readonly pages: Pages,
    private readonly auditors: Auditors,
    private readonly clock: Clock,
  ) {}

  @Get('auditors')
  @Header('content-type', 'text/html; charset=utf-8')
  async books(@Req() request: SignedInRequest): Promise<string> {
    const books = await this.auditors.booksToAppointFor(request.actor!);
    const table: TableOptions = {
      caption: 'Books for which you may let an auditor in',
      head: [{ text: 'Book' }, { text: 'Reference' }],
      rows: books.map((book) => [html`<a href="${paths.auditors(book.id)}">${book.name}</a>`, spokenReference('BOO', book.id)]),
      hasRowHeaders: true,
      empty: 'No book is open to you.',
    };
    return this.pages.show(request, 'auditor/books.njk', { title: 'Auditors' }, { books: table });
  }

  @Get('books/:book/auditors')
  @Header('content-type', 'text/html; charset=utf-8')
  async show(@Req() request: SignedInRequest, @Param('book') id: string, @Query('done') done?: string): Promise<string> {
    const today = this.clock.today();
    const values = { username: '', fromDay: partsOfDay(today), untilDay: partsOfDay(addMonths(today, USUAL_MONTHS)), reason: '' };
    return this.pages.whole(request, 'auditor/auditors.njk', { ...(await this.model(request, id, values)), ...flashOf(DONE, done) });
  }

  @Post('books/:book/auditors')
  @Redirect()
  async appoint(@Req() request: SignedInRequest, @Param('book') id: string, @Body() body: FormBody): Promise<SeeOther> {
    const key = takeFormKey(body);
    const { values, command, faults } = readAuditor(body);
    return act({
      template: 'auditor/auditors.njk',
      model: () => this.model(request, id, values),
      faults,
      command: () => this.auditors.appoint(request.actor!, idOf<'book'>(id), command, key),
      next: () => seeOther(paths.auditors(id), 'appointed'),
    });
  }

  @Post('books/:book/auditors/end')
  @Redirect()
  async end(@Req() request: SignedInRequest, @Param('book') id: string, @Body() body: FormBody): Promise<SeeOther> {
    const key = takeFormKey(body);
    const person = textOf(body, 'person');
    if (!isId(person)) throw notFound('This person');
    await this.auditors.end(request.actor!, idOf<'book'>(id), { personId: person as unknown as PersonId, why: 'ended on the page of auditors' }, key);
    return seeOther(paths.auditors(id), 'ended');
  }

  private async model(request: SignedInRequest, id: string, values: AuditorValues): Promise<PageParts> {
    const book = (await this.auditors.booksToAppointFor(request.actor!)).find((each) => each.id === id);
    if (!book) throw notFound('The book');
    const auditors = await this.auditors.ofBook(request.actor!, book.id);
    return withFormKey({
      title: 'Auditors',
      back: { href: paths.mayAppoint, text: 'Back to books' },
      book: book.name,
      auditors: tableOf(auditors),
      inForce: auditors
        .filter((each) => each.untilDay > this.clock.today())
        .map((each) => ({ value: each.personId, text: spokenReference('PER', each.personId) })),
      endAction: paths.endAuditor(book.id),
      values,
    });
  }
}

const tableOf = (auditors: readonly AuditorView[]): TableOptions => ({
  caption: 'Who may read it, or could',
  head: [{ text: 'Who' }, { text: 'Days' }, { text: 'Why' }, { text: 'Now' }],
  rows: auditors.map((each) => [
    spokenReference('PER', each.personId),
    `${formatDay(each.fromDay)} until before ${formatDay(each.untilDay)}`,
    each.reason,
    stateTag(each.isInForce ? { state: 'May read', tone: 'attention' } : { state: 'May not read', tone: 'quiet' }),
  ]),
  hasRowHeaders: true,
  empty: 'Nobody audits this book.',
});
