import type { MigrationInterface, QueryRunner } from 'typeorm';
import { appendOnly, inPeople, seesPerson, wall } from './policies.js';

/** The post is carried: who takes it, when it counts as delivered, what came back, and where people's letters go. */
export class Post1700000000032 implements MigrationInterface {
  name = 'Post1700000000032';

  async up(q: QueryRunner): Promise<void> {
    const theirs = inPeople('person_id');
    await q.query(`
      alter table post_item drop constraint post_item_state_check, drop constraint post_item_check;
      alter table post_item
        add column reference text unique,
        add column attempts int not null default 0 check (attempts >= 0),
        add column not_before timestamptz,
        add column claimed_until timestamptz,
        add column posted_on date,
        add column deliver_on date check (deliver_on >= posted_on),
        add column reason text check (reason in ('no-address', 'refused', 'gave-up', 'person-died', 'gone-away', 'not-accepted', 'damaged')),
        add constraint post_item_state_check check (state in ('waiting', 'posted', 'delivered', 'failed', 'returned')),
        add constraint post_item_delivered check (case state when 'delivered' then delivered_at is not null when 'returned' then true else delivered_at is null end),
        add constraint post_item_posted check (state <> 'posted' or (by = 'letter' and posted_on is not null and deliver_on is not null)),
        add constraint post_item_reason check (state not in ('failed', 'returned') or reason is not null) not valid;
      comment on column post_item.reference is 'Printed on the letter, read aloud on the phone. Null only on what was written before this column.';
      comment on column post_item.attempts is 'How often it was handed over; says which worker may write down the outcome.';
      comment on column post_item.claimed_until is 'A worker has it in hand until then. When that worker dies another takes it, under the same message id.';
      comment on column post_item.deliver_on is 'The second working day after it was posted; a notice period starts from this day.';

      create table post_step (
        id uuid primary key,
        item_id uuid not null references post_item,
        person_id uuid not null references person,
        at timestamptz not null,
        actor text not null,
        from_state text not null,
        to_state text not null,
        reason text
      );
      create index post_step_by_item on post_step (item_id, id);
      comment on table post_step is 'Each change of an item of the post, with who made it: the proof of when a notice reached somebody. Kept as the notice.';
      ${wall('post_step', theirs)}
      ${appendOnly('post_step')}

      create table post_register (
        item_id uuid primary key,
        person_id uuid not null,
        reference text unique,
        by text not null,
        format text not null,
        state text not null,
        attempts int not null,
        not_before timestamptz,
        claimed_until timestamptz,
        posted_on date,
        deliver_on date,
        reason text,
        made_at timestamptz not null,
        changed_at timestamptz not null
      );
      create index post_register_open on post_register (state, by, item_id) where state in ('waiting', 'posted', 'failed');
      create index post_register_carried on post_register (changed_at desc) where by in ('email', 'text') and state = 'delivered';
      comment on table post_register is 'Where each item of the post stands: ids, ways, states and days, no words. Follows post_item by a trigger; the words stay behind the wall.';
      create function register_post() returns trigger language plpgsql as $$
      begin
        insert into post_register (item_id, person_id, reference, by, format, state, attempts, not_before, claimed_until, posted_on, deliver_on, reason, made_at, changed_at)
        values (new.id, new.person_id, new.reference, new."by", new.format, new.state, new.attempts, new.not_before, new.claimed_until, new.posted_on, new.deliver_on, new.reason, new.made_at,
          coalesce(new.delivered_at, new.made_at))
        on conflict (item_id) do update set by = excluded.by, state = excluded.state, attempts = excluded.attempts, not_before = excluded.not_before, claimed_until = excluded.claimed_until,
          posted_on = excluded.posted_on, deliver_on = excluded.deliver_on, reason = excluded.reason, changed_at = excluded.changed_at;
        return null;
      end $$;
      alter table post_item no force row level security;
      insert into post_register (item_id, person_id, reference, by, format, state, attempts, made_at, changed_at)
        select id, person_id, reference, by, format, state, attempts, made_at, coalesce(delivered_at, made_at) from post_item;
      alter table post_item force row level security;
      create trigger post_item_registered after insert or update on post_item for each row execute function register_post();

      create table postal_address (
        person_id uuid primary key references person,
        sealed bytea,
        changed_at timestamptz not null,
        changed_by text not null,
        gone_away_at timestamptz,
        gone_away_item uuid references post_item
      );
      comment on table postal_address is 'Where letters to a person go. Kept with the record: 8 years after last contact.';
      comment on column postal_address.sealed is 'Encrypted lines of the address. Null: a letter came back and nobody has written an address down.';
      comment on column postal_address.gone_away_at is 'A letter came back since the address was last put right: the person’s contact is flagged, and no letter is posted.';
      ${wall('postal_address', seesPerson('person_id'))}

      create table mailbox_message (
        id uuid primary key references post_item,
        person_id uuid not null references person,
        by text not null check (by in ('email', 'text')),
        sealed bytea not null,
        received_at timestamptz not null
      );
      create index mailbox_message_newest on mailbox_message (received_at desc, id desc);
      comment on table mailbox_message is 'The demonstration mailbox: what would have been sent. Encrypted. Empty in a live installation.';
      ${wall('mailbox_message', theirs)}

      grant update (state, by, delivered_at, attempts, not_before, claimed_until, posted_on, deliver_on, reason) on post_item to commonpurse_app;
      grant select, insert on post_step to commonpurse_app;
      grant select, insert, update on post_register, postal_address to commonpurse_app;
      grant select, insert on mailbox_message to commonpurse_app;
    `);
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query(`
      drop table mailbox_message, postal_address, post_step;
      drop trigger post_item_registered on post_item; drop function register_post(); drop table post_register;
      alter table post_item no force row level security;
      update post_item set state = 'delivered', delivered_at = coalesce(delivered_at, made_at) where state = 'posted';
      update post_item set state = 'failed', delivered_at = null where state = 'returned';
      alter table post_item force row level security;
      alter table post_item drop constraint post_item_state_check, drop constraint post_item_delivered, drop constraint post_item_posted, drop constraint post_item_reason,
        drop column reference, drop column attempts, drop column not_before, drop column claimed_until, drop column posted_on, drop column deliver_on, drop column reason,
        add constraint post_item_state_check check (state in ('waiting', 'delivered', 'failed')), add constraint post_item_check check ((state = 'delivered') = (delivered_at is not null));
    `);
  }
}
