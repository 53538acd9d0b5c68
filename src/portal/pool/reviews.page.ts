import { Body, Controller, Get, Header, Param, Post, Query, Redirect, Req, UseGuards } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { SignedInRequest } from '../../identity/index.js';
import type { PersonId } from '../../kernel/index.js';
import { forbidden, notFound } from '../../kernel/index.js';
import { idOf } from '../../platform/index.js';
import type { AskId, PoolReviews, ReviewView } from '../../pools/index.js';
import { LEAST_VOICES, MemberReviews, PoolBrokers, ReviewQueries, ReviewVoices, saysAt } from '../../pools/index.js';
import { NO_DATE } from '../blocks/index.js';
import type { FormBody, SeeOther } from '../form-body.js';
import { seeOther, withFormKey } from '../form-body.js';
import { paths } from '../paths.js';
import { takeFormKey } from '../session/form-key.js';
import { PageSignedIn } from '../session/page-guards.js';
import { Pages } from '../session/pages.js';
import { act, flashOf } from '../shell/index.js';
import type { PoolFacts } from './pool-facts.js';
import { PoolReader } from './pool-facts.js';
import { poolHead } from './pool.view.js';
import { POOL_DONE } from './pool.words.js';
import type { ReviewTyped } from './review.form.js';
import {
  readAnswer,
  readAppeal,
  readAppealAnswer,
  readAsk,
  readBegin,
  readSettle,
  readStage,
  readTurnDown,
  readVoice,
  typedReview,
  WORDS_OF,
} from './review.form.js';
import { askItem, leavingWords, ownVoice, reviewItem, reviewTag, saysItems, STAGE_WORDS, stageItem } from './review.view.js';

const NOTHING: ReviewTyped = { ...typedReview({}), untilOn: NO_DATE, closesOn: NO_DATE };
const BACK = 'When things are hard';

