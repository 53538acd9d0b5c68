import { Controller, Get, Param, Query, UseGuards } from '@nestjs/common';
import { ApiBearerAuth, ApiTags } from '@nestjs/swagger';
import { CurrentActor, SignedIn } from '../identity/index.js';
import type { Actor } from '../kernel/index.js';
import { notFound, penceAsNumber } from '../kernel/index.js';
import { idOf, IdField } from '../platform/index.js';
import type { PennyStep, PennyTrail } from './penny.service.js';
import { Penny } from './penny.service.js';
import type { PennyStart } from './penny.starts.js';

const STARTS: readonly PennyStart['of'][] = ['transfer', 'payment', 'invoice', 'statement-line', 'line', 'funder-share'];

/** What an address says the money begins with. Refuses other words (not-found). */
export function startOf(of: string, id: string, part?: string): PennyStart {
  const known = STARTS.find((each) => each === of);
  if (!known) throw notFound('This money');
  return { of: known, id: idOf(id), ...(part === undefined ? {} : { part: idOf(part) }) };
}

class FollowQuery {
  @IdField({ optional: true, description: 'Of an invoice: the budget line, or the funder’s share, whose part to follow.' })
  part?: string;
}

class FollowLineQuery {
  @IdField({ optional: true, description: 'One movement of the line; left out: all of its money.' })
  transfer?: string;
}

const edges = (list: PennyStep['next']): object[] => list.map(({ id, amount }) => ({ id, amountPence: penceAsNumber(amount) }));

export const trailJson = ({ steps, asides, promises }: PennyTrail): object => ({
  promises: promises.map(({ promised, offeredBy: _offeredBy, ...promise }) => ({ ...promise, promisedPence: penceAsNumber(promised) })),
  steps: steps.map(({ amount, whole, stillHere, fromOutside, seal, next, before, ...step }) => ({
    ...step,
    amountPence: penceAsNumber(amount),
    wholePence: penceAsNumber(whole),
    stillHerePence: penceAsNumber(stillHere),
    fromOutsidePence: penceAsNumber(fromOutside),
    seal: seal === null ? null : seal.toString(),
    next: edges(next),
    before: edges(before),
  })),
  asides: asides.map(({ amount, ...aside }) => ({ ...aside, amountPence: penceAsNumber(amount) })),
});

@ApiTags('audit')
@ApiBearerAuth()
@UseGuards(SignedIn)
@Controller('api/v1')
export class PennyController {
  constructor(private readonly penny: Penny) {}

  /** The way of some money, from where it was agreed or came in to the line of a statement and back, through the books the actor may read. */
  @Get('follow/:of/:id')
  async follow(@CurrentActor() actor: Actor, @Param('of') of: string, @Param('id') id: string, @Query() query: FollowQuery): Promise<unknown> {
    return trailJson(await this.penny.follow(actor, startOf(of, id, query.part)));
  }

  /** The way of a budget line's own money, for the person whose it is and those who may see it. */
  @Get('budget-lines/:id/follow')
  async line(@CurrentActor() actor: Actor, @Param('id') id: string, @Query() query: FollowLineQuery): Promise<unknown> {
    return trailJson(await this.penny.followLine(actor, idOf<'budget-line'>(id), { transfer: query.transfer }));
  }

  /** The way of money of one's own, from where it came in, through pools, to what was bought and back home. */
  @Get('own-money/:line/follow')
  async own(@CurrentActor() actor: Actor, @Param('line') line: string): Promise<unknown> {
    return trailJson(await this.penny.followOwn(actor, idOf<'budget-line'>(line)));
  }

  /** The way of a funder's own money in a pool, for its officers: from the promise to what is left going back. */
  @Get('funder-shares/:id/follow')
  async fund(@CurrentActor() actor: Actor, @Param('id') id: string): Promise<unknown> {
    return trailJson(await this.penny.followFund(actor, idOf<'share'>(id)));
  }

  /** What funders promised with a book as money-holder, the newest first: each can be followed by its `shareId`. */
  @Get('books/:id/funder-promises')
  async promises(@CurrentActor() actor: Actor, @Param('id') id: string): Promise<unknown> {
    const promises = await this.penny.promisesIn(actor, idOf<'book'>(id));
    return {
      items: promises.map(({ promised, cameIn, offeredBy: _by, ...each }) => ({
        ...each,
        promisedPence: penceAsNumber(promised),
        cameInPence: penceAsNumber(cameIn),
      })),
      next: null,
    };
  }
}
