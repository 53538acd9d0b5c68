import { Body, Controller, Get, Header, Param, Post, Query, Redirect, Req, UseGuards } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { OwnLineOfBook, OwnLineView } from '../../budgets/index.js';
import { OwnLines, OwnMoneyQueries } from '../../budgets/index.js';
import type { SignedInRequest } from '../../identity/index.js';
import type { BudgetLineId } from '../../kernel/index.js';
import { idOf } from '../../platform/index.js';
import { WhosePages } from '../acting-for/whose.js';
import { BookChoice, bookForm } from '../finance/book-choice.js';
import type { FormBody, SeeOther } from '../form-body.js';
import { seeOther, textOf, withFormKey } from '../form-body.js';
import { paths } from '../paths.js';
import { takeFormKey } from '../session/form-key.js';
import { PageSignedIn } from '../session/page-guards.js';
import { Pages } from '../session/pages.js';
import type { Flashes } from '../shell/index.js';
import { act, flashOf } from '../shell/index.js';

const DONE: Flashes = {
  home: {
    kind: 'done',
    title: 'It goes home',
    text: 'It is paid to the bank account of the person, when two people of the money-holder have checked the details.',
  },
};

/** Money of people's own that money-holders keep: for the person, and for the finance officers who pay it out. */
@ApiExcludeController()
@Controller()
@UseGuards(PageSignedIn)
export class OwnMoneyKeptPage {
  constructor(
    private readonly pages: Pages,
    private readonly whosePages: WhosePages,
    private readonly choice: BookChoice,
    private readonly queries: OwnMoneyQueries,
    private readonly lines: OwnLines,
  ) {}

  @Get('people/:person/own-money')
  @Header('content-type', 'text/html; charset=utf-8')
  async mine(@Req() request: SignedInRequest, @Param('person') person: string, @Query('done') done?: string): Promise<string> {
    return this.pages.whole(request, 'own-money/mine.njk', { ...(await this.mineModel(request, person)), ...flashOf(DONE, done) });
  }

  @Post('people/:person/own-money/:line/home')
  @Redirect()
  async home(@Req() request: SignedInRequest, @Param('person') person: string, @Param('line') line: string, @Body() body: FormBody): Promise<SeeOther> {
    const key = takeFormKey(body);
    return act({
      template: 'own-money/mine.njk',
      model: () => this.mineModel(request, person),
      command: () => this.lines.sendHome(request.actor!, idOf<'budget-line'>(line) as BudgetLineId, {}, key),
      next: () => seeOther(paths.ownMoney(person), 'home'),
    });
  }

  @Get('own-money-kept')
  @Header('content-type', 'text/html; charset=utf-8')
  async kept(@Req() request: SignedInRequest, @Query('book') book?: string, @Query('done') done?: string): Promise<string> {
    return this.pages.whole(request, 'own-money/kept.njk', { ...(await this.keptModel(request, book)), ...flashOf(DONE, done) });
  }

  @Post('own-money-kept/:line/home')
  @Redirect()
  async payOut(@Req() request: SignedInRequest, @Param('line') line: string, @Body() body: FormBody): Promise<SeeOther> {
    const key = takeFormKey(body);
    const book = textOf(body, 'book');
    return act({
      template: 'own-money/kept.njk',
      model: () => this.keptModel(request, book),
      command: () => this.lines.sendHome(request.actor!, idOf<'budget-line'>(line) as BudgetLineId, {}, key),
      next: () => seeOther(`${paths.ownMoneyKept}?book=${encodeURIComponent(book)}&done=home`),
    });
  }

  private async mineModel(request: SignedInRequest, person: string) {
    const whose = await this.whosePages.of(request.actor!, person);
    const lines = await this.queries.ofPerson(request.actor!, whose.id);
    return withFormKey({
      title: whose.isMine ? 'My own money' : `${whose.my} own money`,
      actingFor: whose.actingFor,
      readAloud: true,
      whose,
      lines: lines.map((line) => ({
        ...line,
        sums: sumsOf(line),
        homeHref: line.here > 0n ? paths.ownMoneyHome(whose.id, line.id) : null,
        followHref: paths.followOwnMoney(whose.id, line.id),
      })),
    });
  }

  private async keptModel(request: SignedInRequest, named: string | undefined) {
    const found = await this.choice.of(request.actor!, 'own-money:send-home', named, 'cash');
    const lines = await this.queries.ofBook(request.actor!, found.book.id);
    return withFormKey({
      title: 'People’s own money',
      isWide: true,
      choice: bookForm(found),
      book: found.book.id,
      lines: lines.map((line) => ({ ...line, ...wordsOf(line), sums: sumsOf(line), homeHref: line.here > 0n ? paths.payOutOwnMoney(line.id) : null })),
    });
  }
}

const SUMS = [
  ['here', 'Kept here'],
  ['inPools', 'In pools'],
  ['spent', 'Spent'],
  ['goingHome', 'On its way home'],
  ['wentHome', 'Went home'],
] as const;

/** Where all that was brought in is now: these add up to it. */
const sumsOf = (line: OwnLineView) => SUMS.filter(([sum]) => line[sum] > 0n || sum === 'here').map(([sum, text]) => ({ text, amount: line[sum] }));

const wordsOf = (line: OwnLineOfBook): { readonly why: string | null } => ({
  why: line.hasDied ? 'This person has died. Their own money is the estate’s: enter where to pay the estate, and send it there.' : null,
});
