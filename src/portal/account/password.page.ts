import { Body, Controller, Get, Header, Ip, Post, Redirect, Req, UseGuards } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { SignedInRequest } from '../../identity/index.js';
import { BeforeOwnPassword, ForReaders, LEAST_CHARACTERS, Passwords } from '../../identity/index.js';
import type { FormBody, SeeOther } from '../form-body.js';
import { seeOther } from '../form-body.js';
import { paths } from '../paths.js';
import { PageSignedIn } from '../session/page-guards.js';
import type { PageParts } from '../session/pages.js';
import { Pages } from '../session/pages.js';
import { act } from '../shell/index.js';
import { readPassword } from './password.form.js';

const TEMPLATE = 'account/password.njk';

/** One's own password: chosen anew, and first of all by whoever came in with one that somebody else chose. */
@ApiExcludeController()
@Controller('account/password')
@UseGuards(PageSignedIn)
export class PasswordPage {
  constructor(
    private readonly pages: Pages,
    private readonly passwords: Passwords,
  ) {}

  @Get()
  @BeforeOwnPassword()
  @Header('content-type', 'text/html; charset=utf-8')
  async show(@Req() request: SignedInRequest): Promise<string> {
    return this.pages.whole(request, TEMPLATE, await this.model(request));
  }

  @Post()
  @ForReaders()
  @BeforeOwnPassword()
  @Redirect()
  async change(@Req() request: SignedInRequest, @Body() body: FormBody, @Ip() address: string): Promise<SeeOther> {
    const { command, faults } = readPassword(body);
    return act({
      template: TEMPLATE,
      model: () => this.model(request),
      faults,
      command: () => this.passwords.change(request.actor!, command, { session: request.sessionToken!, address }),
      next: () => seeOther(paths.account, 'password'),
    });
  }

  private async model(request: SignedInRequest): Promise<PageParts> {
    const isFirst = request.actor!.mustChangePassword === true;
    const view = { isFirst, username: await this.passwords.usernameOf(request.actor!), least: LEAST_CHARACTERS };
    const back = isFirst ? {} : { back: { href: paths.account, text: 'Back to my account' } };
    return { title: isFirst ? 'Choose a password of your own' : 'Change my password', ...back, ...view };
  }
}
