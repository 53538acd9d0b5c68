/** A grown ledger, written past its writer: many transfers over five financial years, as plain rows. */
import { withClient } from './scene.mjs';

const BOOKS = 20;
/** Lines of each book, with a share beside each: the first book is ten times as large as the others and has half of all movements. */
const LINES = 1_000;
const AN_ENTRY_EACH = 2; // entries a batch
const FIRST_DAY = '2022-04-01';
const DAYS = 1_695; // to November 2026

/** An account's id from what it is for, as src/ledger/account-key.ts makes it. */
const NAMED = `create function pg_temp.named(name text) returns uuid language sql immutable as $$
  select encode(substring(set_byte(set_byte(h, 6, (get_byte(h, 6) & 15) | 128), 8, (get_byte(h, 8) & 63) | 128) from 1 for 16), 'hex')::uuid from sha256(convert_to(name, 'UTF8')) h $$`;
const idOf = (kind, subject = "''", line = "''", plan = "''", pool = "''", channel = "''") =>
  `pg_temp.named(concat_ws('|', b.id, '${kind}', ${subject}, ${line}, ${plan}, ${pool}, ${channel}))`;

/** Every year's rows as a life would have left them: an arrival for each line first, then contributions, invoices and payments. What was there
 *  before stays; none of it is sealed yet. */
export async function seedTransfers(url, count) {
  await withClient(url, async (client) => {
    const run = (sql, values) => client.query(sql, values);
    await run('set session_replication_role = replica');
    await run(NAMED);
    await run(
      `create temp table b as select n, uuidv7() as id, uuidv7() as pool, uuidv7() as provider, case when n = 1 then ${LINES * 10} else ${LINES} end as lines from generate_series(1, ${BOOKS}) n`,
    );
    await run(`insert into organisation (id, kind, name, valid_from) select id, 'money-holder', 'An invented body', '2020-01-01' from b`);
    await run(`insert into book (id, basis, name, organisation_id, opened_on) select id, 'cash', 'An invented body', id, '${FIRST_DAY}' from b`);
    await run(`insert into known_id select 'book', id from b`);
    await run(
      `create temp table m as select b.n as book, k as place, b.id, b.pool, b.provider, uuidv7() as subject, uuidv7() as line, uuidv7() as plan from b, generate_series(1, b.lines) k`,
    );
    await run(`create temp table w as select b.*, ${idOf('line', 'b.subject', 'b.line')} as line_account, ${idOf('share', 'b.subject', 'b.line', 'b.plan', 'b.pool')} as share_account,
      ${idOf('bank')} as bank, ${idOf('clearing', "''", "''", "''", "''", "'bank'")} as clearing, ${idOf('payable', 'b.provider')} as payable from m b`);
    await run(
      `insert into account (id, book_id, kind, guarded, kept, subject_id, line_id, plan_line_id, pool_id, channel, opened_at)
      select a.id, book, kind, k.guarded, k.kept, subject, line, plan, pool, channel, $1::timestamptz from (
        select line_account as id, id as book, 'line' as kind, subject, line, null::uuid as plan, null::uuid as pool, null as channel from w
        union all select share_account, id, 'share', subject, line, plan, pool, null from w
        union all select bank, id, 'bank', null, null, null, null, null from w where place = 1
        union all select clearing, id, 'clearing', null, null, null, null, 'bank' from w where place = 1
        union all select payable, id, 'payable', provider, null, null, null, null from w where place = 1) a join account_kind k using (kind)`,
      [FIRST_DAY],
    );
    await run('create index on w (book, place)');
    await run('analyze w');
    // Half of the movements are of the first book; eight people at a time are paid for, put in, are invoiced and pay: line, share, payable, clearing.
    await run(
      `create temp table x as select n, w.*, (n / 8) % 4 as what, date '${FIRST_DAY}' + (n * ${DAYS}::bigint / $1)::int as day, uuidv7() as entry, uuidv7() as transfer
       from generate_series(0, $1 - 1) n join w on w.book = case when n % 2 = 0 then 1 else 2 + (n / 32) % ${BOOKS - 1} end
         and w.place = 1 + (n / 32 * 8 + n % 8) % case when n % 2 = 0 then ${LINES * 10} else ${LINES} end`,
      [count],
    );
    await run('create index on x (book, n)');
    await run(`create temp table y as select x.*, (row_number() over (partition by book order by n) - 1) / ${AN_ENTRY_EACH} as part from x`);
    const before = Number((await run('select coalesce(max(id), 0) as id from ledger_batch')).rows[0].id);
    await run(`create temp table z as select book, id, part, min(n) as first, count(*) as entries, min(day) as day from y group by book, id, part`);
    await run(
      `insert into ledger_batch (id, book_id, entries, made_at) overriding system value select $1 + row_number() over (order by first), id, entries, day from z`,
      [before],
    );
    await run(`select setval(pg_get_serial_sequence('ledger_batch', 'id'), (select max(id) from ledger_batch))`);
    await run(`create temp table v as select ${before} + row_number() over (order by first) as batch, book, part from z`);
    await run('create index on v (book, part)');
    await run(`insert into unsealed_batch (batch_id, book_id) select id, book_id from ledger_batch where id > $1`, [before]);
    await run(`insert into entry (id, book_id, batch_id, reference, kind, effective_on, booked_on, booked_at, content_hash)
      select entry, id, v.batch, 'seed:' || n || ':' || what, (array['arrival', 'contribution', 'invoice', 'payment'])[what + 1], day, day, day, sha256(convert_to(n::text, 'UTF8'))
      from y join v using (book, part) order by n`);
    await run(`insert into transfer (id, entry_id, book_id, kind, debit_account_id, credit_account_id, debit_kind, credit_kind, amount_pence, owner_account_id, subject_id, line_id,
        plan_line_id, pool_id, effective_on, booked_on, booked_at)
      select transfer, entry, id, (array['arrival', 'contribution', 'invoice', 'payment'])[what + 1], (array[bank, line_account, share_account, payable])[what + 1],
        (array[line_account, share_account, payable, clearing])[what + 1], (array['bank', 'line', 'share', 'payable'])[what + 1], (array['line', 'share', 'payable', 'clearing'])[what + 1],
        1000 - what, case when what = 0 then line_account else share_account end, subject, line, case when what > 0 then plan end, case when what > 0 then pool end, day, day, day
      from y order by n`);
    await run(`update account a set posted_pence = s.net from (select account, sum(net) as net from (
        select credit_account_id as account, amount_pence as net from transfer union all select debit_account_id, -amount_pence from transfer) l group by account) s
      where s.account = a.id and a.kept and a.book_id in (select id from b)`);
    await run(`update account a set payable_pence = s.payable, spent_pence = s.spent from (select owner_account_id as account,
        sum(case when credit_kind = 'payable' then amount_pence when debit_kind = 'payable' then -amount_pence else 0 end) as payable,
        sum(case when kind = 'payment' then amount_pence else 0 end) as spent from transfer group by 1) s where s.account = a.id and a.book_id in (select id from b)`);
    await run('vacuum analyze');
  });
}
