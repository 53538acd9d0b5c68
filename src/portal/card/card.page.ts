import { Body, Controller, Get, Header, Param, Post, Query, Redirect, Req, UseGuards } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { SignedInRequest } from '../../identity/index.js';
import { can, requireAccess } from '../../identity/index.js';
import { CardPictures, Cards, FriendCodes, GoalTerms } from '../../introductions/index.js';
import type { PersonId } from '../../kernel/index.js';
import { notFound } from '../../kernel/index.js';
import type { Whose } from '../acting-for/whose.js';
import { WhosePages } from '../acting-for/whose.js';
import { seeOther, textOf, type FormBody, type SeeOther } from '../form-body.js';
import { paths } from '../paths.js';
import { PageSignedIn } from '../session/page-guards.js';
import type { PageParts } from '../session/pages.js';
import { Pages } from '../session/pages.js';
import { act, flashOf } from '../shell/index.js';
import { CardReader } from './card-reader.js';
import { FIRST_VALUES, isCardPart, partAfter, placeTyped, readCardPart, valuesOf, type CardPart, type CardValues } from './card.form.js';
import { CARD_DONE, cardPartView, cardView, goalGroups, namesOnPage, questionOf, type GoalGroup } from './card.view.js';

/** What a person is looking for: one question a page, each answer saved at once, then all of it to check, open and take down. */
@ApiExcludeController()
@Controller('people/:person/card')
@UseGuards(PageSignedIn)
export class CardPage {
  constructor(
    private readonly pages: Pages,
    private readonly whosePages: WhosePages,
    private readonly reader: CardReader,
    private readonly terms: GoalTerms,
    private readonly codes: FriendCodes,
    private readonly pictures: CardPictures,
    private readonly cards: Cards,
  ) {}

  @Get()
  @Header('content-type', 'text/html; charset=utf-8')
  async show(@Req() request: SignedInRequest, @Param('person') person: string, @Query('done') done?: string): Promise<string> {
    const whose = await this.whosePages.of(request.actor!, person);
    const mayWrite = can(request.actor!, 'card:write', { person: whose.id });
    const { code } = await this.codes.codeFor(request.actor!, whose.id);
    const version = await this.pictures.versionOf(request.actor!, whose.id);
    const view = cardView(whose, { mayWrite, code, inPictures: version === 'pictures' }, await this.reader.cardOf(request.actor!, whose.id));
    const parts = {
      title: whose.isMine ? 'What I am looking for' : `What ${whose.name} is looking for`,
      actingFor: whose.actingFor,
      readAloud: true,
      ...flashOf(CARD_DONE, done),
    };
    return this.pages.show(request, 'card/card.njk', parts, view);
  }

  @Post('open')
  @Redirect()
  async open(@Req() request: SignedInRequest, @Param('person') person: string): Promise<SeeOther> {
    const whose = await this.whosePages.of(request.actor!, person);
    await this.cards.open(request.actor!, whose.id);
    return seeOther(paths.card(whose.id), 'open');
  }

  @Post('take-down')
  @Redirect()
  async takeDown(@Req() request: SignedInRequest, @Param('person') person: string): Promise<SeeOther> {
    const whose = await this.whosePages.of(request.actor!, person);
    await this.cards.takeDown(request.actor!, whose.id);
    return seeOther(paths.card(whose.id), 'down');
  }

  @Get(':part')
  @Header('content-type', 'text/html; charset=utf-8')
  async ask(@Req() request: SignedInRequest, @Param('person') person: string, @Param('part') name: string, @Query('change') change?: string): Promise<string> {
    const { whose, part, values } = await this.asked(request, person, name);
    return this.pages.whole(request, 'card/card-part.njk', await this.model(request, whose, part, values, change === '1'));
  }

  /** Saves one answer. The room may refuse what only it can judge (a place, contact details): the same page again, with its words. */
  @Post(':part')
  @Redirect()
  async answer(@Req() request: SignedInRequest, @Param('person') person: string, @Param('part') name: string, @Body() body: FormBody): Promise<SeeOther> {
    const { whose, part, values: before } = await this.asked(request, person, name);
    const isChange = textOf(body, 'change') === '1';
    const given = part === 'goals' && textOf(body, 'place') !== '' ? { ...before, place: placeTyped(textOf(body, 'place')) } : before;
    const { values, command, faults } = readCardPart(part, body, given);
    const following = isChange ? undefined : partAfter(part);
    return act({
      template: 'card/card-part.njk',
      model: () => this.model(request, whose, part, values, isChange),
      faults,
      names: namesOnPage(await this.groups(request, whose.id, part)),
      command: () => this.cards.write(request.actor!, whose.id, command),
      next: () => (following ? seeOther(paths.cardPart(whose.id, following)) : seeOther(paths.card(whose.id), 'saved')),
    });
  }

  private async model(request: SignedInRequest, whose: Whose, part: CardPart, values: CardValues, isChange: boolean): Promise<PageParts> {
    const groups = await this.groups(request, whose.id, part);
    const asksPlace = part === 'goals' && (await this.reader.asksPlace(request.actor!, whose.id));
    return { ...partParts(whose, part), ...cardPartView({ whose, part, values, isChange, groups, asksPlace }) };
  }

  private async groups(request: SignedInRequest, person: PersonId, part: CardPart): Promise<GoalGroup[]> {
    return part === 'goals' ? goalGroups(await this.terms.offeredTo(request.actor!, person)) : [];
  }

  private async asked(request: SignedInRequest, person: string, name: string): Promise<{ whose: Whose; part: CardPart; values: CardValues }> {
    const whose = await this.whosePages.of(request.actor!, person);
    requireAccess(request.actor!, 'card:write', { person: whose.id });
    if (!isCardPart(name)) throw notFound();
    const card = await this.reader.cardOf(request.actor!, whose.id);
    return { whose, part: name, values: card ? valuesOf(card) : FIRST_VALUES };
  }
}

const partParts = (whose: Whose, part: CardPart): PageParts => ({
  title: questionOf(part, whose),
  actingFor: whose.actingFor,
  readAloud: true,
  back: { href: paths.card(whose.id), text: 'Back to the card' },
});
