import { Body, Controller, Get, Header, Post, Query, Redirect, Req, UseGuards } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { SignedInRequest } from '../../identity/index.js';
import { can } from '../../identity/index.js';
import { formatInstant, notFound } from '../../kernel/index.js';
import type { PostItemId } from '../../notifications/index.js';
import { Letters, PostDesk } from '../../notifications/index.js';
import { idOf } from '../../platform/index.js';
import { seeOther, textOf, withFormKey, type FormBody, type SeeOther } from '../form-body.js';
import { paths } from '../paths.js';
import { takeFormKey } from '../session/form-key.js';
import { PageSignedIn } from '../session/page-guards.js';
import type { PageParts } from '../session/pages.js';
import { Pages } from '../session/pages.js';
import { act, flashOf } from '../shell/index.js';
import type { Flashes } from '../shell/index.js';
import { carrierNotes, countsTable, itemView } from './post.view.js';
import { ONE_WORDS } from './post.words.js';

const HTML = 'text/html; charset=utf-8';
const DONE: Flashes = {
  'try-again': { kind: 'done', title: 'It waits to be sent again', text: 'If it fails again, it comes back to this page.' },
  'send-as-letter': { kind: 'done', title: 'It goes as a letter', text: 'It is with the letters to print.' },
};
const CALLED: Flashes = {
  spoke: { kind: 'done', title: 'Written down: you spoke', text: 'It counts as delivered from now.' },
  'send-as-letter': { kind: 'done', title: 'It goes as a letter', text: 'It is with the letters to print.' },
};
const BACK = { href: paths.post, text: 'Back to the post' };

/** Where the post stands, what failed, the calls to make, and the demonstration mailbox: for operators. */
@ApiExcludeController()
@Controller('post')
@UseGuards(PageSignedIn)
export class PostPage {
  constructor(
    private readonly pages: Pages,
    private readonly desk: PostDesk,
    private readonly letters: Letters,
  ) {}

  @Get()
  @Header('content-type', HTML)
  async show(@Req() request: SignedInRequest, @Query('done') done?: string): Promise<string> {
    return this.pages.whole(request, 'operator/post.njk', { ...(await this.page(request)), ...flashOf(DONE, done) });
  }

  /** Try again, or send as a letter: the button that was pressed says which. */
  @Post('change')
  @Redirect()
  change(@Req() request: SignedInRequest, @Body() body: FormBody): Promise<SeeOther> {
    const key = takeFormKey(body);
    const does = textOf(body, 'does');
    return act({
      template: 'operator/post.njk',
      model: () => this.page(request),
      command: () => {
        if (does === 'try-again') return this.desk.tryAgain(request.actor!, itemOf(body), key);
        if (does === 'send-as-letter') return this.desk.sendAsLetter(request.actor!, itemOf(body), key);
        throw notFound();
      },
      next: () => seeOther(paths.post, does),
    });
  }

  @Get('calls')
  @Header('content-type', HTML)
  async calls(@Req() request: SignedInRequest, @Query('done') done?: string): Promise<string> {
    return this.pages.whole(request, 'operator/calls.njk', { ...(await this.callsPage(request)), ...flashOf(CALLED, done) });
  }

  @Post('calls')
  @Redirect()
  called(@Req() request: SignedInRequest, @Body() body: FormBody): Promise<SeeOther> {
    const key = takeFormKey(body);
    const does = textOf(body, 'does');
    return act({
      template: 'operator/calls.njk',
      model: () => this.callsPage(request),
      command: () => {
        if (does === 'spoke') return this.desk.spoke(request.actor!, itemOf(body), key);
        if (does === 'send-as-letter') return this.desk.sendAsLetter(request.actor!, itemOf(body), key);
        throw notFound();
      },
      next: () => seeOther(paths.calls, does),
    });
  }

  @Get('mailbox')
  @Header('content-type', HTML)
  async mailbox(@Req() request: SignedInRequest): Promise<string> {
    const messages = (await this.desk.messages(request.actor!)).map((message) => ({
      id: message.id,
      title: message.subject,
      way: ONE_WORDS[message.by],
      to: message.to,
      when: formatInstant(message.receivedAt),
      paragraphs: message.body.split(/\n+/),
    }));
    return this.pages.whole(request, 'operator/mailbox.njk', { title: 'Demonstration mailbox', back: BACK, messages } as PageParts);
  }

  private async page(request: SignedInRequest): Promise<PageParts> {
    const overview = await this.desk.overview(request.actor!);
    return withFormKey({
      title: 'Post',
      isWide: true,
      counts: countsTable(overview),
      carriers: carrierNotes(overview),
      failed: overview.failed.map(itemView),
      stuck: overview.stuck.map(itemView),
      mayChange: can(request.actor!, 'post:send', { site: true }),
      links: { letters: paths.letters, calls: paths.calls, mailbox: this.desk.hasMailbox ? paths.mailbox : null },
    });
  }

  private async callsPage(request: SignedInRequest): Promise<PageParts> {
    const calls = (await this.letters.calls(request.actor!)).map((call) => ({
      id: call.itemId,
      name: call.name,
      phone: call.phone,
      subject: call.subject,
      paragraphs: call.body.split(/\n+/),
      when: formatInstant(call.madeAt),
    }));
    return withFormKey({ title: 'Calls to make', back: BACK, calls });
  }
}

const itemOf = (body: FormBody): PostItemId => idOf<'post-item'>(textOf(body, 'item'));
