import { Controller, Get, Param, Query, UseGuards } from '@nestjs/common';
import { ApiBearerAuth, ApiTags } from '@nestjs/swagger';
import { CurrentActor, SignedIn } from '../identity/index.js';
import type { Actor, LocalDate } from '../kernel/index.js';
import { penceAsNumber, sumPence } from '../kernel/index.js';
import { ChoiceField, Clock, idOf, LocalDateField, TextField } from '../platform/index.js';
import type { AskedBy } from './standing.rules.js';
import { ASKED_BY, asOfAsked } from './standing.rules.js';
import type { Standing } from './standings.service.js';
import { Standings } from './standings.service.js';

export class StandingQuery {
  @LocalDateField({ optional: true, what: 'day', description: 'As it stood when this day ended; left out with `at`: now.' })
  on?: LocalDate;

  @ChoiceField(ASKED_BY, {
    optional: true,
    what: 'question',
    description: 'True on the day (effective), counted in the periods up to it (booked), or known then.',
  })
  by?: AskedBy;

  @TextField({ max: 40, optional: true, what: 'moment', description: 'As the ledger knew it at this instant, 2026-04-30T10:00:00Z.' })
  at?: string;
}

class BookStandingQuery extends StandingQuery {
  @TextField({
    max: 40,
    what: 'reference',
    description: 'Of a budget line, LIN-7K3M-9QXA, of a person’s own money, OWN-7K3M-9QXA, or of a funder’s money, FUN-7K3M-9QXA.',
  })
  reference!: string;
}

const standingJson = ({ posted, reserved, free, movements, ...standing }: Standing): object => ({
  ...standing,
  postedPence: penceAsNumber(posted),
  reservedPence: penceAsNumber(reserved),
  freePence: penceAsNumber(free),
  movements: movements.map(({ change, balance, ...row }) => ({ ...row, changePence: penceAsNumber(change), balancePence: penceAsNumber(balance) })),
});

const answerOf = (standings: readonly Standing[]): object => ({
  freePence: penceAsNumber(sumPence(standings.map((each) => each.free))),
  items: standings.map(standingJson),
  next: null,
});

@ApiTags('insight')
@ApiBearerAuth()
@UseGuards(SignedIn)
@Controller('api/v1')
export class StandingsController {
  constructor(
    private readonly standings: Standings,
    private readonly clock: Clock,
  ) {}

  /** What was free in a budget line and in each of its shares, on a past day or at a moment. */
  @Get('budget-lines/:id/standing')
  async line(@CurrentActor() actor: Actor, @Param('id') id: string, @Query() query: StandingQuery): Promise<object> {
    return answerOf(await this.standings.ofLine(actor, idOf<'budget-line'>(id), asOfAsked(query, this.clock.now())));
  }

  /** The same inside one book, for its auditor and officers. */
  @Get('books/:id/standing')
  async inBook(@CurrentActor() actor: Actor, @Param('id') id: string, @Query() query: BookStandingQuery): Promise<object> {
    return answerOf(await this.standings.inBook(actor, idOf<'book'>(id), query.reference, asOfAsked(query, this.clock.now())));
  }
}
