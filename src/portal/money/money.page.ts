import { Controller, Get, Header, Param, Query, Req, UseGuards } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { BudgetQueries } from '../../budgets/index.js';
import type { SignedInRequest } from '../../identity/index.js';
import { isId, notFound } from '../../kernel/index.js';
import { Clock, idOf } from '../../platform/index.js';
import { WhosePages } from '../acting-for/whose.js';
import { paths } from '../paths.js';
import { PageSignedIn } from '../session/page-guards.js';
import { Pages } from '../session/pages.js';
import { MoneyReads, MOVEMENTS } from './money.reads.js';
import { lineView, moneyView } from './money.view.js';

/** Where a person's money is: every line, four numbers, how it goes, and what moved. */
@ApiExcludeController()
@Controller('people/:person/money')
@UseGuards(PageSignedIn)
export class MoneyPage {
  constructor(
    private readonly pages: Pages,
    private readonly whosePages: WhosePages,
    private readonly budgets: BudgetQueries,
    private readonly reads: MoneyReads,
    private readonly clock: Clock,
  ) {}

  @Get()
  @Header('content-type', 'text/html; charset=utf-8')
  async show(@Req() request: SignedInRequest, @Param('person') person: string): Promise<string> {
    const whose = await this.whosePages.of(request.actor!, person);
    const { lines, hasOwnMoney } = await this.budgets.moneyOf(request.actor!, whose.id);
    return this.pages.show(
      request,
      'money/money.njk',
      { title: `${whose.my} money`, actingFor: whose.actingFor, readAloud: true },
      { ...moneyView(whose, lines, await this.reads.checked(lines)), ownMoney: hasOwnMoney ? paths.ownMoney(whose.id) : null },
    );
  }

  @Get(':line')
  @Header('content-type', 'text/html; charset=utf-8')
  async line(@Req() request: SignedInRequest, @Param('person') person: string, @Param('line') id: string, @Query('before') before?: string): Promise<string> {
    const whose = await this.whosePages.of(request.actor!, person);
    const reads = await this.reads.line(request.actor!, idOf<'budget-line'>(id), isId(before) ? before : undefined);
    if (reads.line.personId !== whose.id) throw notFound('The line');
    const parts = {
      title: reads.line.name,
      actingFor: whose.actingFor,
      readAloud: true,
      back: { href: paths.money(whose.id), text: `Back to ${whose.your} money` },
    };
    return this.pages.show(request, 'money/line.njk', parts, lineView(whose, reads, this.clock.today(), { limit: MOVEMENTS, isFirst: !isId(before) }));
  }
}
