import type { OnModuleInit } from '@nestjs/common';
import { Injectable, Module } from '@nestjs/common';
import { runChecks } from './checks.js';
import { Database, JobRegistry } from './platform/index.js';

/** Nightly: a broken check fails the job, so that it stands on the operators' page until a person has dealt with it. */
@Injectable()
class ChecksJob implements OnModuleInit {
  constructor(
    private readonly registry: JobRegistry,
    private readonly database: Database,
  ) {}

  onModuleInit(): void {
    this.registry.register({
      name: 'checks-nightly',
      run: async ({ log }) => {
        const results = await runChecks(this.database);
        const broken = results.filter((result) => result.faults.length > 0).map((result) => result.name);
        log(broken.length === 0 ? `all ${results.length} checks hold` : `broken: ${broken.join(', ')}`);
        if (broken.length > 0) throw new Error(`${broken.length} checks are broken: ${broken.join(', ')}`);
      },
    });
  }
}

@Module({ providers: [ChecksJob] })
export class ChecksModule {}
