import { Body, Controller, Get, Header, Param, Post, Query, Redirect, Req, UseGuards } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { Goals } from '../../holders/index.js';
import type { SignedInRequest } from '../../identity/index.js';
import { can, requireAccess } from '../../identity/index.js';
import type { CardView } from '../../introductions/index.js';
import { CardPictures, Cards, PAGE_VERSIONS } from '../../introductions/index.js';
import { notFound } from '../../kernel/index.js';
import type { Whose } from '../acting-for/whose.js';
import { WhosePages } from '../acting-for/whose.js';
import { CardReader } from '../card/card-reader.js';
import { seeOther, textOf, withFormKey, type FormBody, type SeeOther } from '../form-body.js';
import { paths } from '../paths.js';
import { takeFormKey } from '../session/form-key.js';
import { PageSignedIn } from '../session/page-guards.js';
import type { PageParts } from '../session/pages.js';
import { Pages } from '../session/pages.js';
import { act, flashOf } from '../shell/index.js';
import type { PictureQuestion } from './picture-questions.js';
import { ideasChosen, PICTURED, questionsFor } from './picture-questions.js';
import { cardOfPictures, MOST_IDEAS, picturedGoals, PICTURES_DONE, questionView } from './pictures.view.js';

interface Going {
  readonly whose: Whose;
  readonly answers: ReadonlyMap<string, string>;
  readonly questions: readonly PictureQuestion[];
  readonly card: CardView | undefined;
}

/** Goals and the card in pictures: few words, one idea a screen, each answer kept at once. */
@ApiExcludeController()
@Controller('people/:person/pictures')
@UseGuards(PageSignedIn)
export class PicturesPage {
  constructor(
    private readonly pages: Pages,
    private readonly whosePages: WhosePages,
    private readonly pictures: CardPictures,
    private readonly reader: CardReader,
    private readonly cards: Cards,
    private readonly goals: Goals,
  ) {}

  @Get()
  @Header('content-type', 'text/html; charset=utf-8')
  async start(@Req() request: SignedInRequest, @Param('person') person: string, @Query('done') done?: string): Promise<string> {
    const { whose, answers, questions } = await this.going(request, person);
    const following = questions.find((question) => !answers.has(question.id));
    const parts = { ...partsOf(whose, 'Choose with pictures'), ...flashOf(PICTURES_DONE, done) };
    return this.pages.show(request, 'pictures/start.njk', parts, {
      whose,
      hasBegun: answers.size > 0,
      goOn: paths.picture(whose.id, following?.id ?? 'check'),
      begin: paths.picture(whose.id, questions[0]!.id),
      here: paths.pictures(whose.id),
    });
  }

  /** Which version the person wants from now on. */
  @Post('choose')
  @Redirect()
  async choose(@Req() request: SignedInRequest, @Param('person') person: string, @Body() body: FormBody): Promise<SeeOther> {
    const whose = await this.of(request, person);
    const version = PAGE_VERSIONS.find((each) => each === textOf(body, 'version')) ?? 'words';
    await this.pictures.choose(request.actor!, whose.id, version);
    return seeOther(version === 'pictures' ? paths.pictures(whose.id) : paths.card(whose.id));
  }

  @Post('again')
  @Redirect()
  async again(@Req() request: SignedInRequest, @Param('person') person: string): Promise<SeeOther> {
    const whose = await this.of(request, person);
    await this.pictures.startAgain(request.actor!, whose.id);
    return seeOther(paths.pictures(whose.id), 'again');
  }

  @Get('check')
  @Header('content-type', 'text/html; charset=utf-8')
  async check(@Req() request: SignedInRequest, @Param('person') person: string): Promise<string> {
    return this.pages.whole(request, 'pictures/check.njk', this.checkModel(await this.going(request, person)));
  }

  @Post('check')
  @Redirect()
  async make(@Req() request: SignedInRequest, @Param('person') person: string): Promise<SeeOther> {
    const going = await this.going(request, person);
    const { command, faults } = cardOfPictures(going.answers, going.card);
    return act({
      template: 'pictures/check.njk',
      model: () => this.checkModel(going),
      faults: faults.map(({ field, message }) => ({
        field: '',
        message: field === 'place' ? 'Say where you live first' : field === 'goals' ? 'Choose 1 to 8 pictures' : message,
      })),
      names: () => '',
      command: async () => {
        await this.cards.write(request.actor!, going.whose.id, command);
        await this.pictures.choose(request.actor!, going.whose.id, 'pictures');
      },
      next: () => {
        const asksWhichFirst = ideasChosen(going.answers).length > 0 && can(request.actor!, 'goal:write', { person: going.whose.id });
        return seeOther(asksWhichFirst ? paths.picture(going.whose.id, 'first') : paths.card(going.whose.id));
      },
    });
  }

