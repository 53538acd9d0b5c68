import { Body, Controller, Get, Header, Param, Post, Query, Redirect, Req, UseGuards } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { SignedInRequest } from '../../identity/index.js';
import type { PersonId } from '../../kernel/index.js';
import { DomainError, notFound } from '../../kernel/index.js';
import { PayIns } from '../../payments/index.js';
import { Clock, idOf } from '../../platform/index.js';
import type { PoolView } from '../../pools/index.js';
import { CHANGE_OF_MIND_DAYS, OwnMoneyInPools, OwnTopUps, PoolQueries } from '../../pools/index.js';
import type { FormBody, SeeOther } from '../form-body.js';
import { seeOther, withFormKey } from '../form-body.js';
import { paths } from '../paths.js';
import { takeFormKey } from '../session/form-key.js';
import { PageSignedIn } from '../session/page-guards.js';
import { Pages } from '../session/pages.js';
import { act, flashOf } from '../shell/index.js';
import type { OwnMoneyTyped } from './own-money.form.js';
import { readOwnMoney, typedOwnMoney } from './own-money.form.js';
import { topUpLines, wayItems } from './own-money.view.js';
import { forWhom } from './pool-facts.js';
import { POOL_DONE } from './pool.words.js';
import { poolHead } from './pool.view.js';

/** A member's own money in a pool: putting it in, where it is, and having it back. */
@ApiExcludeController()
@Controller('pools/:id/own-money')
@UseGuards(PageSignedIn)
export class OwnMoneyPage {
  constructor(
    private readonly pages: Pages,
    private readonly pools: PoolQueries,
    private readonly own: OwnMoneyInPools,
    private readonly topUps: OwnTopUps,
    private readonly payIns: PayIns,
    private readonly clock: Clock,
  ) {}

  @Get()
  @Header('content-type', 'text/html; charset=utf-8')
  async show(@Req() request: SignedInRequest, @Param('id') id: string, @Query('done') done?: string): Promise<string> {
    return this.pages.whole(request, 'pool/own-money.njk', { ...(await this.model(request, id, typedOwnMoney({}))), ...flashOf(POOL_DONE, done) });
  }

  @Post()
  @Redirect()
  async putIn(@Req() request: SignedInRequest, @Param('id') id: string, @Body() body: FormBody): Promise<SeeOther> {
    const key = takeFormKey(body);
    const { pool, whom, own } = await this.factsOf(request, id);
    const typed = typedOwnMoney(body);
    const { command, faults } = readOwnMoney(typed, own.paysNothingYet);
    return act({
      template: 'pool/own-money.njk',
      model: () => this.model(request, id, typed),
      faults,
      names: { amountPence: 'amount' },
      command: () => this.topUps.put(request.actor!, pool.id, { ...command, ...whom }, key),
      next: ({ state, paymentId, topUpId }) =>
        paymentId ? seeOther(paths.payOwnMoney(id, topUpId)) : seeOther(paths.poolPart(id, 'own-money'), state === 'in-pool' ? 'own-in' : 'own-bank'),
    });
  }

  /** Where to pay by card: a page of our own with a link, since forms may not lead away from our pages. */
  @Get(':topUp/pay')
  @Header('content-type', 'text/html; charset=utf-8')
  async pay(@Req() request: SignedInRequest, @Param('id') id: string, @Param('topUp') topUpId: string): Promise<string> {
    const { pool, own } = await this.factsOf(request, id);
    const topUp = own.topUps.find((each) => each.id === topUpId);
    if (!topUp?.paymentId) throw notFound('This money');
    const back = paths.poolPart(id, 'own-money');
    const address = topUp.state === 'asked' ? await this.payIns.address(request.actor!, topUp.paymentId, back).catch(saidWhy) : null;
    return this.pages.show(
      request,
      'pool/own-money-pay.njk',
      { title: 'Pay your own money in', back: { href: back, text: 'Your own money' }, readAloud: true },
      {
        head: poolHead(pool, 'money'),
        amount: topUp.amount,
        byCard: topUp.by === 'card',
        payHref: typeof address === 'string' ? address : null,
        why: address === null ? 'Nothing more is to be paid here.' : typeof address === 'string' ? null : address.why,
        backHref: back,
      },
    );
  }

  @Post(':topUp/withdraw')
  @Redirect()
  async withdraw(@Req() request: SignedInRequest, @Param('id') id: string, @Param('topUp') topUp: string, @Body() body: FormBody): Promise<SeeOther> {
    return this.step(
      request,
      id,
      body,
      (pool, whom, key) => this.topUps.withdraw(request.actor!, pool.id, idOf<'own-top-up'>(topUp), whom, key),
      'own-not-wanted',
    );
  }

  @Post(':topUp/take-back')
  @Redirect()
  async takeBack(@Req() request: SignedInRequest, @Param('id') id: string, @Param('topUp') topUp: string, @Body() body: FormBody): Promise<SeeOther> {
    return this.step(request, id, body, (pool, whom, key) => this.topUps.takeBack(request.actor!, pool.id, idOf<'own-top-up'>(topUp), whom, key), 'own-back');
  }

  private async step(
    request: SignedInRequest,
    id: string,
    body: FormBody,
    command: (pool: PoolView, whom: { personId?: PersonId }, key: string | undefined) => Promise<unknown>,
    done: string,
  ): Promise<SeeOther> {
    const key = takeFormKey(body);
    const { pool, whom } = await this.factsOf(request, id);
    return act({
      template: 'pool/own-money.njk',
      model: () => this.model(request, id, typedOwnMoney({})),
      command: () => command(pool, whom, key),
      next: () => seeOther(paths.poolPart(id, 'own-money'), done),
    });
  }

  private async factsOf(request: SignedInRequest, id: string) {
    const pool = await this.pools.pool(request.actor!, idOf<'pool'>(id));
    const whom = forWhom({ pool });
    return { pool, whom, own: await this.own.of(request.actor!, pool.id, whom.personId) };
  }

  private async model(request: SignedInRequest, id: string, typed: OwnMoneyTyped) {
    const { pool, own } = await this.factsOf(request, id);
    return withFormKey({
      title: pool.actingFor ? `${pool.actingFor.firstName}’s own money` : 'Your own money',
      readAloud: true,
      back: { href: paths.pool(id), text: pool.name },
      head: poolHead(pool, 'money'),
      holder: own.holder,
      here: own.here,
      blocked: own.blocked?.message ?? null,
      mustSay: own.paysNothingYet,
      ways: wayItems(own, pool.actingFor?.firstName),
      sendTo: own.sendTo,
      lines: topUpLines(id, own, this.clock.today(), pool.actingFor?.firstName),
      days: CHANGE_OF_MIND_DAYS,
      typed,
      action: paths.poolPart(id, 'own-money'),
      allHref: paths.ownMoney(own.personId),
    });
  }
}

/** A page that cannot be opened now is said, and nothing is lost. */
function saidWhy(error: unknown): { why: string } {
  if (error instanceof DomainError && ['refused', 'conflict', 'unavailable'].includes(error.kind)) return { why: error.message };
  throw error;
}
