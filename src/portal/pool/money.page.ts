import { Controller, Get, Header, Param, Req, UseGuards } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { SignedInRequest } from '../../identity/index.js';
import type { Actor } from '../../kernel/index.js';
import { notFound } from '../../kernel/index.js';
import { idOf } from '../../platform/index.js';
import type { PoolView } from '../../pools/index.js';
import { PoolQueries } from '../../pools/index.js';
import { checkedTogether, type Check } from '../blocks/index.js';
import { MoneyReads } from '../money/money.reads.js';
import { paths } from '../paths.js';
import { PageSignedIn } from '../session/page-guards.js';
import { Pages } from '../session/pages.js';
import { InvoiceWays } from './invoice-ways.js';
import { contributionsTable, findBill, invoicesTable, oddPenny, splitOf } from './money.view.js';
import { PoolReader } from './pool-facts.js';
import { comesWithoutMoney } from './pool-next.view.js';
import { poolHead, sharesOf, whereMoneyIs } from './pool.view.js';

/** The money of a pool, and one bill with its split. */
@ApiExcludeController()
@Controller()
@UseGuards(PageSignedIn)
export class PoolMoneyPage {
  constructor(
    private readonly pages: Pages,
    private readonly reader: PoolReader,
    private readonly ways: InvoiceWays,
    private readonly pools: PoolQueries,
    private readonly money: MoneyReads,
  ) {}

  @Get('pools/:id/money')
  @Header('content-type', 'text/html; charset=utf-8')
  async show(@Req() request: SignedInRequest, @Param('id') id: string): Promise<string> {
    const facts = await this.reader.facts(request.actor!, idOf<'pool'>(id));
    const { pool } = facts;
    return this.pages.show(
      request,
      'pool/money.njk',
      { title: 'Money', back: { href: paths.pool(id), text: pool.name }, isWide: true, readAloud: true },
      {
        head: poolHead(pool, 'money'),
        picture: sharesOf(pool),
        where: whereMoneyIs(pool),
        contributions: contributionsTable(pool),
        bills: invoicesTable(facts),
        mine: pool.mine !== null,
        holder: pool.moneyHolder,
        check: await this.checkOf(request.actor!, pool),
        canPutIn: facts.mayPutIn && pool.state === 'active' && !comesWithoutMoney(pool),
        ownHref: facts.mayPutIn && (pool.actingFor?.mayDecide ?? true) ? paths.poolPart(id, 'own-money') : null,
        holderPlan: paths.holderPlan(id),
        putInHref: paths.poolPart(id, 'put-in'),
      },
    );
  }

  @Get('pools/:id/money/:invoice')
  @Header('content-type', 'text/html; charset=utf-8')
  async bill(@Req() request: SignedInRequest, @Param('id') id: string, @Param('invoice') invoiceId: string): Promise<string> {
    const facts = await this.reader.facts(request.actor!, idOf<'pool'>(id));
    const found = findBill(facts.purchases, invoiceId);
    if (!found) throw notFound('The bill');
    const { purchase, invoice } = found;
    const provider = facts.providers.get(purchase.providerId) ?? 'The provider';
    return this.pages.show(
      request,
      'pool/bill.njk',
      { title: `Bill from ${provider}`, back: { href: paths.poolPart(id, 'money'), text: 'Money' }, readAloud: true },
      {
        head: poolHead(facts.pool, 'money'),
        provider,
        number: invoice.number,
        service: purchase.service,
        dated: invoice.dated,
        split: splitOf(invoice),
        penny: oddPenny(invoice.parts),
        vat: invoice.vat,
        hasVat: invoice.vat > 0n,
        way: await this.ways.of(facts.eyes, { invoice, purchase, to: provider, voice: facts.mayPutIn ? 'holder' : 'staff' }),
      },
    );
  }

  /** What the books that hold the reader's part were last held against; for a broker, the money-holder's. */
  private async checkOf(actor: Actor, pool: PoolView): Promise<Check> {
    const { mine } = await this.pools.shares(actor, pool.id);
    const books = mine.length > 0 ? mine.map(({ bookId }) => ({ bookId })) : pool.moneyHolderBookId ? [{ bookId: pool.moneyHolderBookId }] : [];
    return checkedTogether([...(await this.money.checked(books)).values()]);
  }
}
