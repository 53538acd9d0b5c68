import { Body, Controller, Get, Headers, HttpCode, Ip, Post, Put, Query, Req, UseGuards } from '@nestjs/common';
import { ApiBearerAuth, ApiTags } from '@nestjs/swagger';
import { AuditQueries } from '../audit/index.js';
import type { Actor, PersonId } from '../kernel/index.js';
import { Database, RateLimiter } from '../platform/index.js';
import { Actors } from './actors.service.js';
import { ForReaders } from './http/for-readers.js';
import { BeforeOwnPassword } from './http/own-password.js';
import { CurrentActor, SignedIn } from './http/signed-in.guard.js';
import type { SignedInRequest } from './http/signed-in.guard.js';
import type { SignedInActor } from './signed-in-actor.js';
import { ChangePassword, PageQuery, SignInCommand } from './identity.dto.js';
import { Passwords } from './passwords.service.js';
import { SignIn } from './sign-in.service.js';

@ApiTags('identity')
@Controller('api/v1')
export class IdentityController {
  constructor(
    private readonly signIns: SignIn,
    private readonly actors: Actors,
    private readonly passwords: Passwords,
    private readonly database: Database,
    private readonly audit: AuditQueries,
    private readonly limits: RateLimiter,
  ) {}

  @Post('sign-in')
  @HttpCode(200)
  async signIn(@Body() command: SignInCommand, @Ip() address: string, @Headers('user-agent') device?: string): Promise<{ token: string }> {
    this.limits.takeSignIn(address, command.username);
    const token = await this.signIns.signIn(command.username, command.password, device ?? null);
    this.limits.forgive(command.username);
    return { token };
  }

  @Post('sign-out')
  @HttpCode(204)
  @ForReaders()
  @BeforeOwnPassword()
  @UseGuards(SignedIn)
  @ApiBearerAuth()
  async signOut(@Req() request: SignedInRequest): Promise<void> {
    await this.actors.endSession(request.sessionToken!);
  }

  /** With a first password (`mustChangePassword`) only this, changing it and signing out are open. */
  @Get('me')
  @BeforeOwnPassword()
  @UseGuards(SignedIn)
  @ApiBearerAuth()
  me(@CurrentActor() actor: SignedInActor): { id: string; grants: Actor['grants']; mustChangePassword: boolean } {
    return { id: actor.id, grants: actor.grants, mustChangePassword: actor.mustChangePassword === true };
  }

  /** Changes the password of whoever asks. Every other session of theirs ends. */
  @Put('me/password')
  @HttpCode(200)
  @ForReaders()
  @BeforeOwnPassword()
  @UseGuards(SignedIn)
  @ApiBearerAuth()
  changePassword(
    @Req() request: SignedInRequest,
    @CurrentActor() actor: Actor,
    @Body() command: ChangePassword,
    @Ip() address: string,
  ): Promise<{ sessionsEnded: number }> {
    return this.passwords.change(actor, command, { session: request.sessionToken!, address });
  }

  @Get('me/sessions')
  @UseGuards(SignedIn)
  @ApiBearerAuth()
  async sessions(@CurrentActor() actor: Actor): Promise<unknown> {
    return { items: await this.actors.sessionsOf(actor), next: null };
  }

  /** Who looked at my information, and why. */
  @Get('me/looks')
  @UseGuards(SignedIn)
  @ApiBearerAuth()
  async looks(@CurrentActor() actor: Actor, @Query() page: PageQuery): Promise<unknown> {
    const items = await this.database.read(actor, (tx) => this.audit.looksAt(tx, actor.id as PersonId, { before: page.before, limit: 50 }));
    return { items, next: items.length === 50 ? items.at(-1)!.id : null };
  }
}
