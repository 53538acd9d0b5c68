import { Body, Controller, Get, Header, Post, Query, Redirect, Req, UseGuards } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { SignedInRequest } from '../../identity/index.js';
import { ForReaders } from '../../identity/index.js';
import { isId } from '../../kernel/index.js';
import type { NoticeId } from '../../notifications/index.js';
import { Notices } from '../../notifications/index.js';
import { WhosePages } from '../acting-for/whose.js';
import { listOf, seeOther, type FormBody, type SeeOther } from '../form-body.js';
import { paths } from '../paths.js';
import { PageSignedIn } from '../session/page-guards.js';
import { Pages } from '../session/pages.js';
import type { Flashes } from '../shell/index.js';
import { flashOf } from '../shell/index.js';
import { inboxView } from './inbox.view.js';

const DONE: Flashes = { read: { kind: 'done', title: 'Marked as read' } };

/** What happened that somebody should know. */
@ApiExcludeController()
@Controller('inbox')
@UseGuards(PageSignedIn)
export class InboxPage {
  constructor(
    private readonly pages: Pages,
    private readonly whosePages: WhosePages,
    private readonly notices: Notices,
  ) {}

  @Get()
  @Header('content-type', 'text/html; charset=utf-8')
  async show(@Req() request: SignedInRequest, @Query('before') before?: string, @Query('done') done?: string): Promise<string> {
    const actor = request.actor!;
    const found = await this.notices.inboxOf(actor, { before: isId(before) ? before : undefined });
    return this.pages.show(
      request,
      'inbox/inbox.njk',
      { title: 'Messages', readAloud: true, ...flashOf(DONE, done) },
      inboxView(actor, found, await this.whosePages.all(actor), !isId(before)),
    );
  }

  @Post('read')
  @ForReaders()
  @Redirect()
  async read(@Req() request: SignedInRequest, @Body() body: FormBody): Promise<SeeOther> {
    await this.notices.markRead(request.actor!, listOf(body, 'notice').filter((id) => isId(id)) as unknown as NoticeId[]);
    return seeOther(paths.inbox, 'read');
  }
}
