import { Body, Controller, Get, Header, Param, Post, Query, Redirect, Req, UseGuards } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { SignedInRequest } from '../../identity/index.js';
import { can, idsWith, requireAccess } from '../../identity/index.js';
import { FriendCodes, InvitationQueries, Invitations } from '../../introductions/index.js';
import type { PersonId } from '../../kernel/index.js';
import { isId, notFound } from '../../kernel/index.js';
import { idOf } from '../../platform/index.js';
import type { Whose } from '../acting-for/whose.js';
import { WhosePages } from '../acting-for/whose.js';
import { seeOther, textOf, withFormKey, type FormBody, type SeeOther } from '../form-body.js';
import { paths } from '../paths.js';
import { takeFormKey } from '../session/form-key.js';
import { PageSignedIn } from '../session/page-guards.js';
import type { PageParts } from '../session/pages.js';
import { Pages } from '../session/pages.js';
import { act, flashOf } from '../shell/index.js';
import { NO_CODE_TYPED, readCode, type CodeTyped } from './friends.form.js';
import { FRIENDS_DONE, friendsView } from './friends.view.js';

/** People who already know each other: who asks, a code to give, a code that somebody gave, and invitations on paper. */
@ApiExcludeController()
@Controller('people/:person/friends')
@UseGuards(PageSignedIn)
export class FriendsPage {
  constructor(
    private readonly pages: Pages,
    private readonly whosePages: WhosePages,
    private readonly codes: FriendCodes,
    private readonly queries: InvitationQueries,
    private readonly invitations: Invitations,
  ) {}

  @Get()
  @Header('content-type', 'text/html; charset=utf-8')
  async show(@Req() request: SignedInRequest, @Param('person') person: string, @Query('done') done?: string): Promise<string> {
    const whose = await this.of(request, person);
    return this.pages.whole(request, 'friends/friends.njk', { ...(await this.model(request, whose, NO_CODE_TYPED)), ...flashOf(FRIENDS_DONE, done) });
  }

  @Post('code')
  @Redirect()
  async makeCode(@Req() request: SignedInRequest, @Param('person') person: string): Promise<SeeOther> {
    const whose = await this.of(request, person);
    await this.codes.make(request.actor!, whose.id);
    return seeOther(paths.friends(whose.id), 'code');
  }

  @Post('use')
  @Redirect()
  async useCode(@Req() request: SignedInRequest, @Param('person') person: string, @Body() body: FormBody): Promise<SeeOther> {
    const whose = await this.of(request, person);
    const { values, command, faults } = readCode(body);
    return act({
      template: 'friends/friends.njk',
      model: () => this.model(request, whose, values),
      faults,
      command: () => this.invitations.useCode(request.actor!, whose.id, command),
      next: (used) =>
        used.outcome === 'met' ? seeOther(paths.introduction(whose.id, used.introductionId), 'met') : seeOther(paths.friends(whose.id), 'asked'),
    });
  }

  @Post('paper')
  @Redirect()
  async paper(@Req() request: SignedInRequest, @Param('person') person: string, @Body() body: FormBody): Promise<SeeOther> {
    const whose = await this.of(request, person);
    const key = takeFormKey(body);
    return act({
      template: 'friends/friends.njk',
      model: () => this.model(request, whose, NO_CODE_TYPED),
      command: () => this.invitations.onPaper(request.actor!, whose.id, key),
      next: ({ id }) => seeOther(paths.invitation(whose.id, id, 'print')),
    });
  }

  /** A broker asks one of the people they help for another. */
  @Post('ask')
  @Redirect()
  async ask(@Req() request: SignedInRequest, @Param('person') person: string, @Body() body: FormBody): Promise<SeeOther> {
    const whose = await this.of(request, person);
    const to = textOf(body, 'to');
    return act({
      template: 'friends/friends.njk',
      model: () => this.model(request, whose, NO_CODE_TYPED),
      faults: isId(to) ? [] : [{ field: 'to', message: 'Choose who to ask' }],
      command: () => this.invitations.throughBroker(request.actor!, whose.id, to as unknown as PersonId),
      next: () => seeOther(paths.friends(whose.id), 'asked'),
    });
  }

  @Get(':invitation/print')
  @Header('content-type', 'text/html; charset=utf-8')
  async print(@Req() request: SignedInRequest, @Param('person') person: string, @Param('invitation') id: string): Promise<string> {
    const whose = await this.of(request, person);
    const sent = (await this.queries.sentBy(request.actor!, whose.id)).find((each) => each.id === id);
    if (!sent || sent.code === null) throw notFound('The invitation');
    const name = await this.whosePages.firstName(request.actor!, whose);
    const parts = { title: 'An invitation to print', actingFor: whose.actingFor, back: { href: paths.friends(whose.id), text: 'Back' } };
    return this.pages.show(request, 'friends/paper.njk', parts, { name, code: sent.code, until: sent.expiresOn });
  }

  @Post(':invitation/answer')
  @Redirect()
  async answer(@Req() request: SignedInRequest, @Param('person') person: string, @Param('invitation') id: string, @Body() body: FormBody): Promise<SeeOther> {
    const whose = await this.of(request, person);
    const answer = textOf(body, 'answer') === 'yes' ? 'yes' : 'no';
    const { introductionId } = await this.invitations.answer(request.actor!, idOf<'invitation'>(id), { answer });
    return introductionId ? seeOther(paths.introduction(whose.id, introductionId), 'met') : seeOther(paths.friends(whose.id), 'no');
  }

  @Post(':invitation/take-back')
  @Redirect()
  async takeBack(@Req() request: SignedInRequest, @Param('person') person: string, @Param('invitation') id: string): Promise<SeeOther> {
    const whose = await this.of(request, person);
    await this.invitations.withdraw(request.actor!, idOf<'invitation'>(id));
    return seeOther(paths.friends(whose.id), 'back');
  }

  private async model(request: SignedInRequest, whose: Whose, typed: CodeTyped): Promise<PageParts> {
    const actor = request.actor!;
    const [received, sent, code] = [
      await this.queries.receivedBy(actor, whose.id),
      await this.queries.sentBy(actor, whose.id),
      await this.codes.codeFor(actor, whose.id),
    ];
    const others = whose.isMine
      ? []
      : (await this.whosePages.all(actor)).filter((each) => each.id !== whose.id && idsWith(actor, 'introduction:answer', 'person').includes(each.id));
    return withFormKey({
      title: whose.isMine ? 'People I already know' : `People ${whose.name} already knows`,
      actingFor: whose.actingFor,
      readAloud: true,
      back: { href: paths.suggestions(whose.id), text: 'Back to finding others' },
      ...friendsView(whose, { received, sent, code, others, mayWrite: can(actor, 'card:write', { person: whose.id }) }),
      typed,
    });
  }

  private async of(request: SignedInRequest, person: string): Promise<Whose> {
    const whose = await this.whosePages.of(request.actor!, person);
    requireAccess(request.actor!, 'introduction:answer', { person: whose.id });
    return whose;
  }
}
