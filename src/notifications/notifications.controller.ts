import { Controller, Get, Query, UseGuards } from '@nestjs/common';
import { ApiBearerAuth, ApiTags } from '@nestjs/swagger';
import { CurrentActor, PageQuery, SignedIn } from '../identity/index.js';
import type { Actor } from '../kernel/index.js';
import { Notices } from './notices.service.js';

@ApiTags('notifications')
@ApiBearerAuth()
@UseGuards(SignedIn)
@Controller('api/v1')
export class NotificationsController {
  constructor(private readonly notices: Notices) {}

  /** What I, and those I stand in for, were told; newest first. */
  @Get('me/notices')
  inbox(@CurrentActor() actor: Actor, @Query() page: PageQuery): Promise<unknown> {
    return this.notices.inboxOf(actor, page);
  }
}
