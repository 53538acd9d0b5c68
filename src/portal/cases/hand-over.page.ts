import { Body, Controller, Get, Header, Param, Post, Query, Redirect, Req, UseGuards } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { CommentHandOver, HandOvers, WriteHandOver } from '../../brokers/index.js';
import type { SignedInRequest } from '../../identity/index.js';
import { can } from '../../identity/index.js';
import { formatInstant } from '../../kernel/index.js';
import { idOf, readCommand } from '../../platform/index.js';
import type { Whose } from '../acting-for/whose.js';
import { WhosePages } from '../acting-for/whose.js';
import { deskOf } from '../broker/desk.js';
import { seeOther, textOf, withFormKey, type FormBody, type SeeOther } from '../form-body.js';
import { paths } from '../paths.js';
import { takeFormKey } from '../session/form-key.js';
import { PageSignedIn } from '../session/page-guards.js';
import type { PageParts } from '../session/pages.js';
import { Pages } from '../session/pages.js';
import { act, flashOf, type Flashes } from '../shell/index.js';

const DONE: Flashes = {
  written: { kind: 'done', title: 'This is kept for the next broker', text: 'The person can read it now and say what is wrong.' },
  said: { kind: 'done', title: 'Your words stand with it', text: 'Whoever reads the note reads them too.' },
};

/** What the next broker should know. The person reads it at once, and what they say of it stands with it. */
@ApiExcludeController()
@Controller('people/:person/hand-over')
@UseGuards(PageSignedIn)
export class HandOverPage {
  constructor(
    private readonly pages: Pages,
    private readonly whosePages: WhosePages,
    private readonly handOvers: HandOvers,
  ) {}

  @Get()
  @Header('content-type', 'text/html; charset=utf-8')
  async show(@Req() request: SignedInRequest, @Param('person') person: string, @Query('done') done?: string): Promise<string> {
    const whose = await this.whosePages.of(request.actor!, person);
    return this.pages.whole(request, 'cases/hand-over.njk', { ...(await this.model(request, whose, undefined)), ...flashOf(DONE, done) });
  }

  @Post()
  @Redirect()
  async write(@Req() request: SignedInRequest, @Param('person') person: string, @Body() body: FormBody): Promise<SeeOther> {
    const whose = await this.whosePages.of(request.actor!, person);
    const key = takeFormKey(body);
    const words = textOf(body, 'words');
    const { command, faults } = readCommand(WriteHandOver, { words });
    return act({
      template: 'cases/hand-over.njk',
      model: () => this.model(request, whose, words),
      faults: faults.map(({ field }) => ({ field, message: 'Write what the next broker should know' })),
      command: () => this.handOvers.write(request.actor!, whose.id, command, key),
      next: () => seeOther(paths.handOver(whose.id), 'written'),
    });
  }

  @Post(':note')
  @Redirect()
  async comment(@Req() request: SignedInRequest, @Param('person') person: string, @Param('note') note: string, @Body() body: FormBody): Promise<SeeOther> {
    const whose = await this.whosePages.of(request.actor!, person);
    const key = takeFormKey(body);
    const { command, faults } = readCommand(CommentHandOver, { kind: textOf(body, 'kind'), words: textOf(body, 'said') });
    return act({
      template: 'cases/hand-over.njk',
      model: () => this.model(request, whose, undefined),
      faults: faults.map(({ field }) => (field === 'kind' ? { field, message: 'Choose what it is' } : { field: 'said', message: 'Write a few words' })),
      names: { words: 'said' },
      command: () => this.handOvers.comment(request.actor!, idOf<'hand-over'>(note), command, key),
      next: () => seeOther(paths.handOver(whose.id), 'said'),
    });
  }

  private async model(request: SignedInRequest, whose: Whose, words: string | undefined): Promise<PageParts> {
    const notes = await this.handOvers.of(request.actor!, whose.id);
    const mine = notes.find((each) => each.isMine && !each.isOver);
    return withFormKey({
      title: 'For the next broker',
      actingFor: whose.actingFor,
      back: { href: whose.isMine ? paths.home : paths.caseload, text: 'Back' },
      readAloud: whose.isMine,
      desk: deskOf(request.actor!, whose, 'hand-over'),
      whose,
      notes: notes.map((each) => ({
        by: each.brokerName,
        words: each.words,
        when: formatInstant(each.writtenAt),
        isOver: each.isOver,
        comments: each.comments.map(({ kind, words: said }) => ({ kind: kind === 'correction' ? 'This is wrong' : 'I want to add', said })),
        comment: paths.handOverComment(whose.id, each.id),
      })),
      mayComment: can(request.actor!, 'case:answer', { person: whose.id }),
      words: words ?? mine?.words ?? '',
      kinds: [
        { value: 'correction', text: 'Something is wrong' },
        { value: 'comment', text: 'I want to add something' },
      ],
      action: paths.handOver(whose.id),
    });
  }
}
