import { Body, Controller, Get, Header, Param, Post, Query, Redirect, Req, UseGuards } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { SignedInRequest } from '../../identity/index.js';
import type { PersonId } from '../../kernel/index.js';
import { forbidden, formatPounds, notFound } from '../../kernel/index.js';
import { idOf } from '../../platform/index.js';
import type { PledgeRoundView } from '../../pools/index.js';
import { PledgeQueries, Pledges, SHORTEST_FREE_DAYS } from '../../pools/index.js';
import type { FormBody, SeeOther } from '../form-body.js';
import { seeOther, textOf, withFormKey } from '../form-body.js';
import { paths } from '../paths.js';
import { takeFormKey } from '../session/form-key.js';
import { PageSignedIn } from '../session/page-guards.js';
import { Pages } from '../session/pages.js';
import type { SentForm } from '../shell/index.js';
import { act, flashOf } from '../shell/index.js';
import type { PledgeTyped, RoundTyped } from './pledge.form.js';
import { readPledge, readRound, readThreshold, ROUND_NAMES, typedPledge, typedRound } from './pledge.form.js';
import {
  barOf,
  endingSentences,
  firmSentence,
  outcomeSentences,
  ownSentences,
  roundFacts,
  roundItem,
  roundWords,
  seenSentence,
  stoppedSentence,
  whoSentence,
} from './pledge.view.js';
import type { PoolFacts } from './pool-facts.js';
import { forWhom, PoolReader } from './pool-facts.js';
import { poolHead } from './pool.view.js';
import { POOL_DONE } from './pool.words.js';
import { PutInReader } from './put-in.reader.js';

type RoundForm = Pick<SentForm<unknown, SeeOther>, 'faults' | 'names' | 'command'>;

const NO_PLEDGE: PledgeTyped = { source: '', amount: '', by: '', helpedBy: '' };

/** Pledging together: what the group was asked for, asking, pledging, changing one's mind, and how it ended. */
@ApiExcludeController()
@Controller()
@UseGuards(PageSignedIn)
export class PledgesPage {
  constructor(
    private readonly pages: Pages,
    private readonly reader: PoolReader,
    private readonly pledges: Pledges,
    private readonly queries: PledgeQueries,
    private readonly money: PutInReader,
  ) {}

  @Get('pools/:id/pledges')
  @Header('content-type', 'text/html; charset=utf-8')
  async list(@Req() request: SignedInRequest, @Param('id') id: string, @Query('done') done?: string): Promise<string> {
    const facts = await this.reader.facts(request.actor!, idOf<'pool'>(id));
    const all = await this.queries.ofPool(request.actor!, facts.pool.id, facts.pool.actingFor?.personId);
    const model = {
      title: 'Pledges',
      readAloud: true,
      back: { href: paths.pool(id), text: facts.pool.name },
      head: poolHead(facts.pool, 'pledges'),
      open: all.filter((each) => each.isOpen).map(roundItem),
      over: all.filter((each) => !each.isOpen).map(roundItem),
      askHref: mayAsk(facts) ? paths.askForPledges(id) : null,
    };
    return this.pages.whole(request, 'pool/pledges.njk', { ...model, ...flashOf(POOL_DONE, done) });
  }

  @Get('pools/:id/pledges/new')
  @Header('content-type', 'text/html; charset=utf-8')
  async showNew(@Req() request: SignedInRequest, @Param('id') id: string): Promise<string> {
    return this.pages.whole(request, 'pool/pledge-new.njk', newModel(await this.forAsker(request, id), typedRound({})));
  }

  @Post('pools/:id/pledges/new')
  @Redirect()
  async ask(@Req() request: SignedInRequest, @Param('id') id: string, @Body() body: FormBody): Promise<SeeOther> {
    const key = takeFormKey(body);
    const facts = await this.forAsker(request, id);
    const typed = typedRound(body);
    const { command, faults } = readRound(typed);
    return act({
      template: 'pool/pledge-new.njk',
      model: () => newModel(facts, typed),
      faults,
      names: ROUND_NAMES,
      command: () => this.pledges.open(request.actor!, facts.pool.id, { ...command, ...forWhom(facts) }, key),
      next: ({ roundId }) => seeOther(paths.pledgeRound(id, roundId), 'pledges-asked'),
    });
  }

  @Get('pools/:id/pledges/:round')
  @Header('content-type', 'text/html; charset=utf-8')
  async show(@Req() request: SignedInRequest, @Param('id') id: string, @Param('round') round: string, @Query('done') done?: string): Promise<string> {
    return this.pages.whole(request, 'pool/pledge.njk', { ...(await this.model(request, id, round, NO_PLEDGE)), ...flashOf(POOL_DONE, done) });
  }

  @Post('pools/:id/pledges/:round')
  @Redirect()
  async pledge(@Req() request: SignedInRequest, @Param('id') id: string, @Param('round') round: string, @Body() body: FormBody): Promise<SeeOther> {
    const key = takeFormKey(body);
    const typed = typedPledge(body);
    return this.onRound(
      request,
      id,
      round,
      'pledged',
      async (view, facts) => {
        const { command, faults } = readPledge(typed, (await this.sourcesOf(request, facts, view)).sources);
        return {
          faults,
          names: { amountPence: 'amount', lineId: 'source', planLineId: 'source' },
          command: () => this.pledges.pledge(request.actor!, view.id, command, key),
        };
      },
      typed,
    );
  }

