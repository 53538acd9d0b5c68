import { Body, Controller, Get, Param, Post, Query, UseGuards } from '@nestjs/common';
import { ApiBearerAuth, ApiTags } from '@nestjs/swagger';
import { CurrentActor, SignedIn } from '../../identity/index.js';
import type { Actor, Pence } from '../../kernel/index.js';
import { penceAsNumber } from '../../kernel/index.js';
import { IdempotencyKey, idOf } from '../../platform/index.js';
import { OfPerson } from '../pool.dto.js';
import { AskProxy, GiveVote, RaiseDecision, TypePaper } from './decision.dto.js';
import type { DecisionView } from './decisions.queries.js';
import { DecisionOutcomes } from './decision-outcomes.service.js';
import { DecisionQueries } from './decisions.queries.js';
import { Decisions } from './decisions.service.js';

@ApiTags('deciding')
@ApiBearerAuth()
@UseGuards(SignedIn)
@Controller('api/v1')
export class DecisionsController {
  constructor(
    private readonly decisions: Decisions,
    private readonly outcomes: DecisionOutcomes,
    private readonly queries: DecisionQueries,
  ) {}

  @Post('pools/:id/decisions')
  raise(@CurrentActor() actor: Actor, @Param('id') id: string, @Body() command: RaiseDecision, @IdempotencyKey() key: string): Promise<unknown> {
    return this.decisions.raise(actor, idOf<'pool'>(id), command, key);
  }

  @Get('pools/:id/decisions')
  async ofPool(@CurrentActor() actor: Actor, @Param('id') id: string, @Query() of: OfPerson): Promise<unknown> {
    return { items: (await this.queries.ofPool(actor, idOf<'pool'>(id), of.personId)).map(decisionJson), next: null };
  }

  @Get('decisions/:id')
  async one(@CurrentActor() actor: Actor, @Param('id') id: string, @Query() of: OfPerson): Promise<unknown> {
    return decisionJson(await this.queries.one(actor, idOf<'decision'>(id), of.personId));
  }

  @Post('decisions/:id/votes')
  vote(@CurrentActor() actor: Actor, @Param('id') id: string, @Body() command: GiveVote, @IdempotencyKey() key: string): Promise<unknown> {
    return this.decisions.vote(actor, idOf<'decision'>(id), command, key);
  }

  @Post('decisions/:id/proxies')
  async askProxy(@CurrentActor() actor: Actor, @Param('id') id: string, @Body() command: AskProxy): Promise<unknown> {
    await this.decisions.askProxy(actor, idOf<'decision'>(id), command);
    return {};
  }

  @Post('decisions/:id/papers')
  makePapers(@CurrentActor() actor: Actor, @Param('id') id: string): Promise<unknown> {
    return this.decisions.makePapers(actor, idOf<'decision'>(id));
  }

  @Get('decisions/:id/papers')
  async papers(@CurrentActor() actor: Actor, @Param('id') id: string): Promise<unknown> {
    return { items: await this.queries.papers(actor, idOf<'decision'>(id)), next: null };
  }

  @Post('pools/:id/papers')
  typePaper(@CurrentActor() actor: Actor, @Param('id') id: string, @Body() command: TypePaper, @IdempotencyKey() key: string): Promise<unknown> {
    return this.decisions.typePaper(actor, idOf<'pool'>(id), command, key);
  }

  @Post('decisions/:id/withdraw')
  withdraw(@CurrentActor() actor: Actor, @Param('id') id: string): Promise<unknown> {
    return this.outcomes.withdraw(actor, idOf<'decision'>(id));
  }

  @Post('decisions/:id/close')
  closeEarly(@CurrentActor() actor: Actor, @Param('id') id: string): Promise<unknown> {
    return this.outcomes.closeEarly(actor, idOf<'decision'>(id));
  }
}

const orNull = (sum: Pence | null): number | null => (sum === null ? null : penceAsNumber(sum));

/** Sums as numbers of pence. */
const decisionJson = ({ budget, ideas, sharedOut, ...decision }: DecisionView): object => ({
  ...decision,
  budgetPence: orNull(budget),
  ideas: ideas.map(({ cost, ...idea }) => ({ ...idea, costPence: penceAsNumber(cost) })),
  sharedOut: sharedOut && {
    spentPence: penceAsNumber(sharedOut.spent),
    spentByVotesPence: penceAsNumber(sharedOut.spentByVotes),
    leftOut: sharedOut.leftOut,
    leftOutByVotes: sharedOut.leftOutByVotes,
  },
});
