import { Controller, Get, Header, Param, Req, UseGuards } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { BudgetQueries } from '../../budgets/index.js';
import type { SignedInRequest } from '../../identity/index.js';
import { can } from '../../identity/index.js';
import { MoneyReads } from '../money/money.reads.js';
import { PlanQueries } from '../../plans/index.js';
import { WhosePages } from '../acting-for/whose.js';
import { PageSignedIn } from '../session/page-guards.js';
import { Pages } from '../session/pages.js';
import { planView } from './plan.view.js';

@ApiExcludeController()
@Controller('people/:person/plan')
@UseGuards(PageSignedIn)
export class PlanPage {
  constructor(
    private readonly pages: Pages,
    private readonly whosePages: WhosePages,
    private readonly plans: PlanQueries,
    private readonly budgets: BudgetQueries,
    private readonly money: MoneyReads,
  ) {}

  @Get()
  @Header('content-type', 'text/html; charset=utf-8')
  async show(@Req() request: SignedInRequest, @Param('person') person: string): Promise<string> {
    const actor = request.actor!;
    const whose = await this.whosePages.of(actor, person);
    const plans = await this.plans.plansOf(actor, whose.id);
    const lines = can(actor, 'budget:read', { person: whose.id }) ? await this.budgets.linesOf(actor, whose.id, 'plan') : [];
    const title = whose.isMine ? 'What my plan lets me buy' : `What ${whose.your} plan lets ${whose.name} buy`;
    return this.pages.show(
      request,
      'plan/plan.njk',
      { title, actingFor: whose.actingFor, readAloud: true },
      planView(whose, plans, lines, await this.money.checked(lines)),
    );
  }
}
