import type { MigrationInterface, QueryRunner } from 'typeorm';
import { appendOnly, inBooks, inIcbs, inPeople, inPools, wall } from './policies.js';

/** What becomes of shares: money of named funders beside the members', sessions that somebody does not come to, money that does not reach, another
 *  money-holder, and the end of a pool. And no entry is corrected twice. */
export class Shares1700000000037 implements MigrationInterface {
  name = 'Shares1700000000037';

  async up(q: QueryRunner): Promise<void> {
    await q.query(`
      alter table pool_share alter column person_id drop not null, alter column line_id drop not null, alter column plan_line_id drop not null,
        alter column line_book_id drop not null, add column funder_id uuid references organisation,
        add constraint share_of_one check (num_nonnulls(person_id, funder_id) = 1),
        add constraint member_shares_have_a_line check (num_nonnulls(person_id, line_id, plan_line_id, line_book_id) in (0, 4));
      create unique index one_share_of_a_funder on pool_share (pool_id, funder_id, book_id) where funder_id is not null;
      comment on column pool_share.funder_id is 'The named funder whose money it is; null for a member''s.';
      alter table session_part alter column person_id drop not null;
      alter table invoice_part alter column person_id drop not null;
      comment on column session_part.person_id is 'Null for a funder''s share.';
      comment on column invoice_part.person_id is 'Null for a funder''s share.';

      create table funder_share (
        share_id uuid primary key references pool_share,
        pool_id uuid not null references pool,
        funder_id uuid not null references organisation,
        book_id uuid not null references book,
        reference text not null unique,
        purpose text not null check (length(purpose) between 1 and 1000),
        promised_pence bigint not null check (promised_pence > 0),
        ends_on date not null,
        rest text not null check (rest in ('back-at-end', 'back-when-pool-ends')),
        draw_order int not null check (draw_order > 0),
        state text not null check (state in ('promised', 'held', 'ended')),
        offered_by text not null,
        offered_at timestamptz not null,
        ended_at timestamptz,
        unique (pool_id, draw_order)
      );
      comment on table funder_share is 'Money that a named funder put beside the members'': for what, until when, and what becomes of the rest. Kept as finance.';
      comment on column funder_share.reference is 'What the funder quotes when it pays; people can read it aloud.';
      comment on column funder_share.ends_on is 'The last day of a session it may pay for.';
      comment on column funder_share.draw_order is 'Of several funders'' shares in one pool: which is drawn first.';
      ${wall('funder_share', `(${inPools('pool_id')} or ${inBooks('book_id')} or ${inIcbs('funder_id')})`)}

      create table absence (
        id uuid primary key,
        session_id uuid not null references purchase_session,
        pool_id uuid not null references pool,
        person_id uuid not null references person,
        reason text not null check (reason in ('away', 'hospital', 'bereavement')),
        told_on date not null,
        outcome text not null check (outcome in ('pays', 'excused')),
        freed_pence bigint not null check (freed_pence >= 0),
        uncovered_pence bigint not null check (uncovered_pence >= 0 and uncovered_pence <= freed_pence),
        told_by text not null,
        at timestamptz not null,
        unique (session_id, person_id),
        foreign key (pool_id, person_id) references pool_member (pool_id, person_id)
      );
      comment on column absence.reason is 'As far as money asks, and no further. Shown to the person alone. Kept 6 years after the pool ends.';
      comment on column absence.uncovered_pence is 'By how much the price of the session falls, because nobody takes this part over.';
      ${wall('absence', `(${inPools('pool_id')} or ${inPeople('person_id')})`)}
      ${appendOnly('absence')}

      create table session_part_later (
        reservation_id uuid primary key references reservation,
        session_id uuid not null references purchase_session,
        share_id uuid not null references pool_share,
        pool_id uuid not null,
        person_id uuid,
        book_id uuid not null,
        amount_pence bigint not null check (amount_pence > 0),
        because text not null check (because in ('absence', 'money-holder')),
        because_id uuid not null
      );
      create index session_part_later_by_session on session_part_later (session_id);
      comment on table session_part_later is 'What was set aside for a session after it was committed: a part taken over from somebody who does not come, or the same part again with another money-holder.';
      ${wall('session_part_later', `(${inPools('pool_id')} or ${inPeople('person_id')})`)}
      ${appendOnly('session_part_later')}

      create table shortfall (
        id uuid primary key,
        pool_id uuid not null references pool,
        quote_id uuid references quote,
        missing_pence bigint not null check (missing_pence > 0),
        members_short int not null check (members_short > 0),
        answer text not null check (answer in ('pause', 'reduce', 're-quote', 'put-in-more', 'bridge')),
        words text check (length(words) <= 1000),
        funder_share_id uuid references funder_share,
        said_by text not null,
        at timestamptz not null,
        check ((answer = 'bridge') = (funder_share_id is not null))
      );
      create index shortfall_by_pool on shortfall (pool_id, at desc);
      comment on table shortfall is 'Money that did not reach, and what the group does about it; it never borrows from another''s share (RULE 18).';
      ${wall('shortfall', inPools('pool_id'))}
      ${appendOnly('shortfall')}

      create table money_holder_change (
        id uuid primary key,
        pool_id uuid not null references pool,
        from_book_id uuid not null references book,
        to_book_id uuid references book,
        state text not null check (state in ('settling', 'moving', 'done')),
        began_at timestamptz not null,
        done_at timestamptz
      );
      create unique index one_change_of_money_holder on money_holder_change (pool_id, from_book_id) where state <> 'done';
      comment on column money_holder_change.to_book_id is 'Null when nobody holds money together any more: each share goes to the book of its own line.';
      comment on column money_holder_change.state is 'settling: payments are still in flight; moving: commitments are void in the old book and the money is on its way; done: it has arrived and is committed again.';
      ${wall('money_holder_change', `(${inPools('pool_id')} or ${inBooks('from_book_id')} or ${inBooks('to_book_id')})`)}

      create table money_holder_part (
        change_id uuid not null references money_holder_change,
        share_id uuid not null references pool_share,
        pool_id uuid not null references pool,
        new_share_id uuid not null references pool_share,
        amount_pence bigint not null check (amount_pence > 0),
        remittance_id uuid not null unique,
        commitments jsonb not null,
        arrived_at timestamptz,
        primary key (change_id, share_id)
      );
      comment on column money_holder_part.commitments is 'What was set aside in the old share: session, pence, day and last day, to be set aside again on arrival.';
      ${wall('money_holder_part', inPools('pool_id'))}

      create table wind_up_yes (
        pool_id uuid not null,
        person_id uuid not null,
        said_by text not null,
        at timestamptz not null,
        primary key (pool_id, person_id),
        foreign key (pool_id, person_id) references pool_member (pool_id, person_id)
      );
      comment on table wind_up_yes is 'A member''s yes to ending the pool; one member, one voice (RULE 17).';
      ${wall('wind_up_yes', inPools('pool_id'))}
      ${appendOnly('wind_up_yes')}

      create table final_statement (
        pool_id uuid not null references pool,
        subject_id uuid not null,
        subject_kind text not null check (subject_kind in ('member', 'funder')),
        statement jsonb not null,
        made_at timestamptz not null,
        primary key (pool_id, subject_id)
      );
      comment on table final_statement is 'What each member and funder had in a pool from its first day to its last: ids, days and pence. Kept as finance.';
      ${wall('final_statement', `(${inPools('pool_id')} or ${inPeople('subject_id')} or ${inIcbs('subject_id')})`)}
      ${appendOnly('final_statement')}

      alter table pool_exit add column how text not null default 'left' check (how in ('left', 'died', 'wound-up'));
      create unique index corrected_once on entry (corrects_entry_id) where corrects_entry_id is not null;

      grant select, insert on funder_share, absence, session_part_later, shortfall, money_holder_change, money_holder_part, wind_up_yes, final_statement to commonpurse_app;
      grant update (state, ended_at) on funder_share to commonpurse_app;
      grant update (state, done_at) on money_holder_change to commonpurse_app;
      grant update (arrived_at) on money_holder_part to commonpurse_app;
    `);
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query(`
      drop index corrected_once;
      alter table pool_exit drop column how;
      drop table final_statement, wind_up_yes, money_holder_part, money_holder_change, shortfall, session_part_later, absence, funder_share;
      delete from pool_share where funder_id is not null;
      alter table invoice_part alter column person_id set not null;
      alter table session_part alter column person_id set not null;
      alter table pool_share drop column funder_id, alter column person_id set not null, alter column line_id set not null, alter column plan_line_id set not null,
        alter column line_book_id set not null;
    `);
  }
}
