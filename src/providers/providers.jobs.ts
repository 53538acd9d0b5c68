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
    this.registry.register({
      name: 'providers-lapse',
      run: async ({ day, log }) => {
        const listings = await this.providers.lapseUnconfirmed(day);
        log(`${listings} listings and ${await this.providers.lapseServices(day)} services lapsed`);
      },
    });
  }
}
