import { Body, Controller, Get, Header, Param, Post, Query, Redirect, Req, UseGuards } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { SignedInRequest } from '../../identity/index.js';
import type { Actor, Id, PersonId } from '../../kernel/index.js';
import { DomainError, formatPounds, notFound } from '../../kernel/index.js';
import { PaymentQueries } from '../../payments/index.js';
import { idOf } from '../../platform/index.js';
import type { PoolView } from '../../pools/index.js';
import { Contributions, PoolQueries } from '../../pools/index.js';
import type { FormBody, SeeOther } from '../form-body.js';
import { seeOther, withFormKey } from '../form-body.js';
import { paths } from '../paths.js';
import { takeFormKey } from '../session/form-key.js';
import { PageSignedIn } from '../session/page-guards.js';
import { Pages } from '../session/pages.js';
import { act, flashOf } from '../shell/index.js';
import type { Contribution } from './contribution.view.js';
import { wayOf } from './contribution.view.js';
import { BY_WORDS, onPaperWords, POOL_DONE } from './pool.words.js';
import { comesWithoutMoney } from './pool-next.view.js';
import { poolHead } from './pool.view.js';
import type { PutInTyped, Source } from './put-in.form.js';
import { readPutIn, typedPutIn } from './put-in.form.js';
import { PutInReader } from './put-in.reader.js';
import type { LeftOut } from './put-in.sources.js';

type RemittanceId = Id<'remittance'>;

interface PutInFacts {
  readonly pool: PoolView;
  /** Whose money it would be. */
  readonly person: PersonId;
  readonly isMember: boolean;
  readonly sources: readonly Source[];
  /** Filled only when there is nothing to put in. */
  readonly leftOut: readonly LeftOut[];
}

/** Putting money in, and seeing where it is. */
@ApiExcludeController()
@Controller()
@UseGuards(PageSignedIn)
export class PutInPage {
  constructor(
    private readonly pages: Pages,
    private readonly queries: PoolQueries,
    private readonly contributions: Contributions,
    private readonly payments: PaymentQueries,
    private readonly money: PutInReader,
  ) {}

  @Get('pools/:id/put-in')
  @Header('content-type', 'text/html; charset=utf-8')
  async show(@Req() request: SignedInRequest, @Param('id') id: string): Promise<string> {
    return this.pages.whole(request, 'pool/put-in.njk', this.model(await this.factsOf(request.actor!, id), { source: '', amount: '', by: '' }));
  }

  @Post('pools/:id/put-in')
  @Redirect()
  async putIn(@Req() request: SignedInRequest, @Param('id') id: string, @Body() body: FormBody): Promise<SeeOther> {
    const actor = request.actor!;
    const key = takeFormKey(body);
    const facts = await this.factsOf(actor, id);
    const typed = typedPutIn(body);
    const { command, faults } = readPutIn(typed, facts.sources);
    return act({
      template: 'pool/put-in.njk',
      model: () => this.model(facts, typed),
      faults,
      names: { amountPence: 'amount', lineId: 'source', planLineId: 'source' },
      command: () => this.contributions.contribute(actor, { ...command, poolId: idOf<'pool'>(id) }, key),
      next: ({ contributionId, state, by }) =>
        seeOther(paths.contribution(id, contributionId), state === 'arrived' ? 'put-in' : by === 'card' ? 'pay' : 'sent'),
    });
  }

  @Get('pools/:id/contributions/:contribution')
  @Header('content-type', 'text/html; charset=utf-8')
  async one(
    @Req() request: SignedInRequest,
    @Param('id') id: string,
    @Param('contribution') contributionId: string,
    @Query('done') done?: string,
  ): Promise<string> {
    const actor = request.actor!;
    const pool = await this.queries.pool(actor, idOf<'pool'>(id));
    const found = pool.contributions.find((each) => each.id === contributionId);
    if (!found) throw notFound('The contribution');
    const travel = found.remittanceId === null ? undefined : await this.payments.remittance(actor, found.remittanceId as RemittanceId);
    const pay = await this.payOf(actor, pool, found);
    return this.pages.show(
      request,
      'pool/contribution.njk',
      { title: 'Where your money is', back: { href: paths.poolPart(id, 'money'), text: 'Money' }, readAloud: true, ...flashOf(POOL_DONE, done) },
      {
        head: poolHead(pool, 'money'),
        amount: found.amount,
        byWords: BY_WORDS[found.by] ?? '',
        steps: wayOf(found, travel),
        reference: travel?.reference ?? null,
        onPaper: found.paper && onPaperWords(found.paper),
        ...pay,
        payText: `Pay ${formatPounds(found.amount)} by card`,
        moneyHref: paths.poolPart(id, 'money'),
      },
    );
  }

  /** The address of the card page while the money waits to be paid. It is a link: forms may not lead away from our own pages. */
  private async payOf(actor: Actor, pool: PoolView, found: Contribution): Promise<{ payHref: string | null; payNote: string | null }> {
    if (found.state !== 'on-its-way' || found.by !== 'card' || found.remittanceId === null) return { payHref: null, payNote: null };
    try {
      return { payHref: await this.payments.payInAddress(actor, found.remittanceId as RemittanceId, paths.contribution(pool.id, found.id)), payNote: null };
    } catch (error) {
      if (error instanceof DomainError && (error.kind === 'refused' || error.kind === 'conflict' || error.kind === 'unavailable'))
        return { payHref: null, payNote: error.message };
      throw error;
    }
  }

  private async factsOf(actor: Actor, id: string): Promise<PutInFacts> {
    const pool = await this.queries.pool(actor, idOf<'pool'>(id));
    const person = pool.actingFor?.personId ?? (actor.id as PersonId);
    const isMember = pool.members.some((member) => member.isMe && member.state === 'member');
    return { pool, person, isMember, ...(isMember && pool.state === 'active' ? await this.money.of(actor, pool, person) : { sources: [], leftOut: [] }) };
  }

  private model({ pool, person, sources, leftOut, isMember }: PutInFacts, typed: PutInTyped) {
    const blocked = comesWithoutMoney(pool)
      ? 'You are in this pool without putting money in. You can bring time, a skill, a place to meet or a way to get there. If you want to pay a part, you can put in money of your own.'
      : !isMember
        ? 'You can put money in when you have agreed to the agreement.'
        : pool.state !== 'active'
          ? 'Money can go in once everyone has agreed, and while the pool is not stopped.'
          : null;
    return withFormKey({
      title: 'Put money in',
      back: { href: paths.pool(pool.id), text: pool.name },
      readAloud: true,
      head: poolHead(pool, 'money'),
      typed,
      sources,
      leftOut,
      only: sources.length === 1 ? sources[0] : null,
      blocked,
      blockedHref: isMember ? paths.pool(pool.id) : paths.poolPart(pool.id, 'agreement'),
      blockedText: isMember ? 'Back to the pool' : 'Read the agreement',
      items: sources.map((source) => ({ value: source.value, text: source.service, hint: `${formatPounds(source.free)} free in ${source.lineName}` })),
      travels: sources.some((source) => source.travels),
      byHint: sources.every((source) => source.travels)
        ? `This money goes to ${pool.moneyHolder ?? 'the money-holder'}.`
        : 'Only for money that has to go to another account.',
      moneyHref: paths.money(person),
      ownHref: isMember && (pool.actingFor?.mayDecide ?? true) ? paths.poolPart(pool.id, 'own-money') : null,
      action: paths.poolPart(pool.id, 'put-in'),
    });
  }
}
