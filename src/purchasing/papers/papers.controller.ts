import { Body, Controller, Get, Param, Post, UseGuards } from '@nestjs/common';
import { ApiBearerAuth, ApiTags } from '@nestjs/swagger';
import { CurrentActor, SignedIn } from '../../identity/index.js';
import type { Actor } from '../../kernel/index.js';
import { notFound } from '../../kernel/index.js';
import { IdempotencyKey, idOf } from '../../platform/index.js';
import { AgreementPapers, OfPerson, TypeAssent } from '../../pools/index.js';
import { PoolPacks } from './pool-pack.service.js';
import { TypeSession } from './session-paper.dto.js';
import { SessionPapers } from './session-papers.service.js';

@ApiTags('on paper')
@ApiBearerAuth()
@UseGuards(SignedIn)
@Controller('api/v1')
export class PapersController {
  constructor(
    private readonly packs: PoolPacks,
    private readonly assents: AgreementPapers,
    private readonly sessions: SessionPapers,
  ) {}

  @Post('pools/:id/pack')
  make(@CurrentActor() actor: Actor, @Param('id') id: string): Promise<unknown> {
    return this.packs.make(actor, idOf<'pool'>(id));
  }

  @Get('pools/:id/pack')
  async waiting(@CurrentActor() actor: Actor, @Param('id') id: string): Promise<unknown> {
    const { assents, votes, sessions } = await this.packs.waiting(actor, idOf<'pool'>(id));
    return {
      agreement: assents.map(({ personId: _, ...paper }) => paper),
      votes: votes.map(({ decision, paper }) => ({ ...paper, decisionId: decision.id, question: decision.question })),
      sessions,
    };
  }

  /** What a reference stands for, in any pool whose broker one is. */
  @Get('papers/:reference')
  async find(@CurrentActor() actor: Actor, @Param('reference') reference: string): Promise<unknown> {
    const found = await this.packs.find(actor, reference);
    if (!found) throw notFound('The paper');
    const about =
      found.kind === 'vote'
        ? { firstName: found.paper.firstName, decisionId: found.paper.decision.id, question: found.paper.decision.question }
        : found.kind === 'session'
          ? { sessionId: found.paper.sessionId, service: found.paper.service, day: found.paper.day, people: found.paper.people }
          : { firstName: found.paper.firstName, agreementId: found.paper.agreementId, version: found.paper.version, isNewest: found.paper.isNewest };
    return { kind: found.kind, poolId: found.poolId, reference: found.reference, isTyped: found.isTyped, ...about };
  }

  @Post('pools/:id/agreement-papers')
  typeAssent(@CurrentActor() actor: Actor, @Param('id') id: string, @Body() command: TypeAssent, @IdempotencyKey() key: string): Promise<unknown> {
    return this.assents.type(actor, idOf<'pool'>(id), command, key);
  }

  @Post('pools/:id/agreements/:agreement/take-back')
  takeBack(
    @CurrentActor() actor: Actor,
    @Param('id') id: string,
    @Param('agreement') agreement: string,
    @Body() of: OfPerson,
    @IdempotencyKey() key: string,
  ): Promise<unknown> {
    return this.assents.takeBack(actor, idOf<'pool'>(id), idOf<'agreement'>(agreement), of.personId, key);
  }

  @Post('pools/:id/session-papers')
  typeSession(@CurrentActor() actor: Actor, @Param('id') id: string, @Body() command: TypeSession, @IdempotencyKey() key: string): Promise<unknown> {
    return this.sessions.type(actor, idOf<'pool'>(id), command, key);
  }
}
