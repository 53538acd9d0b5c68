import { Body, Controller, Get, Header, Param, Post, Query, Redirect, Req, UseGuards } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { GoalState, GoalView } from '../../holders/index.js';
import { ChangeGoal, Goals, HolderQueries } from '../../holders/index.js';
import type { SignedInRequest } from '../../identity/index.js';
import { can, requireAccess } from '../../identity/index.js';
import { notFound } from '../../kernel/index.js';
import { readCommand } from '../../platform/index.js';
import { NO_DATE, partsOfDay } from '../blocks/index.js';
import type { Whose } from '../acting-for/whose.js';
import { WhosePages } from '../acting-for/whose.js';
import { seeOther, textOf, withFormKey, type FormBody, type SeeOther } from '../form-body.js';
import { paths } from '../paths.js';
import { takeFormKey } from '../session/form-key.js';
import { PageSignedIn } from '../session/page-guards.js';
import type { PageParts } from '../session/pages.js';
import { Pages } from '../session/pages.js';
import { act, flashOf } from '../shell/index.js';
import { NO_GOAL, readGoal, readGoalChange, readRating, type GoalValues, type RatingForm } from './goal.form.js';
import { GOAL_DONE, goalView } from './goal.view.js';

const NO_RATING: RatingForm['values'] = { rating: '', words: '', helped: false };

/** What a person wants, and how close they say they are. */
@ApiExcludeController()
@Controller('people/:person/goals')
@UseGuards(PageSignedIn)
export class GoalPage {
  constructor(
    private readonly pages: Pages,
    private readonly whosePages: WhosePages,
    private readonly queries: HolderQueries,
    private readonly goals: Goals,
  ) {}

  @Get('new')
  @Header('content-type', 'text/html; charset=utf-8')
  async blank(@Req() request: SignedInRequest, @Param('person') person: string): Promise<string> {
    const whose = await this.writerOf(request, person);
    return this.pages.whole(request, 'goals/goal-form.njk', formModel(whose, NO_GOAL));
  }

  @Post('new')
  @Redirect()
  async add(@Req() request: SignedInRequest, @Param('person') person: string, @Body() body: FormBody): Promise<SeeOther> {
    const whose = await this.writerOf(request, person);
    const key = takeFormKey(body);
    const { values, command, faults } = readGoal(body);
    return act({
      template: 'goals/goal-form.njk',
      model: () => formModel(whose, values),
      faults,
      command: () => this.goals.addGoal(request.actor!, whose.id, command, key),
      next: () => seeOther(paths.goodLife(whose.id), 'goal'),
    });
  }

  @Get(':goal')
  @Header('content-type', 'text/html; charset=utf-8')
  async show(@Req() request: SignedInRequest, @Param('person') person: string, @Param('goal') id: string, @Query('done') done?: string): Promise<string> {
    const { whose, goal } = await this.found(request, person, id);
    return this.pages.whole(request, 'goals/goal.njk', { ...this.model(request, whose, goal, NO_RATING), ...flashOf(GOAL_DONE, done) });
  }

  @Post(':goal/rate')
  @Redirect()
  async rate(@Req() request: SignedInRequest, @Param('person') person: string, @Param('goal') id: string, @Body() body: FormBody): Promise<SeeOther> {
    const { whose, goal } = await this.found(request, person, id);
    const key = takeFormKey(body);
    const { values, command, faults } = readRating(body);
    return act({
      template: 'goals/goal.njk',
      model: () => this.model(request, whose, goal, values),
      faults,
      command: () => this.goals.rateGoal(request.actor!, goal.id, command, key),
      next: () => seeOther(paths.goal(whose.id, goal.id), 'rated'),
    });
  }

  @Get(':goal/change')
  @Header('content-type', 'text/html; charset=utf-8')
  async change(@Req() request: SignedInRequest, @Param('person') person: string, @Param('goal') id: string): Promise<string> {
    await this.writerOf(request, person);
    const { whose, goal } = await this.found(request, person, id);
    const values: GoalValues = {
      matters: goal.matters,
      why: goal.why,
      firstStep: goal.firstStep,
      whoHelps: goal.whoHelps,
      signs: goal.signs.join('\n'),
      byDay: goal.byDay ? partsOfDay(goal.byDay) : NO_DATE,
    };
    return this.pages.whole(request, 'goals/goal-form.njk', formModel(whose, values, goal));
  }

  @Post(':goal/change')
  @Redirect()
  async save(@Req() request: SignedInRequest, @Param('person') person: string, @Param('goal') id: string, @Body() body: FormBody): Promise<SeeOther> {
    const { whose, goal } = await this.found(request, person, id);
    takeFormKey(body);
    const { values, command, faults } = readGoalChange(body);
    return act({
      template: 'goals/goal-form.njk',
      model: () => formModel(whose, values, goal),
      faults,
      command: () => this.goals.changeGoal(request.actor!, goal.id, command),
      next: () => seeOther(paths.goal(whose.id, goal.id), 'changed'),
    });
  }

  @Post(':goal/state')
  @Redirect()
  async move(@Req() request: SignedInRequest, @Param('person') person: string, @Param('goal') id: string, @Body() body: FormBody): Promise<SeeOther> {
    const { whose, goal } = await this.found(request, person, id);
    const { command, faults } = readCommand(ChangeGoal, { state: textOf(body, 'state') });
    if (faults.length > 0) throw notFound('This step');
    const { state } = await this.goals.changeGoal(request.actor!, goal.id, command);
    return seeOther(paths.goal(whose.id, goal.id), state satisfies GoalState);
  }

  private model(request: SignedInRequest, whose: Whose, goal: GoalView, rating: RatingForm['values']): PageParts {
    const may = { write: can(request.actor!, 'goal:write', { person: whose.id }), rate: can(request.actor!, 'goal:rate', { person: whose.id }) };
    const numbers = Array.from({ length: 11 }, (_, number) => ({ value: String(number), text: String(number) }));
    return withFormKey({ ...goalParts(whose, goal), ...goalView(whose, may, goal), rating, numbers, here: paths.goal(whose.id, goal.id) });
  }

  private async found(request: SignedInRequest, person: string, id: string): Promise<{ whose: Whose; goal: GoalView }> {
    const whose = await this.whosePages.of(request.actor!, person);
    const goal = (await this.queries.goalsOf(request.actor!, whose.id)).find((each) => each.id === id);
    if (!goal) throw notFound('The goal');
    return { whose, goal };
  }

  private async writerOf(request: SignedInRequest, person: string): Promise<Whose> {
    const whose = await this.whosePages.of(request.actor!, person);
    requireAccess(request.actor!, 'goal:write', { person: whose.id });
    return whose;
  }
}

const goalParts = (whose: Whose, goal: GoalView): PageParts => ({
  title: goal.matters.length > 80 ? `${goal.matters.slice(0, 78)}…` : goal.matters,
  actingFor: whose.actingFor,
  readAloud: true,
  back: { href: paths.goodLife(whose.id), text: `Back to ${whose.your} good life` },
});

const formModel = (whose: Whose, values: GoalValues, goal?: GoalView) =>
  withFormKey({
    title: goal ? 'Change this goal' : 'Add a goal',
    actingFor: whose.actingFor,
    readAloud: true,
    back: goal
      ? { href: paths.goal(whose.id, goal.id), text: 'Back to the goal' }
      : { href: paths.goodLife(whose.id), text: `Back to ${whose.your} good life` },
    whose,
    values,
  });
