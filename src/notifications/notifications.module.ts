import { Module } from '@nestjs/common';
import { IdentityModule } from '../identity/index.js';
import { PoolsModule } from '../pools/index.js';
import { NoticeJobs } from './notices.jobs.js';
import { Notices } from './notices.service.js';
import { NotificationsController } from './notifications.controller.js';
import { Post } from './post.service.js';

@Module({ imports: [IdentityModule, PoolsModule], controllers: [NotificationsController], providers: [Notices, NoticeJobs, Post], exports: [Notices, Post] })
export class NotificationsModule {}
