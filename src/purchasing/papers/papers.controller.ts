import { Body, Controller, Get, Param, Post, UseGuards } from '@nestjs/common';
import { ApiBearerAuth, ApiTags } from '@nestjs/swagger';
import { CurrentActor, SignedIn } from '../../identity/index.js';
import type { Actor } from '../../kernel/index.js';
import { notFound } from '../../kernel/index.js';
import { IdempotencyKey, idOf } from '../../platform/index.js';
import { AgreementPapers, ContributionPapers, MakePapers, OfPerson, TypeAssent, TypeContribution } from '../../pools/index.js';
import type { FoundPaper } from './pool-pack.service.js';
import { PoolPacks } from './pool-pack.service.js';
import { TypeQuoteChoice } from './quote-paper.dto.js';
import { QuotePapers } from './quote-papers.service.js';
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
    private readonly money: ContributionPapers,
    private readonly quotes: QuotePapers,
  ) {}

  @Post('pools/:id/pack')
  make(@CurrentActor() actor: Actor, @Param('id') id: string, @Body() command: MakePapers): Promise<unknown> {
    return this.packs.make(actor, idOf<'pool'>(id), command);
  }

  @Get('pools/:id/pack')
  async waiting(@CurrentActor() actor: Actor, @Param('id') id: string): Promise<unknown> {
    const { assents, votes, sessions, quotes, money } = await this.packs.waiting(actor, idOf<'pool'>(id));
    return {
      agreement: assents.map(({ personId: _, ...paper }) => paper),
      votes: votes.map(({ decision, paper }) => ({ ...paper, decisionId: decision.id, question: decision.question })),
      sessions,
      quotes,
      money,
    };
  }

  /** What a reference stands for, in any pool whose broker one is. */
  @Get('papers/:reference')
  async find(@CurrentActor() actor: Actor, @Param('reference') reference: string): Promise<unknown> {
    const found = await this.packs.find(actor, reference);
    if (!found) throw notFound('The paper');
    return { kind: found.kind, poolId: found.poolId, reference: found.reference, isTyped: found.isTyped, ...aboutOf(found) };
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

  @Post('pools/:id/contribution-papers')
  typeContribution(@CurrentActor() actor: Actor, @Param('id') id: string, @Body() command: TypeContribution, @IdempotencyKey() key: string): Promise<unknown> {
    return this.money.type(actor, idOf<'pool'>(id), command, key);
  }

  @Post('pools/:id/quote-papers')
  typeQuote(@CurrentActor() actor: Actor, @Param('id') id: string, @Body() command: TypeQuoteChoice, @IdempotencyKey() key: string): Promise<unknown> {
    return this.quotes.type(actor, idOf<'pool'>(id), command, key);
  }

  @Post('pools/:id/session-papers')
  typeSession(@CurrentActor() actor: Actor, @Param('id') id: string, @Body() command: TypeSession, @IdempotencyKey() key: string): Promise<unknown> {
    return this.sessions.type(actor, idOf<'pool'>(id), command, key);
  }
}

/** What a sheet is about, by its kind. */
function aboutOf({ kind, paper }: FoundPaper): object {
  switch (kind) {
    case 'vote':
      return { firstName: paper.firstName, decisionId: paper.decision.id, question: paper.decision.question };
    case 'session':
      return { sessionId: paper.sessionId, service: paper.service, day: paper.day, people: paper.people };
    case 'agreement':
      return { firstName: paper.firstName, agreementId: paper.agreementId, version: paper.version, isNewest: paper.isNewest };
    case 'money':
    case 'quote':
      return paper;
  }
}
