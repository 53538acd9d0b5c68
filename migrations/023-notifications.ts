import type { MigrationInterface, QueryRunner } from 'typeorm';
import { inPeople, wall } from './policies.js';

/** What people are told, by inbox and by post; and worries, which nobody reads here but those who keep people safe. */
export class Notifications1700000000023 implements MigrationInterface {
  name = 'Notifications1700000000023';

  async up(q: QueryRunner): Promise<void> {
    const theirs = inPeople('person_id');
    await q.query(`
      create table notice (
        id uuid primary key,
        person_id uuid not null references person,
        kind text not null check (kind in ('introduction-made', 'message', 'pool-invited', 'agreement-offered', 'pool-started', 'money-arrived', 'money-agreed', 'session-to-confirm',
          'line-alert', 'review-due', 'payment-returned', 'broker-appointed')),
        facts jsonb not null default '{}' check (jsonb_typeof(facts) = 'object'),
        format text not null default 'standard' check (format in ('standard', 'large-print', 'easy-read', 'audio', 'braille')),
        made_at timestamptz not null,
        read_at timestamptz check (read_at >= made_at)
      );
      create index notice_by_person on notice (person_id, id desc);
      create index notice_unread on notice (person_id) where read_at is null;
      comment on table notice is 'Ids, numbers and days only; the words are made when it is read. Kept 2 years after it is read.';
      comment on column notice.format is 'What the person asked for on the day it was made (RULE 40).';
      ${wall('notice', theirs, 'true')}

      create table post_item (
        id uuid primary key,
        notice_id uuid not null unique references notice,
        person_id uuid not null references person,
        by text not null check (by in ('letter', 'email', 'text', 'phone')),
        format text not null check (format in ('standard', 'large-print', 'easy-read', 'audio', 'braille')),
        subject text not null check (length(subject) between 1 and 200),
        body text not null check (length(body) between 1 and 4000),
        state text not null check (state in ('waiting', 'delivered', 'failed')),
        made_at timestamptz not null,
        delivered_at timestamptz check ((state = 'delivered') = (delivered_at is not null))
      );
      create index post_item_waiting on post_item (made_at) where state = 'waiting';
      comment on table post_item is 'Letters, e-mails, texts and calls; a notice period starts from delivery. Names nobody: others may open the post.';
      ${wall('post_item', theirs)}

      create table worry (
        id uuid primary key,
        reference text not null unique,
        raised_by uuid references person,
        words bytea not null,
        reach bytea,
        from_path text not null default '' check (length(from_path) <= 200),
        raised_at timestamptz not null
      );
      comment on table worry is 'Encrypted. Added by anybody, read by nobody here: the safeguarding compartment. Kept 7 years.';
      comment on column worry.raised_by is 'Null when nobody was signed in, or the person asked us not to keep who they are.';
      alter table worry enable row level security;
      alter table worry force row level security;
      create policy add_worry on worry for insert with check (true);
      create policy read_worry on worry for select using (false);
      create trigger worry_append_only before update or delete on worry for each row execute function refuse_change();

      grant select, insert on notice, post_item to commonpurse_app;
      grant update (read_at, format) on notice to commonpurse_app;
      grant update (state, delivered_at) on post_item to commonpurse_app;
      grant insert on worry to commonpurse_app;
    `);
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query('drop table worry, post_item, notice');
  }
}
