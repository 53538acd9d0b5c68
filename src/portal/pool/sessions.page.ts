import { Body, Controller, Get, Header, Param, Post, Query, Redirect, Req, UseGuards } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { SignedInRequest } from '../../identity/index.js';
import { idsWith } from '../../identity/index.js';
import type { FieldFault, Id, PersonId, PoolId } from '../../kernel/index.js';
import { formatDay, notFound } from '../../kernel/index.js';
import { idOf, readCommand } from '../../platform/index.js';
import { PoolQueries } from '../../pools/index.js';
import type { SessionAnswer } from '../../purchasing/index.js';
import { DisputeSession, PurchasingQueries, SessionAnswers, Sessions } from '../../purchasing/index.js';
import type { FormBody, SeeOther } from '../form-body.js';
import { seeOther, textOf, withFormKey } from '../form-body.js';
import { paths } from '../paths.js';
import { newFormKey, takeFormKey } from '../session/form-key.js';
import { PageSignedIn } from '../session/page-guards.js';
import { Pages } from '../session/pages.js';
import { act, flashOf } from '../shell/index.js';
import { PoolReader } from './pool-facts.js';
import { POOL_DONE } from './pool.words.js';
import { poolHead } from './pool.view.js';
import { answersOf, choicesOf, findSession, sessionRows, sessionsTable, waitingFor } from './sessions.view.js';

type SessionId = Id<'session'>;

/** The sessions of a pool: seeing them, and saying what happened. */
@ApiExcludeController()
@Controller()
@UseGuards(PageSignedIn)
export class PoolSessionsPage {
  constructor(
    private readonly pages: Pages,
    private readonly reader: PoolReader,
    private readonly pools: PoolQueries,
    private readonly sessions: Sessions,
    private readonly purchasing: PurchasingQueries,
    private readonly answers: SessionAnswers,
  ) {}

  @Get('pools/:id/sessions')
  @Header('content-type', 'text/html; charset=utf-8')
  async list(@Req() request: SignedInRequest, @Param('id') id: string, @Query('done') done?: string): Promise<string> {
    const facts = await this.reader.facts(request.actor!, idOf<'pool'>(id));
    const [oldest] = waitingFor(facts.purchases);
    return this.pages.show(
      request,
      'pool/sessions.njk',
      { title: 'Sessions', back: { href: paths.pool(id), text: facts.pool.name }, readAloud: true, ...flashOf(POOL_DONE, done) },
      {
        head: poolHead(facts.pool, 'sessions'),
        parts: facts.purchases.map((purchase) => sessionsTable(purchase, facts)),
        quotesHref: paths.poolPart(id, 'quotes'),
        awayHref: facts.purchases.length > 0 && (facts.isMember || facts.pool.actingFor?.mayDecide) ? paths.poolPart(id, 'away') : null,
        waiting: oldest && facts.isMember ? `Please say if the session of ${formatDay(oldest)} happened. Open it in the list below.` : null,
      },
    );
  }

  /** A session by itself, as a message links to it: leads to its page in its pool, or to the provider's own list. */
  @Get('sessions/:session')
  @Redirect()
  async find(@Req() request: SignedInRequest, @Param('session') session: string): Promise<SeeOther> {
    const actor = request.actor!;
    const id = idOf<'session'>(session);
    for (const pool of idsWith(actor, 'purchase:read', 'pool') as PoolId[])
      if (findSession(await this.purchasing.purchases(actor, pool), id)) return seeOther(paths.poolSession(pool, id));
    for (const person of idsWith(actor, 'session:confirm', 'person') as PersonId[])
      for (const pool of person === actor.id ? [] : await this.pools.ofPerson(actor, person))
        if (findSession((await this.reader.facts(actor, pool.id)).purchases, id)) return seeOther(paths.poolSession(pool.id, id));
    if (idsWith(actor, 'session:record', 'provider').length > 0) return seeOther(paths.providerSessions);
    throw notFound('The session');
  }

  @Get('pools/:id/sessions/:session')
  @Header('content-type', 'text/html; charset=utf-8')
  async one(@Req() request: SignedInRequest, @Param('id') id: string, @Param('session') session: string, @Query('done') done?: string): Promise<string> {
    return this.pages.whole(request, 'pool/session.njk', { ...(await this.model(request, id, session, '')), ...flashOf(POOL_DONE, done) });
  }

  @Post('pools/:id/sessions/:session/record')
  @Redirect()
  async record(@Req() request: SignedInRequest, @Param('id') id: string, @Param('session') session: string, @Body() body: FormBody): Promise<SeeOther> {
    const { purchase } = await this.found(request, id, session);
    return this.answer(request, id, session, body, 'recorded', (key) => this.sessions.record(request.actor!, session as SessionId, purchase.id, key));
  }

  @Post('pools/:id/sessions/:session/confirm')
  @Redirect()
  confirm(@Req() request: SignedInRequest, @Param('id') id: string, @Param('session') session: string, @Body() body: FormBody): Promise<SeeOther> {
    return this.answer(request, id, session, body, 'confirmed', (key, personId) =>
      this.sessions.confirm(request.actor!, idOf<'session'>(session), key, personId),
    );
  }

  @Post('pools/:id/sessions/:session/dispute')
  @Redirect()
  async dispute(@Req() request: SignedInRequest, @Param('id') id: string, @Param('session') session: string, @Body() body: FormBody): Promise<SeeOther> {
    const why = textOf(body, 'why');
    const { command, faults } = readCommand(DisputeSession, { why: why.replace(/\s*\n\s*/g, ' ') });
    const words = faults.map(({ field }) => ({ field, message: 'Say in a few words what was wrong' }));
    return this.answer(
      request,
      id,
      session,
      body,
      'disputed',
      (key, personId) => this.sessions.dispute(request.actor!, idOf<'session'>(session), command.why, key, personId),
      words,
    );
  }

  private async answer(
    request: SignedInRequest,
    id: string,
    session: string,
    body: FormBody,
    done: string,
    command: (key: string, personId?: PersonId) => Promise<SessionAnswer>,
    faults: readonly FieldFault[] = [],
  ): Promise<SeeOther> {
    const key = takeFormKey(body);
    return act({
      template: 'pool/session.njk',
      model: () => this.model(request, id, session, textOf(body, 'why')),
      faults,
      command: async () => command(key, (await this.reader.forWhom(request.actor!, idOf<'pool'>(id))).personId),
      next: () => seeOther(paths.poolSession(id, session), done),
    });
  }

  private async found(request: SignedInRequest, id: string, session: string) {
    const facts = await this.reader.facts(request.actor!, idOf<'pool'>(id));
    const found = findSession(facts.purchases, session);
    if (!found) throw notFound('The session');
    return { facts, ...found };
  }

  private async model(request: SignedInRequest, id: string, sessionId: string, why: string) {
    const { facts, purchase, session } = await this.found(request, id, sessionId);
    const answers = await this.answers.ofSession(facts.eyes, facts.pool.id, session.id);
    return withFormKey({
      title: `${purchase.service} on ${formatDay(session.day)}`,
      readAloud: true,
      back: { href: paths.poolPart(id, 'sessions'), text: 'Sessions' },
      head: poolHead(facts.pool, 'sessions'),
      rows: sessionRows(purchase, session, facts.providers.get(purchase.providerId) ?? 'The provider'),
      ...choicesOf(session, facts),
      action: paths.poolSession(id, sessionId),
      otherKey: newFormKey(),
      why,
      said: answersOf(answers),
      readers: facts.pool.brokerId === null ? 'Your own words are kept.' : 'The broker can see what you say, and nobody else here.',
    });
  }
}
