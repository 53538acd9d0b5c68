import type { MigrationInterface, QueryRunner } from 'typeorm';
import { appendOnly, inPeople, inPlaces, wall } from './policies.js';

const theirs = inPeople('person_id');
const KINDS_BEFORE = `'introduction-made', 'message', 'pool-invited', 'agreement-offered', 'pool-started', 'money-arrived', 'money-agreed', 'session-to-confirm',
  'line-alert', 'review-due', 'payment-returned', 'broker-appointed', 'decision', 'invitation', 'invitation-ended', 'group-found'`;

/** Blocks stood in two tables, one by cards and one by people, and whoever read them had to think of both. A person has one card, so a block is of a
 *  person by a person. It can be taken back, so rows may go; that it was made and taken back is in the audit.
 *  And a person is told when whom they named to manage their direct payment is not agreed to. */
export class OneKindOfBlock1700000000047 implements MigrationInterface {
  name = 'OneKindOfBlock1700000000047';

  async up(q: QueryRunner): Promise<void> {
    await q.query(`
      drop trigger person_block_append_only on person_block;
      alter table person_block
        add column id uuid not null default gen_random_uuid() unique,
        add column seen_as text not null default 'name' check (seen_as in ('card', 'name')),
        drop constraint person_block_pkey,
        add primary key (person_id, other_person_id, seen_as);
      alter table person_block alter column id drop default, alter column seen_as drop default;
      create index person_block_by_other on person_block (other_person_id);
      comment on table person_block is 'Whoever is blocked sees what they would see had that card been taken down and nobody answered. Gone when it is taken back.';
      comment on column person_block.seen_as is 'How the one who blocked had met the other: as a card without a name, or by first name. Who was a card stays one in their list.';

      alter table card no force row level security;
      alter table card_block no force row level security;
      alter table person_block no force row level security;
      alter table introduction no force row level security;
      insert into person_block (id, person_id, other_person_id, seen_as, made_at)
        select gen_random_uuid(), k.person_id, o.person_id, case when exists (
          select 1 from introduction i where (i.card_a, i.card_b) in ((k.card_id, k.other_card_id), (k.other_card_id, k.card_id))) then 'name' else 'card' end, k.made_at
        from card_block k join card o on o.id = k.other_card_id on conflict do nothing;
      alter table card force row level security;
      alter table person_block force row level security;
      alter table introduction force row level security;
      drop table card_block;

      drop policy remove_person_block on person_block;
      create policy remove_person_block on person_block for delete using (${theirs});
      grant delete on person_block to commonpurse_app;

      alter table notice drop constraint notice_kind_check, add constraint notice_kind_check check (kind in (${KINDS_BEFORE}, 'nomination-turned-down'));
    `);
  }

  async down(q: QueryRunner): Promise<void> {
    const openByPlace = `card_id in (select c.id from card c where c.state = 'open' and ${inPlaces('c.place')})`;
    await q.query(`
      alter table notice no force row level security;
      delete from notice where kind = 'nomination-turned-down';
      alter table notice force row level security;
      alter table notice drop constraint notice_kind_check, add constraint notice_kind_check check (kind in (${KINDS_BEFORE}));

      create table card_block (
        card_id uuid not null references card,
        other_card_id uuid not null references card check (other_card_id <> card_id),
        person_id uuid not null references person,
        made_at timestamptz not null,
        primary key (card_id, other_card_id)
      );
      alter table card no force row level security;
      alter table person_block no force row level security;
      insert into card_block (card_id, other_card_id, person_id, made_at)
        select mine.id, other.id, k.person_id, min(k.made_at) from person_block k join card mine on mine.person_id = k.person_id join card other on other.person_id = k.other_person_id group by 1, 2, 3;
      delete from person_block where seen_as = 'card';
      alter table card force row level security;
      alter table person_block force row level security;
      ${wall('card_block', `(${theirs} or ${openByPlace})`, theirs)}
      ${appendOnly('card_block')}
      grant select, insert on card_block to commonpurse_app;
      drop index person_block_by_other;
      revoke delete on person_block from commonpurse_app;
      alter table person_block drop constraint person_block_pkey, drop column id, drop column seen_as, add primary key (person_id, other_person_id);
      create trigger person_block_append_only before update or delete on person_block for each row execute function refuse_change();
    `);
  }
}
