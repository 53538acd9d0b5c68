import { Body, Controller, Get, Header, Param, Post, Query, Redirect, Req, UseGuards } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { SignedInRequest } from '../../identity/index.js';
import { forbidden, notFound } from '../../kernel/index.js';
import { idOf } from '../../platform/index.js';
import type { DecisionView } from '../../pools/index.js';
import { DecisionQueries, DecisionOutcomes, Decisions, SHORTEST_DAYS } from '../../pools/index.js';
import { NO_DATE, table } from '../blocks/index.js';
import type { FormBody, SeeOther } from '../form-body.js';
import { seeOther, textOf, withFormKey } from '../form-body.js';
import { paths } from '../paths.js';
import { takeFormKey } from '../session/form-key.js';
import { PageSignedIn } from '../session/page-guards.js';
import { Pages } from '../session/pages.js';
import { act, flashOf } from '../shell/index.js';
import type { DecisionTyped, VoteTyped } from './decision.form.js';
import { IDEAS, readDecision, readPaper, readVote, typedDecision, typedVote } from './decision.form.js';
import { choiceItems, decisionFacts, decisionItem, ideasTable, outcomeSentences, ownVoteSentences, sharingSentences, wordsOf } from './decision.view.js';
import type { PoolFacts } from './pool-facts.js';
import { forWhom, PoolReader } from './pool-facts.js';
import { poolHead } from './pool.view.js';
import { POOL_DONE } from './pool.words.js';

const NOBODY = 'nobody';
const ENDS = ['withdraw', 'close', 'papers'];
const NO_VOTE: VoteTyped = { choice: '', ideas: [], reason: '', helpedBy: '', whose: '' };

/** Deciding together: what the group was asked, asking it something, voting, papers, and what came out. */
@ApiExcludeController()
@Controller()
@UseGuards(PageSignedIn)
export class DecisionsPage {
  constructor(
    private readonly pages: Pages,
    private readonly reader: PoolReader,
    private readonly decisions: Decisions,
    private readonly outcomes: DecisionOutcomes,
    private readonly queries: DecisionQueries,
  ) {}

  @Get('pools/:id/decisions')
  @Header('content-type', 'text/html; charset=utf-8')
  async list(@Req() request: SignedInRequest, @Param('id') id: string, @Query('done') done?: string): Promise<string> {
    const facts = await this.reader.facts(request.actor!, idOf<'pool'>(id));
    const all = await this.queries.ofPool(request.actor!, facts.pool.id, facts.pool.actingFor?.personId);
    const model = {
      title: 'What we decide',
      back: { href: paths.pool(id), text: facts.pool.name },
      head: poolHead(facts.pool, 'decisions'),
      open: all.filter((each) => each.state === 'open').map(decisionItem),
      over: all.filter((each) => each.state !== 'open').map(decisionItem),
      askHref: this.mayRaise(facts) ? paths.raiseDecision(id) : null,
      shareHref: this.mayRaise(facts) ? `${paths.raiseDecision(id)}?ideas=yes` : null,
      typeHref: facts.isBroker || facts.isMember ? paths.typeInVote(id) : null,
    };
    return this.pages.whole(request, 'pool/decisions.njk', { ...model, ...flashOf(POOL_DONE, done) });
  }

  @Get('pools/:id/decisions/new')
  @Header('content-type', 'text/html; charset=utf-8')
  async showNew(@Req() request: SignedInRequest, @Param('id') id: string, @Query('ideas') ideas?: string): Promise<string> {
    const facts = await this.forRaiser(request, id);
    return this.pages.whole(
      request,
      'pool/decision-new.njk',
      this.newModel(facts, { ...typedDecision({}), closesOn: NO_DATE, reviewOn: NO_DATE }, ideas === 'yes'),
    );
  }

  @Post('pools/:id/decisions/new')
  @Redirect()
  async raise(@Req() request: SignedInRequest, @Param('id') id: string, @Body() body: FormBody): Promise<SeeOther> {
    const key = takeFormKey(body);
    const facts = await this.forRaiser(request, id);
    const withIdeas = textOf(body, 'kind') === 'ideas';
    const typed = typedDecision(body);
    const { command, faults } = readDecision(typed, withIdeas);
    return act({
      template: 'pool/decision-new.njk',
      model: () => this.newModel(facts, typed, withIdeas),
      faults,
      names: { budgetPence: 'budget', ideas: 'idea-1' },
      command: () => this.decisions.raise(request.actor!, facts.pool.id, { ...command, ...forWhom(facts) }, key),
      next: ({ decisionId }) => seeOther(paths.poolDecision(id, decisionId), 'question-asked'),
    });
  }

