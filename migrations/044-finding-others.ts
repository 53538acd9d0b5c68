import type { MigrationInterface, QueryRunner } from 'typeorm';
import { MORE_TERMS } from './044-goal-terms.js';
import { appendOnly, inIcbs, inPeople, inPlaces, wall } from './policies.js';

const KINDS_BEFORE = `'introduction-made', 'message', 'pool-invited', 'agreement-offered', 'pool-started', 'money-arrived', 'money-agreed', 'session-to-confirm',
  'line-alert', 'review-due', 'payment-returned', 'broker-appointed', 'decision'`;

const theirs = inPeople('person_id');
const openNearby = (column: string): string => `${column} in (select c.person_id from card c where c.state = 'open' and ${inPlaces('c.place')})`;

/** An ICB's own words for goals, and what people typed in their own. */
const GOALS = `
      alter table goal_term
        add column icb_id uuid references organisation,
        add column same_as text references goal_term check (same_as <> id),
        add column retired_on date,
        add check (icb_id is not null or (same_as is null and retired_on is null));
      comment on column goal_term.icb_id is 'The ICB whose own word it is; null for the common core, which nobody changes.';
      comment on column goal_term.same_as is 'The goal of the common core that it stands for: a card keeps that one, so that people meet across borders.';
      comment on column goal_term.retired_on is 'From this day it is offered to nobody; cards that hold it keep it.';
      grant update (same_as, retired_on) on goal_term to commonpurse_app;

      create table icb_goal_term (
        term_id text primary key references goal_term,
        icb_id uuid not null references organisation,
        heard text[] not null default '{}' check (cardinality(heard) <= 20),
        made_by uuid not null references person,
        made_at timestamptz not null,
        changed_at timestamptz not null
      );
      create index icb_goal_term_by_icb on icb_goal_term (icb_id);
      comment on table icb_goal_term is 'Who added a word of an ICB''s own, and how else people there say it.';
      ${wall('icb_goal_term', inIcbs('icb_id'))}

      create table card_words (
        id uuid primary key,
        person_id uuid not null references person,
        words bytea not null,
        offered text[] not null,
        agreed text[],
        said_by uuid not null references person,
        said_at timestamptz not null,
        agreed_at timestamptz,
        check (agreed <@ offered), check ((agreed is null) = (agreed_at is null))
      );
      create index card_words_by_person on card_words (person_id, id desc);
      comment on table card_words is 'What a person wants in their own words, encrypted; which goals we thought they meant, and which they agreed to. Kept as long as the card.';
      ${wall('card_words', theirs)}

      create table card_mute (
        person_id uuid not null references person,
        reason text not null check (reason ~ '^(goal:[a-z0-9-]{2,40}|day:[1-7]|miles:[0-9]{1,2})$'),
        made_at timestamptz not null,
        primary key (person_id, reason)
      );
      comment on table card_mute is 'Reasons for which a person wants nobody suggested. Seen by them alone; it changes nothing that others see.';
      ${wall('card_mute', theirs)}
`;

/** People who already know each other. */
const INVITATIONS = `
      create table invitation (
        id uuid primary key,
        from_person uuid not null references person,
        to_person uuid references person check (to_person <> from_person),
        way text not null check (way in ('name', 'paper', 'broker')),
        salt bytea check ((salt is null) = (way <> 'paper')),
        state text not null check (state in ('waiting', 'accepted', 'withdrawn', 'ended')),
        introduction_id uuid,
        made_by uuid not null references person,
        made_at timestamptz not null,
        expires_on date not null,
        check (way = 'paper' or to_person is not null),
        check ((state = 'accepted') = (introduction_id is not null)),
        check (state <> 'accepted' or to_person is not null)
      );
      create unique index invitation_once on invitation (from_person, to_person) where state = 'waiting' and to_person is not null;
      create index invitation_by_from on invitation (from_person, id desc);
      create index invitation_by_to on invitation (to_person, id desc);
      comment on table invitation is 'One person asks another whom they know. A no is not written here: whoever asked may read this row.';
      comment on column invitation.salt is 'What the code on paper is worked out from, with a key of ours; the code itself is nowhere.';
      ${wall('invitation', `(${inPeople('from_person')} or ${inPeople('to_person')})`)}

      create table invitation_no (
        invitation_id uuid primary key references invitation,
        person_id uuid not null references person,
        said_by uuid not null references person,
        said_at timestamptz not null
      );
      comment on table invitation_no is 'Seen by whoever said no, and by nobody else: to whoever asked, it ends on its own day as if it was not answered.';
      ${wall('invitation_no', theirs)}
      ${appendOnly('invitation_no')}

      create table friend_code (
        person_id uuid primary key references person,
        salt bytea not null,
        until_day date not null,
        made_at timestamptz not null
      );
      comment on table friend_code is 'The code a person gives to those they know: worked out from the salt and a key of ours, kept nowhere.';
      ${wall('friend_code', theirs)}

      create table invitation_key (
        id uuid primary key,
        kind text not null check (kind in ('invitation', 'friend')),
        person_id uuid not null references person,
        code_hash bytea unique,
        until_day date not null
      );
      create index invitation_key_by_day on invitation_key (until_day);
      create unique index one_friend_code on invitation_key (person_id) where kind = 'friend';
      comment on table invitation_key is 'Found by the hash of a code, or by its day, before anybody''s scope is known: ids, keyed hashes and days only.';

      create table code_try (
        person_id uuid not null references person,
        tried_at timestamptz not null
      );
      create index code_try_by_person on code_try (person_id, tried_at);
      comment on table code_try is 'Codes that were typed in and were wrong, by whom and when: too many in a day and we ask them to wait.';
      ${wall('code_try', theirs)}

      create table person_block (
        person_id uuid not null references person,
        other_person_id uuid not null references person check (other_person_id <> person_id),
        made_at timestamptz not null,
        primary key (person_id, other_person_id)
      );
      comment on table person_block is 'Whoever is blocked sees what they would see had nobody answered.';
      ${wall('person_block', `(${theirs} or ${openNearby('person_id')})`, theirs)}
      ${appendOnly('person_block')}
`;

