import { Body, Controller, Get, Header, Param, Post, Query, Redirect, Req, UseGuards } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { OfferId } from '../../holders/index.js';
import { Goals, HolderQueries, OFFER_KINDS } from '../../holders/index.js';
import type { SignedInRequest } from '../../identity/index.js';
import { can, requireAccess } from '../../identity/index.js';
import { idOf } from '../../platform/index.js';
import type { Whose } from '../acting-for/whose.js';
import { WhosePages } from '../acting-for/whose.js';
import { seeOther, withFormKey, type FormBody, type SeeOther } from '../form-body.js';
import { paths } from '../paths.js';
import { takeFormKey } from '../session/form-key.js';
import { PageSignedIn } from '../session/page-guards.js';
import type { PageParts } from '../session/pages.js';
import { Pages } from '../session/pages.js';
import { act, flashOf } from '../shell/index.js';
import { readOffer, readWords } from './good-life.form.js';
import { GOOD_LIFE_DONE, goodLifeView, OFFER_WORDS } from './good-life.view.js';

/** What a good life looks like in the person's own words, what they want, and what they can give. */
@ApiExcludeController()
@Controller('people/:person/good-life')
@UseGuards(PageSignedIn)
export class GoodLifePage {
  constructor(
    private readonly pages: Pages,
    private readonly whosePages: WhosePages,
    private readonly queries: HolderQueries,
    private readonly goals: Goals,
  ) {}

  @Get()
  @Header('content-type', 'text/html; charset=utf-8')
  async show(@Req() request: SignedInRequest, @Param('person') person: string, @Query('done') done?: string): Promise<string> {
    const actor = request.actor!;
    const whose = await this.whosePages.of(actor, person);
    const [goodLife, goals, offers] = [
      await this.queries.goodLifeOf(actor, whose.id),
      await this.queries.goalsOf(actor, whose.id),
      await this.queries.offersOf(actor, whose.id),
    ];
    const parts = { title: `${whose.my} good life`, actingFor: whose.actingFor, readAloud: true, ...flashOf(GOOD_LIFE_DONE, done) };
    return this.pages.show(
      request,
      'good-life/good-life.njk',
      parts,
      goodLifeView(whose, can(actor, 'goal:write', { person: whose.id }), goodLife, goals, offers),
    );
  }

  @Get('words')
  @Header('content-type', 'text/html; charset=utf-8')
  async words(@Req() request: SignedInRequest, @Param('person') person: string): Promise<string> {
    const whose = await this.writerOf(request, person);
    const { words } = await this.queries.goodLifeOf(request.actor!, whose.id);
    return this.pages.whole(request, 'good-life/words.njk', wordsModel(whose, words ?? ''));
  }

  @Post('words')
  @Redirect()
  async saveWords(@Req() request: SignedInRequest, @Param('person') person: string, @Body() body: FormBody): Promise<SeeOther> {
    const whose = await this.writerOf(request, person);
    const { words, command, faults } = readWords(body);
    return act({
      template: 'good-life/words.njk',
      model: () => wordsModel(whose, words),
      faults,
      command: () => this.goals.writeGoodLife(request.actor!, whose.id, command),
      next: ({ written }) => seeOther(paths.goodLife(whose.id), written ? 'words' : 'same'),
    });
  }

  @Get('offers/new')
  @Header('content-type', 'text/html; charset=utf-8')
  async newOffer(@Req() request: SignedInRequest, @Param('person') person: string): Promise<string> {
    const whose = await this.writerOf(request, person);
    return this.pages.whole(request, 'good-life/offer.njk', offerModel(whose, { kind: '', words: '' }));
  }

  @Post('offers/new')
  @Redirect()
  async addOffer(@Req() request: SignedInRequest, @Param('person') person: string, @Body() body: FormBody): Promise<SeeOther> {
    const whose = await this.writerOf(request, person);
    const key = takeFormKey(body);
    const { values, command, faults } = readOffer(body);
    return act({
      template: 'good-life/offer.njk',
      model: () => offerModel(whose, values),
      faults,
      command: () => this.goals.addOffer(request.actor!, whose.id, command, key),
      next: () => seeOther(paths.goodLife(whose.id), 'offer'),
    });
  }

  @Post('offers/:offer/remove')
  @Redirect()
  async removeOffer(@Req() request: SignedInRequest, @Param('person') person: string, @Param('offer') offer: string): Promise<SeeOther> {
    const whose = await this.writerOf(request, person);
    await this.goals.removeOffer(request.actor!, idOf<'offer'>(offer) as OfferId);
    return seeOther(paths.goodLife(whose.id), 'offer-gone');
  }

  private async writerOf(request: SignedInRequest, person: string): Promise<Whose> {
    const whose = await this.whosePages.of(request.actor!, person);
    requireAccess(request.actor!, 'goal:write', { person: whose.id });
    return whose;
  }
}

const partsOf = (whose: Whose, title: string): PageParts => ({
  title,
  actingFor: whose.actingFor,
  back: { href: paths.goodLife(whose.id), text: `Back to ${whose.your} good life` },
  readAloud: true,
});
const wordsModel = (whose: Whose, words: string) => ({ ...partsOf(whose, `What does a good life look like for ${whose.you}?`), whose, words });
const offerModel = (whose: Whose, values: { kind: string; words: string }) =>
  withFormKey({
    ...partsOf(whose, `What can ${whose.you} offer?`),
    whose,
    values,
    kinds: OFFER_KINDS.map((value) => ({ value, text: OFFER_WORDS[value] })),
  });
