import { Controller, Get, Header, Param, Query, Req, Res, UseGuards } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import type { SignedInRequest } from '../../identity/index.js';
import { Journal, sendJournal } from '../../insight/index.js';
import { financialYearOf, invalid } from '../../kernel/index.js';
import { Clock, idOf } from '../../platform/index.js';
import { BookChoice } from '../finance/book-choice.js';
import type { FormBody } from '../form-body.js';
import { paths } from '../paths.js';
import { PageSignedIn } from '../session/page-guards.js';
import { Pages } from '../session/pages.js';
import { readJournal } from './auditor.form.js';

/** How many financial years the form offers; older ones are asked for by their days. */
const YEARS = 7;

/** Taking a whole book along: for accounting programs, or a spreadsheet. */
@ApiExcludeController()
@Controller('books/:book/journal')
@UseGuards(PageSignedIn)
export class JournalPage {
  constructor(
    private readonly pages: Pages,
    private readonly choice: BookChoice,
    private readonly journal: Journal,
    private readonly clock: Clock,
  ) {}

  @Get()
  @Header('content-type', 'text/html; charset=utf-8')
  async ask(@Req() request: SignedInRequest, @Param('book') id: string): Promise<string> {
    const { book } = await this.choice.of(request.actor!, 'book:read', idOf(id));
    const { year } = financialYearOf(this.clock.today());
    const years = Array.from({ length: YEARS }, (_, back) => ({ value: String(year - back), text: `1 April ${year - back} to 31 March ${year - back + 1}` }));
    return this.pages.show(
      request,
      'auditor/journal.njk',
      { title: 'Take a book along', back: { href: paths.home, text: 'Back to your books' } },
      {
        book: book.name,
        action: paths.journalFile(book.id),
        whiches: [{ value: 'all', text: 'All, until now' }, ...years, { value: 'days', text: 'The days below' }],
        formats: [
          { value: 'journal', text: 'A plain-text journal, for hledger, ledger and programs like them' },
          { value: 'csv', text: 'CSV, one row a transfer, for a spreadsheet or your own program' },
        ],
      },
    );
  }

  @Get('file')
  async file(@Req() request: SignedInRequest, @Param('book') id: string, @Query() query: FormBody, @Res() reply: FastifyReply): Promise<void> {
    const { values, period, faults } = readJournal(query);
    if (!period) throw invalid('period-wrong', faults[0]!.message, faults);
    await sendJournal(await this.journal.of(request.actor!, { book: idOf<'book'>(id), format: values.format, ...period }), reply);
  }
}
