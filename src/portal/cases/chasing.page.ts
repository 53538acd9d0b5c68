import { Controller, Get, Header, Req, UseGuards } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { BrokerQueries, CaseQueries } from '../../brokers/index.js';
import type { SignedInRequest } from '../../identity/index.js';
import { can } from '../../identity/index.js';
import type { SentInvitation } from '../../introductions/index.js';
import { InvitationQueries } from '../../introductions/index.js';
import type { PersonId } from '../../kernel/index.js';
import { PoolQueries } from '../../pools/index.js';
import { waitingPeople } from '../broker/broker.view.js';
import { paths } from '../paths.js';
import { PoolReader, type PoolFacts } from '../pool/pool-facts.js';
import { PageSignedIn } from '../session/page-guards.js';
import { Pages } from '../session/pages.js';
import { toChase } from './cases.view.js';

/** Pools read in full for this page, as on the first page. */
const IN_FULL = 12;

/** What waits, and on whom: things to do, options not chosen from, sheets not typed back, invitations and pools without an answer. */
@ApiExcludeController()
@Controller('chasing')
@UseGuards(PageSignedIn)
export class ChasingPage {
  constructor(
    private readonly pages: Pages,
    private readonly brokers: BrokerQueries,
    private readonly queries: CaseQueries,
    private readonly invitations: InvitationQueries,
    private readonly pools: PoolQueries,
    private readonly reader: PoolReader,
  ) {}

  @Get()
  @Header('content-type', 'text/html; charset=utf-8')
  async show(@Req() request: SignedInRequest): Promise<string> {
    const actor = request.actor!;
    const found = await this.queries.chasing(actor);
    const { items } = await this.brokers.caseload(actor);
    const names = new Map(items.map((each) => [each.personId, `${each.firstName} ${each.familyName}`]));
    const sent: { personId: PersonId; sent: SentInvitation }[] = [];
    for (const { personId } of items.filter((each) => can(actor, 'introduction:answer', { person: each.personId })))
      for (const each of await this.invitations.sentBy(actor, personId)) if (each.state === 'waiting') sent.push({ personId, sent: each });
    const facts: PoolFacts[] = [];
    for (const listing of (await this.pools.mine(actor)).slice(0, IN_FULL)) facts.push(await this.reader.facts(actor, listing.id));
    return this.pages.show(
      request,
      'cases/chasing.njk',
      { title: 'What waits', back: { href: paths.home, text: 'Home' } },
      { ...toChase(found, sent, waitingPeople(facts), (person) => names.get(person) ?? 'Somebody you help'), typePack: paths.typePack },
    );
  }
}
