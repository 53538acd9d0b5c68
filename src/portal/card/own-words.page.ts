import { Body, Controller, Get, Header, Param, Post, Redirect, Req, UseGuards } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { SignedInRequest } from '../../identity/index.js';
import { requireAccess } from '../../identity/index.js';
import type { CardWordsView } from '../../introductions/index.js';
import { AgreeToGoals, Cards, CardWords, SayInOwnWords } from '../../introductions/index.js';
import type { FieldFault } from '../../kernel/index.js';
import { notFound } from '../../kernel/index.js';
import { readCommand } from '../../platform/index.js';
import type { Whose } from '../acting-for/whose.js';
import { WhosePages } from '../acting-for/whose.js';
import { sentence } from '../blocks/index.js';
import { listOf, seeOther, textOf, withFormKey, type FormBody, type SeeOther } from '../form-body.js';
import { paths } from '../paths.js';
import { takeFormKey } from '../session/form-key.js';
import { PageSignedIn } from '../session/page-guards.js';
import type { PageParts } from '../session/pages.js';
import { Pages } from '../session/pages.js';
import { act } from '../shell/index.js';
import { CardReader } from './card-reader.js';
import { FIRST_VALUES, placeTyped, readCardPart } from './card.form.js';
import { areaWords } from './card.words.js';

const SAY_FAULT = 'Say what you would like to do, in 600 characters or fewer';

/** What a person would like, in their own words; then which goals we think they mean, for them to say if that is right. */
@ApiExcludeController()
@Controller('people/:person/own-words')
@UseGuards(PageSignedIn)
export class OwnWordsPage {
  constructor(
    private readonly pages: Pages,
    private readonly whosePages: WhosePages,
    private readonly reader: CardReader,
    private readonly words: CardWords,
    private readonly cards: Cards,
  ) {}

  @Get()
  @Header('content-type', 'text/html; charset=utf-8')
  async ask(@Req() request: SignedInRequest, @Param('person') person: string): Promise<string> {
    return this.pages.whole(request, 'card/own-words.njk', this.askModel(await this.of(request, person), ''));
  }

  @Post()
  @Redirect()
  async say(@Req() request: SignedInRequest, @Param('person') person: string, @Body() body: FormBody): Promise<SeeOther> {
    const whose = await this.of(request, person);
    const key = takeFormKey(body);
    const words = textOf(body, 'words');
    const { command, faults } = readCommand(SayInOwnWords, { words });
    return act({
      template: 'card/own-words.njk',
      model: () => this.askModel(whose, words),
      faults: faults.map(({ field }) => ({ field, message: SAY_FAULT })),
      command: () => this.words.say(request.actor!, whose.id, command, key),
      next: ({ id }) => seeOther(paths.agreeWords(whose.id, id)),
    });
  }

  @Get(':words')
  @Header('content-type', 'text/html; charset=utf-8')
  async offer(@Req() request: SignedInRequest, @Param('person') person: string, @Param('words') id: string): Promise<string> {
    const { whose, said } = await this.found(request, person, id);
    return this.pages.whole(request, 'card/agree-words.njk', await this.offerModel(request, whose, said, { goals: said.agreed ?? [], place: '' }));
  }

  /** Only what was ticked goes on the card. Without a card a first one is made of it, with everything else left open. */
  @Post(':words')
  @Redirect()
  async agree(@Req() request: SignedInRequest, @Param('person') person: string, @Param('words') id: string, @Body() body: FormBody): Promise<SeeOther> {
    const { whose, said } = await this.found(request, person, id);
    const typed = { goals: listOf(body, 'goals'), place: textOf(body, 'place') };
    const { command, faults } = readCommand(AgreeToGoals, { goals: typed.goals });
    const isNew = (await this.reader.cardOf(request.actor!, whose.id)) === undefined;
    return act({
      template: 'card/agree-words.njk',
      model: () => this.offerModel(request, whose, said, typed),
      faults: faults.map(({ field }): FieldFault => ({ field, message: 'Choose 8 or fewer' })),
      command: async () => {
        if (isNew && command.goals.length > 0) await this.firstCard(request, whose, typed);
        return this.words.agree(request.actor!, said.id, command);
      },
      next: ({ agreed }) =>
        agreed.length === 0
          ? seeOther(paths.ownWords(whose.id))
          : isNew
            ? seeOther(paths.cardPart(whose.id, 'days'))
            : seeOther(paths.card(whose.id), 'agreed'),
    });
  }

  private async firstCard(request: SignedInRequest, whose: Whose, typed: { goals: string[]; place: string }): Promise<void> {
    const place = placeTyped(typed.place);
    const { command } = readCardPart('goals', { 'goals.all': typed.goals }, { ...FIRST_VALUES, place });
    await this.cards.write(request.actor!, whose.id, command);
  }

  private askModel(whose: Whose, words: string): PageParts {
    const title = `What would ${whose.you} like to do?`;
    const back = { href: paths.card(whose.id), text: 'Back to the card' };
    return withFormKey({
      title,
      actingFor: whose.actingFor,
      readAloud: true,
      back,
      whose,
      words,
      list: paths.cardPart(whose.id, 'goals'),
      pictures: paths.pictures(whose.id),
    });
  }

  private async offerModel(
    request: SignedInRequest,
    whose: Whose,
    said: CardWordsView,
    typed: { goals: readonly string[]; place: string },
  ): Promise<PageParts> {
    const asksPlace = await this.reader.asksPlace(request.actor!, whose.id);
    const parts = {
      title: said.offered.length > 0 ? 'Is this what you mean?' : 'We did not understand',
      actingFor: whose.actingFor,
      readAloud: true,
      back: { href: paths.ownWords(whose.id), text: 'Say it in another way' },
    };
    const items = said.offered.map((term) => ({ value: term.id, text: sentence(term.words), hint: areaWords(term.area) }));
    return {
      ...parts,
      whose,
      said: said.words,
      items,
      asksPlace,
      typed,
      again: paths.ownWords(whose.id),
      list: paths.cardPart(whose.id, 'goals'),
    } as PageParts;
  }

  private async found(request: SignedInRequest, person: string, id: string): Promise<{ whose: Whose; said: CardWordsView }> {
    const whose = await this.of(request, person);
    const said = (await this.words.said(request.actor!, whose.id)).find((each) => each.id === id);
    if (!said) throw notFound('The words');
    return { whose, said };
  }

  private async of(request: SignedInRequest, person: string): Promise<Whose> {
    const whose = await this.whosePages.of(request.actor!, person);
    requireAccess(request.actor!, 'card:write', { person: whose.id });
    return whose;
  }
}
