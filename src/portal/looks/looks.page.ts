import { Controller, Get, Header, Query, Req, UseGuards } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { SignedInRequest } from '../../identity/index.js';
import { isId } from '../../kernel/index.js';
import { PageSignedIn } from '../session/page-guards.js';
import { Pages } from '../session/pages.js';
import { LooksReads } from './looks.reads.js';
import { looksView } from './looks.view.js';

@ApiExcludeController()
@Controller('who-looked')
@UseGuards(PageSignedIn)
export class LooksPage {
  constructor(
    private readonly pages: Pages,
    private readonly reads: LooksReads,
  ) {}

  @Get()
  @Header('content-type', 'text/html; charset=utf-8')
  async show(@Req() request: SignedInRequest, @Query('before') before?: string): Promise<string> {
    const found = await this.reads.of(request.actor!, isId(before) ? before : undefined);
    return this.pages.show(request, 'looks/looks.njk', { title: 'Who looked at my information', readAloud: true }, looksView(found, !isId(before)));
  }
}
