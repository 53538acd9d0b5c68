import { appendOnly, inBooks, wall } from './policies.js';

/** Which lines are which of our own movements, what is left over, and whether the books agree with the bank. */
export const MATCHES = `
      create table line_match (
        id uuid primary key,
        book_id uuid not null,
        bank_account_id uuid not null,
        rule text not null,
        score int not null check (score between 0 and 100),
        reasons text[] not null check (cardinality(reasons) between 1 and 10),
        amount_pence bigint not null check (amount_pence > 0),
        entry jsonb,
        made_by text not null,
        made_at timestamptz not null,
        undone_by text,
        undone_at timestamptz,
        undone_why text,
        unique (book_id, id),
        foreign key (book_id, bank_account_id) references bank_account (book_id, id),
        check (num_nulls(undone_by, undone_at, undone_why) in (0, 3))
      );
      create index line_match_by_account on line_match (bank_account_id, id desc);
      comment on column line_match.reasons is 'The facts that made it, in plain words; they quote nothing from the statement.';
      comment on column line_match.entry is 'The ledger entry that was posted (accounts, owners, pence as text), so that undoing it posts exactly its mirror. Null when another room posted it.';
      create table line_match_line (
        match_id uuid not null,
        line_id uuid not null references statement_line,
        book_id uuid not null,
        live boolean not null default true,
        primary key (match_id, line_id),
        foreign key (book_id, match_id) references line_match (book_id, id)
      );
      create unique index line_matched_once on line_match_line (line_id) where live;
      create table line_match_item (
        match_id uuid not null,
        n int not null check (n >= 0),
        book_id uuid not null,
        kind text not null check (kind in ('payment', 'payment-return', 'remittance-in', 'remittance-out', 'refund', 'stripe-payout', 'arrival', 'bank-charge')),
        item_id uuid,
        attempt int not null default 1,
        amount_pence bigint not null check (amount_pence > 0),
        live boolean not null default true,
        primary key (match_id, n),
        foreign key (book_id, match_id) references line_match (book_id, id),
        check ((item_id is null) = (kind in ('stripe-payout', 'arrival', 'bank-charge')))
      );
      create unique index item_matched_once on line_match_item (kind, item_id, attempt) where live and item_id is not null;
      comment on column line_match_item.attempt is 'Of a payment: which attempt; one that came back may be sent, and seen, again.';
      comment on table line_match_item is 'What the lines of a match are: movements of our own, or money that is explained by the line alone.';

      create function keep_match() returns trigger language plpgsql as $$
      begin
        if tg_op <> 'UPDATE' then raise exception '% is never removed: undo it', tg_table_name using errcode = 'CP003'; end if;
        if tg_table_name = 'line_match' then
          if old.undone_at is not null or (to_jsonb(new) - '{undone_by,undone_at,undone_why}'::text[]) <> (to_jsonb(old) - '{undone_by,undone_at,undone_why}'::text[])
          then raise exception 'a match is undone once and changes in nothing else' using errcode = 'CP003'; end if;
        elsif not old.live or (to_jsonb(new) - 'live') <> (to_jsonb(old) - 'live')
        then raise exception 'a match is undone once and changes in nothing else' using errcode = 'CP003'; end if;
        return new;
      end $$;
      create trigger line_match_kept before update or delete on line_match for each row execute function keep_match();
      create trigger line_match_line_kept before update or delete on line_match_line for each row execute function keep_match();
      create trigger line_match_item_kept before update or delete on line_match_item for each row execute function keep_match();
      ${wall('line_match', inBooks('book_id'))}
      ${wall('line_match_line', inBooks('book_id'))}
      ${wall('line_match_item', inBooks('book_id'))}

      create table break (
        id uuid primary key,
        book_id uuid not null references book,
        line_id uuid references statement_line,
        kind text not null check (kind in ('line', 'proof')),
        code text not null,
        reason text not null check (length(reason) between 10 and 1000),
        suggestions jsonb not null default '[]',
        owner_id uuid references person,
        opened_at timestamptz not null,
        answer text check (length(answer) between 3 and 1000),
        answered_by text,
        answered_at timestamptz,
        ended_at timestamptz,
        ended_how text check (ended_how in ('matched', 'agrees-again')),
        check ((kind = 'line') = (line_id is not null)),
        check (num_nulls(answer, answered_by, answered_at) in (0, 3)),
        check ((ended_at is null) = (ended_how is null))
      );
      create unique index break_open_of_line on break (line_id) where ended_at is null and line_id is not null;
      create unique index break_open_of_proof on break (book_id) where ended_at is null and kind = 'proof';
      create index break_open on break (book_id, opened_at) where ended_at is null;
      comment on table break is 'A line that nothing of ours explains, or a book that does not agree with its bank; somebody owns it until it ends.';
      comment on column break.suggestions is 'Items it may be, with the facts for and against: ids and plain words.';
      ${wall('break', inBooks('book_id'))}

      create table book_proof (
        id uuid primary key,
        book_id uuid not null references book,
        on_day date not null,
        statement_day date,
        ok boolean not null,
        figures jsonb not null,
        differences jsonb not null,
        made_at timestamptz not null,
        unique (book_id, on_day, made_at)
      );
      create index book_proof_latest on book_proof (book_id, made_at desc);
      comment on table book_proof is 'Truth 10 as it was found: bank, ledger and items in flight of a book, in pence, with each difference named.';
      ${wall('book_proof', inBooks('book_id'))}
      ${appendOnly('book_proof')}

      grant select, insert on line_match, line_match_line, line_match_item, break, book_proof to commonpurse_app;
      grant update (undone_by, undone_at, undone_why) on line_match to commonpurse_app;
      grant update (live) on line_match_line, line_match_item to commonpurse_app;
      grant update (code, reason, suggestions, owner_id, answer, answered_by, answered_at, ended_at, ended_how) on break to commonpurse_app;
`;
