import { Controller, Get, Header, Param, Query, Req, UseGuards } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { SignedInRequest } from '../../identity/index.js';
import { idsWith } from '../../identity/index.js';
import type { Actor } from '../../kernel/index.js';
import { formatDay, isLocalDate } from '../../kernel/index.js';
import type { Html } from '../../platform/index.js';
import { idOf } from '../../platform/index.js';
import { Gifts, PledgeQueries, PoolQueries } from '../../pools/index.js';
import { PurchaseHistory, PurchasingQueries } from '../../purchasing/index.js';
import { WhosePages } from '../acting-for/whose.js';
import { poolCard } from '../blocks/index.js';
import { paths } from '../paths.js';
import { PageSignedIn } from '../session/page-guards.js';
import { Pages } from '../session/pages.js';
import { flashOf } from '../shell/index.js';
import { bringersOf } from './gift.view.js';
import { roundItem } from './pledge.view.js';
import { PoolReader } from './pool-facts.js';
import { POOL_DONE } from './pool.words.js';
import { historyIn, historyOf, peopleOf, poolCardOf, poolHead, poolOverview } from './pool.view.js';

/** Pools shown with their next session and my money; those further down the list with their name alone. */
const IN_FULL = 12;

@ApiExcludeController()
@Controller()
@UseGuards(PageSignedIn)
export class PoolPage {
  constructor(
    private readonly pages: Pages,
    private readonly reader: PoolReader,
    private readonly pools: PoolQueries,
    private readonly purchasing: PurchasingQueries,
    private readonly whosePages: WhosePages,
    private readonly pledges: PledgeQueries,
    private readonly gifts: Gifts,
    private readonly bought: PurchaseHistory,
  ) {}

  @Get('pools')
  @Header('content-type', 'text/html; charset=utf-8')
  async list(@Req() request: SignedInRequest): Promise<string> {
    const actor = request.actor!;
    const listings = await this.pools.mine(actor);
    const more = await Promise.all(
      listings
        .slice(0, IN_FULL)
        .map(async (each) => ({ pool: await this.pools.pool(actor, each.id), purchases: await this.purchasing.purchases(actor, each.id) })),
    );
    const mayPropose = idsWith(actor, 'pool:propose', 'person').length > 0;
    const helps = actor.grants.some((grant) => grant.role === 'broker');
    const others = await this.othersPools(actor);
    const cards = listings.map((each, index) => poolCard(poolCardOf(each, more[index], this.reader.today())));
    return this.pages.show(
      request,
      'pool/list.njk',
      { title: helps ? 'Pools I help' : cards.length === 0 && others.length > 0 ? 'Pools' : 'My pools', isWide: true, readAloud: !helps },
      {
        cards,
        others,
        isHelper: cards.length === 0 && others.length > 0,
        newHref: mayPropose ? paths.newPool : null,
        emptyTitle: helps ? 'You do not help any pool yet' : 'You are not in a pool yet',
        emptyText: helps
          ? 'When people you work for want to buy something together, you can start a pool for them.'
          : 'A pool is a few people who put some of their money together to buy care. Your part stays yours until it is spent. You can find others, or start one with people you have met here.',
        emptyActions: helps ? [{ text: 'See the people I work for', href: paths.caseload }] : [{ text: 'Find others', href: paths.suggestions(actor.id) }],
      },
    );
  }

  /** The pools of each person the reader acts for. */
  private async othersPools(actor: Actor): Promise<{ readonly title: string; readonly empty: string; readonly cards: readonly Html[] }[]> {
    const people = new Set(idsWith(actor, 'pool:read', 'person'));
    const found = [];
    for (const whose of (await this.whosePages.all(actor)).filter((each) => people.has(each.id))) {
      const listings = await this.pools.ofPerson(actor, whose.id);
      found.push({
        title: `${whose.my} pools`,
        empty: `${whose.name} is in no pool.`,
        cards: listings.map((each) => poolCard({ ...poolCardOf(each), headingLevel: 3 })),
      });
    }
    return found;
  }

  @Get('pools/:id')
  @Header('content-type', 'text/html; charset=utf-8')
  async overview(@Req() request: SignedInRequest, @Param('id') id: string, @Query('done') done?: string): Promise<string> {
    const facts = await this.reader.facts(request.actor!, idOf<'pool'>(id));
    const person = facts.pool.actingFor?.personId;
    const rounds = await this.pledges.ofPool(request.actor!, facts.pool.id, person);
    const gifts = await this.gifts.ofPool(request.actor!, facts.pool.id, person);
    return this.pages.show(
      request,
      'pool/overview.njk',
      { title: facts.pool.name, back: { href: paths.pools, text: 'Pools' }, readAloud: !facts.isBroker, ...flashOf(POOL_DONE, done) },
      {
        ...poolOverview(facts, await this.bought.ofPool(facts.eyes, facts.pool.id)),
        rounds: rounds.filter((round) => round.isOpen).map(roundItem),
        bringers: bringersOf(id, gifts, facts.today),
        giftsHref: paths.poolPart(id, 'gifts'),
      },
    );
  }

  @Get('pools/:id/people')
  @Header('content-type', 'text/html; charset=utf-8')
  async people(@Req() request: SignedInRequest, @Param('id') id: string, @Query('done') done?: string): Promise<string> {
    const { pool, setsUp, isBroker } = await this.reader.facts(request.actor!, idOf<'pool'>(id));
    const helper =
      pool.brokerId === null
        ? 'This pool has no broker: its members run it.'
        : pool.brokerId === request.actor!.id
          ? 'You are the broker of this pool.'
          : 'A broker helps this pool. They work for you, and never touch the money.';
    return this.pages.show(
      request,
      'pool/people.njk',
      { title: 'People', back: { href: paths.pool(pool.id), text: pool.name }, readAloud: true, ...flashOf(POOL_DONE, done) },
      {
        head: poolHead(pool, 'people'),
        people: peopleOf(pool),
        helper,
        papersHref: pool.brokerId === request.actor!.id && pool.members.some((member) => member.state === 'left') ? paths.statementPapers : null,
        talksHref: paths.poolReviews(pool.id),
        packHref: isBroker ? paths.poolPack(pool.id) : null,
        inviteHref: setsUp && ['forming', 'agreeing', 'active', 'frozen'].includes(pool.state) ? paths.poolPeople(pool.id, 'invite') : null,
      },
    );
  }

  @Get('pools/:id/history')
  @Header('content-type', 'text/html; charset=utf-8')
  async history(@Req() request: SignedInRequest, @Param('id') id: string, @Query('until') until?: string): Promise<string> {
    const actor = request.actor!;
    const last = until !== undefined && isLocalDate(until) ? until : undefined;
    const { pool, eyes } = await this.reader.facts(actor, idOf<'pool'>(id));
    const { items, before } = historyOf(
      last ? await this.pools.history(actor, pool.id, { last }) : historyIn(pool),
      await this.bought.ofPool(eyes, pool.id, last),
    );
    const here = paths.poolPart(pool.id, 'history');
    return this.pages.show(
      request,
      'pool/history.njk',
      { title: 'What happened', back: { href: paths.pool(pool.id), text: pool.name }, readAloud: true },
      {
        head: poolHead(pool, 'history'),
        history: items,
        until: last ? formatDay(last) : null,
        newestHref: last ? here : null,
        beforeHref: before ? `${here}?until=${before}` : null,
      },
    );
  }
}
