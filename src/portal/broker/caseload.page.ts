import { Controller, Get, Header, Query, Req, UseGuards } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { BrokerQueries, byUrgency, CaseQueries } from '../../brokers/index.js';
import type { SignedInRequest } from '../../identity/index.js';
import { isId } from '../../kernel/index.js';
import { Clock } from '../../platform/index.js';
import { paths } from '../paths.js';
import { PageSignedIn } from '../session/page-guards.js';
import { Pages } from '../session/pages.js';
import { personCardOf } from './broker.view.js';

/** The people a broker works for. */
@ApiExcludeController()
@Controller()
@UseGuards(PageSignedIn)
export class CaseloadPage {
  constructor(
    private readonly pages: Pages,
    private readonly brokers: BrokerQueries,
    private readonly cases: CaseQueries,
    private readonly clock: Clock,
  ) {}

  @Get('caseload')
  @Header('content-type', 'text/html; charset=utf-8')
  async show(@Req() request: SignedInRequest, @Query('after') after?: string): Promise<string> {
    const from = isId(after) ? after : undefined;
    const { items, next } = await this.brokers.caseload(request.actor!, { after: from });
    const standings = await this.cases.standingsOf(
      request.actor!,
      items.map((each) => each.personId),
    );
    const people = items.flatMap((each) => {
      const standing = standings.get(each.personId);
      return standing ? [{ each, standing }] : [];
    });
    return this.pages.show(
      request,
      'broker/caseload.njk',
      { title: 'People I work for', isWide: true },
      {
        people: people.sort((a, b) => byUrgency(a.standing, b.standing)).map(({ each, standing }) => personCardOf(each, this.clock.today(), standing)),
        pages: { what: 'people', ...(from ? { first: paths.caseload } : {}), ...(next ? { next: `${paths.caseload}?after=${next}` } : {}) },
      },
    );
  }
}
