import { Body, Controller, Get, Header, Param, Post, Redirect, Req, UseGuards } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { SignedInRequest } from '../../identity/index.js';
import { idOf } from '../../platform/index.js';
import { PoolBrokers } from '../../pools/index.js';
import type { FormBody, SeeOther } from '../form-body.js';
import { seeOther, withFormKey } from '../form-body.js';
import { paths } from '../paths.js';
import { takeFormKey } from '../session/form-key.js';
import { PageSignedIn } from '../session/page-guards.js';
import { Pages } from '../session/pages.js';
import { act } from '../shell/index.js';

/** A broker takes on a pool whose members have all named them. */
@ApiExcludeController()
@Controller()
@UseGuards(PageSignedIn)
export class TakeOnPage {
  constructor(
    private readonly pages: Pages,
    private readonly brokers: PoolBrokers,
  ) {}

  @Get('pools/:id/take-on')
  @Header('content-type', 'text/html; charset=utf-8')
  async showTakeOn(@Req() request: SignedInRequest, @Param('id') id: string): Promise<string> {
    idOf<'pool'>(id);
    return this.pages.whole(request, 'pool/take-on.njk', withFormKey({ title: 'Help this pool as its broker?', action: paths.takeOnPool(id) }));
  }

  @Post('pools/:id/take-on')
  @Redirect()
  takeOn(@Req() request: SignedInRequest, @Param('id') id: string, @Body() body: FormBody): Promise<SeeOther> {
    const key = takeFormKey(body);
    return act({
      template: 'pool/take-on.njk',
      model: () => withFormKey({ title: 'Help this pool as its broker?', action: paths.takeOnPool(id) }),
      command: () => this.brokers.takeOn(request.actor!, idOf<'pool'>(id), key),
      next: () => seeOther(paths.pool(id), 'taken-on'),
    });
  }
}
