import { Body, Controller, Get, Header, Param, Post, Req, Res, UseGuards } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { AgreePlanForm } from './decision.form.js';
import { Commissioning } from '../../commissioning/index.js';
import type { SignedInRequest } from '../../identity/index.js';
import type { PersonId } from '../../kernel/index.js';
import { addMonths, forbidden } from '../../kernel/index.js';
import type { PlanId } from '../../plans/index.js';
import { Plans } from '../../plans/index.js';
import { FormInvalid, readCommand } from '../../platform/index.js';
import { textOf, withFormKey, type FormBody } from '../form-body.js';
import { paths } from '../paths.js';
import { orAgain } from '../pool/form-again.js';
import { takeFormKey } from '../session/form-key.js';
import { PageSignedIn } from '../session/page-guards.js';
import type { PageParts } from '../session/pages.js';
import { Pages } from '../session/pages.js';
import { FundingPlaces } from './funding-places.js';
import { PersonReader } from './person-reader.js';
import type { PersonFacts } from './person.view.js';
import { planFacts, servicesTable } from './person.view.js';
import { CATEGORIES, firstYear, PER_WORDS } from './people.words.js';
import { NO_PLAN, noFunding, planValues, readFunding, readPlan, wantsMore, type FundValues, type PlanValues } from './plan.form.js';

const HTML = 'text/html; charset=utf-8';
const nameOf = ({ person }: Pick<PersonFacts, 'person'>): string => `${person.firstName} ${person.familyName}`;
const daysOf = (day: string): { day: string; month: string; year: string } => ({
  day: String(Number(day.slice(8))),
  month: String(Number(day.slice(5, 7))),
  year: day.slice(0, 4),
});

/** Drafting a plan, deciding about it, and funding it: three pages, one question each. */
@ApiExcludeController()
@Controller('people/:person/plans')
@UseGuards(PageSignedIn)
export class PlanPage {
  constructor(
    private readonly pages: Pages,
    private readonly reader: PersonReader,
    private readonly places: FundingPlaces,
    private readonly plans: Plans,
    private readonly commissioning: Commissioning,
  ) {}

  @Get('new')
  @Header('content-type', HTML)
  async blank(@Req() request: SignedInRequest, @Param('person') person: string): Promise<string> {
    const facts = await this.writer(request, person);
    return this.pages.show(request, 'people/draft-plan.njk', draftParts(facts), draftModel(NO_PLAN));
  }

  @Post('new')
  async draft(@Req() request: SignedInRequest, @Res() reply: FastifyReply, @Param('person') person: string, @Body() body: FormBody): Promise<void> {
    const facts = await this.writer(request, person);
    const key = takeFormKey(body);
    if (wantsMore(body))
      return void (await reply.type(HTML).send(this.pages.show(request, 'people/draft-plan.njk', draftParts(facts), draftModel(planValues(body)))));
    const { values, command, faults } = readPlan(body, { person: facts.person.id, coordinator: request.actor!.id as PersonId });
    const again = (errors: typeof faults): FormInvalid => new FormInvalid('people/draft-plan.njk', { ...draftParts(facts), ...draftModel(values), errors });
    if (faults.length > 0) throw again(faults);
    await orAgain(() => this.plans.draft(request.actor!, command, key), again);
    await reply.redirect(`${paths.person(facts.person.id)}?done=drafted`, 303);
  }

  @Get(':plan/agree')
  @Header('content-type', HTML)
  async decide(@Req() request: SignedInRequest, @Param('person') person: string, @Param('plan') id: string): Promise<string> {
    const facts = await this.reader.plan(request.actor!, person, id);
    return this.pages.show(request, 'people/agree-plan.njk', agreeParts(facts), agreeModel(facts, ''));
  }