  @Get('pools/:id/decisions/type-in')
  @Header('content-type', 'text/html; charset=utf-8')
  async showTypeIn(
    @Req() request: SignedInRequest,
    @Param('id') id: string,
    @Query('reference') reference?: string,
    @Query('done') done?: string,
  ): Promise<string> {
    const facts = await this.reader.facts(request.actor!, idOf<'pool'>(id));
    return this.pages.whole(request, 'pool/decision-type-in.njk', {
      ...(await this.typeInModel(request, facts, reference ?? '', NO_VOTE)),
      ...flashOf(POOL_DONE, done),
    });
  }

  @Post('pools/:id/decisions/type-in')
  @Redirect()
  async typeIn(@Req() request: SignedInRequest, @Param('id') id: string, @Body() body: FormBody): Promise<SeeOther> {
    const key = takeFormKey(body);
    const facts = await this.reader.facts(request.actor!, idOf<'pool'>(id));
    const typed = typedVote(body);
    const reference = textOf(body, 'reference');
    const found = await this.queries.ofPaper(request.actor!, facts.pool.id, reference);
    const { command, faults } = readPaper(reference, typed, (found?.decision.ideas.length ?? 0) > 0);
    return act({
      template: 'pool/decision-type-in.njk',
      model: () => this.typeInModel(request, facts, reference, typed),
      faults: found ? faults : [],
      command: () => this.decisions.typePaper(request.actor!, facts.pool.id, command, key),
      next: () => seeOther(paths.typeInVote(id), 'paper-typed'),
    });
  }

  @Get('pools/:id/decisions/:decision')
  @Header('content-type', 'text/html; charset=utf-8')
  async show(@Req() request: SignedInRequest, @Param('id') id: string, @Param('decision') decision: string, @Query('done') done?: string): Promise<string> {
    return this.pages.whole(request, 'pool/decision.njk', { ...(await this.model(request, id, decision, NO_VOTE)), ...flashOf(POOL_DONE, done) });
  }

  @Post('pools/:id/decisions/:decision')
  @Redirect()
  async vote(@Req() request: SignedInRequest, @Param('id') id: string, @Param('decision') decision: string, @Body() body: FormBody): Promise<SeeOther> {
    const key = takeFormKey(body);
    const typed = typedVote(body);
    const facts = await this.reader.facts(request.actor!, idOf<'pool'>(id));
    const view = await this.find(request, facts, decision);
    const { command, faults } = readVote(typed, view.ideas.length > 0);
    return act({
      template: 'pool/decision.njk',
      model: () => this.model(request, id, decision, typed),
      faults,
      names: { forMember: 'whose' },
      command: () => this.decisions.vote(request.actor!, view.id, { ...command, ...forWhom(facts) }, key),
      next: () => seeOther(paths.poolDecision(id, decision), 'voted'),
    });
  }

  @Post('pools/:id/decisions/:decision/proxy')
  @Redirect()
  async askProxy(@Req() request: SignedInRequest, @Param('id') id: string, @Param('decision') decision: string, @Body() body: FormBody): Promise<SeeOther> {
    const facts = await this.reader.facts(request.actor!, idOf<'pool'>(id));
    const view = await this.find(request, facts, decision);
    const to = textOf(body, 'to');
    return act({
      template: 'pool/decision.njk',
      model: () => this.model(request, id, decision, NO_VOTE),
      faults: to === NOBODY || /^\d{1,5}$/.test(to) ? [] : [{ field: 'to', message: 'Choose somebody, or nobody' }],
      command: () => this.decisions.askProxy(request.actor!, view.id, { ...(to === NOBODY ? {} : { toMember: Number(to) }), ...forWhom(facts) }),
      next: () => seeOther(paths.poolDecision(id, decision), to === NOBODY ? 'proxy-ended' : 'proxy-asked'),
    });
  }

  @Post('pools/:id/decisions/:decision/:what')
  @Redirect()
  async end(@Req() request: SignedInRequest, @Param('id') id: string, @Param('decision') decision: string, @Param('what') what: string): Promise<SeeOther> {
    if (!ENDS.includes(what)) throw notFound('The page');
    const facts = await this.reader.facts(request.actor!, idOf<'pool'>(id));
    const view = await this.find(request, facts, decision);
    return act({
      template: 'pool/decision.njk',
      model: () => this.model(request, id, decision, NO_VOTE),
      command: async (): Promise<void> => {
        if (what === 'withdraw') await this.outcomes.withdraw(request.actor!, view.id);
        else if (what === 'close') await this.outcomes.closeEarly(request.actor!, view.id);
        else await this.decisions.makePapers(request.actor!, view.id);
      },
      next: () =>
        what === 'papers'
          ? seeOther(paths.decisionPapers(id, decision))
          : seeOther(paths.poolDecision(id, decision), what === 'close' ? 'decided' : 'taken-back'),
    });
  }

