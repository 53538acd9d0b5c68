import { Body, Controller, Get, Header, Param, Post, Redirect, Req, UseGuards } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { LaterKind, ReclaimMoney, ReduceLine, ResumeMoney, ReviewPlan, StopMoney, SuspendMoney } from '../../commissioning/index.js';
import { LaterDecisions, STATUTES } from '../../commissioning/index.js';
import type { SignedInRequest } from '../../identity/index.js';
import type { Actor } from '../../kernel/index.js';
import { forbidden, notFound } from '../../kernel/index.js';
import type { PlanId, PlanView } from '../../plans/index.js';
import { seeOther, withFormKey, type FormBody, type SeeOther } from '../form-body.js';
import { paths } from '../paths.js';
import { takeFormKey } from '../session/form-key.js';
import { PageSignedIn } from '../session/page-guards.js';
import type { PageParts } from '../session/pages.js';
import { Pages } from '../session/pages.js';
import { act } from '../shell/index.js';
import { groundItems, isLaterKind, LATER_FORMS, nameInForm, readLater, typedLater, type LaterCommand, type LaterTyped } from './later-decision.form.js';
import { PersonReader } from './person-reader.js';
import type { PersonFacts } from './person.view.js';
import { linesTable } from './person.view.js';

type Facts = PersonFacts & { readonly plan: PlanView };

/** What the board decides after a plan was agreed: one page each for a review, less money, money back, a suspension, its end, and a stop. */
@ApiExcludeController()
@Controller('people/:person/plans/:plan/decisions/:kind')
@UseGuards(PageSignedIn)
export class LaterDecisionPage {
  constructor(
    private readonly pages: Pages,
    private readonly reader: PersonReader,
    private readonly later: LaterDecisions,
  ) {}

  @Get()
  @Header('content-type', 'text/html; charset=utf-8')
  async show(@Req() request: SignedInRequest, @Param('person') person: string, @Param('plan') plan: string, @Param('kind') text: string): Promise<string> {
    const { facts, kind } = await this.facts(request.actor!, person, plan, text);
    return this.pages.whole(request, 'people/later-decision.njk', modelOf(facts, kind, typedLater({})));
  }

  @Post()
  @Redirect()
  async decide(
    @Req() request: SignedInRequest,
    @Param('person') person: string,
    @Param('plan') plan: string,
    @Param('kind') text: string,
    @Body() body: FormBody,
  ): Promise<SeeOther> {
    const { facts, kind } = await this.facts(request.actor!, person, plan, text);
    const key = takeFormKey(body);
    const typed = typedLater(body);
    const { command, faults } = readLater(kind, typed);
    return act({
      template: 'people/later-decision.njk',
      model: () => modelOf(facts, kind, typed),
      faults,
      names: nameInForm,
      command: () => this.run(kind, request.actor!, facts.plan.id, command, key),
      next: () => seeOther(paths.person(facts.person.id), LATER_FORMS[kind].code),
    });
  }

  private run(kind: LaterKind, actor: Actor, plan: PlanId, command: LaterCommand, key: string): Promise<unknown> {
    switch (kind) {
      case 'review':
        return this.later.review(actor, plan, command as ReviewPlan, key);
      case 'reduce':
        return this.later.reduce(actor, plan, command as ReduceLine, key);
      case 'reclaim':
        return this.later.reclaim(actor, plan, command as ReclaimMoney, key);
      case 'suspend':
        return this.later.suspend(actor, plan, command as SuspendMoney, key);
      case 'resume':
        return this.later.resume(actor, plan, command as ResumeMoney, key);
      case 'stop':
        return this.later.stop(actor, plan, command as StopMoney, key);
    }
  }

  private async facts(actor: Actor, person: string, plan: string, kind: string): Promise<{ facts: Facts; kind: LaterKind }> {
    if (!isLaterKind(kind)) throw notFound('This page');
    const facts = await this.reader.plan(actor, person, plan);
    if (!facts.may.decide) throw forbidden();
    return { facts, kind };
  }
}

function modelOf(facts: Facts, kind: LaterKind, typed: LaterTyped): PageParts {
  const { person, plan, lines, today } = facts;
  const { title, about, lines: wanted, amount, day, button } = LATER_FORMS[kind];
  const ofPlan = lines.filter((line) => line.planId === plan.id && (line.state === 'open' || kind === 'reclaim'));
  const fitting = kind === 'resume' ? ofPlan.filter((line) => line.suspendedOn !== null) : ofPlan;
  return withFormKey({
    title: `${title}: ${person.firstName} ${person.familyName}`,
    back: { href: paths.person(person.id), text: `Back to ${person.firstName} ${person.familyName}` },
    isWide: true,
    about,
    money: wanted ? linesTable(fitting, today) : null,
    lines: wanted && [
      ...(wanted.whole === null ? [] : [{ value: '', text: wanted.whole }]),
      ...fitting.map((line) => ({ value: line.id, text: `${line.name} (${line.reference})` })),
    ],
    grounds: groundItems(kind),
    statute: STATUTES[kind],
    amount,
    day,
    isSaidNeeded: kind === 'reclaim',
    press: button,
    typed,
  });
}
