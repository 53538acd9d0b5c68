import { Controller, Get, Header, Req, UseGuards } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { SignedInRequest } from '../../identity/index.js';
import { Actors } from '../../identity/index.js';
import { paths } from '../paths.js';
import { PageSignedIn } from '../session/page-guards.js';
import { Pages } from '../session/pages.js';
import { sessionRows } from './sessions.view.js';

@ApiExcludeController()
@Controller()
@UseGuards(PageSignedIn)
export class SessionsPage {
  constructor(
    private readonly pages: Pages,
    private readonly actors: Actors,
  ) {}

  @Get('sessions')
  @Header('content-type', 'text/html; charset=utf-8')
  async show(@Req() request: SignedInRequest): Promise<string> {
    const sessions = sessionRows(await this.actors.sessionsOf(request.actor!));
    return this.pages.show(request, 'sessions/sessions.njk', { title: 'Where I am signed in', readAloud: true }, { sessions, password: paths.password });
  }
}
