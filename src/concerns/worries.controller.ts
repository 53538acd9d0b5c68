import { Body, Controller, Get, HttpCode, Param, Post, Query, UseGuards } from '@nestjs/common';
import { ApiBearerAuth, ApiTags } from '@nestjs/swagger';
import { CurrentActor, PageQuery, SignedIn } from '../identity/index.js';
import type { Actor } from '../kernel/index.js';
import { ChoiceField, IdempotencyKey, idOf } from '../platform/index.js';
import { WorryQueries } from './worries.queries.js';
import { CloseWorry, NoteWorry } from './worry.dto.js';
import type { WorryId } from './worry-desk.service.js';
import { WorryDesk } from './worry-desk.service.js';

export class WorryListQuery extends PageQuery {
  @ChoiceField(['open', 'closed'], { optional: true, what: 'list' })
  which?: 'open' | 'closed';
}

const worryOf = (id: string): WorryId => idOf<'worry'>(id);

/** Worries, for safeguarding leads. To everybody else these addresses are not there. */
@ApiTags('worries')
@ApiBearerAuth()
@UseGuards(SignedIn)
@Controller('api/v1/worries')
export class WorriesController {
  constructor(
    private readonly queries: WorryQueries,
    private readonly desk: WorryDesk,
  ) {}

  /** Unanswered first, then newest; keyed by `before`: the id of the last one shown. */
  @Get()
  list(@CurrentActor() actor: Actor, @Query() page: WorryListQuery): Promise<unknown> {
    return this.queries.list(actor, { which: page.which ?? 'open', after: page.before });
  }

  @Get(':id')
  one(@CurrentActor() actor: Actor, @Param('id') id: string): Promise<unknown> {
    return this.queries.one(actor, worryOf(id));
  }

  @Post(':id/take')
  @HttpCode(200)
  take(@CurrentActor() actor: Actor, @Param('id') id: string, @IdempotencyKey() key: string): Promise<unknown> {
    return this.desk.take(actor, worryOf(id), key);
  }

  @Post(':id/notes')
  note(@CurrentActor() actor: Actor, @Param('id') id: string, @Body() command: NoteWorry, @IdempotencyKey() key: string): Promise<unknown> {
    return this.desk.note(actor, worryOf(id), command, key);
  }

  @Post(':id/close')
  @HttpCode(200)
  close(@CurrentActor() actor: Actor, @Param('id') id: string, @Body() command: CloseWorry, @IdempotencyKey() key: string): Promise<unknown> {
    return this.desk.close(actor, worryOf(id), command, key);
  }

  @Post(':id/open-again')
  @HttpCode(200)
  openAgain(@CurrentActor() actor: Actor, @Param('id') id: string, @Body() command: NoteWorry, @IdempotencyKey() key: string): Promise<unknown> {
    return this.desk.openAgain(actor, worryOf(id), command, key);
  }
}
