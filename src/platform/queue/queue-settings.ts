/** The few queues there are. `events` runs handlers inside a transaction, `money` what must call the network (Stripe, banks),
 *  `reports` the recurring and long jobs. Few queues with many job names, because each costs database connections;
 *  each needs `migrate` once. */
export const QUEUE_NAMES = ['events', 'money', 'reports'] as const;
export type QueueName = (typeof QUEUE_NAMES)[number];

/** The schema that holds the queue's own tables when PostgreSQL is the queue. */
export const QUEUE_SCHEMA = 'jobs';

/** How often a failing job is tried again, and how long the first wait is; each later wait is twice the one before, give or take a quarter. */
export interface RetrySettings {
  readonly attempts: number;
  readonly delayMs: number;
}

export interface QueueSettings {
  /** The app role's address: the queue when there is no Redis. */
  readonly databaseUrl: string;
  readonly redisUrl?: string | undefined;
  /** Before every key in Redis, so that two sites can share one server. */
  readonly prefix?: string | undefined;
  /** Instead of each queue's own setting; tests use a short one. */
  readonly retry?: RetrySettings | undefined;
}

/** Our judgement, November 2026: two minutes of retries for events, over an hour for calls to others (an outage of a payment
 *  provider is seldom longer), and three tries in half a minute for reports, which come round again by themselves. */
export const RETRIES: Readonly<Record<QueueName, RetrySettings>> = {
  events: { attempts: 8, delayMs: 1_000 },
  money: { attempts: 12, delayMs: 2_000 },
  reports: { attempts: 3, delayMs: 10_000 },
};

/** The same for every worker: a dead worker's lock must run out before another takes its job, so unequal settings only make
 *  it later. A job that takes its worker down is given two further chances before it goes to the failed list. */
export const LOCKS = { lockDuration: 30_000, stalledInterval: 30_000, maxStalledCount: 2 } as const;

/** Connections of each queue and each worker to PostgreSQL, beside the one that listens. */
export const CONNECTIONS = 4;
