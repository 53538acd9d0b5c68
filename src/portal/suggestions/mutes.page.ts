import { Body, Controller, Get, Header, Param, Post, Query, Redirect, Req, UseGuards } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { SignedInRequest } from '../../identity/index.js';
import { requireAccess } from '../../identity/index.js';
import { CardMutes, GoalTerms } from '../../introductions/index.js';
import type { Whose } from '../acting-for/whose.js';
import { WhosePages } from '../acting-for/whose.js';
import { reasonOf } from '../card/card.words.js';
import { seeOther, textOf, type FormBody, type SeeOther } from '../form-body.js';
import { paths } from '../paths.js';
import { PageSignedIn } from '../session/page-guards.js';
import { Pages } from '../session/pages.js';
import { flashOf, type Flashes } from '../shell/index.js';

const DONE: Flashes = {
  muted: { kind: 'done', title: 'We do not show people for this reason any more', text: 'Nobody is told. You can change it back here.' },
  unmuted: { kind: 'done', title: 'We use this reason again' },
};

/** Reasons a person wants nobody shown for: one to mute, those muted to use again. */
@ApiExcludeController()
@Controller('people/:person/suggestions/mutes')
@UseGuards(PageSignedIn)
export class MutesPage {
  constructor(
    private readonly pages: Pages,
    private readonly whosePages: WhosePages,
    private readonly mutes: CardMutes,
    private readonly terms: GoalTerms,
  ) {}

  @Get()
  @Header('content-type', 'text/html; charset=utf-8')
  async show(
    @Req() request: SignedInRequest,
    @Param('person') person: string,
    @Query('reason') reason?: string,
    @Query('done') done?: string,
  ): Promise<string> {
    const whose = await this.of(request, person);
    const terms = await this.terms.offeredTo(request.actor!, whose.id);
    const wordsOf = (code: string): string | undefined => muteWords(code, (id) => terms.find((term) => term.id === id)?.words ?? id.replaceAll('-', ' '));
    const muted = await this.mutes.mutesOf(request.actor!, whose.id);
    const asked = reason !== undefined && !muted.includes(reason) ? wordsOf(reason) : undefined;
    const parts = {
      title: asked ? 'Do you want to mute this reason?' : 'Reasons we do not use',
      actingFor: whose.actingFor,
      readAloud: true,
      back: { href: paths.suggestions(whose.id), text: 'Back to the people' },
      ...flashOf(DONE, done),
    };
    return this.pages.show(request, 'suggestions/mutes.njk', parts, {
      whose,
      asked: asked ? { reason, words: asked } : null,
      muted: muted.flatMap((code) => ({ reason: code, words: wordsOf(code) ?? code })),
      here: paths.mutes(whose.id),
    });
  }

  @Post()
  @Redirect()
  async change(@Req() request: SignedInRequest, @Param('person') person: string, @Body() body: FormBody): Promise<SeeOther> {
    const whose = await this.of(request, person);
    const reason = textOf(body, 'reason');
    if (textOf(body, 'use') === 'again') {
      await this.mutes.unmute(request.actor!, whose.id, reason);
      return seeOther(paths.mutes(whose.id), 'unmuted');
    }
    await this.mutes.mute(request.actor!, whose.id, reason);
    return seeOther(paths.mutes(whose.id), 'muted');
  }

  private async of(request: SignedInRequest, person: string): Promise<Whose> {
    const whose = await this.whosePages.of(request.actor!, person);
    requireAccess(request.actor!, 'card:write', { person: whose.id });
    return whose;
  }
}

/** A muted reason in words; undefined for what cannot be muted. */
function muteWords(code: string, goalWords: (id: string) => string): string | undefined {
  const [kind = '', value = ''] = code.split(':');
  if (kind === 'miles' && /^\d{1,2}$/.test(value)) return value === '1' ? '1 mile away or more' : `${value} miles away or more`;
  if (kind === 'goal' || kind === 'day') return reasonOf(code, goalWords)?.text.replace(/^both: /, '');
  return undefined;
}
