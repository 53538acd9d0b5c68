import { Module } from '@nestjs/common';
import { IntroductionsModule } from '../introductions/index.js';
import { MatchingJobs } from './matching.jobs.js';
import { Matching } from './matching.service.js';

@Module({ imports: [IntroductionsModule], providers: [Matching, MatchingJobs], exports: [Matching] })
export class MatchingModule {}
