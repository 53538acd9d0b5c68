import { Body, Controller, Get, Header, Param, Post, Query, Redirect, Req, UseGuards } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { SignedInRequest } from '../../identity/index.js';
import type { Actor } from '../../kernel/index.js';
import { forbidden, notFound } from '../../kernel/index.js';
import { html, idOf } from '../../platform/index.js';
import type { FreezeView } from '../../pools/index.js';
import { BRAKE_DAYS, FreezeQueries, Freezes, LONGEST_FREEZE_DAYS, MOST_FREEZE_DAYS } from '../../pools/index.js';
import type { FormBody, SeeOther } from '../form-body.js';
import { seeOther, withFormKey } from '../form-body.js';
import { paths } from '../paths.js';
import { takeFormKey } from '../session/form-key.js';
import { PageSignedIn } from '../session/page-guards.js';
import { Pages } from '../session/pages.js';
import { act, flashOf } from '../shell/index.js';
import type { FreezeStep, FreezeTyped } from './freeze.form.js';
import { FREEZE_STEPS, NOTHING_TYPED, readFreeze, typedFreeze } from './freeze.form.js';
import { freezeHistory, freezeRows } from './freeze.view.js';
import type { PoolFacts } from './pool-facts.js';
import { forWhom, PoolReader } from './pool-facts.js';
import { poolHead } from './pool.view.js';
import { POOL_DONE } from './pool.words.js';

type What = 'pool' | 'part';

const MEANS: Readonly<Record<What, readonly string[]>> = {
  pool: [
    'No new money goes in, and nothing new is bought.',
    'Days that are booked go on, and what is owed is paid.',
    'Wages, and what keeps people safe, can be booked again.',
    'Everyone in the pool reads why, who stopped it and until when.',
  ],
  part: [
    'No new money goes into this part, and nothing new is bought from it.',
    'Days that are booked go on, and what is owed is paid.',
    'The others go on with their own money. Nobody pays for anybody else.',
    'The others do not read why.',
  ],
};

/** Stopping a pool for a while, or one's own part of it: why, until when, making it longer, and letting it go on. */
@ApiExcludeController()
@Controller('pools/:id/stop')
@UseGuards(PageSignedIn)
export class FreezePage {
  constructor(
    private readonly pages: Pages,
    private readonly reader: PoolReader,
    private readonly freezes: Freezes,
    private readonly queries: FreezeQueries,
  ) {}

  @Get(':what')
  @Header('content-type', 'text/html; charset=utf-8')
  async show(@Req() request: SignedInRequest, @Param('id') id: string, @Param('what') what: string, @Query('done') done?: string): Promise<string> {
    return this.pages.whole(request, 'pool/freeze.njk', {
      ...(await this.model(request.actor!, id, whatOf(what), 'freeze', NOTHING_TYPED)),
      ...flashOf(POOL_DONE, done),
    });
  }

  @Get(':what/end')
  @Header('content-type', 'text/html; charset=utf-8')
  async showEnd(@Req() request: SignedInRequest, @Param('id') id: string, @Param('what') what: string): Promise<string> {
    return this.pages.whole(request, 'pool/freeze-end.njk', await this.model(request.actor!, id, whatOf(what), 'end', NOTHING_TYPED));
  }

  @Post(':what/:step')
  @Redirect()
  async take(
    @Req() request: SignedInRequest,
    @Param('id') id: string,
    @Param('what') text: string,
    @Param('step') stepText: string,
    @Body() body: FormBody,
  ): Promise<SeeOther> {
    const key = takeFormKey(body);
    const what = whatOf(text);
    const step = FREEZE_STEPS.find((each) => each === stepText);
    if (!step) throw notFound();
    const facts = await this.reader.facts(request.actor!, idOf<'pool'>(id));
    const typed = typedFreeze(body);
    const { command, faults } = readFreeze(step, typed);
    return act({
      template: step === 'end' ? 'pool/freeze-end.njk' : 'pool/freeze.njk',
      model: () => this.model(request.actor!, id, what, step, typed),
      faults,
      command: () => this.run(request.actor!, facts, what, step, { ...command, ...forWhom(facts) }, key),
      next: () => seeOther(step === 'end' ? paths.pool(id) : paths.stopPool(id, what), `${what}-${step}`),
    });
  }

