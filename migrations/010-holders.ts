import type { MigrationInterface, QueryRunner } from 'typeorm';
import { appendOnly, inPeople, wall } from './policies.js';

/** What matters to a person, in their own words: seen by them and those they let in, and by no ICB. */
export class Holders1700000000010 implements MigrationInterface {
  name = 'Holders1700000000010';

  async up(q: QueryRunner): Promise<void> {
    const theirs = inPeople('person_id');
    await q.query(`
      create table good_life (
        id uuid primary key,
        person_id uuid not null references person,
        words text not null check (length(words) between 1 and 8000),
        written_by uuid not null references person,
        written_at timestamptz not null
      );
      create index good_life_by_person on good_life (person_id, id desc);
      comment on table good_life is 'Each wording is kept; the newest is the one in force. Kept 8 years after last contact.';
      comment on column good_life.written_by is 'The person, or a representative; staff never rewrite it.';
      ${wall('good_life', theirs)}
      ${appendOnly('good_life')}

      create table goal (
        id uuid primary key,
        person_id uuid not null references person,
        matters text not null check (length(matters) between 1 and 1000),
        why text not null default '',
        first_step text not null default '',
        who_helps text not null default '',
        by_day date,
        signs text[] not null default '{}' check (cardinality(signs) <= 10),
        areas text[] not null default '{}' check (areas <@ array['a','b','c','d','e','f','g','h','i']),
        state text not null check (state in ('open', 'met', 'let-go')),
        made_at timestamptz not null,
        unique (id, person_id)
      );
      create index goal_by_person on goal (person_id);
      comment on column goal.signs is 'How I will know: the person’s own signs of success.';
      comment on column goal.areas is 'Wellbeing areas of the Care Act 2014, s1(2)(a) to (i), confirmed by the person.';
      ${wall('goal', theirs)}

      create table goal_change (
        id uuid primary key,
        goal_id uuid not null,
        person_id uuid not null,
        from_state text not null,
        to_state text not null check (to_state <> from_state),
        changed_by uuid not null references person,
        changed_at timestamptz not null,
        foreign key (goal_id, person_id) references goal (id, person_id)
      );
      create index goal_change_by_goal on goal_change (goal_id);
      ${wall('goal_change', theirs)}
      ${appendOnly('goal_change')}

      create table goal_rating (
        id uuid primary key,
        goal_id uuid not null,
        person_id uuid not null,
        rating int not null check (rating between 0 and 10),
        words text not null default '',
        was_helped boolean not null,
        rated_by uuid not null references person,
        rated_at timestamptz not null,
        foreign key (goal_id, person_id) references goal (id, person_id)
      );
      create index goal_rating_by_goal on goal_rating (goal_id, id desc);
      comment on column goal_rating.rating is 'How close am I, 0 to 10, by the person.';
      comment on column goal_rating.was_helped is 'Somebody read the question out or wrote the answer down.';
      ${wall('goal_rating', theirs)}
      ${appendOnly('goal_rating')}

      create table offer (
        id uuid primary key,
        person_id uuid not null references person,
        kind text not null check (kind in ('skill', 'time', 'space', 'lift')),
        words text not null check (length(words) between 1 and 500),
        made_at timestamptz not null
      );
      create index offer_by_person on offer (person_id);
      comment on table offer is 'What a person can give beside money. Never touches the ledger.';
      ${wall('offer', theirs)}

      grant select, insert on good_life, goal_change, goal_rating, goal, offer to commonpurse_app;
      grant update (matters, why, first_step, who_helps, by_day, signs, areas, state) on goal to commonpurse_app;
      grant delete on offer to commonpurse_app;
    `);
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query('drop table offer, goal_rating, goal_change, goal, good_life');
  }
}
