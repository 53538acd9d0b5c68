import type { OnModuleInit } from '@nestjs/common';
import { Injectable } from '@nestjs/common';
import { BrokerQueries, CaseQueries, ServedPeople } from '../../brokers/index.js';
import type { Actor } from '../../kernel/index.js';
import { PoolQueries, ReviewQueries } from '../../pools/index.js';
import { counted, poolCard } from '../blocks/index.js';
import type { HomePart, HomeView } from '../home/home-parts.js';
import { HomeParts } from '../home/home-parts.js';
import { paths } from '../paths.js';
import type { PoolFacts } from '../pool/pool-facts.js';
import { PoolReader } from '../pool/pool-facts.js';
import { poolCardOf } from '../pool/pool.view.js';
import { toChase } from '../cases/cases.view.js';
import { brokerNeeds, talkNeeds, waitingPeople } from './broker.view.js';

/** Pools read in full for the first page; the others are in the list of pools. */
const IN_FULL = 12;

/** A broker's first page: who is waiting, what falls due, the pools. */
@Injectable()
export class BrokerHome implements HomePart, OnModuleInit {
  readonly role = 'broker';

  constructor(
    private readonly homes: HomeParts,
    private readonly brokers: BrokerQueries,
    private readonly cases: CaseQueries,
    private readonly served: ServedPeople,
    private readonly pools: PoolQueries,
    private readonly reviews: ReviewQueries,
    private readonly reader: PoolReader,
  ) {}

  onModuleInit(): void {
    this.homes.register(this);
  }

  async view(actor: Actor): Promise<HomeView> {
    const today = this.reader.today();
    const { items, next } = await this.brokers.caseload(actor);
    const all = await this.pools.mine(actor);
    const listings = all.slice(0, IN_FULL);
    const pools: PoolFacts[] = [];
    for (const listing of listings) pools.push(await this.reader.facts(actor, listing.id));
    const names = new Map(items.map((each) => [each.personId, each.firstName]));
    const { mine } = toChase(await this.cases.chasing(actor), [], [], (person) => names.get(person) ?? 'Somebody you help');
    const talks = talkNeeds(await this.reviews.waiting(actor), all);
    const served = await this.served.mine(actor);
    return {
      template: 'broker/home.njk',
      parts: { title: `Hello ${actor.name?.split(' ')[0] ?? ''}`.trim(), isWide: true },
      view: {
        needs: [...mine, ...talks, ...brokerNeeds(pools, items, today)],
        servedWords: `In the last year you visited, rang or advised ${counted(served, 'person', 'people')}. Brokers are known by the people they help, not by sums of money.`,
        waiting: waitingPeople(pools),
        cards: listings.map((each, index) => poolCard({ ...poolCardOf(each, pools[index], today), headingLevel: 3 })),
        peopleWords: next ? `You work for more than ${items.length} people.` : `You work for ${counted(items.length, 'person', 'people')}.`,
        links: { caseload: paths.caseload, newPool: paths.newPool, chasing: paths.chasing, interests: paths.interests, papers: paths.typeInPaper },
      },
    };
  }
}
