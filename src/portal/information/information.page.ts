import { Body, Controller, Get, Header, HttpCode, Inject, Ip, Post, Query, Req, UseGuards } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { readBy, Worries } from '../../concerns/index.js';
import type { SignedInRequest } from '../../identity/index.js';
import { formatDay } from '../../kernel/index.js';
import type { Config } from '../../platform/index.js';
import { Clock, CONFIG, FormInvalid, RateLimiter } from '../../platform/index.js';
import { textOf, type FormBody } from '../form-body.js';
import { PageForAnyone } from '../session/page-guards.js';
import type { PageParts } from '../session/pages.js';
import { Pages } from '../session/pages.js';
import { readWorry, type WorryValues } from './worried.form.js';

/** A household or a day centre shares one address. Our judgement, November 2026. */
const WORRIES_BY_ADDRESS = { burst: 10, perMinute: 1 } as const;
const WORRIED: PageParts = { title: 'I’m worried about something', readAloud: true };

/** Pages anybody may read: help, accessibility, who sees what, complaints; and the form for worries. */
@ApiExcludeController()
@Controller()
@UseGuards(PageForAnyone)
export class InformationPages {
  constructor(
    private readonly pages: Pages,
    private readonly worries: Worries,
    private readonly limits: RateLimiter,
    private readonly clock: Clock,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  @Get('help')
  @Header('content-type', 'text/html; charset=utf-8')
  help(@Req() request: SignedInRequest): string {
    return this.pages.show(request, 'information/help.njk', { title: 'Help', readAloud: true });
  }

  @Get('accessibility')
  @Header('content-type', 'text/html; charset=utf-8')
  accessibility(@Req() request: SignedInRequest): string {
    return this.pages.show(request, 'information/accessibility.njk', { title: 'Accessibility', readAloud: true });
  }

  @Get('privacy')
  @Header('content-type', 'text/html; charset=utf-8')
  privacy(@Req() request: SignedInRequest): string {
    return this.pages.show(
      request,
      'information/privacy.njk',
      { title: 'Who can see my information', readAloud: true },
      { isSignedIn: request.actor !== undefined },
    );
  }

  @Get('complain')
  @Header('content-type', 'text/html; charset=utf-8')
  complain(@Req() request: SignedInRequest): string {
    return this.pages.show(request, 'information/complain.njk', { title: 'Complain or say thank you', readAloud: true });
  }

  @Get('worried')
  @Header('content-type', 'text/html; charset=utf-8')
  async worried(@Req() request: SignedInRequest, @Query('from') from?: string): Promise<string> {
    const values: WorryValues = { words: '', reach: '', from: typeof from === 'string' ? from.slice(0, 200) : '', withoutName: false };
    return this.pages.show(request, 'information/worried.njk', WORRIED, { values, ...(await this.reading(request)) });
  }

  /** Keeps the worry and says what happens next. No redirect: the reference is shown once and kept in no address. */
  @Post('worried')
  @HttpCode(200)
  @Header('content-type', 'text/html; charset=utf-8')
  async raise(@Req() request: SignedInRequest, @Body() body: FormBody, @Ip() address: string): Promise<string> {
    const { values, command, faults } = readWorry(body);
    if (faults.length > 0) throw new FormInvalid('information/worried.njk', { ...WORRIED, values, ...(await this.reading(request)), errors: faults });
    this.limits.take('worry', address, WORRIES_BY_ADDRESS);
    const { reference } = await this.worries.raise(request.actor, command);
    return this.pages.show(
      request,
      'information/worry-kept.njk',
      { title: 'Thank you for telling us', readAloud: true },
      { ...(await this.reading(request)), reference, canReply: textOf(body, 'reach') !== '' || (request.actor !== undefined && !values.withoutName) },
    );
  }

  /** Who reads a worry and by when, as it is here and today. */
  private async reading({ actor }: SignedInRequest): Promise<{ isSignedIn: boolean; isDemo: boolean; isRead: boolean; readBy: string }> {
    return {
      isSignedIn: actor !== undefined,
      isDemo: this.config.mode === 'demo',
      isRead: await this.worries.hasReader(actor),
      readBy: formatDay(readBy(this.clock.now())),
    };
  }
}
