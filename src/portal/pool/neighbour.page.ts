import { Body, Controller, Get, Header, Param, Post, Redirect, Req, UseGuards } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { SignedInRequest } from '../../identity/index.js';
import { can } from '../../identity/index.js';
import { forbidden } from '../../kernel/index.js';
import { idOf, readCommand } from '../../platform/index.js';
import { PoolQueries, Pools, RegisterNeighbour } from '../../pools/index.js';
import type { FormBody, SeeOther } from '../form-body.js';
import { listOf, seeOther, textOf, withFormKey } from '../form-body.js';
import { paths } from '../paths.js';
import { takeFormKey } from '../session/form-key.js';
import { PageSignedIn } from '../session/page-guards.js';
import { Pages } from '../session/pages.js';
import { act } from '../shell/index.js';
import { poolHead } from './pool.view.js';

const FIELDS = ['firstName', 'familyName', 'place', 'reachBy', 'reachFormat', 'email', 'phone'] as const;

const typedOf = (body: Readonly<FormBody>) => ({
  ...(Object.fromEntries(FIELDS.map((field) => [field, textOf(body, field).trim()])) as Record<(typeof FIELDS)[number], string>),
  agreed: listOf(body, 'agreed').includes('yes'),
});

/** Writing down a neighbour without a budget, for the broker of a pool. */
@ApiExcludeController()
@Controller('pools/:id/people/neighbour')
@UseGuards(PageSignedIn)
export class NeighbourPage {
  constructor(
    private readonly pages: Pages,
    private readonly pools: Pools,
    private readonly queries: PoolQueries,
  ) {}

  @Get()
  @Header('content-type', 'text/html; charset=utf-8')
  async show(@Req() request: SignedInRequest, @Param('id') id: string): Promise<string> {
    return this.pages.whole(request, 'pool/neighbour.njk', await this.model(request, id, typedOf({})));
  }

  @Post()
  @Redirect()
  async register(@Req() request: SignedInRequest, @Param('id') id: string, @Body() body: FormBody): Promise<SeeOther> {
    const key = takeFormKey(body);
    const typed = typedOf(body);
    const sent = { ...typed, place: typed.place.toUpperCase() };
    const { command, faults } = readCommand(RegisterNeighbour, Object.fromEntries(Object.entries(sent).filter(([, value]) => value !== '')));
    return act({
      template: 'pool/neighbour.njk',
      model: () => this.model(request, id, typed),
      faults,
      command: () => this.pools.registerNeighbour(request.actor!, idOf<'pool'>(id), command, key),
      next: () => seeOther(paths.poolPart(id, 'people'), 'invited'),
    });
  }

  private async model(request: SignedInRequest, id: string, typed: ReturnType<typeof typedOf>) {
    const pool = await this.queries.pool(request.actor!, idOf<'pool'>(id));
    if (!can(request.actor!, 'pool:set-up', { pool: pool.id })) throw forbidden();
    return withFormKey({
      title: 'Write down a neighbour',
      back: { href: paths.poolPeople(id, 'invite'), text: 'Ask someone to join' },
      head: poolHead(pool, 'people'),
      typed,
      agreed: typed.agreed ? ['yes'] : [],
      action: paths.poolPeople(id, 'neighbour'),
    });
  }
}
