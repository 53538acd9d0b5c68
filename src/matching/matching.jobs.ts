import type { OnModuleInit } from '@nestjs/common';
import { Injectable } from '@nestjs/common';
import { EventHandlers, JobRegistry } from '../platform/index.js';
import { Matching } from './matching.service.js';

@Injectable()
export class MatchingJobs implements OnModuleInit {
  constructor(
    private readonly registry: JobRegistry,
    private readonly handlers: EventHandlers,
    private readonly matching: Matching,
  ) {}

  onModuleInit(): void {
    this.registry.register({ name: 'matching-suggest', run: (context) => this.matching.suggestAll((done, total) => context.progress(done, total)) });
    this.handlers.on('cardOpened', 'matching.suggest-for-card', (tx, event) => this.matching.suggestFor(tx, String(event.payload['cardId'])));
  }
}
