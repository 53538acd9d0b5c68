import type { Actor, BookId, EntryId, Id, Pence } from '../kernel/index.js';
import { newId } from '../kernel/index.js';
import type { NewEntry } from '../ledger/index.js';
import type { Tx } from '../platform/index.js';
import type { BankAccountId } from './bank-accounts.service.js';
import type { BreakFacts } from './break.rules.js';
import { storedEntry } from './match.entries.js';
import type { ItemFacts, MatchRule, Suggestion } from './match.types.js';

export type MatchId = Id<'match'>;

export interface NewMatch {
  readonly id: MatchId;
  readonly book: BookId;
  readonly account: BankAccountId;
  readonly line: string;
  readonly rule: MatchRule;
  readonly score: number;
  readonly reasons: readonly string[];
  readonly amount: Pence;
  readonly entry: NewEntry | null;
  readonly items: readonly { readonly kind: Suggestion['kind']; readonly id: string | null; readonly attempt: number; readonly amount: Pence }[];
  readonly state: 'matched' | 'unallocated';
}

/** Writes matches, moves their lines on and ends their breaks; three statements for all of them. */
export async function insertMatches(tx: Tx, actor: Actor, matches: readonly NewMatch[]): Promise<void> {
  if (matches.length === 0) return;
  const rows = matches.map((match) => ({
    id: match.id,
    book: match.book,
    account: match.account,
    line: match.line,
    rule: match.rule,
    score: match.score,
    reasons: match.reasons,
    amount: match.amount.toString(),
    entry: match.entry && (JSON.parse(storedEntry(match.entry)) as object),
    state: match.state,
    items: match.items.map((item, n) => ({ n, kind: item.kind, id: item.id, attempt: item.attempt, amount: item.amount.toString() })),
  }));
  const json = JSON.stringify(rows);
  tx.write(
    `insert into line_match (id, book_id, bank_account_id, rule, score, reasons, amount_pence, entry, made_by, made_at)
     select id, book, account, rule, score, reasons, amount, entry, $2, $3
     from jsonb_to_recordset($1::jsonb) as m(id uuid, book uuid, account uuid, rule text, score int, reasons text[], amount bigint, entry jsonb)`,
    [json, actor.id, tx.now],
  );
  tx.write(
    `insert into line_match_line (match_id, line_id, book_id) select id, line, book from jsonb_to_recordset($1::jsonb) as m(id uuid, line uuid, book uuid)`,
    [json],
  );
  tx.write(
    `insert into line_match_item (match_id, n, book_id, kind, item_id, attempt, amount_pence)
     select m.id, i.n, m.book, i.kind, i.id, i.attempt, i.amount from jsonb_to_recordset($1::jsonb) as m(id uuid, book uuid, items jsonb),
       jsonb_to_recordset(m.items) as i(n int, kind text, id uuid, attempt int, amount bigint)`,
    [json],
  );
  tx.write(`update line_state s set state = m.state, changed_at = $2 from jsonb_to_recordset($1::jsonb) as m(line uuid, state text) where s.line_id = m.line`, [
    json,
    tx.now,
  ]);
  tx.write(`update break set ended_at = $2, ended_how = 'matched' where ended_at is null and line_id = any($1)`, [matches.map((match) => match.line), tx.now]);
}

/** Items that a live match has already, as `kind:id:attempt`. */
export async function matchedItems(tx: Tx, book: BookId, items: readonly ItemFacts[]): Promise<Set<string>> {
  const rows = await tx.rows<{ key: string }>(
    `select kind || ':' || item_id || ':' || attempt as key from line_match_item where book_id = $1 and live and item_id = any($2)`,
    [book, items.map((item) => item.id)],
  );
  return new Set(rows.map((row) => row.key));
}

/** Lines of which a person has undone a match: the matcher leaves them to people. */
export async function linesLeftToPeople(tx: Tx, lines: readonly string[]): Promise<Set<string>> {
  const rows = await tx.rows<{ line: string }>('select distinct line_id as line from line_match_line where not live and line_id = any($1)', [lines]);
  return new Set(rows.map((row) => row.line));
}

/** Opens a break for each line, or says anew why it is still open. Answers how many are new. */
export async function writeBreaks(
  tx: Tx,
  book: BookId,
  owner: string | null,
  breaks: readonly { readonly line: string; readonly facts: BreakFacts }[],
): Promise<number> {
  if (breaks.length === 0) return 0;
  const json = JSON.stringify(breaks.map(({ line, facts }) => ({ id: newId(), line, ...facts })));
  const rows = await tx.rows<{ isNew: boolean }>(
    `insert into break (id, book_id, line_id, kind, code, reason, suggestions, owner_id, opened_at)
     select id, $2, line, 'line', code, reason, suggestions, $3, $4 from jsonb_to_recordset($1::jsonb) as b(id uuid, line uuid, code text, reason text, suggestions jsonb)
     on conflict (line_id) where ended_at is null and line_id is not null
       do update set code = excluded.code, reason = excluded.reason, suggestions = excluded.suggestions returning xmax = 0 as "isNew"`,
    [json, book, owner, tx.now],
  );
  tx.write(`update line_state set state = 'break', changed_at = $2 where line_id = any($1) and state = 'new'`, [breaks.map(({ line }) => line), tx.now]);
  return rows.filter((row) => row.isNew).length;
}

export interface StoredMatch {
  readonly id: MatchId;
  readonly book: BookId;
  readonly account: BankAccountId;
  readonly rule: MatchRule;
  readonly entry: Parameters<typeof import('./match.entries.js').entryFrom>[0] | null;
  readonly undoneAt: Date | null;
  readonly lines: readonly string[];
  readonly items: readonly { readonly kind: Suggestion['kind']; readonly id: string | null; readonly attempt: number }[];
}

export async function lockMatch(tx: Tx, id: MatchId): Promise<StoredMatch | undefined> {
  const row = await tx.row<Omit<StoredMatch, 'lines' | 'items'>>(
    'select id, book_id as book, bank_account_id as account, rule, entry, undone_at as "undoneAt" from line_match where id = $1 for update',
    [id],
  );
  if (!row) return undefined;
  const lines = await tx.rows<{ line: string }>('select line_id as line from line_match_line where match_id = $1', [id]);
  const items = await tx.rows<StoredMatch['items'][number]>('select kind, item_id as id, attempt from line_match_item where match_id = $1 order by n', [id]);
  return { ...row, lines: lines.map(({ line }) => line), items };
}

/** Takes a match back: it stays readable, and its lines and items are free again. */
export async function markUndone(tx: Tx, actor: Actor, match: StoredMatch, why: string): Promise<void> {
  tx.write('update line_match set undone_by = $2, undone_at = $3, undone_why = $4 where id = $1', [match.id, actor.id, tx.now, why]);
  tx.write('update line_match_line set live = false where match_id = $1', [match.id]);
  tx.write('update line_match_item set live = false where match_id = $1', [match.id]);
  tx.write(`update line_state set state = 'new', changed_at = $2 where line_id = any($1)`, [match.lines, tx.now]);
}

/** The id of an entry by its reference: what a correction names. */
export async function entryNamed(tx: Tx, book: BookId, reference: string): Promise<EntryId | undefined> {
  return (await tx.row<{ id: EntryId }>('select id from entry where book_id = $1 and reference = $2', [book, reference]))?.id;
}
