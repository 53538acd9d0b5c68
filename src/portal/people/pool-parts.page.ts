import { Body, Controller, Get, Header, Param, Post, Query, Redirect, Req, UseGuards } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { SignedInRequest } from '../../identity/index.js';
import { idsWith } from '../../identity/index.js';
import type { Actor, PersonId } from '../../kernel/index.js';
import { formatDay, notFound } from '../../kernel/index.js';
import { html, idOf } from '../../platform/index.js';
import type { PartOfPerson } from '../../pools/index.js';
import { FreezeQueries, Freezes, LONGEST_FREEZE_DAYS, MOST_FREEZE_DAYS } from '../../pools/index.js';
import type { FormBody, SeeOther } from '../form-body.js';
import { seeOther, withFormKey } from '../form-body.js';
import { paths } from '../paths.js';
import type { FreezeStep, FreezeTyped } from '../pool/freeze.form.js';
import { FREEZE_STEPS, NOTHING_TYPED, readFreeze, typedFreeze } from '../pool/freeze.form.js';
import { freezeHistory, freezeRows } from '../pool/freeze.view.js';
import { takeFormKey } from '../session/form-key.js';
import { PageSignedIn } from '../session/page-guards.js';
import { Pages } from '../session/pages.js';
import type { Flashes } from '../shell/index.js';
import { act, flashOf } from '../shell/index.js';

const DONE: Flashes = {
  freeze: { kind: 'done', title: 'This part is stopped', text: 'The person is told, and can read your reason. After the last day it goes on by itself.' },
  extend: { kind: 'done', title: 'It is longer now', text: 'The person can read the new reason.' },
  end: { kind: 'done', title: 'This part goes on', text: 'The person is told.' },
};
const inForce = (part: PartOfPerson) => part.freezes.find((freeze) => freeze.state === 'in-force' && freeze.side === 'icb');

/** A co-ordinator comes from the person's page, a safeguarding lead from the search. */
function backOf(actor: Actor, person: string): { href: string; text: string } {
  if (idsWith(actor, 'person:read', 'icb').length > 0) return { href: paths.person(person), text: 'The person' };
  return idsWith(actor, 'pool-part:freeze', 'icb').length > 0 ? { href: paths.findPart, text: 'Find somebody' } : { href: paths.home, text: 'Home' };
}

/** For the board responsible for a person (its co-ordinators and its safeguarding lead): stopping the person's part of a pool, with a reason that the
 *  person reads, and letting it go on. */
@ApiExcludeController()
@Controller('people/:person/pool-parts')
@UseGuards(PageSignedIn)
export class PoolPartsPage {
  constructor(
    private readonly pages: Pages,
    private readonly freezes: Freezes,
    private readonly queries: FreezeQueries,
  ) {}

  @Get()
  @Header('content-type', 'text/html; charset=utf-8')
  async list(@Req() request: SignedInRequest, @Param('person') person: string): Promise<string> {
    const parts = await this.queries.partsOf(request.actor!, idOf<'person'>(person) as PersonId);
    return this.pages.show(
      request,
      'people/pool-parts.njk',
      {
        title: 'Parts of pools',
        back: backOf(request.actor!, person),
      },
      {
        parts: parts.map((part) => {
          const freeze = inForce(part);
          return {
            name: part.pool,
            href: paths.poolPartOf(person, part.poolId),
            words: freeze ? { state: `Stopped until ${formatDay(freeze.lastDay)}`, tone: 'stopped' } : { state: 'Running', tone: 'good' },
          };
        }),
      },
    );
  }

  @Get(':pool')
  @Header('content-type', 'text/html; charset=utf-8')
  async show(@Req() request: SignedInRequest, @Param('person') person: string, @Param('pool') pool: string, @Query('done') done?: string): Promise<string> {
    return this.pages.whole(request, 'people/pool-part.njk', {
      ...(await this.model(request.actor!, person, pool, 'freeze', NOTHING_TYPED)),
      ...flashOf(DONE, done),
    });
  }

  @Get(':pool/end')
  @Header('content-type', 'text/html; charset=utf-8')
  async showEnd(@Req() request: SignedInRequest, @Param('person') person: string, @Param('pool') pool: string): Promise<string> {
    return this.pages.whole(request, 'people/pool-part.njk', await this.model(request.actor!, person, pool, 'end', NOTHING_TYPED));
  }

  @Post(':pool/:step')
  @Redirect()
  async take(
    @Req() request: SignedInRequest,
    @Param('person') person: string,
    @Param('pool') pool: string,
    @Param('step') text: string,
    @Body() body: FormBody,
  ): Promise<SeeOther> {
    const key = takeFormKey(body);
    const step = FREEZE_STEPS.find((each) => each === text);
    if (!step) throw notFound();
    const typed = typedFreeze(body);
    const { command, faults } = readFreeze(step, typed);
    const [poolId, whole] = [idOf<'pool'>(pool), { ...command, personId: idOf<'person'>(person) as PersonId }];
    return act({
      template: 'people/pool-part.njk',
      model: () => this.model(request.actor!, person, pool, step, typed),
      faults,
      command: () => {
        if (step === 'extend') return this.freezes.extend(request.actor!, poolId, 'part', whole, key);
        return step === 'freeze' ? this.freezes.freezePart(request.actor!, poolId, whole, key) : this.freezes.unfreezePart(request.actor!, poolId, whole, key);
      },
      next: () => seeOther(paths.poolPartOf(person, pool), step),
    });
  }

  private async model(actor: Actor, person: string, pool: string, step: FreezeStep, typed: FreezeTyped) {
    const part = (await this.queries.partsOf(actor, idOf<'person'>(person) as PersonId)).find((each) => each.poolId === pool);
    if (!part) throw notFound('The pool');
    const freeze = inForce(part);
    const action = paths.poolPartOf(person, pool);
    return withFormKey({
      title: step === 'end' ? `Let the part of ${part.pool} go on` : freeze ? `The part of ${part.pool} is stopped` : `Stop the part of ${part.pool}`,
      back: { href: paths.poolParts(person), text: 'Parts of pools' },
      isEnd: step === 'end',
      standing: { rows: freeze ? freezeRows(freeze) : [], mayExtend: freeze !== undefined, mayEnd: freeze !== undefined, whoMay: '' },
      typed,
      step,
      most: MOST_FREEZE_DAYS,
      longest: LONGEST_FREEZE_DAYS,
      whyLabel: 'Why should this part stop?',
      whyHint: 'The person reads this. Write nothing that must stay in the safeguarding record',
      stopText: 'Stop this part',
      action,
      endHref: `${action}/end`,
      notNow: html`<a href="${step === 'end' ? action : paths.poolParts(person)}">Not now</a>`,
      history: freezeHistory(part.freezes),
    });
  }
}
