import type { MigrationInterface, QueryRunner } from 'typeorm';
import { appendOnly, inPeople, inPools, wall } from './policies.js';

const KINDS = `'review-asked', 'review-with-you', 'review-voice', 'review-heard', 'review-over'`;

/** When things with one member do not go well: who asked the broker to help, the stages, what the others say about how to go on, and what the member answers.
 *  A voice is seen by its own author alone until its stage has closed, and never by the member it is about (features.md C7). */
export class MemberReviews1700000000055 implements MigrationInterface {
  name = 'MemberReviews1700000000055';

  async up(q: QueryRunner): Promise<void> {
    const ofPool = `(${inPools('pool_id')} or ${inPeople('person_id')})`;
    const ofAsk = `(${inPeople('for_person')} or ${inPeople('chair_id')})`;
    const stageIs = (state: string): string => `exists (select 1 from pool_review_stage s where s.id = stage_id and s.state = '${state}')`;
    const ownReview = `exists (select 1 from pool_review r where r.id = review_id and ${inPeople('r.person_id')})`;
    const ownVoice = inPeople('person_id');
    const given = `${ownVoice} and ${stageIs('open')} and not exists (select 1 from pool_review r where r.id = review_id and r.person_id = pool_review_voice.person_id)`;
    await q.query(`
      create table pool_review (
        id uuid primary key,
        pool_id uuid not null references pool,
        person_id uuid not null references person,
        state text not null check (state in ('open', 'settled', 'left', 'gone', 'set-aside')),
        opened_at timestamptz not null,
        ended_at timestamptz,
        end_words text check (length(end_words) <= 2000),
        leaves_from date,
        appeal_words text check (length(appeal_words) between 1 and 4000),
        appealed_at timestamptz,
        appeal_answer text check (length(appeal_answer) between 1 and 4000),
        appeal_answered_at timestamptz check (appeal_answered_at >= appealed_at),
        check ((state = 'open') = (ended_at is null)),
        check ((appeal_words is null) = (appealed_at is null)), check ((appeal_answer is null) = (appeal_answered_at is null)),
        unique (id, pool_id),
        foreign key (pool_id, person_id) references pool_member (pool_id, person_id)
      );
      create unique index one_review_open on pool_review (pool_id, person_id) where state = 'open';
      create index pool_review_by_pool on pool_review (pool_id, id desc);
      comment on table pool_review is 'How things go on with one member. Kept with the pool: 6 years after it ends. left: by the others'' voices; gone: of their own accord, or they died; set-aside: after an appeal.';
      comment on column pool_review.leaves_from is 'The first day on which the broker may end the membership, when the others asked for it: until then the member can appeal.';
      ${wall('pool_review', ofPool)}

      create table review_ask (
        id uuid primary key,
        pool_id uuid not null references pool,
        about_person uuid not null references person check (about_person <> for_person),
        for_person uuid not null references person,
        chair_id uuid not null references person,
        asked_by uuid not null,
        words text not null check (length(words) between 1 and 4000),
        state text not null check (state in ('waiting', 'taken-up', 'turned-down')),
        asked_at timestamptz not null,
        answer text check (length(answer) between 1 and 2000),
        answered_at timestamptz check (answered_at >= asked_at),
        check ((state = 'waiting') = (answered_at is null)), check ((state = 'turned-down') = (answer is not null))
      );
      create unique index one_ask_waits on review_ask (pool_id, about_person, for_person, chair_id) where state = 'waiting';
      create index review_ask_by_chair on review_ask (chair_id, id) where state = 'waiting';
      create index review_ask_by_person on review_ask (for_person, pool_id);
      comment on table review_ask is 'What a member tells the pool''s broker about another: between these two. Never about harm, which goes to those who keep people safe. Kept with the pool.';
      ${wall('review_ask', ofAsk)}

      create table pool_review_stage (
        id uuid primary key,
        review_id uuid not null,
        pool_id uuid not null,
        person_id uuid not null,
        place int not null check (place > 0),
        stage text not null check (stage in ('talk', 'conditions', 'pause', 'leave')),
        words text not null check (length(words) between 1 and 4000),
        until_on date check ((until_on is null) = (stage = 'leave')),
        closes_on date not null check (closes_on >= until_on),
        place_held boolean check ((place_held is null) = (stage <> 'pause')),
        state text not null check (state in ('open', 'closed', 'dropped')),
        given int not null default 0 check (given >= 0),
        outcome text check (outcome in ('too-few', 'settle', 'go-on', 'go-further')),
        others int check (others >= 0),
        opened_by uuid not null,
        opened_at timestamptz not null,
        closed_at timestamptz,
        check ((state = 'open') = (closed_at is null)), check ((state = 'closed') = (outcome is not null)), check ((outcome is null) = (others is null)),
        unique (review_id, place),
        unique (id, review_id, pool_id),
        foreign key (review_id, pool_id) references pool_review (id, pool_id)
      );
      create unique index one_stage_open on pool_review_stage (review_id) where state = 'open';
      create index pool_review_stage_due on pool_review_stage (closes_on) where state = 'open';
      comment on column pool_review_stage.words is 'What the chair says to the member; for conditions, what is agreed.';
      comment on column pool_review_stage.until_on is 'The day of the meeting; for conditions and a pause the last day.';
      comment on column pool_review_stage.given is 'How many have spoken: all that anybody sees of voices while the stage is open.';
      ${wall('pool_review_stage', ofPool)}

      create table pool_review_voice (
        id uuid primary key,
        stage_id uuid not null,
        review_id uuid not null,
        pool_id uuid not null,
        person_id uuid not null,
        says text not null check (says in ('stay', 'continue', 'conditions', 'pause', 'leave')),
        reason text not null default '' check (length(reason) <= 500),
        helped_by text check (length(helped_by) <= 200),
        brought_by uuid not null,
        at timestamptz not null,
        unique (stage_id, person_id),
        foreign key (stage_id, review_id, pool_id) references pool_review_stage (id, review_id, pool_id),
        foreign key (pool_id, person_id) references pool_member (pool_id, person_id)
      );
      comment on table pool_review_voice is 'What each of the others says, one voice each (RULE 17). Until the stage has closed the wall shows it to nobody but its author. Kept with the pool.';
      alter table pool_review_voice enable row level security;
      alter table pool_review_voice force row level security;
      create policy read_pool_review_voice on pool_review_voice for select using (${ownVoice} or (${inPools('pool_id')} and ${stageIs('closed')} and not ${ownReview}));
      create policy add_pool_review_voice on pool_review_voice for insert with check (${given});
      create policy change_pool_review_voice on pool_review_voice for update using (${ownVoice} and ${stageIs('open')}) with check (${given});

      create table pool_review_answer (
        id uuid primary key,
        stage_id uuid not null,
        review_id uuid not null,
        pool_id uuid not null,
        person_id uuid not null references person,
        words text not null check (length(words) between 1 and 4000),
        supporter text check (length(supporter) <= 200),
        agrees boolean not null,
        for_all boolean not null,
        written_by uuid not null,
        at timestamptz not null,
        foreign key (stage_id, review_id, pool_id) references pool_review_stage (id, review_id, pool_id)
      );
      create index pool_review_answer_by_review on pool_review_answer (review_id, id);
      comment on table pool_review_answer is 'What the member says, in their own words, and who supports them. Kept with the pool.';
      comment on column pool_review_answer.for_all is 'Whether the others read it too; else the chair alone.';
      ${wall('pool_review_answer', ofPool)}
      ${appendOnly('pool_review_answer')}

      insert into notice_kind select unnest(array[${KINDS}]);

      grant select, insert on pool_review, review_ask, pool_review_stage, pool_review_voice, pool_review_answer to commonpurse_app;
      grant update (state, ended_at, end_words, leaves_from, appeal_words, appealed_at, appeal_answer, appeal_answered_at) on pool_review to commonpurse_app;
      grant update (state, answer, answered_at) on review_ask to commonpurse_app;
      grant update (state, given, outcome, others, closed_at) on pool_review_stage to commonpurse_app;
      grant update (says, reason, helped_by, brought_by, at) on pool_review_voice to commonpurse_app;
    `);
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query(`
      alter table notice no force row level security;
      delete from notice where kind in (${KINDS});
      alter table notice force row level security;
      delete from notice_kind where kind in (${KINDS});
      drop table pool_review_answer, pool_review_voice, pool_review_stage, review_ask, pool_review;
    `);
  }
}
