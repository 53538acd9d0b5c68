import type { OnModuleInit } from '@nestjs/common';
import { Injectable } from '@nestjs/common';
import { JobRegistry } from '../platform/index.js';
import { Providers } from './providers.service.js';

@Injectable()
export class ProvidersJobs implements OnModuleInit {
  constructor(
    private readonly registry: JobRegistry,
    private readonly providers: Providers,
  ) {}

  onModuleInit(): void {
    this.registry.register({ name: 'providers-lapse', run: async ({ day, log }) => log(`${await this.providers.lapseUnconfirmed(day)} listings lapsed`) });
  }
}
