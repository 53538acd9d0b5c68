import { Controller, Get, Header, Param, Req, Res, UseGuards } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import type { SignedInRequest } from '../../identity/index.js';
import { formatDay } from '../../kernel/index.js';
import { idOf } from '../../platform/index.js';
import type { HolderPlanView } from '../../pools/index.js';
import { HolderPlanQueries } from '../../pools/index.js';
import type { SummaryRow, TableOptions } from '../blocks/index.js';
import { money } from '../blocks/index.js';
import { paths } from '../paths.js';
import { PageSignedIn } from '../session/page-guards.js';
import { Pages } from '../session/pages.js';
import { PoolReader } from './pool-facts.js';
import { poolHead } from './pool.view.js';

/** What if the one who holds our money fails: who is next, when the last copies were made, and where to get them. */
@ApiExcludeController()
@Controller('pools/:id/if-holder-fails')
@UseGuards(PageSignedIn)
export class HolderPlanPage {
  constructor(
    private readonly pages: Pages,
    private readonly reader: PoolReader,
    private readonly queries: HolderPlanQueries,
  ) {}

  @Get()
  @Header('content-type', 'text/html; charset=utf-8')
  async show(@Req() request: SignedInRequest, @Param('id') id: string): Promise<string> {
    const facts = await this.reader.facts(request.actor!, idOf<'pool'>(id));
    const { pool } = facts;
    const plan = await this.queries.ofPool(request.actor!, pool.id, pool.actingFor?.personId);
    const whose = pool.actingFor ? `${pool.actingFor.firstName}’s` : 'Your';
    return this.pages.show(
      request,
      'pool/holder-plan.njk',
      { title: 'What if the one who holds our money fails?', back: { href: paths.poolPart(id, 'money'), text: 'Money' }, readAloud: !facts.isBroker },
      {
        head: poolHead(pool, 'money'),
        rows: planRows(plan),
        hasHolder: plan.holder !== null,
        copies: copiesTable(plan, facts.isBroker ? 'Held for the group' : `${whose} money in it`),
        hasCopies: plan.copies.length > 0,
        latest: plan.copies[0] ? { on: plan.copies[0].madeOn, href: paths.holderCopy(id, plan.copies[0].id), sha256: plan.copies[0].sha256 } : null,
        what: facts.isBroker ? 'every row of the group' : `${whose.toLowerCase()} rows of it`,
      },
    );
  }

  @Get(':copy/file')
  async file(@Req() request: SignedInRequest, @Param('id') id: string, @Param('copy') copy: string, @Res() reply: FastifyReply): Promise<void> {
    const { personId } = await this.reader.forWhom(request.actor!, idOf<'pool'>(id));
    const { fileName, csv } = await this.queries.file(request.actor!, idOf<'holder-copy'>(copy), personId);
    await reply.header('content-type', 'text/csv; charset=utf-8').header('content-disposition', `attachment; filename="${fileName}"`).send(csv);
  }
}

const planRows = (plan: HolderPlanView): SummaryRow[] => [
  {
    key: 'Who holds the money now',
    value: plan.holder === null ? 'Nobody. Each person keeps their own.' : plan.isClosing ? `${plan.holder}, which is closing` : plan.holder,
  },
  {
    key: 'Who is next',
    value:
      plan.successor ??
      (plan.holder === null
        ? 'Nobody is needed.'
        : 'The agreement names nobody. Then each person’s money would go to their own account, and you would agree on somebody.'),
  },
  { key: 'Last copy', value: plan.copies[0] ? formatDay(plan.copies[0].madeOn) : 'None yet. One is made each Monday.' },
];

const copiesTable = (plan: HolderPlanView, whose: string): TableOptions => ({
  caption: 'Copies that are kept',
  head: [{ text: 'Made on' }, { text: 'With' }, { text: whose, isNumber: true }],
  rows: plan.copies.map((copy) => {
    const sum = copy.held ?? copy.mine;
    return [formatDay(copy.madeOn), copy.holder, sum === null ? 'None' : money(sum)];
  }),
});