  /** Which of them matters most: it becomes a goal. */
  @Get('first')
  @Header('content-type', 'text/html; charset=utf-8')
  async first(@Req() request: SignedInRequest, @Param('person') person: string): Promise<string> {
    const { whose, answers } = await this.going(request, person);
    const ideas = picturedGoals(ideasChosen(answers).map((id) => ({ id, words: id })));
    return this.pages.whole(request, 'pictures/first.njk', withFormKey({ ...partsOf(whose, 'Which one first?'), whose, ideas, skip: paths.card(whose.id) }));
  }

  @Post('first')
  @Redirect()
  async makeGoal(@Req() request: SignedInRequest, @Param('person') person: string, @Body() body: FormBody): Promise<SeeOther> {
    const whose = await this.of(request, person);
    const key = takeFormKey(body);
    const idea = PICTURED.get(textOf(body, 'idea'));
    if (!idea) throw notFound('This picture');
    await this.goals.addGoal(request.actor!, whose.id, { matters: idea.words }, key);
    return seeOther(paths.card(whose.id), 'goal');
  }

  @Get(':question')
  @Header('content-type', 'text/html; charset=utf-8')
  async ask(@Req() request: SignedInRequest, @Param('person') person: string, @Param('question') id: string): Promise<string> {
    return this.pages.whole(request, 'pictures/question.njk', this.questionModel(await this.going(request, person), id));
  }

  @Post(':question')
  @Redirect()
  async answer(@Req() request: SignedInRequest, @Param('person') person: string, @Param('question') id: string, @Body() body: FormBody): Promise<SeeOther> {
    const going = await this.going(request, person);
    const { whose } = going;
    // On the last page any picture can be taken off, also one that came on the card in another way and was not asked about.
    if (textOf(body, 'from') === 'check' && PICTURED.has(id)) {
      await this.pictures.answer(request.actor!, whose.id, id, 'no');
      return seeOther(paths.picture(whose.id, 'check'));
    }
    const question = going.questions.find((each) => each.id === id);
    if (!question) throw notFound('This picture');
    const typed = textOf(body, 'answer').trim().toLowerCase();
    const answer = question.kind === 'where' ? (typed.split(' ')[0] ?? '') : typed;
    const isAnswer = question.kind === 'where' ? /^[a-z]{1,2}\d[a-z\d]?$/.test(answer) : question.answers.some((each) => each.value === answer);
    return act({
      template: 'pictures/question.njk',
      model: () => this.questionModel(going, id, typed),
      faults: isAnswer ? [] : [{ field: 'answer', message: question.kind === 'where' ? 'Enter the first part of your postcode, like M33' : 'Press a picture' }],
      command: () => this.pictures.answer(request.actor!, whose.id, id, answer),
      next: () => {
        const questions = questionsFor(new Map(going.answers).set(id, answer), going.questions.at(-1)!.kind === 'where');
        return seeOther(paths.picture(whose.id, questions[questions.findIndex((each) => each.id === id) + 1]?.id ?? 'check'));
      },
    });
  }

  private questionModel({ whose, questions, answers }: Going, id: string, typed?: string): PageParts {
    if (!questions.some((question) => question.id === id)) throw notFound('This picture');
    const view = questionView(whose, questions, answers, id);
    return { ...partsOf(whose, view.words), ...view, typed: typed ?? answers.get(id) ?? '' } as PageParts;
  }

  private checkModel({ whose, answers, questions, card }: Going): PageParts {
    const { goals } = cardOfPictures(answers, card);
    const wordsOf = (id: string): string => card?.goals.find((goal) => goal.id === id)?.words ?? id;
    const all = picturedGoals(goals.map((id) => ({ id, words: wordsOf(id) })));
    return {
      ...partsOf(whose, goals.length > 0 ? 'Is this right?' : 'No picture yet'),
      whose,
      goals: all.map((goal) => ({
        ...goal,
        takeOff: PICTURED.has(goal.id) ? paths.picture(whose.id, goal.id) : null,
        isAsked: answers.get(goal.id) === 'yes',
      })),
      tooMany: goals.length > MOST_IDEAS,
      most: MOST_IDEAS,
      previous: paths.picture(whose.id, questions.at(-1)!.id),
      begin: paths.picture(whose.id, questions[0]!.id),
    } as PageParts;
  }

  private async going(request: SignedInRequest, person: string): Promise<Going> {
    const whose = await this.of(request, person);
    const [answers, card] = [await this.pictures.answersOf(request.actor!, whose.id), await this.reader.cardOf(request.actor!, whose.id)];
    const asksPlace = await this.reader.asksPlace(request.actor!, whose.id, card);
    return { whose, answers, card, questions: questionsFor(answers, asksPlace) };
  }

  private async of(request: SignedInRequest, person: string): Promise<Whose> {
    const whose = await this.whosePages.of(request.actor!, person);
    requireAccess(request.actor!, 'card:write', { person: whose.id });
    return whose;
  }
}

const partsOf = (whose: Whose, title: string): PageParts => ({
  title,
  actingFor: whose.actingFor,
  readAloud: true,
  back: { href: paths.card(whose.id), text: 'Stop for now' },
});
