import type { OnModuleInit } from '@nestjs/common';
import { Injectable } from '@nestjs/common';
import { JobRegistry } from '../../platform/index.js';
import { ServedPeople } from './served.service.js';

@Injectable()
export class CaseJobs implements OnModuleInit {
  constructor(
    private readonly registry: JobRegistry,
    private readonly served: ServedPeople,
  ) {}

  onModuleInit(): void {
    this.registry.register({ name: 'brokers-count-served', run: (context) => this.served.publish(context.day) });
  }
}
