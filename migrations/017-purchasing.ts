import type { MigrationInterface, QueryRunner } from 'typeorm';
import { appendOnly, inBooks, inPeople, inPools, inProviders, wall } from './policies.js';

/** Quotes, choices, purchases, sessions, invoices and how each falls on the members' shares. */
export class Purchasing1700000000017 implements MigrationInterface {
  name = 'Purchasing1700000000017';

  async up(q: QueryRunner): Promise<void> {
    const seen = `(${inPools('pool_id')} or ${inProviders('provider_id')})`;
    const ofInvoice = `invoice_id in (select i.id from invoice i where ${inPools('i.pool_id')} or ${inProviders('i.provider_id')})`;
    await q.query(`
      create table quote_request (
        pool_id uuid not null references pool,
        provider_id uuid not null,
        brief text not null check (length(brief) between 1 and 4000),
        asked_by text not null,
        asked_at timestamptz not null,
        primary key (pool_id, provider_id)
      );
      comment on table quote_request is 'The brief a pool gave to a provider: without it a provider cannot quote, and knows of no pool.';
      ${wall('quote_request', seen)}

      create table quote (
        id uuid primary key,
        pool_id uuid not null references pool,
        provider_id uuid not null,
        service text not null check (length(service) between 1 and 300),
        price_pence bigint not null check (price_pence > 0),
        sessions int not null check (sessions between 1 and 366),
        terms text not null default '',
        state text not null check (state in ('offered', 'chosen', 'committed', 'withdrawn')),
        given_by text not null,
        given_at timestamptz not null
      );
      create index quote_by_pool on quote (pool_id, id);
      comment on column quote.price_pence is 'The price of one session for the whole pool, VAT included.';
      ${wall('quote', seen)}

      create table quote_choice (
        quote_id uuid not null references quote,
        pool_id uuid not null,
        person_id uuid not null,
        at timestamptz not null,
        primary key (quote_id, person_id),
        foreign key (pool_id, person_id) references pool_member (pool_id, person_id)
      );
      comment on table quote_choice is 'A member''s yes to a quote; one member, one voice (RULE 17).';
      ${wall('quote_choice', inPools('pool_id'))}

      create table purchase (
        id uuid primary key,
        pool_id uuid not null references pool,
        quote_id uuid not null unique references quote,
        provider_id uuid not null,
        service text not null,
        price_pence bigint not null check (price_pence > 0),
        state text not null check (state in ('committed', 'completed')),
        committed_by text not null,
        committed_at timestamptz not null
      );
      create index purchase_by_pool on purchase (pool_id, id);
      ${wall('purchase', seen)}

      create table purchase_session (
        id uuid primary key,
        purchase_id uuid not null references purchase,
        pool_id uuid not null,
        provider_id uuid not null,
        number int not null check (number > 0),
        day date not null,
        state text not null check (state in ('planned', 'recorded', 'confirmed', 'disputed', 'invoiced')),
        recorded_by text,
        recorded_at timestamptz,
        unique (purchase_id, number)
      );
      ${wall('purchase_session', seen)}

      create table session_part (
        session_id uuid not null references purchase_session,
        share_id uuid not null references pool_share,
        pool_id uuid not null,
        person_id uuid not null,
        book_id uuid not null,
        reservation_id uuid not null unique references reservation,
        amount_pence bigint not null check (amount_pence > 0),
        primary key (session_id, share_id)
      );
      comment on table session_part is 'What was set aside in each share for each session: one reservation per share and session.';
      ${wall('session_part', `(${inPools('pool_id')} or ${inPeople('person_id')})`)}
      ${appendOnly('session_part')}

      create table session_answer (
        id uuid primary key,
        session_id uuid not null references purchase_session,
        pool_id uuid not null,
        person_id uuid not null,
        answer text not null check (answer in ('confirmed', 'disputed')),
        why text check (length(why) <= 1000),
        at timestamptz not null
      );
      create index session_answer_by_session on session_answer (session_id);
      ${wall('session_answer', inPools('pool_id'))}
      ${appendOnly('session_answer')}

      create table invoice (
        id uuid primary key,
        purchase_id uuid not null references purchase,
        pool_id uuid not null,
        provider_id uuid not null,
        number text not null check (length(number) between 1 and 60),
        number_key text not null,
        amount_pence bigint not null check (amount_pence > 0),
        vat_pence bigint not null default 0 check (vat_pence >= 0 and vat_pence <= amount_pence),
        dated date not null,
        state text not null check (state in ('received', 'split', 'paid')),
        received_at timestamptz not null,
        constraint invoice_number_once unique (provider_id, number_key)
      );
      create index invoice_by_purchase on invoice (purchase_id);
      comment on column invoice.number_key is 'The number in capitals without spaces, dashes, dots and slashes: a twin is refused however it is typed.';
      comment on column invoice.vat_pence is 'VAT inside amount_pence; budgets are checked gross (RULE 30).';
      ${wall('invoice', seen)}

      create table invoice_session (
        invoice_id uuid not null references invoice,
        session_id uuid not null references purchase_session,
        primary key (invoice_id, session_id)
      );
      ${wall('invoice_session', ofInvoice)}
      ${appendOnly('invoice_session')}

      create table invoice_part (
        invoice_id uuid not null references invoice,
        share_id uuid not null references pool_share,
        pool_id uuid not null,
        person_id uuid not null,
        book_id uuid not null,
        amount_pence bigint not null check (amount_pence > 0),
        vat_pence bigint not null default 0 check (vat_pence >= 0 and vat_pence <= amount_pence),
        payment_id uuid not null,
        paid_at timestamptz,
        primary key (invoice_id, share_id)
      );
      comment on column invoice_part.payment_id is 'The payment of this part''s book; refunds are kept there, part by part.';
      create index invoice_part_by_payment on invoice_part (payment_id);
      ${wall('invoice_part', `(${inPools('pool_id')} or ${inPeople('person_id')} or ${inBooks('book_id')})`)}

      create table purchase_history (
        id uuid primary key,
        pool_id uuid not null,
        provider_id uuid not null,
        noun text not null check (noun in ('quote', 'purchase', 'session', 'invoice')),
        noun_id uuid not null,
        action text not null,
        from_state text,
        to_state text not null,
        actor text not null,
        at timestamptz not null
      );
      create index purchase_history_by_noun on purchase_history (noun_id, id);
      create index purchase_history_by_pool on purchase_history (pool_id, id);
      ${wall('purchase_history', seen)}
      ${appendOnly('purchase_history')}

      grant select, insert on quote_request, quote, quote_choice, purchase, purchase_session, session_part, session_answer, invoice, invoice_session, invoice_part,
        purchase_history to commonpurse_app;
      grant update (state) on quote, purchase, invoice to commonpurse_app;
      grant update (state, recorded_by, recorded_at) on purchase_session to commonpurse_app;
      grant update (paid_at) on invoice_part to commonpurse_app;
      grant delete on quote_choice to commonpurse_app;
    `);
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query(`drop table purchase_history, invoice_part, invoice_session, invoice, session_answer, session_part,
      purchase_session, purchase, quote_choice, quote, quote_request`);
  }
}
