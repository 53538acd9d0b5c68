import { Body, Controller, Get, Header, Param, Post, Query, Redirect, Req, UseGuards } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { SignedInRequest } from '../../identity/index.js';
import { idOf } from '../../platform/index.js';
import { Gifts } from '../../pools/index.js';
import type { FormBody, SeeOther } from '../form-body.js';
import { seeOther, withFormKey } from '../form-body.js';
import { paths } from '../paths.js';
import { takeFormKey } from '../session/form-key.js';
import { PageSignedIn } from '../session/page-guards.js';
import { Pages } from '../session/pages.js';
import { act, flashOf } from '../shell/index.js';
import type { GiftTyped } from './gift.view.js';
import { bringersOf, giftKinds, readGift, typedGift } from './gift.view.js';
import { forWhom, PoolReader } from './pool-facts.js';
import { poolHead } from './pool.view.js';
import { POOL_DONE } from './pool.words.js';

/** What people bring to a pool beside money. */
@ApiExcludeController()
@Controller()
@UseGuards(PageSignedIn)
export class GiftsPage {
  constructor(
    private readonly pages: Pages,
    private readonly reader: PoolReader,
    private readonly gifts: Gifts,
  ) {}

  @Get('pools/:id/gifts')
  @Header('content-type', 'text/html; charset=utf-8')
  async show(@Req() request: SignedInRequest, @Param('id') id: string, @Query('done') done?: string): Promise<string> {
    return this.pages.whole(request, 'pool/gifts.njk', { ...(await this.model(request, id, typedGift({}))), ...flashOf(POOL_DONE, done) });
  }

  @Post('pools/:id/gifts')
  @Redirect()
  async offer(@Req() request: SignedInRequest, @Param('id') id: string, @Body() body: FormBody): Promise<SeeOther> {
    const key = takeFormKey(body);
    const facts = await this.reader.facts(request.actor!, idOf<'pool'>(id));
    const typed = typedGift(body);
    const { command, faults } = readGift(typed, facts.today);
    return act({
      template: 'pool/gifts.njk',
      model: () => this.model(request, id, typed),
      faults,
      command: () => this.gifts.offer(request.actor!, facts.pool.id, { ...command, ...forWhom(facts) }, key),
      next: () => seeOther(paths.poolPart(id, 'gifts'), 'brings'),
    });
  }

  @Post('pools/:id/gifts/:gift/take-back')
  @Redirect()
  async takeBack(@Req() request: SignedInRequest, @Param('id') id: string, @Param('gift') gift: string, @Body() body: FormBody): Promise<SeeOther> {
    const key = takeFormKey(body);
    const facts = await this.reader.facts(request.actor!, idOf<'pool'>(id));
    return act({
      template: 'pool/gifts.njk',
      model: () => this.model(request, id, typedGift({})),
      command: () => this.gifts.takeBack(request.actor!, facts.pool.id, idOf<'gift'>(gift), forWhom(facts), key),
      next: () => seeOther(paths.poolPart(id, 'gifts'), 'gift-back'),
    });
  }

  private async model(request: SignedInRequest, id: string, typed: GiftTyped) {
    const facts = await this.reader.facts(request.actor!, idOf<'pool'>(id));
    const { pool, today } = facts;
    const gifts = await this.gifts.ofPool(request.actor!, pool.id, pool.actingFor?.personId);
    return withFormKey({
      title: 'What each brings',
      readAloud: true,
      back: { href: paths.pool(id), text: pool.name },
      head: poolHead(pool, 'people'),
      bringers: bringersOf(id, gifts, today),
      mayBring: facts.mayPutIn && !['closing', 'closed'].includes(pool.state) && (pool.actingFor?.mayDecide ?? true),
      kinds: giftKinds,
      typed,
      action: paths.poolPart(id, 'gifts'),
    });
  }
}