  @Post('pools/:id/pledges/:round/take-back')
  @Redirect()
  async takeBack(@Req() request: SignedInRequest, @Param('id') id: string, @Param('round') round: string, @Body() body: FormBody): Promise<SeeOther> {
    const key = takeFormKey(body);
    return this.onRound(request, id, round, 'pledge-back', (view, facts) => ({
      command: () => this.pledges.takeBack(request.actor!, view.id, forWhom(facts), key),
    }));
  }

  @Post('pools/:id/pledges/:round/sum')
  @Redirect()
  async changeSum(@Req() request: SignedInRequest, @Param('id') id: string, @Param('round') round: string, @Body() body: FormBody): Promise<SeeOther> {
    const key = takeFormKey(body);
    const { command, faults } = readThreshold(textOf(body, 'threshold'));
    return this.onRound(request, id, round, 'sum-changed', (view) => ({
      faults,
      names: ROUND_NAMES,
      command: () => this.pledges.changeThreshold(request.actor!, view.id, command, key),
    }));
  }

  @Post('pools/:id/pledges/:round/withdraw')
  @Redirect()
  async withdraw(@Req() request: SignedInRequest, @Param('id') id: string, @Param('round') round: string, @Body() body: FormBody): Promise<SeeOther> {
    const key = takeFormKey(body);
    return this.onRound(request, id, round, 'pledges-back', (view) => ({ command: () => this.pledges.withdraw(request.actor!, view.id, key) }));
  }

  /** One of the forms on the page of a round, which comes back to it. */
  private async onRound(
    request: SignedInRequest,
    id: string,
    round: string,
    done: string,
    form: (view: PledgeRoundView, facts: PoolFacts) => RoundForm | Promise<RoundForm>,
    typed = NO_PLEDGE,
  ): Promise<SeeOther> {
    const facts = await this.reader.facts(request.actor!, idOf<'pool'>(id));
    const view = await this.find(request, facts, round);
    return act({
      template: 'pool/pledge.njk',
      model: () => this.model(request, id, round, typed),
      ...(await form(view, facts)),
      next: () => seeOther(paths.pledgeRound(id, round), done),
    });
  }

  private async forAsker(request: SignedInRequest, id: string): Promise<PoolFacts> {
    const facts = await this.reader.facts(request.actor!, idOf<'pool'>(id));
    if (!mayAsk(facts)) throw forbidden();
    return facts;
  }

  private async find(request: SignedInRequest, { pool }: PoolFacts, round: string): Promise<PledgeRoundView> {
    const view = await this.queries.one(request.actor!, idOf<'pledge-round'>(round), pool.actingFor?.personId);
    if (view.poolId !== pool.id) throw notFound('The pledges');
    return view;
  }

  private async sourcesOf(request: SignedInRequest, { pool }: PoolFacts, view: PledgeRoundView): ReturnType<PutInReader['of']> {
    if (!view.mayPledge) return { sources: [], leftOut: [] };
    const person = pool.actingFor?.personId ?? (request.actor!.id as PersonId);
    const { mine } = view;
    return this.money.of(request.actor!, pool, person, mine?.state === 'open' ? { lineId: mine.lineId, amount: mine.amount } : undefined);
  }

  private async model(request: SignedInRequest, id: string, round: string, typed: PledgeTyped) {
    const facts = await this.reader.facts(request.actor!, idOf<'pool'>(id));
    const view = await this.find(request, facts, round);
    const { sources, leftOut } = await this.sourcesOf(request, facts, view);
    const hasPledged = view.mine?.state === 'open';
    const isAsker = view.isOpen && (view.maySetUp || (view.isMine && (facts.pool.actingFor?.mayDecide ?? true)));
    return withFormKey({
      title: view.purpose,
      readAloud: true,
      back: { href: paths.poolPart(id, 'pledges'), text: 'Pledges' },
      head: poolHead(facts.pool, 'pledges'),
      round: view,
      words: roundWords(view),
      bar: barOf(view),
      who: whoSentence(view),
      outcome: outcomeSentences(view),
      own: ownSentences(view.mine),
      seen: seenSentence(view),
      stopped: stoppedSentence(
        view,
        (facts.pool.partFreezes ?? []).some((freeze) => freeze.state === 'in-force'),
      ),
      contributionHref: view.mine?.contributionId ? paths.contribution(id, view.mine.contributionId) : null,
      ending: view.isOpen ? endingSentences(view) : [],
      firm: firmSentence(view),
      facts: roundFacts(view),
      hasPledged,
      canTakeBack: hasPledged && view.mayPledge && !view.isFirm,
      sources,
      leftOut,
      only: sources.length === 1 ? sources[0] : null,
      items: sources.map((source) => ({ value: source.value, text: source.service, hint: `${formatPounds(source.free)} free in ${source.lineName}` })),
      travels: sources.some((source) => source.travels),
      byHint: `If it is called in, this money goes to ${facts.pool.moneyHolder ?? 'the money-holder'}.`,
      typed,
      action: paths.pledgeRound(id, round),
      isAsker,
      canChangeSum: isAsker && view.pledgers.length === 0,
    });
  }
}

const mayAsk = ({ pool, isBroker, mayPutIn }: PoolFacts): boolean => pool.state === 'active' && (isBroker || (mayPutIn && (pool.actingFor?.mayDecide ?? true)));

function newModel({ pool }: PoolFacts, typed: RoundTyped) {
  return withFormKey({
    title: 'Ask everyone to pledge',
    readAloud: true,
    back: { href: paths.poolPart(pool.id, 'pledges'), text: 'Pledges' },
    head: poolHead(pool, 'pledges'),
    typed,
    days: SHORTEST_FREE_DAYS,
    action: paths.askForPledges(pool.id),
  });
}
