import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The machinery's tables: outbox, handled events, job runs, idempotency keys. They hold ids only and have no policy;
 *  the reasons are listed in src/platform/database/unwalled.ts. */
export class Platform1700000000001 implements MigrationInterface {
  name = 'Platform1700000000001';

  async up(q: QueryRunner): Promise<void> {
    await q.query(`
      revoke create on schema public from public;
      grant usage on schema public to commonpurse_app;
      grant select on migrations to commonpurse_app;

      create function set_scope(scope text[]) returns void language plpgsql as $$
      begin
        perform set_config('app.icbs', scope[1], true), set_config('app.books', scope[2], true), set_config('app.pools', scope[3], true),
          set_config('app.person', scope[4], true), set_config('app.provider', scope[5], true), set_config('app.places', scope[6], true);
      end $$;
      comment on function set_scope is 'What row-level security reads, in the order of src/platform/database/scope.ts; it ends with the transaction.';
      grant execute on function set_scope to commonpurse_app;

      create table outbox_event (
        id uuid primary key,
        seq bigint generated always as identity,
        name text not null,
        scope jsonb not null,
        payload jsonb not null,
        occurred_at timestamptz not null,
        relayed_at timestamptz
      );
      create index outbox_waiting on outbox_event (seq) where relayed_at is null;
      comment on table outbox_event is 'Events written with the change they tell of. Ids and numbers only. Kept 30 days after relay.';

      create table event_handled (
        handler text not null,
        event_id uuid not null,
        handled_at timestamptz not null,
        primary key (handler, event_id)
      );

      create table job_run (
        id uuid primary key,
        job text not null,
        due_at timestamptz not null,
        started_at timestamptz not null,
        heartbeat_at timestamptz not null,
        finished_at timestamptz,
        state text not null check (state in ('running', 'done', 'failed')),
        progress int not null default 0,
        total int not null default 0,
        note text,
        error text,
        unique (job, due_at)
      );

      create table idempotency_key (
        actor text not null,
        key text not null check (length(key) between 1 and 200),
        command text not null,
        input_hash bytea not null,
        answer jsonb,
        created_at timestamptz not null,
        primary key (actor, key)
      );
      comment on table idempotency_key is 'First answers to repeated requests. Kept 400 days, so that a retry after year end meets its answer.';

      grant select, insert, update, delete on outbox_event, event_handled, job_run, idempotency_key to commonpurse_app;
    `);
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query('drop table idempotency_key, job_run, event_handled, outbox_event; drop function set_scope');
  }
}
