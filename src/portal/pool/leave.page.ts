import { Body, Controller, Get, Header, Param, Post, Query, Redirect, Req, UseGuards } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { SignedInRequest } from '../../identity/index.js';
import { can } from '../../identity/index.js';
import type { FieldFault } from '../../kernel/index.js';
import { FormInvalid, html, idOf } from '../../platform/index.js';
import { Leaving, PoolQueries } from '../../pools/index.js';
import type { FormBody, SeeOther } from '../form-body.js';
import { listOf, seeOther, withFormKey } from '../form-body.js';
import { lifeOf } from '../nav.js';
import { paths } from '../paths.js';
import { takeFormKey } from '../session/form-key.js';
import { PageSignedIn } from '../session/page-guards.js';
import { Pages } from '../session/pages.js';
import { exitTable, leadsTo, noticeWords } from './exit.view.js';
import { orAgain } from './form-again.js';

/** Leaving a pool: the exit statement comes before the button, and stays afterwards. */
@ApiExcludeController()
@Controller()
@UseGuards(PageSignedIn)
export class LeavePage {
  constructor(
    private readonly pages: Pages,
    private readonly pools: PoolQueries,
    private readonly leaving: Leaving,
  ) {}

  @Get('pools/:id/leave')
  @Header('content-type', 'text/html; charset=utf-8')
  async show(@Req() request: SignedInRequest, @Param('id') id: string, @Query('done') done?: string): Promise<string> {
    const { title, back, ...view } = await this.model(request, id);
    return this.pages.show(request, 'pool/leave.njk', { title, back, readAloud: true }, { ...view, justLeft: done === 'left' });
  }

  @Post('pools/:id/leave')
  @Redirect()
  async act(@Req() request: SignedInRequest, @Param('id') id: string, @Body() body: FormBody): Promise<SeeOther> {
    const key = takeFormKey(body);
    const again = async (errors: readonly FieldFault[]): Promise<FormInvalid> =>
      new FormInvalid('pool/leave.njk', { ...(await this.model(request, id)), readAloud: true, errors });
    if (!listOf(body, 'sure').includes('yes')) throw await again([{ field: 'sure', message: 'Tick the box if you are sure that you want to leave' }]);
    await orAgain(() => this.leaving.leave(request.actor!, idOf<'pool'>(id), {}, key), again);
    return seeOther(paths.poolPart(id, 'leave'), 'left');
  }

  /** Who has left may still see this page, though the pool itself is no longer theirs to see. */
  private async model(request: SignedInRequest, id: string) {
    const actor = request.actor!;
    const poolId = idOf<'pool'>(id);
    const { left, statement } = await this.pools.exitStatement(actor, poolId);
    const name = can(actor, 'pool:read', { pool: poolId }) ? (await this.pools.pool(actor, poolId)).name : 'this pool';
    return withFormKey({
      title: left ? 'You left this pool' : `Leave ${name}?`,
      back: left ? { href: paths.pools, text: 'My pools' } : { href: paths.pool(id), text: name },
      isLeft: left,
      name,
      justLeft: false,
      statementTable: exitTable(statement, left),
      leads: leadsTo(statement),
      notice: noticeWords(statement, left),
      action: paths.poolPart(id, 'leave'),
      stayLink: html`<a href="${paths.pool(id)}">No, I will stay</a>`,
      moneyHref: paths.money(lifeOf(actor)),
    });
  }
}
