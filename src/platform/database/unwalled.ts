/** Tables without row-level security, each with the reason. A test compares this list with the catalogue. */
export const UNWALLED: readonly { readonly table: string; readonly reason: string }[] = [
  { table: 'migrations', reason: 'TypeORM’s own list of what has run' },
  { table: 'outbox_event', reason: 'ids and numbers only; the relay reads all of it' },
  { table: 'event_handled', reason: 'ids only' },
  { table: 'job_run', reason: 'names of jobs and counts only' },
  { table: 'idempotency_key', reason: 'looked up by the actor’s own id and key; answers hold ids, states and sums' },
  { table: 'organisation', reason: 'public reference data: bodies, codes, dates' },
  { table: 'organisation_successor', reason: 'public reference data' },
  { table: 'sign_in', reason: 'read by name before anybody’s scope is known; holds a password hash and an id' },
  { table: 'session', reason: 'read by the hash of a token before anybody’s scope is known' },
  { table: 'stripe_address', reason: 'which book a webhook address serves: ids only, read before any scope is known' },
  { table: 'broker', reason: 'the public register of brokers: a name and what they do, put there by themselves' },
  { table: 'broker_conflict', reason: 'interests that brokers declare are shown to everybody (RULE 20)' },
  { table: 'place', reason: 'public reference data: postcode districts and their middle' },
  { table: 'goal_term', reason: 'public reference data: plain words for goals' },
  { table: 'known_id', reason: 'bare ids, so that checks can name everything' },
  { table: 'seed_run', reason: 'which invented district this database holds: a name, a number and two times' },
];