  private run(
    actor: Actor,
    { pool }: PoolFacts,
    what: What,
    step: FreezeStep,
    command: ReturnType<typeof readFreeze>['command'],
    key: string,
  ): Promise<unknown> {
    if (step === 'extend') return this.freezes.extend(actor, pool.id, what, command, key);
    if (what === 'pool') return step === 'freeze' ? this.freezes.freeze(actor, pool.id, command, key) : this.freezes.unfreeze(actor, pool.id, command, key);
    return step === 'freeze' ? this.freezes.freezePart(actor, pool.id, command, key) : this.freezes.unfreezePart(actor, pool.id, command, key);
  }

  private async model(actor: Actor, id: string, what: What, step: FreezeStep, typed: FreezeTyped) {
    const facts = await this.reader.facts(actor, idOf<'pool'>(id));
    const { pool } = facts;
    if (!(facts.isBroker && what === 'pool') && !(pool.actingFor?.mayDecide ?? pool.members.some((member) => member.isMe && member.state === 'member')))
      throw forbidden();
    const all = (await this.queries.ofPool(actor, pool.id, pool.actingFor?.personId)).filter((freeze) => freeze.of === what);
    const freeze = all.find((each) => each.state === 'in-force' && each.side !== 'icb');
    const board = all.find((each) => each.state === 'in-force' && each.side === 'icb');
    const shown = freeze ?? board;
    const whose = pool.actingFor ? `${pool.actingFor.firstName}’s` : 'your';
    const name = what === 'pool' ? 'this pool' : `${whose} part`;
    return withFormKey({
      title: step === 'end' ? `Let ${name} go on` : shown ? `${name[0]!.toUpperCase()}${name.slice(1)} is stopped` : `Stop ${name} for a while`,
      back: { href: paths.pool(id), text: pool.name },
      head: poolHead(pool, 'overview'),
      readAloud: !facts.isBroker,
      lead:
        what === 'pool'
          ? 'Sometimes a group needs time to sort something out. A stop has a reason and a last day.'
          : 'You can stop one part alone. It has a reason and a last day.',
      means: MEANS[what],
      standing: this.standing(facts, what, freeze, board),
      typed,
      step,
      most: MOST_FREEZE_DAYS,
      longest: what === 'part' || facts.setsUp ? LONGEST_FREEZE_DAYS : BRAKE_DAYS,
      whyLabel: what === 'pool' ? 'Why should the pool stop?' : 'Why should this part stop?',
      whyHint: what === 'pool' ? 'Everyone in the pool reads this' : `${pool.actingFor?.firstName ?? 'You'} can read this, and so can the NHS team`,
      stopText: what === 'pool' ? 'Stop the pool' : 'Stop this part',
      action: paths.stopPool(id, what),
      endHref: `${paths.stopPool(id, what)}/end`,
      notNow: html`<a href="${step === 'end' ? paths.stopPool(id, what) : paths.pool(id)}">Not now</a>`,
      history: freezeHistory(all),
    });
  }

  private standing(facts: PoolFacts, what: What, freeze: FreezeView | undefined, board: FreezeView | undefined) {
    const shown = freeze ?? board;
    return {
      rows: shown ? freezeRows(shown) : [],
      mayExtend: freeze !== undefined && (what === 'part' || facts.setsUp),
      mayEnd: freeze !== undefined && (what === 'part' || facts.setsUp || freeze.isMine),
      whoMay:
        board && !freeze
          ? 'The NHS team stopped it, and can let it go on. Ask your care co-ordinator.'
          : 'The broker, or who stopped it, can let it go on before its last day.',
    };
  }
}

function whatOf(text: string): What {
  if (text !== 'pool' && text !== 'part') throw notFound();
  return text;
}
