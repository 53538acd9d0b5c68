import { Body, Controller, Get, HttpCode, Param, Post, Put, UseGuards } from '@nestjs/common';
import { ApiBearerAuth, ApiTags } from '@nestjs/swagger';
import { CurrentActor, SignedIn } from '../identity/index.js';
import type { Actor, PersonId } from '../kernel/index.js';
import { IdempotencyKey, idOf } from '../platform/index.js';
import { FirstMeetings } from './first-meetings.service.js';
import { FriendCodes } from './friend-codes.service.js';
import { AnswerInvitation, InviteOwnPerson, PlanMeeting, UseCode } from './invitation.dto.js';
import { InvitationQueries } from './invitations.queries.js';
import { Invitations } from './invitations.service.js';

const personOf = (id: string): PersonId => idOf<'person'>(id);

/** People who already know each other. */
@ApiTags('people who know each other')
@ApiBearerAuth()
@UseGuards(SignedIn)
@Controller('api/v1')
export class InvitationsController {
  constructor(
    private readonly invitations: Invitations,
    private readonly queries: InvitationQueries,
    private readonly codes: FriendCodes,
    private readonly meetings: FirstMeetings,
  ) {}

  @Get('people/:id/friend-code')
  code(@CurrentActor() actor: Actor, @Param('id') id: string): Promise<unknown> {
    return this.codes.codeFor(actor, personOf(id));
  }

  @Post('people/:id/friend-code')
  makeCode(@CurrentActor() actor: Actor, @Param('id') id: string): Promise<unknown> {
    return this.codes.make(actor, personOf(id));
  }

  /** A first name and a code that this person gave. */
  @Post('people/:id/codes')
  @HttpCode(200)
  useCode(@CurrentActor() actor: Actor, @Param('id') id: string, @Body() command: UseCode): Promise<unknown> {
    return this.invitations.useCode(actor, personOf(id), command);
  }

  @Post('people/:id/invitations/paper')
  onPaper(@CurrentActor() actor: Actor, @Param('id') id: string, @IdempotencyKey() key: string): Promise<unknown> {
    return this.invitations.onPaper(actor, personOf(id), key);
  }

  /** By a broker who may answer for both. */
  @Post('people/:id/invitations')
  throughBroker(@CurrentActor() actor: Actor, @Param('id') id: string, @Body() command: InviteOwnPerson): Promise<unknown> {
    return this.invitations.throughBroker(actor, personOf(id), personOf(command.toPersonId));
  }

  @Get('people/:id/invitations')
  async invitationsOf(@CurrentActor() actor: Actor, @Param('id') id: string): Promise<unknown> {
    return { received: await this.queries.receivedBy(actor, personOf(id)), sent: await this.queries.sentBy(actor, personOf(id)) };
  }

  @Post('invitations/:id/answer')
  @HttpCode(200)
  answer(@CurrentActor() actor: Actor, @Param('id') id: string, @Body() command: AnswerInvitation): Promise<unknown> {
    return this.invitations.answer(actor, idOf<'invitation'>(id), command);
  }

  @Post('invitations/:id/withdraw')
  @HttpCode(200)
  withdraw(@CurrentActor() actor: Actor, @Param('id') id: string): Promise<unknown> {
    return this.invitations.withdraw(actor, idOf<'invitation'>(id));
  }

  @Get('people/:person/introductions/:id/meeting')
  meeting(@CurrentActor() actor: Actor, @Param('person') person: string, @Param('id') id: string): Promise<unknown> {
    return this.meetings.planOf(actor, idOf<'introduction'>(id), personOf(person));
  }

  @Put('introductions/:id/meeting')
  planMeeting(@CurrentActor() actor: Actor, @Param('id') id: string, @Body() command: PlanMeeting): Promise<unknown> {
    return this.meetings.plan(actor, idOf<'introduction'>(id), command);
  }
}
