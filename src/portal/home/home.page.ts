import { Controller, Get, Header, Param, Req, UseGuards } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { SignedInRequest } from '../../identity/index.js';
import { WhosePages } from '../acting-for/whose.js';
import { homeRoleOf } from '../nav.js';
import { PageSignedIn } from '../session/page-guards.js';
import { Pages } from '../session/pages.js';
import { HolderHome } from './holder-home.js';
import { HomeParts } from './home-parts.js';

/** The first page: what needs me today, by the hat a person wears first. */
@ApiExcludeController()
@Controller()
@UseGuards(PageSignedIn)
export class HomePage {
  constructor(
    private readonly pages: Pages,
    private readonly homes: HomeParts,
    private readonly holderHome: HolderHome,
    private readonly whosePages: WhosePages,
  ) {}

  @Get()
  @Header('content-type', 'text/html; charset=utf-8')
  async show(@Req() request: SignedInRequest): Promise<string> {
    const home = this.homes.of(homeRoleOf(request.actor!));
    if (!home) return this.pages.show(request, 'home/plain.njk', { title: `Hello ${request.actor!.name?.split(' ')[0] ?? ''}`.trim() });
    const { template, parts, view } = await home.view(request.actor!, request);
    return this.pages.show(request, template, parts, view);
  }

  /** The home page of somebody else's life, for who acts for them. */
  @Get('people/:person/home')
  @Header('content-type', 'text/html; charset=utf-8')
  async of(@Req() request: SignedInRequest, @Param('person') person: string): Promise<string> {
    const { template, parts, view } = await this.holderHome.of(request.actor!, await this.whosePages.of(request.actor!, person));
    return this.pages.show(request, template, parts, view);
  }
}
