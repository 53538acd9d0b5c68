import { Body, Controller, Get, Header, Param, Post, Query, Redirect, Req, UseGuards } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { SignedInRequest } from '../../identity/index.js';
import { can } from '../../identity/index.js';
import type { PersonId } from '../../kernel/index.js';
import { DomainError, isId } from '../../kernel/index.js';
import { html, idOf } from '../../platform/index.js';
import { Leaving, PoolQueries } from '../../pools/index.js';
import { WhosePages } from '../acting-for/whose.js';
import type { FormBody, SeeOther } from '../form-body.js';
import { listOf, seeOther, withFormKey } from '../form-body.js';
import { lifeOf } from '../nav.js';
import { paths } from '../paths.js';
import { takeFormKey } from '../session/form-key.js';
import { PageSignedIn } from '../session/page-guards.js';
import { Pages } from '../session/pages.js';
import { act } from '../shell/index.js';
import { exitTable, leadsTo, noticeWords } from './exit.view.js';
import { PoolReader } from './pool-facts.js';

/** Leaving a pool: the exit statement comes before the button, and stays afterwards. */
@ApiExcludeController()
@Controller()
@UseGuards(PageSignedIn)
export class LeavePage {
  constructor(
    private readonly pages: Pages,
    private readonly pools: PoolQueries,
    private readonly leaving: Leaving,
    private readonly reader: PoolReader,
    private readonly whosePages: WhosePages,
  ) {}

  @Get('pools/:id/leave')
  @Header('content-type', 'text/html; charset=utf-8')
  async show(@Req() request: SignedInRequest, @Param('id') id: string, @Query('done') done?: string, @Query('of') of?: string): Promise<string> {
    const person = isId(of) ? (of as unknown as PersonId) : await this.personOf(request, id);
    return this.pages.whole(request, 'pool/leave.njk', await this.model(request, id, person, done === 'left'));
  }

  @Post('pools/:id/leave')
  @Redirect()
  async leave(@Req() request: SignedInRequest, @Param('id') id: string, @Body() body: FormBody): Promise<SeeOther> {
    const key = takeFormKey(body);
    const person = await this.personOf(request, id);
    const command = person === request.actor!.id ? {} : { personId: person };
    return act({
      template: 'pool/leave.njk',
      model: () => this.model(request, id, person, false),
      faults: listOf(body, 'sure').includes('yes') ? [] : [{ field: 'sure', message: 'Tick the box if you are sure that you want to leave' }],
      command: () => this.leaving.leave(request.actor!, idOf<'pool'>(id), command, key),
      next: () => (person === request.actor!.id ? seeOther(paths.poolPart(id, 'leave'), 'left') : seeOther(paths.leftPool(id, person))),
    });
  }

  /** Who leaves: the reader, or the member they act for. Who has left has no place in the pool any more. */
  private async personOf(request: SignedInRequest, id: string): Promise<PersonId> {
    const actor = request.actor!;
    try {
      return (await this.reader.forWhom(actor, idOf<'pool'>(id))).personId ?? (actor.id as PersonId);
    } catch (error) {
      if (error instanceof DomainError && error.kind === 'not-found') return actor.id as PersonId;
      throw error;
    }
  }

  /** Who has left may still see this page, though the pool itself is no longer theirs to see. */
  private async model(request: SignedInRequest, id: string, person: PersonId, justLeft: boolean) {
    const actor = request.actor!;
    const poolId = idOf<'pool'>(id);
    const whose = await this.whosePages.of(actor, person);
    const { left, statement } = await this.pools.exitStatement(actor, poolId, person);
    const isThere = whose.isMine ? can(actor, 'pool:read', { pool: poolId }) : !left;
    const name = isThere ? (await this.pools.pool(actor, poolId)).name : 'this pool';
    const about = whose.isMine ? undefined : whose.name;
    return withFormKey({
      title: left ? `${whose.isMine ? 'You' : whose.name} left this pool` : `Leave ${name}${whose.isMine ? '' : ` for ${whose.name}`}?`,
      actingFor: whose.actingFor,
      back: left ? { href: paths.pools, text: whose.isMine ? 'My pools' : 'Pools' } : { href: paths.pool(id), text: name },
      isLeft: left,
      name,
      justLeft,
      readAloud: true,
      forWhom: about ?? null,
      statementTable: exitTable(statement, left, about),
      leads: leadsTo(statement),
      notice: noticeWords(statement, left, about),
      action: paths.poolPart(id, 'leave'),
      stayLink: html`<a href="${paths.pool(id)}">${about === undefined ? 'No, I will stay' : `No, ${about} stays`}</a>`,
      papersHref: paths.statementPapers,
      moneyHref: paths.money(whose.isMine ? lifeOf(actor) : person),
    });
  }
}
