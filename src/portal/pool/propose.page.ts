import { Body, Controller, Get, Header, Param, Post, Query, Redirect, Req, UseGuards } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { SignedInRequest } from '../../identity/index.js';
import { can } from '../../identity/index.js';
import type { PersonId } from '../../kernel/index.js';
import { isId, notFound } from '../../kernel/index.js';
import { idOf } from '../../platform/index.js';
import { PoolQueries, Pools } from '../../pools/index.js';
import type { ChoiceItem } from '../blocks/index.js';
import type { FormBody, SeeOther } from '../form-body.js';
import { listOf, seeOther, textOf, withFormKey } from '../form-body.js';
import { paths } from '../paths.js';
import { takeFormKey } from '../session/form-key.js';
import { PageSignedIn } from '../session/page-guards.js';
import { Pages } from '../session/pages.js';
import { act } from '../shell/index.js';
import type { KnownPerson } from './known-people.js';
import { KnownPeople } from './known-people.js';
import { poolHead } from './pool.view.js';
import type { ProposeTyped } from './propose.form.js';
import { readProposal, typedOf } from './propose.form.js';

const asChoice = ({ personId, name, how }: KnownPerson): ChoiceItem => ({ value: personId, text: name, hint: how });

/** Starting a pool with people one knows, and asking one more person in. */
@ApiExcludeController()
@Controller()
@UseGuards(PageSignedIn)
export class ProposePage {
  constructor(
    private readonly pages: Pages,
    private readonly people: KnownPeople,
    private readonly pools: Pools,
    private readonly queries: PoolQueries,
  ) {}

  @Get('pools/new')
  @Header('content-type', 'text/html; charset=utf-8')
  async show(@Req() request: SignedInRequest, @Query('introduction') introduction?: string, @Query('group') group?: string): Promise<string> {
    const known = await this.people.of(request.actor!);
    const people = known
      .filter((person) => (introduction !== undefined && person.introductionId === introduction) || (group !== undefined && person.groupIds?.includes(group)))
      .map((person) => person.personId);
    return this.pages.whole(request, 'pool/propose.njk', this.model(request, known, { name: '', purpose: '', place: '', people }));
  }

  @Post('pools/new')
  @Redirect()
  async propose(@Req() request: SignedInRequest, @Body() body: FormBody): Promise<SeeOther> {
    const actor = request.actor!;
    const key = takeFormKey(body);
    const known = await this.people.of(actor);
    const typed = typedOf(body);
    const { command, faults } = readProposal(typed, this.people.self(actor), known);
    return act({
      template: 'pool/propose.njk',
      model: () => this.model(request, known, typed),
      faults,
      names: { members: 'people' },
      command: () => this.pools.propose(actor, command, key),
      next: ({ poolId }) => seeOther(paths.pool(poolId), 'proposed'),
    });
  }

  @Get('pools/:id/people/invite')
  @Header('content-type', 'text/html; charset=utf-8')
  async showInvite(@Req() request: SignedInRequest, @Param('id') id: string): Promise<string> {
    return this.pages.whole(request, 'pool/invite.njk', await this.inviteModel(request, id));
  }

  @Post('pools/:id/people/invite')
  @Redirect()
  async invite(@Req() request: SignedInRequest, @Param('id') id: string, @Body() body: FormBody): Promise<SeeOther> {
    const key = takeFormKey(body);
    const model = await this.inviteModel(request, id);
    const person = textOf(body, 'person');
    const isKnown = isId(person) && model.known.some((each) => each.value === person);
    return act({
      template: 'pool/invite.njk',
      model: () => model,
      faults: isKnown ? [] : [{ field: 'person', message: 'Choose who you would like to ask' }],
      command: () =>
        this.pools.invite(
          request.actor!,
          idOf<'pool'>(id),
          { personId: person as PersonId, ...(listOf(body, 'withoutMoney').includes('yes') ? { withoutMoney: true } : {}) },
          key,
        ),
      next: () => seeOther(paths.poolPart(id, 'people'), 'invited'),
    });
  }

  private model(request: SignedInRequest, known: readonly KnownPerson[], typed: ProposeTyped) {
    const self = this.people.self(request.actor!);
    return withFormKey({
      title: 'Start a pool',
      back: { href: paths.pools, text: 'Pools' },
      readAloud: true,
      known: known.map(asChoice),
      typed,
      peopleLabel: self ? 'Who would you like to do it with?' : 'Who is it for?',
      emptyText: self
        ? 'When you and someone else have both said yes to meeting, you can start a pool together.'
        : 'When two people have asked you to help them with pools, you can start one for them.',
      emptyActions: self ? [{ text: 'Find others', href: paths.suggestions(self) }] : [{ text: 'See the people I work for', href: paths.caseload }],
    });
  }

  private async inviteModel(request: SignedInRequest, id: string) {
    const pool = await this.queries.pool(request.actor!, idOf<'pool'>(id));
    if (pool.state === 'closed' || pool.state === 'closing') throw notFound('The pool');
    const known = await this.people.of(request.actor!);
    const rule =
      pool.state === 'active' || pool.state === 'frozen'
        ? 'Someone new pays from the day they join, and not for what was before.'
        : 'The pool can start when everyone has agreed.';
    return withFormKey({
      title: 'Ask someone to join',
      back: { href: paths.poolPart(id, 'people'), text: 'People' },
      head: poolHead(pool, 'people'),
      known: known.map(asChoice),
      rule,
      action: paths.poolPeople(id, 'invite'),
      neighbourHref: can(request.actor!, 'pool:set-up', { pool: pool.id }) ? paths.poolPeople(id, 'neighbour') : null,
    });
  }
}
