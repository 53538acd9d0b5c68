import { Body, Controller, Get, Header, Param, Post, Redirect, Req, Res, UseGuards } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { partsOfDay, sentence } from '../blocks/index.js';
import { AgreePlanForm } from './decision.form.js';
import { Commissioning } from '../../commissioning/index.js';
import type { SignedInRequest } from '../../identity/index.js';
import type { LocalDate, OrganisationId } from '../../kernel/index.js';
import { addDays, addMonths, forbidden } from '../../kernel/index.js';
import type { PlanId } from '../../plans/index.js';
import { Plans } from '../../plans/index.js';
import { readCommand } from '../../platform/index.js';
import { seeOther, textOf, withFormKey, type FormBody, type SeeOther } from '../form-body.js';
import { paths } from '../paths.js';
import { takeFormKey } from '../session/form-key.js';
import { PageSignedIn } from '../session/page-guards.js';
import type { PageParts } from '../session/pages.js';
import { Pages } from '../session/pages.js';
import { act } from '../shell/index.js';
import { FundingPlaces } from './funding-places.js';
import { Officers } from './officers.js';
import { PersonReader } from './person-reader.js';
import type { PersonFacts } from './person.view.js';
import { planFacts, servicesTable } from './person.view.js';
import { CATEGORIES, firstYear, PER_WORDS } from './people.words.js';
import { NO_PLAN, noFunding, planValues, readFunding, readPlan, wantsMore, type FundValues, type PlanValues } from './plan.form.js';

const HTML = 'text/html; charset=utf-8';
const nameOf = ({ person }: Pick<PersonFacts, 'person'>): string => `${person.firstName} ${person.familyName}`;

/** Drafting a plan, deciding about it, and funding it: three pages, one question each. */
@ApiExcludeController()
@Controller('people/:person/plans')
@UseGuards(PageSignedIn)
export class PlanPage {
  constructor(
    private readonly pages: Pages,
    private readonly reader: PersonReader,
    private readonly places: FundingPlaces,
    private readonly officers: Officers,
    private readonly plans: Plans,
    private readonly commissioning: Commissioning,
  ) {}

  @Get('new')
  @Header('content-type', HTML)
  async blank(@Req() request: SignedInRequest, @Param('person') person: string): Promise<string> {
    const facts = await this.writer(request, person);
    const coordinators = await this.coordinatorsOf(request, facts);
    const coordinatorId = coordinators.has(request.actor!.id) ? request.actor!.id : '';
    return this.pages.whole(request, 'people/draft-plan.njk', draftModel(facts, coordinators, { ...NO_PLAN, coordinatorId }));
  }

  @Post('new')
  async draft(@Req() request: SignedInRequest, @Res() reply: FastifyReply, @Param('person') person: string, @Body() body: FormBody): Promise<void> {
    const facts = await this.writer(request, person);
    const key = takeFormKey(body);
    const coordinators = await this.coordinatorsOf(request, facts);
    if (wantsMore(body))
      return void (await reply.type(HTML).send(this.pages.whole(request, 'people/draft-plan.njk', draftModel(facts, coordinators, planValues(body)))));
    const { values, command, faults } = readPlan(body, facts.person.id);
    await act({
      template: 'people/draft-plan.njk',
      model: () => draftModel(facts, coordinators, values),
      faults,
      command: () => this.plans.draft(request.actor!, command, key),
      next: () => reply.redirect(`${paths.person(facts.person.id)}?done=drafted`, 303),
    });
  }

  @Get(':plan/agree')
  @Header('content-type', HTML)
  async decide(@Req() request: SignedInRequest, @Param('person') person: string, @Param('plan') id: string): Promise<string> {
    const facts = await this.reader.plan(request.actor!, person, id);
    return this.pages.whole(request, 'people/agree-plan.njk', agreeModel(facts, ''));
  }

