import { Body, Controller, Get, Header, Post, Redirect, Req, UseGuards } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { SignedInRequest } from '../../identity/index.js';
import { Providers } from '../../providers/index.js';
import type { FormBody, SeeOther } from '../form-body.js';
import { seeOther } from '../form-body.js';
import { paths } from '../paths.js';
import { takeFormKey } from '../session/form-key.js';
import { PageSignedIn } from '../session/page-guards.js';
import { Pages } from '../session/pages.js';
import { act } from '../shell/index.js';
import type { ListTyped } from './list.form.js';
import { listModel, readListing, typedListing } from './list.form.js';

/** A small provider lists itself in one sitting. */
@ApiExcludeController()
@Controller()
@UseGuards(PageSignedIn)
export class ListProviderPage {
  constructor(
    private readonly pages: Pages,
    private readonly providers: Providers,
  ) {}

  @Get('provider/list')
  @Header('content-type', 'text/html; charset=utf-8')
  show(@Req() request: SignedInRequest): string {
    return this.pages.whole(request, 'provider/list.njk', this.model(typedListing({})));
  }

  @Post('provider/list')
  @Redirect()
  async list(@Req() request: SignedInRequest, @Body() body: FormBody): Promise<SeeOther> {
    const key = takeFormKey(body);
    const typed = typedListing(body);
    const { command, faults } = readListing(typed);
    return act({
      template: 'provider/list.njk',
      model: () => this.model(typed),
      faults,
      names: { pricePence: 'price' },
      command: () => this.providers.list(request.actor!, command, key),
      next: () => seeOther(paths.home, 'listed'),
    });
  }

  private model(typed: ListTyped) {
    return {
      ...listModel(typed, { title: 'Put what you offer in the directory', back: { href: paths.home, text: 'Home' }, action: paths.listProvider }),
      beginHref: paths.beginListing,
    };
  }
}
