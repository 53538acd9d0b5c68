import { Body, Controller, Get, HttpCode, Param, Post, Query, UseGuards } from '@nestjs/common';
import { ApiBearerAuth, ApiTags } from '@nestjs/swagger';
import { CurrentActor, PageQuery, SignedIn } from '../../identity/index.js';
import type { Actor } from '../../kernel/index.js';
import { idOf } from '../../platform/index.js';
import { SendEdits } from './visit.dto.js';
import { VisitQueries } from './visits.queries.js';
import { Visits } from './visits.service.js';

@ApiTags('brokers')
@ApiBearerAuth()
@UseGuards(SignedIn)
@Controller('api/v1/people/:person/visits')
export class VisitsController {
  constructor(
    private readonly visits: Visits,
    private readonly queries: VisitQueries,
  ) {}

  @Get()
  list(@CurrentActor() actor: Actor, @Param('person') person: string, @Query() page: PageQuery): Promise<unknown> {
    return this.queries.notesOf(actor, idOf<'person'>(person), { after: page.before });
  }

  @Get(':note')
  one(@CurrentActor() actor: Actor, @Param('person') person: string, @Param('note') note: string): Promise<unknown> {
    return this.queries.note(actor, idOf<'person'>(person), idOf<'visit-note'>(note));
  }

  /** Sent twice it is kept once: each edit has an id of its own, so no key is asked for. */
  @Post(':note/edits')
  @HttpCode(200)
  keep(@CurrentActor() actor: Actor, @Param('person') person: string, @Param('note') note: string, @Body() command: SendEdits): Promise<unknown> {
    return this.visits.keep(actor, idOf<'person'>(person), idOf<'visit-note'>(note), command);
  }
}
