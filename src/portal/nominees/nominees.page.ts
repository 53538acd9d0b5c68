import { Body, Controller, Get, Header, Param, Post, Query, Redirect, Req, UseGuards } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { AuthorityQueries, Nominations, Nominees } from '../../holders/index.js';
import type { SignedInRequest } from '../../identity/index.js';
import { idOf } from '../../platform/index.js';
import type { Whose } from '../acting-for/whose.js';
import { WhosePages } from '../acting-for/whose.js';
import { seeOther, textOf, withFormKey, type FormBody, type SeeOther } from '../form-body.js';
import { paths } from '../paths.js';
import { takeFormKey } from '../session/form-key.js';
import { PageSignedIn } from '../session/page-guards.js';
import type { PageParts } from '../session/pages.js';
import { Pages } from '../session/pages.js';
import { act, flashOf, type Flashes } from '../shell/index.js';
import { NOTHING_ASKED, readAsked, type Asked } from './nominees.form.js';
import { nomineesView } from './nominees.view.js';

const DONE: Flashes = {
  asked: { kind: 'done', title: 'We have told the board whom you want', text: 'Your care co-ordinator asks them. Then the board answers here.' },
  withdrawn: { kind: 'done', title: 'You have taken it back', text: 'You can name somebody else at any time.' },
  ended: { kind: 'done', title: 'It has ended', text: 'They see nothing more and can do nothing more. The board looks at the plan again soon.' },
};

/** Who acts for a person, since when and on what: for the person, their representative, and a nominee about their own right. */
@ApiExcludeController()
@Controller('people/:person/acting')
@UseGuards(PageSignedIn)
export class NomineesPage {
  constructor(
    private readonly pages: Pages,
    private readonly whosePages: WhosePages,
    private readonly authorities: AuthorityQueries,
    private readonly nominations: Nominations,
    private readonly nominees: Nominees,
  ) {}

  @Get()
  @Header('content-type', 'text/html; charset=utf-8')
  async show(@Req() request: SignedInRequest, @Param('person') person: string, @Query('done') done?: string): Promise<string> {
    const whose = await this.whosePages.of(request.actor!, person);
    const found = await this.authorities.of(request.actor!, whose.id);
    const parts = {
      title: whose.isMine ? 'Who acts for me' : `Who acts for ${whose.name}`,
      actingFor: whose.actingFor,
      readAloud: true,
      ...flashOf(DONE, done),
    };
    return this.pages.show(request, 'nominees/nominees.njk', parts, nomineesView(whose, found, request.actor!.id));
  }

  @Get('name')
  @Header('content-type', 'text/html; charset=utf-8')
  async name(@Req() request: SignedInRequest, @Param('person') person: string): Promise<string> {
    const whose = await this.whosePages.of(request.actor!, person);
    await this.authorities.of(request.actor!, whose.id);
    return this.pages.whole(request, 'nominees/name.njk', this.nameModel(whose, NOTHING_ASKED));
  }

  @Post('name')
  @Redirect()
  async ask(@Req() request: SignedInRequest, @Param('person') person: string, @Body() body: FormBody): Promise<SeeOther> {
    const whose = await this.whosePages.of(request.actor!, person);
    const key = takeFormKey(body);
    const { typed, command, faults } = readAsked(body);
    return act({
      template: 'nominees/name.njk',
      model: () => this.nameModel(whose, typed),
      faults,
      command: () => this.nominations.ask(request.actor!, whose.id, command, key),
      next: () => seeOther(paths.acting(whose.id), 'asked'),
    });
  }

  @Post('withdraw')
  @Redirect()
  async withdraw(@Req() request: SignedInRequest, @Param('person') person: string, @Body() body: FormBody): Promise<SeeOther> {
    const whose = await this.whosePages.of(request.actor!, person);
    await this.nominations.withdraw(request.actor!, idOf<'nomination'>(textOf(body, 'nomination')));
    return seeOther(paths.acting(whose.id), 'withdrawn');
  }

  /** In one step, and without a reason: nobody has to give one. A nominee who ends their own right has nothing left to see here. */
  @Post(':nominee/end')
  @Redirect()
  async end(@Req() request: SignedInRequest, @Param('person') person: string, @Param('nominee') nominee: string): Promise<SeeOther> {
    const whose = await this.whosePages.of(request.actor!, person);
    const isOwn = nominee === request.actor!.id;
    const reason = isOwn ? 'Ended by the nominee, without giving a reason.' : 'Ended by the person or their representative, without giving a reason.';
    await this.nominees.end(request.actor!, whose.id, idOf<'person'>(nominee), { reason });
    return isOwn ? seeOther(paths.actingFor) : seeOther(paths.acting(whose.id), 'ended');
  }

  private nameModel(whose: Whose, typed: Asked): PageParts {
    return withFormKey({
      title: whose.isMine ? 'Name somebody to look after my direct payment' : `Name somebody to look after ${whose.your} direct payment`,
      actingFor: whose.actingFor,
      readAloud: true,
      back: { href: paths.acting(whose.id), text: whose.isMine ? 'Back to who acts for me' : `Back to who acts for ${whose.name}` },
      whose,
      here: paths.nameNominee(whose.id),
      typed,
    });
  }
}
