import { Injectable } from '@nestjs/common';
import { idsWith, requireAccess } from '../../identity/index.js';
import type { Actor, PoolId } from '../../kernel/index.js';
import { typedReference } from '../../kernel/index.js';
import type { AssentPaper, ContributionPaper, DecisionView, MakePapers, Paper, PaperSource } from '../../pools/index.js';
import { AgreementPapers, ContributionPapers, DecisionQueries, Decisions } from '../../pools/index.js';
import type { QuotePaper } from './quote-papers.service.js';
import { QuotePapers } from './quote-papers.service.js';
import type { SessionPaper } from './session-papers.service.js';
import { SessionPapers } from './session-papers.service.js';

/** Everything of a pool that is to be printed, and was not typed in. */
export interface PoolPack {
  readonly assents: readonly AssentPaper[];
  readonly votes: readonly { readonly decision: DecisionView; readonly paper: Paper }[];
  readonly sessions: readonly SessionPaper[];
  readonly money: readonly ContributionPaper[];
  readonly quotes: readonly QuotePaper[];
}

/** How many sheets of each kind were made. */
export interface PackMade {
  readonly agreement: number;
  readonly votes: number;
  readonly sessions: number;
  readonly quotes: number;
  readonly money: number;
}

/** What a reference stands for, wherever among a broker's pools. */
export type FoundPaper =
  | { readonly kind: 'agreement'; readonly poolId: PoolId; readonly reference: string; readonly isTyped: boolean; readonly paper: AssentPaper }
  | {
      readonly kind: 'vote';
      readonly poolId: PoolId;
      readonly reference: string;
      readonly isTyped: boolean;
      readonly paper: { readonly firstName: string; readonly decision: DecisionView };
    }
  | { readonly kind: 'session'; readonly poolId: PoolId; readonly reference: string; readonly isTyped: boolean; readonly paper: SessionPaper }
  | {
      readonly kind: 'money';
      readonly poolId: PoolId;
      readonly reference: string;
      readonly isTyped: boolean;
      readonly paper: ContributionPaper & { readonly sources: readonly PaperSource[] };
    }
  | { readonly kind: 'quote'; readonly poolId: PoolId; readonly reference: string; readonly isTyped: boolean; readonly paper: QuotePaper };

/** A whole pool on paper: the agreement, open questions, and sessions, for people who take part without a screen. */
@Injectable()
export class PoolPacks {
  constructor(
    private readonly assents: AgreementPapers,
    private readonly decisions: Decisions,
    private readonly questions: DecisionQueries,
    private readonly sessions: SessionPapers,
    private readonly money: ContributionPapers,
    private readonly quotes: QuotePapers,
  ) {}

  /** Makes every sheet that is missing; those to put money in only when asked for, because nobody has to. Safe to repeat. By the pool's broker. */
  async make(actor: Actor, poolId: PoolId, { withMoney = false }: MakePapers = {}): Promise<PackMade> {
    requireAccess(actor, 'pool:set-up', { pool: poolId });
    const agreement = await this.assents.make(actor, poolId);
    let votes = 0;
    for (const decision of await this.open(actor, poolId)) votes += (await this.decisions.makePapers(actor, decision.id)).made;
    const quotes = await this.quotes.make(actor, poolId);
    const money = withMoney ? await this.money.make(actor, poolId) : 0;
    return { agreement, votes, quotes, money, sessions: await this.sessions.make(actor, poolId) };
  }

  /** The sheets that wait, of all or of one member by the order of joining; sheets of sessions are for all together. By the pool's broker. */
  async waiting(actor: Actor, poolId: PoolId, member?: number): Promise<PoolPack> {
    requireAccess(actor, 'pool:set-up', { pool: poolId });
    const isFor = (paper: { readonly joinOrder: number }): boolean => member === undefined || paper.joinOrder === member;
    const votes: { decision: DecisionView; paper: Paper }[] = [];
    for (const decision of await this.open(actor, poolId))
      for (const paper of await this.questions.papers(actor, decision.id)) if (!paper.isTyped && isFor(paper)) votes.push({ decision, paper });
    return {
      assents: (await this.assents.waiting(actor, poolId)).filter(isFor),
      votes: votes.sort((a, b) => a.paper.joinOrder - b.paper.joinOrder),
      quotes: (await this.quotes.waiting(actor, poolId)).filter(isFor),
      money: (await this.money.waiting(actor, poolId)).filter(isFor),
      sessions: member === undefined ? await this.sessions.waiting(actor, poolId) : [],
    };
  }

  /** The sheet of a reference in any pool whose broker the actor is; undefined where there is none. */
  async find(actor: Actor, typed: string): Promise<FoundPaper | undefined> {
    const reference = typedReference(typed);
    if (reference === undefined) return undefined;
    for (const poolId of idsWith(actor, 'pool:set-up', 'pool') as PoolId[]) {
      const found = await this.findIn(actor, poolId, reference);
      if (found) return found;
    }
    return undefined;
  }

  /** The same in one pool. */
  async findIn(actor: Actor, poolId: PoolId, reference: string): Promise<FoundPaper | undefined> {
    if (reference.startsWith('AGR-')) {
      const paper = await this.assents.find(actor, poolId, reference);
      return paper && { kind: 'agreement', poolId, reference, isTyped: paper.isTyped, paper };
    }
    if (reference.startsWith('SES-')) {
      const paper = await this.sessions.find(actor, poolId, reference);
      return paper && { kind: 'session', poolId, reference, isTyped: paper.isTyped, paper };
    }
    if (reference.startsWith('PUT-')) {
      const paper = await this.money.find(actor, poolId, reference);
      return paper && { kind: 'money', poolId, reference, isTyped: paper.isTyped, paper };
    }
    if (reference.startsWith('QUO-')) {
      const paper = await this.quotes.find(actor, poolId, reference);
      return paper && { kind: 'quote', poolId, reference, isTyped: paper.isTyped, paper };
    }
    const paper = await this.questions.ofPaper(actor, poolId, reference);
    return paper && { kind: 'vote', poolId, reference, isTyped: paper.isTyped, paper };
  }

  private async open(actor: Actor, poolId: PoolId): Promise<DecisionView[]> {
    return (await this.questions.ofPool(actor, poolId)).filter((decision) => decision.state === 'open');
  }
}