  @Post(':plan/agree')
  async agree(
    @Req() request: SignedInRequest,
    @Res() reply: FastifyReply,
    @Param('person') person: string,
    @Param('plan') id: string,
    @Body() body: FormBody,
  ): Promise<void> {
    const facts = await this.reader.plan(request.actor!, person, id);
    const key = takeFormKey(body);
    const reason = textOf(body, 'reason');
    const { command, faults } = readCommand(AgreePlanForm, { reason: reason.replace(/\s*[\r\n]+\s*/g, ' ') });
    const again = (errors: typeof faults): FormInvalid =>
      new FormInvalid('people/agree-plan.njk', {
        ...agreeParts(facts),
        ...agreeModel(facts, reason),
        errors: errors.map((fault) => ({ ...fault, field: fault.field === 'reason' ? 'reason' : '' })),
      });
    if (faults.length > 0) throw again(faults);
    await orAgain(() => this.commissioning.agreePlan(request.actor!, facts.plan.id as unknown as PlanId, command, key), again);
    await reply.redirect(`${paths.person(facts.person.id)}?done=agreed`, 303);
  }

  @Get(':plan/fund')
  @Header('content-type', HTML)
  async money(@Req() request: SignedInRequest, @Param('person') person: string, @Param('plan') id: string): Promise<string> {
    const facts = await this.reader.plan(request.actor!, person, id);
    const values = noFunding(facts.icb, daysOf(facts.today), daysOf(lastDayOfYear(facts.today)));
    return this.pages.show(request, 'people/fund-plan.njk', fundParts(facts), await this.fundModel(request, facts, values));
  }

  @Post(':plan/fund')
  async fund(
    @Req() request: SignedInRequest,
    @Res() reply: FastifyReply,
    @Param('person') person: string,
    @Param('plan') id: string,
    @Body() body: FormBody,
  ): Promise<void> {
    const facts = await this.reader.plan(request.actor!, person, id);
    const key = takeFormKey(body);
    const { values, command, faults } = readFunding(body, facts.plan.id, facts.icb);
    if (wantsMore(body))
      return void (await reply
        .type(HTML)
        .send(this.pages.show(request, 'people/fund-plan.njk', fundParts(facts), await this.fundModel(request, facts, values))));
    const again = async (errors: typeof faults): Promise<FormInvalid> =>
      new FormInvalid('people/fund-plan.njk', { ...fundParts(facts), ...(await this.fundModel(request, facts, values)), errors });
    if (faults.length > 0) throw await again(faults);
    await orAgain(() => this.commissioning.fund(request.actor!, command, key), again);
    await reply.redirect(`${paths.person(facts.person.id)}?done=funded`, 303);
  }

  private async fundModel(request: SignedInRequest, facts: PersonFacts & { plan: Parameters<typeof servicesTable>[0] }, values: FundValues): Promise<object> {
    const choices = await this.places.of(request.actor!, facts.person.id);
    return withFormKey({ values, ...choices, services: servicesTable(facts.plan), firstYear: firstYear(facts.plan.lines) });
  }

  private async writer(request: SignedInRequest, person: string): Promise<PersonFacts> {
    const facts = await this.reader.facts(request.actor!, person);
    if (!facts.may.write) throw forbidden();
    return facts;
  }
}

/** A budget usually runs for a year; the co-ordinator may say otherwise. */
const lastDayOfYear = (from: PersonFacts['today']): string => new Date(Date.parse(`${addMonths(from, 12)}T00:00:00Z`) - 86_400_000).toISOString().slice(0, 10);

const back = (facts: PersonFacts): PageParts['back'] => ({ href: paths.person(facts.person.id), text: `Back to ${nameOf(facts)}` });
const draftParts = (facts: PersonFacts): PageParts => ({ title: `Draft a plan for ${nameOf(facts)}`, back: back(facts) });
const agreeParts = (facts: PersonFacts): PageParts => ({ title: `Decide about the plan of ${nameOf(facts)}`, back: back(facts), isWide: true });
const fundParts = (facts: PersonFacts): PageParts => ({ title: `Fund the plan of ${nameOf(facts)}`, back: back(facts), isWide: true });

const draftModel = (values: PlanValues): object =>
  withFormKey({
    values,
    categories: CATEGORIES,
    pers: Object.entries(PER_WORDS).map(([value, text]) => ({ value, text: text.replace(/^./, (first) => first.toUpperCase()) })),
  });

const agreeModel = ({ plan }: { plan: Parameters<typeof planFacts>[0] }, reason: string): object =>
  withFormKey({ facts: planFacts(plan), services: servicesTable(plan), reason, isDraft: plan.state === 'draft' });