/** Introductions may come from an invitation, and plan the first meeting. */
const MEETING = `
      alter table introduction
        alter column pair_id drop not null, alter column card_a drop not null, alter column card_b drop not null,
        add column invitation_id uuid references invitation,
        add check ((pair_id is not null and card_a is not null and card_b is not null) or invitation_id is not null);
      alter table invitation add foreign key (introduction_id) references introduction;
      grant update (pair_id, card_a, card_b, reasons, invitation_id, made_at) on introduction to commonpurse_app;
      alter table introduction_step
        add column company_a text not null default '' check (length(company_a) <= 200),
        add column company_b text not null default '' check (length(company_b) <= 200);
      comment on column introduction_step.company_a is 'Who comes with the first of the two; both may read it.';
      grant update (company_a, company_b) on introduction_step to commonpurse_app;

      create table way_home (
        introduction_id uuid not null references introduction,
        person_id uuid not null references person,
        words bytea not null,
        set_by uuid not null references person,
        set_at timestamptz not null,
        primary key (introduction_id, person_id)
      );
      comment on table way_home is 'How a person gets home from a first meeting, encrypted: theirs alone, not the other''s.';
      ${wall('way_home', theirs)}

      create table page_choice (
        person_id uuid primary key references person,
        version text not null check (version in ('words', 'pictures')),
        chosen_by uuid not null references person,
        chosen_at timestamptz not null
      );
      comment on table page_choice is 'Whether a person looks for others in words or in pictures.';
      ${wall('page_choice', theirs)}

      create table picture_answer (
        person_id uuid not null references person,
        question text not null check (question ~ '^[a-z0-9-]{1,40}$'),
        answer text not null check (answer ~ '^[a-z0-9-]{1,40}$'),
        answered_by uuid not null references person,
        answered_at timestamptz not null,
        primary key (person_id, question)
      );
      comment on table picture_answer is 'Each answer in pictures is kept when it is given, so that nothing is lost by stopping half-way. Kept beside the card, until the person starts again.';
      ${wall('picture_answer', theirs)}

      grant select, insert on icb_goal_term, card_words, card_mute, invitation, invitation_no, friend_code, invitation_key, code_try, person_block, way_home, page_choice, picture_answer to commonpurse_app;
      grant update (heard, changed_at) on icb_goal_term to commonpurse_app;
      grant update (agreed, agreed_at) on card_words to commonpurse_app;
      grant update (to_person, state, introduction_id) on invitation to commonpurse_app;
      grant update (salt, until_day, made_at) on friend_code to commonpurse_app;
      grant update (words, set_by, set_at) on way_home to commonpurse_app;
      grant update (version, chosen_by, chosen_at) on page_choice to commonpurse_app;
      grant update (answer, answered_by, answered_at) on picture_answer to commonpurse_app;
      grant delete on card_mute, invitation_key, code_try, picture_answer to commonpurse_app;

      alter table notice drop constraint notice_kind_check, add constraint notice_kind_check check (kind in (${KINDS_BEFORE}, 'invitation', 'invitation-ended'));
`;

/** Goals in people's own words, people who know each other already, first meetings, cards in pictures. */
export class FindingOthers1700000000044 implements MigrationInterface {
  name = 'FindingOthers1700000000044';

  async up(q: QueryRunner): Promise<void> {
    await q.query(GOALS);
    await q.query(INVITATIONS);
    await q.query(MEETING);
    const terms = MORE_TERMS.trim()
      .split('\n')
      .map((line) => line.split('|'));
    await q.query(
      'insert into goal_term (id, words, area) select id, words, area from unnest($1::text[], $2::text[], $3::text[]) as t(id, words, area)',
      [0, 1, 2].map((at) => terms.map((parts) => parts[at])),
    );
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query(`
      alter table notice no force row level security;
      delete from notice where kind in ('invitation', 'invitation-ended');
      alter table notice force row level security;
      alter table notice drop constraint notice_kind_check, add constraint notice_kind_check check (kind in (${KINDS_BEFORE}));
      drop table picture_answer, page_choice, way_home, person_block, code_try, invitation_key, friend_code, invitation_no;
      alter table introduction drop column invitation_id;
      drop table invitation, card_mute, card_words, icb_goal_term;
      alter table introduction_step drop column company_a, drop column company_b;
      alter table goal_term drop column icb_id cascade, drop column same_as, drop column retired_on;
    `);
    await q.query('delete from goal_term where id = any($1)', [
      MORE_TERMS.trim()
        .split('\n')
        .map((line) => line.split('|')[0]),
    ]);
  }
}
