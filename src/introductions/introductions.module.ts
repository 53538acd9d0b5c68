import { Module } from '@nestjs/common';
import { AuditModule } from '../audit/index.js';
import { BrokersModule } from '../brokers/index.js';
import { IdentityModule } from '../identity/index.js';
import { Blocks } from './blocks.service.js';
import { CardMutes } from './card-mutes.service.js';
import { CardPictures } from './card-pictures.service.js';
import { CardWords } from './card-words.service.js';
import { Cards } from './cards.service.js';
import { FirstMeetings } from './first-meetings.service.js';
import { FriendCodes } from './friend-codes.service.js';
import { GoalTermsController } from './goal-terms.controller.js';
import { GoalTerms } from './goal-terms.service.js';
import { GroupReveal } from './groups/group-reveal.service.js';
import { GroupsController } from './groups/groups.controller.js';
import { GroupQueries } from './groups/groups.queries.js';
import { Groups } from './groups/groups.service.js';
import { WaitingQueries } from './groups/waiting.queries.js';
import { IntroductionsController } from './introductions.controller.js';
import { IntroductionJobs } from './introductions.jobs.js';
import { IntroductionQueries } from './introductions.queries.js';
import { Introductions } from './introductions.service.js';
import { InvitationsController } from './invitations.controller.js';
import { InvitationQueries } from './invitations.queries.js';
import { Invitations } from './invitations.service.js';
import { Pairing } from './pairing.service.js';
import { SuggestionQueries } from './suggestions.queries.js';
import { Suggestions } from './suggestions.service.js';

const services = [
  Cards,
  CardWords,
  CardPictures,
  CardMutes,
  Blocks,
  GoalTerms,
  Suggestions,
  Introductions,
  Invitations,
  FriendCodes,
  FirstMeetings,
  Pairing,
  IntroductionQueries,
  InvitationQueries,
  SuggestionQueries,
  Groups,
  GroupReveal,
  GroupQueries,
  WaitingQueries,
];

@Module({
  imports: [AuditModule, IdentityModule, BrokersModule],
  controllers: [IntroductionsController, GoalTermsController, InvitationsController, GroupsController],
  providers: [...services, IntroductionJobs],
  exports: services,
})
export class IntroductionsModule {}
