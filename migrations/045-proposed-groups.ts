import type { MigrationInterface, QueryRunner } from 'typeorm';
import { anyInPeople, appendOnly, inPeople, inPlaces, wall } from './policies.js';

const KINDS_BEFORE = `'introduction-made', 'message', 'pool-invited', 'agreement-offered', 'pool-started', 'money-arrived', 'money-agreed', 'session-to-confirm',
  'line-alert', 'review-due', 'payment-returned', 'broker-appointed', 'decision', 'invitation', 'invitation-ended'`;

const theirs = inPeople('person_id');
const openNearby = `card_id in (select c.id from card c where c.state = 'open' and ${inPlaces('c.place')})`;

/** Groups of 3 to 12 that are proposed to people who agreed to be asked; revealed on their day to those who said yes (truth 11, RULE 19). */
export class ProposedGroups1700000000045 implements MigrationInterface {
  name = 'ProposedGroups1700000000045';

  async up(q: QueryRunner): Promise<void> {
    await q.query(`
      alter table card add column agrees text[] not null default '{}' check (agrees <@ array['groups', 'brokers']);
      comment on column card.agrees is 'What the person agreed to beside being found: to be asked about groups, to be seen by brokers without a name. Nothing unless they say so.';
      grant update (agrees) on card to commonpurse_app;

      create table group_proposal (
        id uuid primary key,
        place text not null references place,
        people uuid[] not null check (cardinality(people) between 3 and 12),
        goals text[] not null check (cardinality(goals) > 0),
        days text[] not null check (cardinality(days) > 0),
        proposed_by uuid references person,
        state text not null check (state in ('asked', 'revealed', 'ended')),
        shown_from timestamptz not null,
        answer_until date not null,
        reveal_on date not null check (reveal_on > answer_until)
      );
      create index group_proposal_due on group_proposal (reveal_on) where state = 'asked';
      comment on table group_proposal is 'Who is asked together. Seen by the system alone, by place: not by those who are asked, nor by a broker who proposed it.';
      ${wall('group_proposal', inPlaces('place'))}

      create table group_ask (
        id uuid primary key,
        group_id uuid not null references group_proposal,
        person_id uuid not null references person,
        card_id uuid not null references card,
        place text not null references place,
        miles int not null check (miles >= 0),
        goals text[] not null,
        days text[] not null,
        state text not null check (state in ('asked', 'revealed', 'ended')),
        shown_from timestamptz not null,
        from_day date not null,
        answer_until date not null check (answer_until > from_day),
        reveal_on date not null check (reveal_on > answer_until),
        unique (group_id, person_id),
        unique (id, group_id, person_id),
        constraint one_group_at_a_time exclude using gist (card_id with =, daterange(from_day, reveal_on, '[]') with &&)
      );
      create index group_ask_by_person on group_ask (person_id, reveal_on);
      comment on table group_ask is 'What one person is asked: what, on which days, near where. It holds nothing of the others, nor how many they are.';
      comment on column group_ask.state is 'Moves on the day of revealing alone; ended for whoever did not say yes, whatever became of the group.';
      ${wall('group_ask', `(${theirs} or ${openNearby})`)}

      create table group_answer (
        id uuid primary key,
        ask_id uuid not null,
        group_id uuid not null,
        person_id uuid not null,
        choice text not null check (choice in ('yes', 'no', 'not-now')),
        answered_by uuid not null references person,
        answered_at timestamptz not null,
        foreign key (ask_id, group_id, person_id) references group_ask (id, group_id, person_id)
      );
      create index group_answer_by_ask on group_answer (ask_id, id desc);
      comment on table group_answer is 'The newest is the one in force. Seen by that person alone.';
      ${wall('group_answer', theirs)}
      ${appendOnly('group_answer')}

      create table found_group (
        id uuid primary key,
        people uuid[] not null check (cardinality(people) <= 12),
        place text not null references place,
        goals text[] not null,
        days text[] not null,
        revealed_at timestamptz not null
      );
      comment on table found_group is 'Those who said yes, revealed to each other; who steps back is taken out. The id is that of the proposal.';
      create index found_group_by_person on found_group using gin (people);
      ${wall('found_group', `(${anyInPeople('people')} or ${inPlaces('place')})`)}

      create table group_stepped_back (
        group_id uuid not null references found_group,
        person_id uuid not null references person,
        stepped_back_at timestamptz not null,
        primary key (group_id, person_id)
      );
      comment on table group_stepped_back is 'Who left a revealed group, and when: theirs alone.';
      ${wall('group_stepped_back', theirs)}
      ${appendOnly('group_stepped_back')}

      grant select, insert on group_proposal, group_ask, group_answer, found_group, group_stepped_back to commonpurse_app;
      grant update (state) on group_proposal, group_ask to commonpurse_app;
      grant update (people) on found_group to commonpurse_app;

      alter table notice drop constraint notice_kind_check, add constraint notice_kind_check check (kind in (${KINDS_BEFORE}, 'group-found'));
    `);
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query(`
      alter table notice no force row level security;
      delete from notice where kind = 'group-found';
      alter table notice force row level security;
      alter table notice drop constraint notice_kind_check, add constraint notice_kind_check check (kind in (${KINDS_BEFORE}));
      drop table group_stepped_back, found_group, group_answer, group_ask, group_proposal;
      alter table card drop column agrees;
    `);
  }
}
