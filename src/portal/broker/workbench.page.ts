import { Body, Controller, Get, Header, Post, Query, Redirect, Req, UseGuards } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { BrokerQueries } from '../../brokers/index.js';
import type { SignedInRequest } from '../../identity/index.js';
import { requireAccess } from '../../identity/index.js';
import { WaitingQueries } from '../../introductions/index.js';
import { DomainError } from '../../kernel/index.js';
import { Clusters, FEWEST_SHOWN } from '../../matching/index.js';
import { Clock } from '../../platform/index.js';
import { textOf, type FormBody, type SeeOther } from '../form-body.js';
import { paths } from '../paths.js';
import { PageSignedIn } from '../session/page-guards.js';
import { Pages } from '../session/pages.js';
import { flashOf, type Flashes } from '../shell/index.js';
import { clusterCard, plotOf, readPrices, unmetTable, waitingTable, workbenchAt } from './workbench.view.js';

const DONE: Flashes = {
  proposed: {
    kind: 'done',
    title: 'We ask them',
    text: 'They have two weeks to answer. If 3 or more say yes, they see each other’s first names the day after. You are not told who was asked, nor what anybody said.',
  },
  changed: { kind: 'done', title: 'That group has changed', text: 'Nobody was asked. These are the groups as they are now.' },
};

/** Who waits, who could do something together, what is missing near by; and one press to ask a group. */
@ApiExcludeController()
@Controller('workbench')
@UseGuards(PageSignedIn)
export class WorkbenchPage {
  constructor(
    private readonly pages: Pages,
    private readonly brokers: BrokerQueries,
    private readonly waiting: WaitingQueries,
    private readonly clusters: Clusters,
    private readonly clock: Clock,
  ) {}

  @Get()
  @Header('content-type', 'text/html; charset=utf-8')
  async show(
    @Req() request: SignedInRequest,
    @Query('place') asked = '',
    @Query('fixed') fixed = '',
    @Query('perHead') perHead = '',
    @Query('done') done?: string,
  ): Promise<string> {
    const actor = request.actor!;
    requireAccess(actor, 'cluster:read', { site: true });
    const { items } = await this.brokers.caseload(actor);
    const place = asked.trim().toUpperCase() || (items.find((each) => each.place !== null)?.place ?? '');
    const prices = readPrices({ fixed, perHead });
    const found = place === '' ? undefined : await this.around(request, place, prices.cost);
    const placeFaults = place !== '' && !found ? [{ field: 'place', message: 'Enter the first part of a postcode, like M33' }] : [];
    return this.pages.show(
      request,
      'broker/workbench.njk',
      { title: 'Bringing people together', isWide: true, ...flashOf(DONE, done) },
      {
        people: waitingTable(
          items,
          await this.waiting.waitingOf(
            actor,
            items.map((each) => each.personId),
          ),
          this.clock.today(),
        ),
        typed: { place, fixed, perHead },
        errors: [...placeFaults, ...prices.faults],
        here: paths.workbench,
        propose: paths.workbenchPropose,
        fewestShown: FEWEST_SHOWN,
        found,
      },
    );
  }

  /** Whoever was asked, the same page with the same words follows. */
  @Post('propose')
  @Redirect()
  async propose(@Req() request: SignedInRequest, @Body() body: FormBody): Promise<SeeOther> {
    const [place, key] = [textOf(body, 'place'), textOf(body, 'key')];
    const next = (done: string): SeeOther => ({ url: `${workbenchAt(place)}&done=${done}`, statusCode: 303 });
    try {
      await this.clusters.propose(request.actor!, place, key);
      return next('proposed');
    } catch (error) {
      if (error instanceof DomainError && error.kind === 'conflict') return next('changed');
      throw error;
    }
  }

  private async around(request: SignedInRequest, place: string, cost: ReturnType<typeof readPrices>['cost']) {
    const actor = request.actor!;
    try {
      const places = await this.clusters.placesAround(actor, place);
      const [clusters, unmet] = [await this.clusters.around(actor, place), await this.clusters.unmetGoals(actor, place)];
      return { clusters: clusters.map((cluster) => clusterCard(cluster, cost)), unmet: unmetTable(unmet, places), plot: plotOf(places, unmet) };
    } catch (error) {
      if (error instanceof DomainError && error.kind === 'invalid') return undefined;
      throw error;
    }
  }
}
