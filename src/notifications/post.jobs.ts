import type { OnModuleInit } from '@nestjs/common';
import { Injectable } from '@nestjs/common';
import { JobRegistry } from '../platform/index.js';
import { PostRound } from './post-round.service.js';

@Injectable()
export class PostJobs implements OnModuleInit {
  constructor(
    private readonly registry: JobRegistry,
    private readonly round: PostRound,
  ) {}

  onModuleInit(): void {
    this.registry.register({ name: 'post-carry', run: (context) => this.round.carry(context) });
  }
}