/** When things with one member do not go well: telling the broker, what the broker leads, and what each may say. */
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
    private readonly brokers: PoolBrokers,
  ) {}

  @Get('pools/:id/talks')
  @Header('content-type', 'text/html; charset=utf-8')
  async list(@Req() request: SignedInRequest, @Param('id') id: string, @Query('done') done?: string): Promise<string> {
    return this.pages.whole(request, 'pool/reviews.njk', { ...(await this.listModel(request, id, NOTHING)), ...flashOf(POOL_DONE, done) });
  }

  @Get('pools/:id/talks/new')
  @Header('content-type', 'text/html; charset=utf-8')
  async showNew(@Req() request: SignedInRequest, @Param('id') id: string, @Query() { harm, about, asked }: Readonly<Record<string, unknown>>): Promise<string> {
    const facts = await this.forTeller(request, id);
    return this.pages.whole(
      request,
      'pool/review-new.njk',
      this.newModel(facts, { ...NOTHING, about: typeof about === 'string' ? about : '' }, harm ?? (asked === 'yes' ? '' : undefined)),
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

  @Get('pools/:id/talks/:review')
  @Header('content-type', 'text/html; charset=utf-8')
  async show(@Req() request: SignedInRequest, @Param('id') id: string, @Param('review') review: string, @Query('done') done?: string): Promise<string> {
    return this.pages.whole(request, 'pool/review.njk', { ...(await this.model(request, id, review, NOTHING, '')), ...flashOf(POOL_DONE, done) });
  }

  @Post('pools/:id/talks/:review/:what')
  @Redirect()
  async act(
    @Req() request: SignedInRequest,
    @Param('id') id: string,
    @Param('review') reviewId: string,
    @Param('what') what: string,
    @Body() body: FormBody,
  ): Promise<SeeOther> {
    const key = takeFormKey(body);
    const facts = await this.reader.facts(request.actor!, idOf<'pool'>(id));
    const review = await this.find(request, facts, reviewId);
    const typed = typedReview(body, WORDS_OF[what]);
    const step = this.stepOf(request, what, review, typed, forWhom(facts), key);
    return act<unknown, SeeOther>({
      template: 'pool/review.njk',
      model: () => this.model(request, id, reviewId, typed, what),
      faults: step.faults,
      names: { forMember: 'whose', isUpheld: 'upheld', words: WORDS_OF[what] ?? 'words' },
      command: step.run,
      next: () => (what === 'leave' ? seeOther(paths.poolReviews(id), 'membership-ended') : seeOther(paths.poolReview(id, reviewId), step.done)),
    });
  }

  @Get('pools/:id/take-on')
  @Header('content-type', 'text/html; charset=utf-8')
  async showTakeOn(@Req() request: SignedInRequest, @Param('id') id: string): Promise<string> {
    idOf<'pool'>(id);
    return this.pages.whole(request, 'pool/take-on.njk', withFormKey({ title: 'Help this pool as its broker?', action: paths.takeOnPool(id) }));
  }

  @Post('pools/:id/take-on')
  @Redirect()
  takeOn(@Req() request: SignedInRequest, @Param('id') id: string, @Body() body: FormBody): Promise<SeeOther> {
    const key = takeFormKey(body);
    return act({
      template: 'pool/take-on.njk',
      model: () => withFormKey({ title: 'Help this pool as its broker?', action: paths.takeOnPool(id) }),
      command: () => this.brokers.takeOn(request.actor!, idOf<'pool'>(id), key),
      next: () => seeOther(paths.pool(id), 'taken-on'),
    });
  }

  /** One of the things that can be done on the page of a talk. */
  private stepOf(request: SignedInRequest, what: string, { id }: ReviewView, typed: ReviewTyped, whom: { readonly personId?: PersonId }, key: string) {
    const actor = request.actor!;
    const { reviews, voices } = this;
    const step = <Command>(
      { command, faults }: { command: Command; faults: readonly { field: string; message: string }[] },
      done: string,
      run: (command: Command) => Promise<unknown>,
    ) => ({
      faults,
      done,
      run: () => run(command),
    });
    switch (what) {
      case 'voice':
        return step(readVoice(typed), 'voice-given', (command) => voices.give(actor, id, { ...command, ...whom }, key));
      case 'answer':
        return step(readAnswer(typed), 'answer-given', (command) => voices.answer(actor, id, { ...command, ...whom }, key));
      case 'appeal':
        return step(readAppeal(typed), 'appealed', (command) => voices.appeal(actor, id, { ...command, ...whom }, key));
      case 'stage':
        return step(readStage(typed), 'stage-opened', (command) => reviews.open(actor, id, command, key));
      case 'settle':
        return step(readSettle(typed), 'settled', (command) => reviews.settle(actor, id, command, key));
      case 'appeal-answer':
        return step(readAppealAnswer(typed), 'answered', (command) => reviews.answerAppeal(actor, id, command, key));
      case 'close':
        return step({ command: null, faults: [] }, 'stage-closed', () => reviews.close(actor, id));
      case 'leave':
        return step({ command: null, faults: [] }, 'membership-ended', () => reviews.endMembership(actor, id, key));
      default:
        throw notFound('The page');
    }
  }

  private async forTeller(request: SignedInRequest, id: string): Promise<PoolFacts> {
    const facts = await this.reader.facts(request.actor!, idOf<'pool'>(id));
    if (!facts.isBroker && !(facts.mayPutIn && (facts.pool.actingFor?.mayDecide ?? true))) throw forbidden();
    return facts;
  }

  private async find(request: SignedInRequest, { pool }: PoolFacts, review: string): Promise<ReviewView> {
    const view = await this.queries.one(request.actor!, idOf<'review'>(review), pool.actingFor?.personId);
    if (view.poolId !== pool.id) throw notFound('The page');
    return view;
  }

  private async listModel(request: SignedInRequest, id: string, typed: ReviewTyped, ask = '') {
    const actor = request.actor!;
    const facts = await this.reader.facts(actor, idOf<'pool'>(id));
    const { pool, isBroker } = facts;
    const { reviews, asks }: PoolReviews = await this.queries.ofPool(actor, pool.id, pool.actingFor?.personId);
    const members = pool.members.filter((member) => member.state === 'member').length;
    return withFormKey({
      title: BACK,
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
      back: { href: paths.poolReviews(pool.id), text: BACK },
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

  private async model(request: SignedInRequest, id: string, reviewId: string, typed: ReviewTyped, what: string) {
    const facts = await this.reader.facts(request.actor!, idOf<'pool'>(id));
    const { pool } = facts;
    const review = await this.find(request, facts, reviewId);
    const of = (name: string): ReviewTyped => (name === what ? typed : NOTHING);
    const last = review.stages.at(-1);
    return withFormKey({
      title: review.place === 'member' ? 'How things go with you' : `How things go with ${review.firstName}`,
      readAloud: review.place !== 'chair',
      back: { href: paths.poolReviews(id), text: BACK },
      head: poolHead(pool, 'people'),
      review,
      tag: reviewTag(review),
      stages: [...review.stages].reverse().map((stage) => stageItem(stage, review)),
      isMember: review.place === 'member',
      isChair: review.place === 'chair',
      own: ownVoice(review),
      says: saysItems(review.may.say),
      leaving: leavingWords(review),
      answers: review.answers,
      opens: review.may.open.map((stage) => ({ value: stage, text: STAGE_WORDS[stage] })),
      stageNow: last?.state === 'open' ? last : null,
      canTypeIn: review.place === 'chair' && last?.state === 'open' && !review.isTooSmall,
      typeInSays: review.place === 'chair' && last ? saysItems(saysAt(last.stage)) : [],
      whose: review.others.map((each) => ({ value: String(each.joinOrder), text: each.firstName })),
      typed: { voice: of('voice'), answer: of('answer'), appeal: of('appeal'), stage: of('stage'), settle: of('settle'), appealAnswer: of('appeal-answer') },
      at: what,
      action: paths.poolReview(id, reviewId),
      worriedHref: paths.worriedFrom(paths.poolReview(id, reviewId)),
      complainHref: paths.complain,
    });
  }
}

const forWhom = ({ pool }: PoolFacts): { readonly personId?: PersonId } => (pool.actingFor ? { personId: pool.actingFor.personId } : {});
