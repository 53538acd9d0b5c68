import { Module } from '@nestjs/common';
import { AuditModule } from '../audit/index.js';
import { BrokersModule } from '../brokers/index.js';
import { IdentityModule } from '../identity/index.js';
import { Cards } from './cards.service.js';
import { IntroductionsController } from './introductions.controller.js';
import { IntroductionJobs } from './introductions.jobs.js';
import { IntroductionQueries } from './introductions.queries.js';
import { Introductions } from './introductions.service.js';
import { Pairing } from './pairing.service.js';
import { SuggestionQueries } from './suggestions.queries.js';
import { Suggestions } from './suggestions.service.js';

@Module({
  imports: [AuditModule, IdentityModule, BrokersModule],
  controllers: [IntroductionsController],
  providers: [Cards, Suggestions, Introductions, Pairing, IntroductionQueries, SuggestionQueries, IntroductionJobs],
  exports: [Cards, Suggestions, Introductions, Pairing, IntroductionQueries, SuggestionQueries],
})
export class IntroductionsModule {}
