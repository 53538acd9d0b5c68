import { Module } from '@nestjs/common';
import { AuditModule } from '../audit/index.js';
import { CommissioningModule } from '../commissioning/index.js';
import { IdentityModule } from '../identity/index.js';
import { Carriers, DemonstrationMailbox } from '../platform/index.js';
import { PoolsModule } from '../pools/index.js';
import { Addresses } from './addresses.service.js';
import { DecisionNotices } from './decision-notices.js';
import { Letters } from './letters.service.js';
import { NoticeJobs } from './notices.jobs.js';
import { Notices } from './notices.service.js';
import { NotificationsController } from './notifications.controller.js';
import { PostController } from './post.controller.js';
import { PostDesk } from './post-desk.service.js';
import { PostJobs } from './post.jobs.js';
import { PostRound } from './post-round.service.js';
import { Post } from './post.service.js';

@Module({
  imports: [AuditModule, CommissioningModule, IdentityModule, PoolsModule],
  controllers: [NotificationsController, PostController],
  providers: [Notices, NoticeJobs, DecisionNotices, Post, PostRound, PostJobs, PostDesk, Letters, Addresses, Carriers, DemonstrationMailbox],
  exports: [Notices, Post, PostDesk, Letters, Addresses],
})
export class NotificationsModule {}
