import { Controller, Get, Header, Query, Req, UseGuards } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { SignedInRequest } from '../../identity/index.js';
import { Passwords } from '../../identity/index.js';
import { paths } from '../paths.js';
import { PageSignedIn } from '../session/page-guards.js';
import { Pages } from '../session/pages.js';
import type { Flashes } from '../shell/index.js';
import { flashOf } from '../shell/index.js';

const DONE: Flashes = {
  password: { kind: 'done', title: 'Your password is changed', text: 'You are signed out everywhere else. Use the new one from now on.' },
};

/** What belongs to the person who is signed in, whatever they do here. */
@ApiExcludeController()
@Controller('account')
@UseGuards(PageSignedIn)
export class AccountPage {
  constructor(
    private readonly pages: Pages,
    private readonly passwords: Passwords,
  ) {}

  @Get()
  @Header('content-type', 'text/html; charset=utf-8')
  async show(@Req() request: SignedInRequest, @Query('done') done?: string): Promise<string> {
    const actor = request.actor!;
    return this.pages.show(
      request,
      'account/account.njk',
      { title: 'My account', ...flashOf(DONE, done) },
      { name: actor.name, username: await this.passwords.usernameOf(actor), links: { password: paths.password, sessions: paths.sessions, looks: paths.looks } },
    );
  }
}
