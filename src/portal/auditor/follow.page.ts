import { Controller, Get, Header, Param, Query, Req, UseGuards } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { SignedInRequest } from '../../identity/index.js';
import { Penny, startOf } from '../../insight/index.js';
import { isId } from '../../kernel/index.js';
import { idOf } from '../../platform/index.js';
import { WhosePages } from '../acting-for/whose.js';
import { paths } from '../paths.js';
import { PageSignedIn } from '../session/page-guards.js';
import { Pages } from '../session/pages.js';
import { followView } from './follow.view.js';

const TITLES = {
  transfer: 'Follow this movement',
  payment: 'Follow this payment',
  invoice: 'Follow this invoice',
  'statement-line': 'Follow this line',
  line: 'Follow this budget line',
  'funder-share': 'Follow this funder’s money',
};

/** Money followed from where it was agreed or came in to the line of a statement and back: for auditors and officers through their books, for
 *  holders through all that is theirs. */
@ApiExcludeController()
@Controller()
@UseGuards(PageSignedIn)
export class FollowPage {
  constructor(
    private readonly pages: Pages,
    private readonly penny: Penny,
    private readonly whosePages: WhosePages,
  ) {}

  @Get('follow/:of/:id')
  @Header('content-type', 'text/html; charset=utf-8')
  async show(@Req() request: SignedInRequest, @Param('of') of: string, @Param('id') id: string, @Query('part') part?: string): Promise<string> {
    const start = startOf(of, id, part);
    const trail = await this.penny.follow(request.actor!, start);
    const back = start.of === 'payment' ? { href: paths.payment(start.id), text: 'Back to the payment' } : undefined;
    return this.pages.show(request, 'auditor/follow.njk', { title: TITLES[start.of], isWide: true, ...(back ? { back } : {}) }, followView(trail, 'staff'));
  }

  @Get('people/:person/money/:line/follow')
  @Header('content-type', 'text/html; charset=utf-8')
  async line(
    @Req() request: SignedInRequest,
    @Param('person') person: string,
    @Param('line') line: string,
    @Query('movement') movement?: string,
  ): Promise<string> {
    const whose = await this.whosePages.of(request.actor!, person);
    const trail = await this.penny.followLine(request.actor!, idOf<'budget-line'>(line), { whose: whose.id, transfer: isId(movement) ? movement : undefined });
    const parts = {
      title: whose.isMine ? 'Follow my money' : 'Follow this money',
      actingFor: whose.actingFor,
      readAloud: true,
      back: { href: paths.line(whose.id, line), text: 'Back to this money' },
    };
    return this.pages.show(request, 'auditor/follow.njk', parts, followView(trail, 'holder'));
  }

  @Get('people/:person/own-money/:line/follow')
  @Header('content-type', 'text/html; charset=utf-8')
  async own(@Req() request: SignedInRequest, @Param('person') person: string, @Param('line') line: string): Promise<string> {
    const whose = await this.whosePages.of(request.actor!, person);
    const trail = await this.penny.followOwn(request.actor!, idOf<'budget-line'>(line), whose.id);
    const parts = {
      title: whose.isMine ? 'Follow my own money' : 'Follow this money',
      actingFor: whose.actingFor,
      readAloud: true,
      back: { href: paths.ownMoney(whose.id), text: 'Back to this money' },
    };
    return this.pages.show(request, 'auditor/follow.njk', parts, followView(trail, 'holder'));
  }
}
