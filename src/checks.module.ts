import type { OnModuleInit } from '@nestjs/common';
import { Global, Injectable, Module } from '@nestjs/common';
import { runChecks } from './checks.js';
import type { CheckOutcome } from './platform/index.js';
import { CheckRunner, Database, JobRegistry } from './platform/index.js';

@Injectable()
class EveryCheck extends CheckRunner {
  constructor(private readonly database: Database) {
    super();
  }

  run(): Promise<CheckOutcome[]> {
    return runChecks(this.database);
  }
}

/** Nightly: a broken check fails the job, so that it stands on the operators' page until a person has dealt with it. */
@Injectable()
class ChecksJob implements OnModuleInit {
  constructor(
    private readonly registry: JobRegistry,
    private readonly checks: CheckRunner,
  ) {}

  onModuleInit(): void {
    this.registry.register({
      name: 'checks-nightly',
      run: async ({ log }) => {
        const outcomes = await this.checks.run();
        const broken = outcomes.filter((outcome) => outcome.faults.length > 0);
        log(broken.length === 0 ? `all ${outcomes.length} checks hold` : `broken: ${broken.map((outcome) => outcome.name).join(', ')}`);
        if (broken.length > 0) throw new Error(`${broken.length} checks are broken: ${broken.map((outcome) => outcome.name).join(', ')}`);
      },
    });
  }
}

@Global()
@Module({ providers: [{ provide: CheckRunner, useClass: EveryCheck }, ChecksJob], exports: [CheckRunner] })
export class ChecksModule {}
