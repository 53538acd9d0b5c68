import { Global, Module } from '@nestjs/common';
import { invariant } from '../../kernel/index.js';
import { CONFIG } from '../config/index.js';
import type { Config } from '../config/index.js';
import { Delivery } from '../outbox/delivery.js';
import { EventHandlers } from '../outbox/handlers.js';
import { Relay } from '../outbox/relay.js';
import { Queues } from '../queue/index.js';
import { JobRegistry } from './job-registry.js';
import { Jobs } from './jobs.js';
import { OutboxSweepJob } from './outbox-sweep.job.js';

/** Events and jobs for every room. Needs `CONFIG` and `Database` from a global module. Web processes have it too: they show
 *  operators what failed, but start no worker. */
@Global()
@Module({
  providers: [
    {
      provide: Queues,
      inject: [CONFIG],
      useFactory: ({ databaseUrl, redisUrl }: Config) => {
        invariant(databaseUrl, 'the database address is not known yet');
        return new Queues({ databaseUrl, redisUrl });
      },
    },
    EventHandlers,
    Delivery,
    Relay,
    JobRegistry,
    Jobs,
    OutboxSweepJob,
  ],
  exports: [Queues, EventHandlers, Delivery, Relay, JobRegistry, Jobs],
})
export class WorkModule {}
