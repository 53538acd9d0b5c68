import { Body, Controller, Get, Header, Param, Post, Query, Redirect, Req, UseGuards } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { SignedInRequest } from '../../identity/index.js';
import type { PersonId } from '../../kernel/index.js';
import { notFound } from '../../kernel/index.js';
import { idOf } from '../../platform/index.js';
import type { ReviewView } from '../../pools/index.js';
import { MemberReviews, ReviewQueries, ReviewVoices, saysAt } from '../../pools/index.js';
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
import { NOTHING_SAID, readAnswer, readAppeal, readAppealAnswer, readSettle, readStage, readVoice, typedReview, WORDS_OF } from './review.form.js';
import { leavingWords, ownVoice, reviewTag, saysItems, STAGE_WORDS, stageItem, TALKS } from './review.view.js';

/** One talk about how things go with a member: what was said and came out, and what each may say or do now. */
@ApiExcludeController()
@Controller('pools/:id/talks/:review')
@UseGuards(PageSignedIn)
export class ReviewPage {
  constructor(
    private readonly pages: Pages,
    private readonly reader: PoolReader,
    private readonly reviews: MemberReviews,
    private readonly voices: ReviewVoices,
    private readonly queries: ReviewQueries,
  ) {}

  @Get()
  @Header('content-type', 'text/html; charset=utf-8')
  async show(@Req() request: SignedInRequest, @Param('id') id: string, @Param('review') review: string, @Query('done') done?: string): Promise<string> {
    return this.pages.whole(request, 'pool/review.njk', { ...(await this.model(request, id, review, NOTHING_SAID, '')), ...flashOf(POOL_DONE, done) });
  }

  @Post(':what')
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

  private async find(request: SignedInRequest, { pool }: PoolFacts, review: string): Promise<ReviewView> {
    const view = await this.queries.one(request.actor!, idOf<'review'>(review), pool.actingFor?.personId);
    if (view.poolId !== pool.id) throw notFound('The page');
    return view;
  }

  private async model(request: SignedInRequest, id: string, reviewId: string, typed: ReviewTyped, what: string) {
    const facts = await this.reader.facts(request.actor!, idOf<'pool'>(id));
    const { pool } = facts;
    const review = await this.find(request, facts, reviewId);
    const of = (name: string): ReviewTyped => (name === what ? typed : NOTHING_SAID);
    const last = review.stages.at(-1);
    return withFormKey({
      title: review.place === 'member' ? 'How things go with you' : `How things go with ${review.firstName}`,
      readAloud: review.place !== 'chair',
      back: { href: paths.poolReviews(id), text: TALKS },
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