  @Post(':plan/agree')
  @Redirect()
  async agree(@Req() request: SignedInRequest, @Param('person') person: string, @Param('plan') id: string, @Body() body: FormBody): Promise<SeeOther> {
    const facts = await this.reader.plan(request.actor!, person, id);
    const key = takeFormKey(body);
    const reason = textOf(body, 'reason');
    const { command, faults } = readCommand(AgreePlanForm, { reason: reason.replace(/\s*[\r\n]+\s*/g, ' ') });
    return act({
      template: 'people/agree-plan.njk',
      model: () => agreeModel(facts, reason),
      faults,
      names: (field) => (field === 'reason' ? field : ''),
      command: () => this.commissioning.agreePlan(request.actor!, facts.plan.id as unknown as PlanId, command, key),
      next: () => seeOther(paths.person(facts.person.id), 'agreed'),
    });
  }

  @Get(':plan/fund')
  @Header('content-type', HTML)
  async money(@Req() request: SignedInRequest, @Param('person') person: string, @Param('plan') id: string): Promise<string> {
    const facts = await this.reader.plan(request.actor!, person, id);
    const values = noFunding(facts.icb, partsOfDay(facts.today), partsOfDay(lastDayOfYear(facts.today)));
    return this.pages.whole(request, 'people/fund-plan.njk', await this.fundModel(request, facts, values));
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
      return void (await reply.type(HTML).send(this.pages.whole(request, 'people/fund-plan.njk', await this.fundModel(request, facts, values))));
    await act({
      template: 'people/fund-plan.njk',
      model: () => this.fundModel(request, facts, values),
      faults,
      names: { lines: 'name-0' },
      command: () => this.commissioning.fund(request.actor!, command, key),
      next: () => reply.redirect(`${paths.person(facts.person.id)}?done=funded`, 303),
    });
  }

  private async fundModel(
    request: SignedInRequest,
    facts: PersonFacts & { plan: Parameters<typeof servicesTable>[0] },
    values: FundValues,
  ): Promise<PageParts> {
    const choices = await this.places.of(request.actor!, facts.person.id);
    return withFormKey({
      title: `Fund the plan of ${nameOf(facts)}`,
      back: back(facts),
      isWide: true,
      values,
      ...choices,
      services: servicesTable(facts.plan),
      firstYear: firstYear(facts.plan.lines),
    });
  }

  /** Who may be named in a plan for this person: the care co-ordinators of their ICB today, by name. */
  private coordinatorsOf(request: SignedInRequest, { icb }: { icb: OrganisationId }): Promise<ReadonlyMap<string, string>> {
    return this.officers.of(request.actor!, ['care-coordinator'], { icb });
  }

  private async writer(request: SignedInRequest, person: string): Promise<PersonFacts & { icb: OrganisationId }> {
    const facts = await this.reader.facts(request.actor!, person);
    if (!facts.may.write) throw forbidden();
    return facts;
  }
}

/** A budget usually runs for a year; the co-ordinator may say otherwise. */
const lastDayOfYear = (from: LocalDate): LocalDate => addDays(addMonths(from, 12), -1);

const back = (facts: PersonFacts): NonNullable<PageParts['back']> => ({ href: paths.person(facts.person.id), text: `Back to ${nameOf(facts)}` });

const draftModel = (facts: PersonFacts, coordinators: ReadonlyMap<string, string>, values: PlanValues): PageParts =>
  withFormKey({
    title: `Draft a plan for ${nameOf(facts)}`,
    back: back(facts),
    values,
    coordinators: [{ value: '', text: 'Choose' }, ...[...coordinators].map(([value, text]) => ({ value, text }))],
    coordinatorHint:
      coordinators.size > 0
        ? 'The person to ask about this plan. A care co-ordinator of the board.'
        : 'The board has no care co-ordinator today. Ask your operator to give somebody that role first.',
    categories: CATEGORIES,
    pers: Object.entries(PER_WORDS).map(([value, text]) => ({ value, text: sentence(text) })),
  });

const agreeModel = (facts: PersonFacts & { plan: Parameters<typeof planFacts>[0] }, reason: string): PageParts =>
  withFormKey({
    title: `Decide about the plan of ${nameOf(facts)}`,
    back: back(facts),
    isWide: true,
    facts: planFacts(facts.plan),
    services: servicesTable(facts.plan),
    reason,
    isDraft: facts.plan.state === 'draft',
  });
