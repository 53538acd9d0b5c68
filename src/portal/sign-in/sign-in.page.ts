import { Body, Controller, Get, Header, HttpCode, Inject, Ip, Post, Query, Req, Res, UseGuards } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import type { SignedInRequest } from '../../identity/index.js';
import { Actors, BeforeOwnPassword, ForReaders, SignIn } from '../../identity/index.js';
import { DomainError } from '../../kernel/index.js';
import type { Config } from '../../platform/index.js';
import { CONFIG, RateLimiter } from '../../platform/index.js';
import { paths } from '../paths.js';
import { cookieOf, SESSION_COOKIE } from '../session/cookies.js';
import { PageForAnyone, PageSignedIn } from '../session/page-guards.js';
import { Pages } from '../session/pages.js';
import { safeReturn } from '../session/safe-return.js';

@ApiExcludeController()
@Controller()
export class SignInPage {
  private readonly isSecure: boolean;

  constructor(
    private readonly pages: Pages,
    private readonly signIns: SignIn,
    private readonly actors: Actors,
    private readonly limits: RateLimiter,
    @Inject(CONFIG) config: Config,
  ) {
    this.isSecure = config.publicUrl.startsWith('https:');
  }

  @Get('sign-in')
  @UseGuards(PageForAnyone)
  @Header('content-type', 'text/html; charset=utf-8')
  show(@Req() request: SignedInRequest, @Query('next') next?: string): string {
    return this.pages.show(request, 'sign-in/sign-in.njk', { title: 'Sign in', quickExit: false }, { next: safeReturn(next), username: '' });
  }

  @Post('sign-in')
  @UseGuards(PageForAnyone)
  async act(@Req() request: SignedInRequest, @Res() reply: FastifyReply, @Body() body: Record<string, unknown>, @Ip() address: string): Promise<void> {
    const username = typeof body['username'] === 'string' ? body['username'].slice(0, 200) : '';
    const password = typeof body['password'] === 'string' ? body['password'].slice(0, 200) : '';
    const next = safeReturn(typeof body['next'] === 'string' ? body['next'] : undefined);
    try {
      this.limits.takeSignIn(address, username);
      const token = await this.signIns.signIn(username, password, request.headers['user-agent'] ?? null);
      this.limits.forgive(username);
      await reply.header('set-cookie', cookieOf(SESSION_COOKIE, token, this.isSecure)).redirect(next, 303);
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      const errors = [{ field: 'username', message: error.message }];
      const html = this.pages.show(request, 'sign-in/sign-in.njk', { title: 'Sign in', errors, quickExit: false }, { next, username });
      await reply
        .status(error.kind === 'too-many' ? 429 : 422)
        .type('text/html; charset=utf-8')
        .send(html);
    }
  }

  @Post('sign-out')
  @ForReaders()
  @BeforeOwnPassword()
  @HttpCode(303)
  @UseGuards(PageSignedIn)
  async out(@Req() request: SignedInRequest, @Res() reply: FastifyReply): Promise<void> {
    await this.actors.endSession(request.sessionToken!);
    await reply.header('set-cookie', cookieOf(SESSION_COOKIE, '', this.isSecure)).redirect(paths.signIn, 303);
  }
}
