import type { OnModuleInit } from '@nestjs/common';
import { Injectable } from '@nestjs/common';
import { JobRegistry } from '../platform/index.js';
import { GroupReveal } from './groups/group-reveal.service.js';
import { Invitations } from './invitations.service.js';
import { Pairing } from './pairing.service.js';

@Injectable()
export class IntroductionJobs implements OnModuleInit {
  constructor(
    private readonly registry: JobRegistry,
    private readonly pairing: Pairing,
    private readonly invitations: Invitations,
    private readonly groups: GroupReveal,
  ) {}

  onModuleInit(): void {
    // No progress and no note: how many pairs there were is nobody's to see.
    this.registry.register({ name: 'introductions-pair-answers', run: (context) => this.pairing.pairAnswers(context.dueAt) });
    this.registry.register({ name: 'introductions-reveal-groups', run: (context) => this.groups.revealDue(context.day) });
    this.registry.register({ name: 'introductions-end-invitations', run: (context) => this.invitations.endDue(context.day) });
  }
}
