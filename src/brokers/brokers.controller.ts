import { Body, Controller, Delete, Get, HttpCode, Param, Post, Query, UseGuards } from '@nestjs/common';
import { ApiBearerAuth, ApiTags } from '@nestjs/swagger';
import { CurrentActor, PageQuery, SignedIn } from '../identity/index.js';
import type { Actor, PersonId } from '../kernel/index.js';
import { IdempotencyKey, idOf } from '../platform/index.js';
import { AppointBroker, DeclareConflict, EndAppointment, RegisterBroker } from './broker.dto.js';
import { BrokerQueries } from './brokers.queries.js';
import { CaseQueries } from './cases/cases.queries.js';
import { ServedPeople } from './cases/served.service.js';
import { Brokers } from './brokers.service.js';

const personOf = (id: string): PersonId => idOf<'person'>(id);

@ApiTags('brokers')
@ApiBearerAuth()
@UseGuards(SignedIn)
@Controller('api/v1')
export class BrokersController {
  constructor(
    private readonly brokers: Brokers,
    private readonly queries: BrokerQueries,
    private readonly cases: CaseQueries,
    private readonly served: ServedPeople,
  ) {}

  @Post('brokers')
  registerBroker(@CurrentActor() actor: Actor, @Body() command: RegisterBroker, @IdempotencyKey() key: string): Promise<unknown> {
    return this.brokers.registerBroker(actor, command, key);
  }

  @Get('brokers')
  list(@CurrentActor() actor: Actor, @Query() page: PageQuery): Promise<unknown> {
    return this.queries.register(actor, { after: page.before });
  }

  /** Each with where they stand, and for how many days. */
  @Get('brokers/me/caseload')
  async caseload(@CurrentActor() actor: Actor, @Query() page: PageQuery): Promise<unknown> {
    const { items, next } = await this.queries.caseload(actor, { after: page.before });
    const standings = await this.cases.standingsOf(
      actor,
      items.map((each) => each.personId),
    );
    return { items: items.map((each) => ({ ...each, standing: standings.get(each.personId) ?? null })), next };
  }

  /** People served in the year before today: exact, for the broker alone. */
  @Get('brokers/me/served')
  async servedPeople(@CurrentActor() actor: Actor): Promise<unknown> {
    return { people: await this.served.mine(actor) };
  }

  @Post('brokers/me/conflicts')
  declare(@CurrentActor() actor: Actor, @Body() command: DeclareConflict): Promise<unknown> {
    return this.brokers.declareConflict(actor, command);
  }

  @Delete('brokers/me/conflicts/:id')
  @HttpCode(204)
  endConflict(@CurrentActor() actor: Actor, @Param('id') id: string): Promise<void> {
    return this.brokers.endConflict(actor, idOf<'broker-conflict'>(id));
  }

  @Get('brokers/:id/conflicts')
  async conflicts(@CurrentActor() actor: Actor, @Param('id') id: string): Promise<unknown> {
    return { items: await this.queries.conflictsOf(actor, personOf(id)), next: null };
  }

  @Get('people/:id/appointments')
  async appointmentsOf(@CurrentActor() actor: Actor, @Param('id') id: string): Promise<unknown> {
    return { items: await this.queries.appointmentsOf(actor, personOf(id)), next: null };
  }

  @Post('people/:id/appointments')
  appoint(@CurrentActor() actor: Actor, @Param('id') id: string, @Body() command: AppointBroker, @IdempotencyKey() key: string): Promise<unknown> {
    return this.brokers.appoint(actor, personOf(id), command, key);
  }

  @Post('appointments/:id/end')
  @HttpCode(200)
  end(@CurrentActor() actor: Actor, @Param('id') id: string, @Body() command: EndAppointment): Promise<unknown> {
    return this.brokers.end(actor, idOf<'appointment'>(id), command);
  }

  @Delete('appointments/:id')
  @HttpCode(204)
  async dismiss(@CurrentActor() actor: Actor, @Param('id') id: string): Promise<void> {
    await this.brokers.end(actor, idOf<'appointment'>(id));
  }
}
