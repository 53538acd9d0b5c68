import { Body, Controller, Get, Header, Param, Post, Query, Redirect, Req, UseGuards } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { SignedInRequest } from '../../identity/index.js';
import { LetterCameBack, Letters, PostLetters, PutAddress } from '../../notifications/index.js';
import { Clock, idOf, readCommand } from '../../platform/index.js';
import type { DateParts } from '../blocks/index.js';
import { dateParts, partsOfDay } from '../blocks/index.js';
import { dayOfParts, listOf, seeOther, textOf, withFormKey, type FormBody, type SeeOther } from '../form-body.js';
import { paths } from '../paths.js';
import { takeFormKey } from '../session/form-key.js';
import { PageSignedIn } from '../session/page-guards.js';
import type { PageParts } from '../session/pages.js';
import { Pages } from '../session/pages.js';
import { act, flashOf } from '../shell/index.js';
import type { Flashes } from '../shell/index.js';
import { lettersView, sheetsOf } from './post.view.js';
import { isMadeElsewhere, RETURN_ITEMS } from './post.words.js';

const HTML = 'text/html; charset=utf-8';
const DONE: Flashes = {
  posted: { kind: 'done', title: 'Marked as posted', text: 'They count as delivered on the second working day after. Notice periods start then.' },
  flagged: { kind: 'care', title: 'Written down: gone away', text: 'No letter goes to this address any more. Find out where the person lives now.' },
  back: { kind: 'done', title: 'Written down: it came back' },
  address: { kind: 'done', title: 'The address is written down', text: 'Letters that came back from the old one wait with the others.' },
};

/** The letters of the day: what waits, the pack to print, what was posted, what came back. */
@ApiExcludeController()
@Controller('post/letters')
@UseGuards(PageSignedIn)
export class LettersPage {
  constructor(
    private readonly pages: Pages,
    private readonly letters: Letters,
    private readonly clock: Clock,
  ) {}

  @Get()
  @Header('content-type', HTML)
  async show(@Req() request: SignedInRequest, @Query('done') done?: string): Promise<string> {
    return this.pages.whole(request, 'operator/letters.njk', { ...(await this.page(request, { reference: '', reason: '' })), ...flashOf(DONE, done) });
  }

  @Post('came-back')
  @Redirect()
  cameBack(@Req() request: SignedInRequest, @Body() body: FormBody): Promise<SeeOther> {
    const key = takeFormKey(body);
    const values = { reference: textOf(body, 'reference'), reason: textOf(body, 'reason') };
    const { command, faults } = readCommand(LetterCameBack, values);
    return act({
      template: 'operator/letters.njk',
      model: () => this.page(request, values),
      faults,
      command: () => this.letters.cameBack(request.actor!, command, key),
      next: ({ isFlagged }) => seeOther(paths.letters, isFlagged ? 'flagged' : 'back'),
    });
  }

  @Get('pack')
  @Header('content-type', HTML)
  async pack(@Req() request: SignedInRequest): Promise<string> {
    return this.pages.whole(request, 'operator/letter-pack.njk', await this.packPage(request, undefined));
  }

  @Post('pack')
  @Redirect()
  posted(@Req() request: SignedInRequest, @Body() body: FormBody): Promise<SeeOther> {
    const key = takeFormKey(body);
    const sent = { letters: listOf(body, 'letters'), day: dateParts('postedOn', body) };
    const { command, faults } = readCommand(PostLetters, { letters: sent.letters, postedOn: dayOfParts(sent.day) });
    return act({
      template: 'operator/letter-pack.njk',
      model: () => this.packPage(request, sent),
      faults,
      command: () => this.letters.post(request.actor!, command, key),
      next: () => seeOther(paths.letters, 'posted'),
    });
  }

  @Get(':item/address')
  @Header('content-type', HTML)
  async address(@Req() request: SignedInRequest, @Param('item') item: string): Promise<string> {
    return this.pages.whole(request, 'operator/letter-address.njk', await this.addressPage(request, item, undefined));
  }

  @Post(':item/address')
  @Redirect()
  putAddress(@Req() request: SignedInRequest, @Param('item') item: string, @Body() body: FormBody): Promise<SeeOther> {
    const key = takeFormKey(body);
    const typed = textOf(body, 'address');
    const { command, faults } = readCommand(PutAddress, { address: typed });
    return act({
      template: 'operator/letter-address.njk',
      model: () => this.addressPage(request, item, typed),
      faults,
      command: () => this.letters.putAddress(request.actor!, idOf<'post-item'>(item), command, key),
      next: () => seeOther(paths.letters, 'address'),
    });
  }

  private async page(request: SignedInRequest, values: { reference: string; reason: string }): Promise<PageParts> {
    const view = lettersView(await this.letters.waiting(request.actor!));
    return withFormKey({
      title: 'Letters',
      isWide: true,
      back: { href: paths.post, text: 'Back to the post' },
      ...view,
      values,
      reasons: RETURN_ITEMS,
      packHref: paths.letterPack,
    });
  }

  /** With nothing sent, every sheet is ticked that comes straight from the printer, and the day is today. */
  private async packPage(request: SignedInRequest, sent: { letters: string[]; day: DateParts } | undefined): Promise<PageParts> {
    const today = this.clock.today();
    const sheets = sheetsOf(await this.letters.waiting(request.actor!), today);
    return withFormKey({
      title: 'Letters to print',
      back: { href: paths.letters, text: 'Back to the letters' },
      sheets,
      items: sheets.map((sheet) => ({
        value: sheet.id,
        text: `${sheet.name}, ${sheet.reference ?? 'no reference'}`,
        ...(sheet.maker ? { hint: sheet.maker } : {}),
      })),
      ticked: sent?.letters ?? sheets.filter((sheet) => !isMadeElsewhere(sheet.format)).map((sheet) => sheet.id),
      postedOn: sent?.day ?? partsOfDay(today),
    });
  }

  private async addressPage(request: SignedInRequest, item: string, typed: string | undefined): Promise<PageParts> {
    const letter = await this.letters.letter(request.actor!, idOf<'post-item'>(item));
    return withFormKey({
      title: `Where do letters to ${letter.name} go?`,
      back: { href: paths.letters, text: 'Back to the letters' },
      isFlagged: letter.hindrance === 'gone-away',
      address: typed ?? letter.address?.join('\n') ?? '',
    });
  }
}
