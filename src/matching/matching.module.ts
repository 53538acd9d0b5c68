import { Module } from '@nestjs/common';
import { AuditModule } from '../audit/index.js';
import { BrokersModule } from '../brokers/index.js';
import { IntroductionsModule } from '../introductions/index.js';
import { Clusters } from './clusters.service.js';
import { MatchingJobs } from './matching.jobs.js';
import { Matching } from './matching.service.js';

@Module({ imports: [AuditModule, BrokersModule, IntroductionsModule], providers: [Matching, MatchingJobs, Clusters], exports: [Matching, Clusters] })
export class MatchingModule {}
