import type { MigrationInterface, QueryRunner } from 'typeorm';
import { appendOnly, inPeople, inPools, wall } from './policies.js';

const KINDS_BEFORE = `'introduction-made', 'message', 'pool-invited', 'agreement-offered', 'pool-started', 'money-arrived', 'money-agreed', 'session-to-confirm',
  'line-alert', 'review-due', 'payment-returned', 'broker-appointed', 'decision', 'invitation', 'invitation-ended', 'group-found', 'nomination-turned-down'`;

/** What a group decides together: questions and ideas that share a sum, votes and how each came, papers to vote on, and who was asked to vote
 *  for somebody. */
export class PoolDecisions1700000000048 implements MigrationInterface {
  name = 'PoolDecisions1700000000048';

  async up(q: QueryRunner): Promise<void> {
    const ofPool = `(${inPools('pool_id')} or ${inPeople('person_id')})`;
    await q.query(`
      create table pool_decision (
        id uuid primary key,
        pool_id uuid not null references pool,
        question text not null check (length(question) between 1 and 300),
        words text not null check (length(words) <= 4000),
        decide text not null check (decide in ('all-agree', 'most-agree', 'no-strong-objection')),
        quorum_percent int not null check (quorum_percent between 1 and 100),
        budget_pence bigint check (budget_pence > 0),
        state text not null check (state in ('open', 'carried', 'not-carried', 'too-few', 'to-broker', 'withdrawn')),
        outcome jsonb,
        raised_by uuid not null,
        raised_at timestamptz not null,
        closes_on date not null,
        review_on date not null check (review_on > closes_on),
        closed_at timestamptz,
        check ((state = 'open') = (closed_at is null)),
        check ((state in ('open', 'withdrawn')) = (outcome is null)),
        unique (id, pool_id)
      );
      create index pool_decision_by_pool on pool_decision (pool_id, id desc);
      create index pool_decision_due on pool_decision (closes_on) where state = 'open';
      comment on table pool_decision is 'How it is decided is what the agreement said when it was raised. Kept with the pool: 6 years after it ends.';
      comment on column pool_decision.outcome is 'Counts, and for ideas which get their money: numbers and ids, as they stood on the last day.';
      ${wall('pool_decision', inPools('pool_id'))}

      create table pool_idea (
        id uuid primary key,
        decision_id uuid not null,
        pool_id uuid not null,
        place int not null check (place > 0),
        words text not null check (length(words) between 1 and 300),
        cost_pence bigint not null check (cost_pence > 0),
        unique (decision_id, place),
        foreign key (decision_id, pool_id) references pool_decision (id, pool_id)
      );
      ${wall('pool_idea', inPools('pool_id'))}
      ${appendOnly('pool_idea')}

      create table pool_vote (
        id uuid primary key,
        decision_id uuid not null,
        pool_id uuid not null,
        person_id uuid not null references person,
        choice text check (choice in ('for', 'against', 'either', 'object')),
        ideas uuid[] not null default '{}',
        reason text not null default '' check (length(reason) <= 500),
        way text not null check (way in ('self', 'supported', 'paper', 'proxy')),
        brought_by uuid not null,
        helped_by text check (length(helped_by) <= 200),
        at timestamptz not null,
        foreign key (decision_id, pool_id) references pool_decision (id, pool_id),
        foreign key (pool_id, person_id) references pool_member (pool_id, person_id)
      );
      create index pool_vote_by_person on pool_vote (decision_id, person_id, id desc);
      comment on table pool_vote is 'Each time a person voted: the latest counts. Who brought it is kept, and shown to the person.';
      ${wall('pool_vote', ofPool)}
      ${appendOnly('pool_vote')}

      create table pool_paper (
        id uuid primary key,
        decision_id uuid not null,
        pool_id uuid not null,
        person_id uuid not null references person,
        reference text not null unique,
        printed_at timestamptz not null,
        typed_at timestamptz,
        unique (decision_id, person_id),
        foreign key (decision_id, pool_id) references pool_decision (id, pool_id)
      );
      comment on table pool_paper is 'A sheet to vote on, with a reference that a broker types back in, once.';
      ${wall('pool_paper', ofPool)}

      create table pool_proxy (
        id uuid primary key,
        decision_id uuid not null,
        pool_id uuid not null,
        person_id uuid not null references person,
        to_person uuid references person check (to_person <> person_id),
        at timestamptz not null,
        foreign key (decision_id, pool_id) references pool_decision (id, pool_id)
      );
      create index pool_proxy_by_person on pool_proxy (decision_id, person_id, id desc);
      comment on table pool_proxy is 'Whom a person asked to vote for them in this one decision; the latest counts, and nobody ends it.';
      ${wall('pool_proxy', ofPool)}
      ${appendOnly('pool_proxy')}

      alter table pool_history drop constraint pool_history_noun_check;
      alter table pool_history add constraint pool_history_noun_check check (noun in ('pool', 'member', 'agreement', 'contribution', 'decision'));

      alter table notice drop constraint notice_kind_check, add constraint notice_kind_check check (kind in (${KINDS_BEFORE}, 'question-asked', 'question-decided'));

      grant select, insert on pool_decision, pool_idea, pool_vote, pool_paper, pool_proxy to commonpurse_app;
      grant update (state, outcome, closed_at) on pool_decision to commonpurse_app;
      grant update (typed_at) on pool_paper to commonpurse_app;
    `);
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query(`
      alter table notice no force row level security;
      delete from notice where kind in ('question-asked', 'question-decided');
      alter table notice force row level security;
      alter table notice drop constraint notice_kind_check, add constraint notice_kind_check check (kind in (${KINDS_BEFORE}));
      drop table pool_proxy, pool_paper, pool_vote, pool_idea, pool_decision;
      alter table pool_history drop constraint pool_history_noun_check;
      alter table pool_history add constraint pool_history_noun_check check (noun in ('pool', 'member', 'agreement', 'contribution'));
    `);
  }
}
