import { Body, Controller, Get, Header, Param, Post, Query, Redirect, Req, UseGuards } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { SignedInRequest } from '../../identity/index.js';
import { forbidden } from '../../kernel/index.js';
import { idOf } from '../../platform/index.js';
import type { AskId, PoolReviews } from '../../pools/index.js';
import { LEAST_VOICES, MemberReviews, ReviewQueries, ReviewVoices } from '../../pools/index.js';
import type { FormBody, SeeOther } from '../form-body.js';
import { seeOther, withFormKey } from '../form-body.js';
import { paths } from '../paths.js';
import { takeFormKey } from '../session/form-key.js';
import { PageSignedIn } from '../session/page-guards.js';
import { Pages } from '../session/pages.js';
import { act, flashOf } from '../shell/index.js';
import type { PoolFacts } from './pool-facts.js';
import { forWhom, PoolReader } from './pool-facts.js';
import { poolHead } from './pool.view.js';
import { POOL_DONE } from './pool.words.js';
import type { ReviewTyped } from './review.form.js';
import { NOTHING_SAID, readAsk, readBegin, readTurnDown, typedReview } from './review.form.js';
import { askItem, reviewItem, TALKS } from './review.view.js';

/** When things with one member do not go well: telling the broker, what the broker answers or begins, and the talks there are. */
@ApiExcludeController()
@Controller()
@UseGuards(PageSignedIn)
export class ReviewsPage {
  constructor(
    private readonly pages: Pages,
    private readonly reader: PoolReader,
    private readonly reviews: MemberReviews,
    private readonly voices: ReviewVoices,
    private readonly queries: ReviewQueries,
  ) {}

  @Get('pools/:id/talks')
  @Header('content-type', 'text/html; charset=utf-8')
  async list(@Req() request: SignedInRequest, @Param('id') id: string, @Query('done') done?: string): Promise<string> {
    return this.pages.whole(request, 'pool/reviews.njk', { ...(await this.listModel(request, id, NOTHING_SAID)), ...flashOf(POOL_DONE, done) });
  }

  @Get('pools/:id/talks/new')
  @Header('content-type', 'text/html; charset=utf-8')
  async showNew(@Req() request: SignedInRequest, @Param('id') id: string, @Query() { harm, about, asked }: Readonly<Record<string, unknown>>): Promise<string> {
    const facts = await this.forTeller(request, id);
    return this.pages.whole(
      request,
      'pool/review-new.njk',
      this.newModel(facts, { ...NOTHING_SAID, about: typeof about === 'string' ? about : '' }, harm ?? (asked === 'yes' ? '' : undefined)),
    );
  }

  @Post('pools/:id/talks/new')
  @Redirect()
  async ask(@Req() request: SignedInRequest, @Param('id') id: string, @Body() body: FormBody): Promise<SeeOther> {
    const key = takeFormKey(body);
    const facts = await this.forTeller(request, id);
    const typed = typedReview(body);
    const { pool, isBroker } = facts;
    const sent = {
      template: 'pool/review-new.njk',
      model: () => this.newModel(facts, typed, 'no'),
      names: { aboutMember: 'about' },
    };
    if (isBroker) {
      const { command, faults } = readBegin(typed);
      return act({
        ...sent,
        faults,
        command: () => this.reviews.begin(request.actor!, pool.id, command, key),
        next: ({ reviewId }) => seeOther(paths.poolReview(id, reviewId), 'talk-begun'),
      });
    }
    const { command, faults } = readAsk(typed);
    return act({
      ...sent,
      faults,
      command: () => this.voices.ask(request.actor!, pool.id, { ...command, ...forWhom(facts) }, key),
      next: () => seeOther(paths.poolReviews(id), 'broker-told'),
    });
  }

  @Post('pools/:id/talks/asks/:ask')
  @Redirect()
  async turnDown(@Req() request: SignedInRequest, @Param('id') id: string, @Param('ask') ask: string, @Body() body: FormBody): Promise<SeeOther> {
    const key = takeFormKey(body);
    const typed = typedReview(body, `words-${ask}`);
    const { command, faults } = readTurnDown(typed);
    return act({
      template: 'pool/reviews.njk',
      model: () => this.listModel(request, id, typed, ask),
      faults,
      names: { words: `words-${ask}` },
      command: () => this.voices.turnDown(request.actor!, idOf<'review-ask'>(ask) as AskId, command, key),
      next: () => seeOther(paths.poolReviews(id), 'answered'),
    });
  }

  private async forTeller(request: SignedInRequest, id: string): Promise<PoolFacts> {
    const facts = await this.reader.facts(request.actor!, idOf<'pool'>(id));
    if (!facts.isBroker && !(facts.mayPutIn && (facts.pool.actingFor?.mayDecide ?? true))) throw forbidden();
    return facts;
  }

  private async listModel(request: SignedInRequest, id: string, typed: ReviewTyped, ask = '') {
    const actor = request.actor!;
    const facts = await this.reader.facts(actor, idOf<'pool'>(id));
    const { pool, isBroker } = facts;
    const { reviews, asks }: PoolReviews = await this.queries.ofPool(actor, pool.id, pool.actingFor?.personId);
    const members = pool.members.filter((member) => member.state === 'member').length;
    return withFormKey({
      title: TALKS,
      readAloud: !isBroker,
      back: { href: paths.poolPart(id, 'people'), text: 'People' },
      head: poolHead(pool, 'people'),
      isBroker,
      isSmall: members > 0 && members - 1 < LEAST_VOICES,
      members,
      noBroker: pool.brokerId === null,
      brokersHref: isBroker ? null : paths.brokersOf(pool.actingFor?.personId ?? actor.id),
      takeOnHref: paths.takeOnPool(id),
      worriedHref: paths.worriedFrom(paths.poolReviews(id)),
      reviews: reviews.map(reviewItem),
      asks: asks.map((each) => ({
        ...askItem(each, isBroker),
        takeUpHref: `${paths.askForTalk(id)}?about=${each.joinOrder}`,
        action: `${paths.poolReviews(id)}/asks/${each.id}`,
        typed: each.id === ask ? typed.words : '',
      })),
      newHref: pool.brokerId !== null && ['active', 'frozen'].includes(pool.state) ? paths.askForTalk(id) : null,
    });
  }

  private newModel({ pool, isBroker }: PoolFacts, typed: ReviewTyped, harm: unknown) {
    const isAsking = !isBroker && harm !== 'no';
    return withFormKey({
      title: isBroker ? 'Begin a talk' : isAsking ? 'First, one question' : 'Tell the broker',
      readAloud: !isBroker,
      back: { href: paths.poolReviews(pool.id), text: TALKS },
      head: poolHead(pool, 'people'),
      isBroker,
      isAsking,
      isHarm: isAsking && harm === 'yes',
      isUnanswered: isAsking && harm === '',
      worriedHref: paths.worriedFrom(paths.poolReviews(pool.id)),
      people: pool.members
        .filter((member) => member.state === 'member' && !member.isMe)
        .map((member) => ({ value: String(member.joinOrder), text: member.firstName })),
      typed,
      action: paths.askForTalk(pool.id),
    });
  }
}