  @Get('pools/:id/decisions/:decision/papers')
  @Header('content-type', 'text/html; charset=utf-8')
  async papers(@Req() request: SignedInRequest, @Param('id') id: string, @Param('decision') decision: string): Promise<string> {
    const facts = await this.reader.facts(request.actor!, idOf<'pool'>(id));
    const view = await this.find(request, facts, decision);
    const papers = await this.queries.papers(request.actor!, view.id);
    const model = {
      title: 'Papers to vote on',
      back: { href: paths.poolDecision(id, decision), text: view.question },
      pool: facts.pool.name,
      decision: view,
      choices: choiceItems(view.decide),
      papers: papers.filter((paper) => !paper.isTyped),
      typed: papers.filter((paper) => paper.isTyped).length,
    };
    return this.pages.whole(request, 'pool/decision-papers.njk', model);
  }

  private mayRaise = (facts: PoolFacts): boolean =>
    ['active', 'frozen'].includes(facts.pool.state) && (facts.isBroker || (facts.mayPutIn && (facts.pool.actingFor?.mayDecide ?? true)));

  private async forRaiser(request: SignedInRequest, id: string): Promise<PoolFacts> {
    const facts = await this.reader.facts(request.actor!, idOf<'pool'>(id));
    if (!this.mayRaise(facts)) throw forbidden();
    return facts;
  }

  private async find(request: SignedInRequest, { pool }: PoolFacts, decision: string): Promise<DecisionView> {
    const view = await this.queries.one(request.actor!, idOf<'decision'>(decision), pool.actingFor?.personId);
    if (view.poolId !== pool.id) throw notFound('The question');
    return view;
  }

  private newModel({ pool }: PoolFacts, typed: DecisionTyped, withIdeas: boolean) {
    return withFormKey({
      title: withIdeas ? 'Share out a sum' : 'Ask everyone something',
      back: { href: paths.poolPart(pool.id, 'decisions'), text: 'What we decide' },
      head: poolHead(pool, 'decisions'),
      typed,
      withIdeas,
      numbers: Array.from({ length: IDEAS }, (_, n) => n + 1),
      days: SHORTEST_DAYS,
      action: paths.raiseDecision(pool.id),
    });
  }

  private async model(request: SignedInRequest, id: string, decision: string, typed: VoteTyped) {
    const facts = await this.reader.facts(request.actor!, idOf<'pool'>(id));
    const { pool } = facts;
    const view = await this.find(request, facts, decision);
    const actingFor = pool.actingFor;
    const isRaiser = view.maySetUp || view.isMine;
    return withFormKey({
      title: view.question,
      readAloud: true,
      back: { href: paths.poolPart(id, 'decisions'), text: 'What we decide' },
      head: poolHead(pool, 'decisions'),
      decision: view,
      words: wordsOf(view),
      isOpen: view.state === 'open',
      mayVote: view.mayVote && (actingFor?.mayDecide ?? true),
      facts: decisionFacts(view),
      outcome: outcomeSentences(view),
      own: ownVoteSentences(view),
      ideas: view.ideas.length > 0 ? table(ideasTable(view)) : null,
      sharing: sharingSentences(view),
      hasReasons: view.reasons.for.length + view.reasons.against.length > 0,
      choices: choiceItems(view.decide),
      ideaItems: view.ideas.map((idea) => ({ value: idea.id, text: idea.words })),
      whose: [{ value: '', text: 'My own' }, ...view.votesFor.map((each) => ({ value: String(each.joinOrder), text: `${each.firstName}’s, who asked me to` }))],
      others: [...view.others.map((each) => ({ value: String(each.joinOrder), text: each.firstName })), { value: NOBODY, text: 'Nobody: I vote myself' }],
      typed,
      action: paths.poolDecision(id, decision),
      isRaiser,
      canClose: isRaiser && view.voted === view.members,
      papersHref: facts.isBroker || facts.isMember ? paths.decisionPapers(id, decision) : null,
    });
  }

  private async typeInModel(request: SignedInRequest, facts: PoolFacts, reference: string, typed: VoteTyped) {
    const { pool } = facts;
    if (!facts.isBroker && !facts.isMember) throw forbidden();
    const found = reference === '' ? undefined : await this.queries.ofPaper(request.actor!, pool.id, reference);
    return withFormKey({
      title: 'Type in a vote from paper',
      back: { href: paths.poolPart(pool.id, 'decisions'), text: 'What we decide' },
      head: poolHead(pool, 'decisions'),
      reference,
      notFound: reference !== '' && !found,
      firstName: found?.firstName ?? null,
      decision: found?.decision ?? null,
      choices: found ? choiceItems(found.decision.decide) : [],
      ideaItems: found ? found.decision.ideas.map((idea) => ({ value: idea.id, text: idea.words })) : [],
      typed,
      action: paths.typeInVote(pool.id),
    });
  }
}
