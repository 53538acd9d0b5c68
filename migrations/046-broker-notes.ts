import type { MigrationInterface, QueryRunner } from 'typeorm';
import { appendOnly, inPeople, wall } from './policies.js';

const theirs = inPeople('person_id');

/** What a broker writes down while helping somebody: visits, options and what was chosen, phone calls, who does what next, papers, hand-overs. */
export class BrokerNotes1700000000046 implements MigrationInterface {
  name = 'BrokerNotes1700000000046';

  async up(q: QueryRunner): Promise<void> {
    await q.query(`
      alter table broker add column served_shown int check (served_shown >= 0), add column served_on date check ((served_on is null) or listed_on <= served_on);
      comment on column broker.served_shown is 'People served in the year before served_on, as it may be shown to anybody: nothing for few, else to the nearest 5 (RULE 34).';
      grant update (served_shown, served_on) on broker to commonpurse_app;
      grant update (declared_at) on broker_conflict to commonpurse_app;

      create table visit_note (
        id uuid primary key,
        person_id uuid not null references person,
        broker_id uuid not null references broker (person_id) check (broker_id <> person_id),
        on_day date not null,
        state text not null check (state in ('kept', 'to-settle')),
        begun_at timestamptz not null,
        changed_at timestamptz not null check (changed_at >= begun_at),
        unique (id, person_id)
      );
      create index visit_note_by_person on visit_note (person_id, id desc);
      comment on table visit_note is 'A broker''s note of a visit. The person reads it. Kept with the record: 8 years after last contact.';
      comment on column visit_note.on_day is 'As the note says, where that is settled.';
      ${wall('visit_note', theirs)}

      create table visit_note_edit (
        id uuid primary key,
        note_id uuid not null,
        person_id uuid not null,
        part text not null check (part in ('day', 'who', 'next') or part ~ '^[0-9a-f-]{36}$'),
        base uuid[] not null check (cardinality(base) <= 20),
        words text not null check (length(words) <= 4000),
        kept_at timestamptz not null,
        foreign key (note_id, person_id) references visit_note (id, person_id)
      );
      create index visit_note_edit_by_note on visit_note_edit (note_id);
      comment on table visit_note_edit is 'Each change as a device wrote it, under the id that the device gave it: the note is what all of them make together.';
      comment on column visit_note_edit.base is 'The edits that stood on the screen; may name some that have not arrived yet.';
      ${wall('visit_note_edit', theirs)}
      ${appendOnly('visit_note_edit')}

      create table advice (
        id uuid primary key,
        person_id uuid not null references person,
        broker_id uuid not null references broker (person_id) check (broker_id <> person_id),
        about text not null check (length(about) between 1 and 300),
        fee_pence bigint not null check (fee_pence >= 0),
        fee_for text not null check (length(fee_for) between 1 and 200),
        why_few text check (length(why_few) between 1 and 600),
        state text not null check (state in ('open', 'answered', 'withdrawn')),
        recorded_at timestamptz not null,
        unique (id, person_id)
      );
      create index advice_by_person on advice (person_id, id desc);
      comment on table advice is 'Options a broker put side by side for somebody (RULE 22). The fee is shown first.';
      comment on column advice.fee_pence is 'What the broker is paid for this help; 0 when the person pays nothing.';
      comment on column advice.why_few is 'Why there are not three, or no free way, or not "change nothing" among them.';
      ${wall('advice', theirs)}

      create table advice_option (
        id uuid primary key,
        advice_id uuid not null,
        person_id uuid not null,
        place int not null check (place between 1 and 8),
        kind text not null check (kind in ('provider', 'community', 'other', 'nothing')),
        provider_id uuid references provider,
        what text not null check (length(what) between 1 and 200),
        cost_pence bigint not null check (cost_pence >= 0),
        per text not null check (per in ('once', 'session', 'week', 'month', 'year')),
        good text not null check (length(good) between 1 and 400),
        bad text not null check (length(bad) between 1 and 400),
        is_recommended boolean not null,
        unique (advice_id, place),
        unique (id, advice_id),
        check (kind <> 'provider' or provider_id is not null), check (kind not in ('nothing', 'other') or provider_id is null),
        foreign key (advice_id, person_id) references advice (id, person_id)
      );
      create unique index one_option_recommended on advice_option (advice_id) where is_recommended;
      ${wall('advice_option', theirs)}
      ${appendOnly('advice_option')}

      create table advice_answer (
        id uuid primary key,
        advice_id uuid not null,
        person_id uuid not null,
        option_id uuid,
        words text not null check (length(words) between 1 and 1000),
        written_by uuid not null references person,
        written_at timestamptz not null,
        foreign key (advice_id, person_id) references advice (id, person_id),
        foreign key (option_id, advice_id) references advice_option (id, advice_id)
      );
      create index advice_answer_by_advice on advice_answer (advice_id, id desc);
      comment on table advice_answer is 'What the person chose, in their words; the newest counts. Without an option: none of these.';
      ${wall('advice_answer', theirs)}
      ${appendOnly('advice_answer')}

      create table phone_call (
        id uuid primary key,
        person_id uuid not null references person,
        broker_id uuid not null references broker (person_id),
        on_day date not null,
        with_whom text not null check (length(with_whom) between 1 and 120),
        agreed text not null check (length(agreed) between 1 and 1000),
        logged_at timestamptz not null
      );
      create index phone_call_by_person on phone_call (person_id, id desc);
      ${wall('phone_call', theirs)}
      ${appendOnly('phone_call')}

      create table follow_up (
        id uuid primary key,
        person_id uuid not null references person,
        broker_id uuid not null references broker (person_id),
        call_id uuid references phone_call,
        what text not null check (length(what) between 1 and 300),
        waits_on text not null check (waits_on in ('broker', 'person', 'other')),
        by_day date not null,
        state text not null check (state in ('open', 'done', 'dropped')),
        made_at timestamptz not null,
        ended_at timestamptz check ((state = 'open') = (ended_at is null))
      );
      create index follow_up_open on follow_up (broker_id, by_day) where state = 'open';
      create index follow_up_by_person on follow_up (person_id, id desc);
      comment on table follow_up is 'Who does what next, and by when. The person sees it, late ones too.';
      ${wall('follow_up', theirs)}

      create table paper_pack (
        id uuid primary key,
        person_id uuid not null references person,
        broker_id uuid not null references broker (person_id),
        reference text not null unique,
        state text not null check (state in ('out', 'typed-back', 'taken-back')),
        made_on date not null,
        ended_on date check ((state = 'out') = (ended_on is null)),
        note_id uuid references visit_note check ((state = 'typed-back') = (note_id is not null))
      );
      create index paper_pack_by_person on paper_pack (person_id, id desc);
      comment on table paper_pack is 'Sheets printed for a visit; what is written on them is typed in as a visit note.';
      ${wall('paper_pack', theirs)}

      create table hand_over (
        id uuid primary key,
        person_id uuid not null,
        broker_id uuid not null references broker (person_id),
        appointment_id uuid not null,
        words text not null check (length(words) between 1 and 4000),
        written_at timestamptz not null,
        foreign key (appointment_id, person_id) references appointment (id, person_id)
      );
      create index hand_over_by_person on hand_over (person_id, id desc);
      comment on table hand_over is 'What the next broker should know; the newest of an appointment counts. Read by the person, their representatives and the brokers of today.';
      ${wall('hand_over', theirs)}
      ${appendOnly('hand_over')}

      create table hand_over_comment (
        id uuid primary key,
        hand_over_id uuid not null references hand_over,
        person_id uuid not null references person,
        kind text not null check (kind in ('comment', 'correction')),
        words text not null check (length(words) between 1 and 2000),
        written_by uuid not null references person,
        written_at timestamptz not null
      );
      create index hand_over_comment_by_note on hand_over_comment (hand_over_id, id);
      comment on table hand_over_comment is 'What the person says of it, shown with it to whoever reads it.';
      ${wall('hand_over_comment', theirs)}
      ${appendOnly('hand_over_comment')}

      grant select, insert on visit_note, visit_note_edit, advice, advice_option, advice_answer, phone_call, follow_up, paper_pack, hand_over, hand_over_comment
        to commonpurse_app;
      grant update (on_day, state, changed_at) on visit_note to commonpurse_app;
      grant update (state) on advice to commonpurse_app;
      grant update (state, ended_at) on follow_up to commonpurse_app;
      grant update (state, ended_on, note_id) on paper_pack to commonpurse_app;
    `);
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query(`
      drop table hand_over_comment, hand_over, paper_pack, follow_up, phone_call, advice_answer, advice_option, advice, visit_note_edit, visit_note;
      alter table broker drop column served_shown, drop column served_on;
      revoke update (declared_at) on broker_conflict from commonpurse_app;
    `);
  }
}
