import type { BookId, LocalDate, Pence } from '../kernel/index.js';
import { refused } from '../kernel/index.js';
import type { Tx } from '../platform/index.js';
import type { Fund } from './penny.funds.js';
import { accountsOfFunds, arrivalOfFund, onwardReferences } from './penny.funds.js';
import type { Hints, ReserveFact, TransferFact } from './penny-places.rules.js';

/** Whose a payment is when no provider has it, by what it is for. */
const HOMEWARD: Readonly<Record<string, 'funder' | 'home'>> = { 'funder-share': 'funder', 'own-money': 'home' };

/** A transfer with what a step of it shows. */
export interface PennyTransfer extends TransferFact {
  readonly book: BookId;
  readonly on: LocalDate;
  readonly at: Date;
  readonly seal: bigint | null;
  readonly subject: string | null;
  readonly pool: string | null;
}

export interface PennyReserve extends ReserveFact {
  readonly book: BookId;
  readonly entry: string;
  readonly reference: string;
  readonly kind: string;
  readonly on: LocalDate;
  readonly forDay: LocalDate;
  readonly seal: bigint | null;
}

/** What the world outside shows of a transfer. */
export type Seen =
  | {
      readonly by: 'bank';
      readonly match: string;
      readonly lineId: string;
      readonly statementId: string;
      readonly statement: number;
      readonly place: number;
      readonly on: LocalDate;
    }
  | { readonly by: 'payer'; readonly status: string; readonly on: LocalDate }
  | { readonly by: 'stripe'; readonly reference: string; readonly on: LocalDate };

export interface PennyPayment {
  readonly id: string;
  readonly reference: string;
  readonly purposeNoun: string;
  readonly purposeId: string;
  readonly channel: string | null;
  readonly preparedBy: string | null;
  readonly approvedBy: string | null;
  readonly stripe: string | null;
}

export interface PennyFacts {
  readonly transfers: readonly PennyTransfer[];
  readonly reserves: readonly PennyReserve[];
  readonly payments: ReadonlyMap<string, PennyPayment>;
  /** The pay-out of a remittance, if it goes by one. */
  readonly payOuts: ReadonlyMap<string, string>;
  readonly seen: ReadonlyMap<string, Seen>;
  readonly hints: Hints;
}

/** The most movements one page follows. Our judgement, November 2026: a line of seven years has about a thousand. */
const MOST = 5_000;

const TRANSFER = `t.id, t.entry_id as entry, t.book_id as book, e.reference, e.kind, e.corrects_entry_id as corrects, t.effective_on as "on", t.booked_at as at,
  t.debit_account_id as debit, t.credit_account_id as credit, t.debit_kind as "debitKind", t.credit_kind as "creditKind", t.amount_pence as amount, t.line_id as line,
  t.owner_account_id as owner, t.subject_id as subject, t.pool_id as pool, t.reservation_id as reservation, s.n as seal
  from transfer t join entry e on e.id = t.entry_id left join seal s on s.batch_id = e.batch_id`;

const idsIn = (transfers: readonly Pick<TransferFact, 'reference'>[], noun: string): string[] => [
  ...new Set(transfers.map((each) => each.reference.split(':')).flatMap(([first, id]) => (first === noun ? [id!] : []))),
];
const isMatch = (reference: string): boolean => reference.startsWith('match:');
const statementLineOf = (reference: string): string[] =>
  /(?:^|:)(?:statement-)?line:([0-9a-f-]{36})/.exec(reference)?.slice(1, 2) ?? [arrivalOfFund(reference)].flatMap((id) => id ?? []);

/** Whose money is followed: that of budget lines and of funds, and single transfers of nobody's money. */
export interface WhoseMoney {
  readonly lines: readonly string[];
  readonly funds: readonly Fund[];
  readonly alone: readonly string[];
}

/** Everything that moved of some money in some books, in the scope of the transaction, with what other rooms know of it. Refuses: too-much-at-once. */
export async function pennyFacts(tx: Tx, books: readonly BookId[], { lines, funds, alone }: WhoseMoney): Promise<PennyFacts> {
  const shares = funds.length > 0 ? await accountsOfFunds(tx, books, funds) : [];
  const ofLines = await tx.rows<Omit<PennyTransfer, 'order'>>(
    `select ${TRANSFER} where t.line_id = any($1) and t.book_id = any($2) order by t.id limit ${MOST + 1}`,
    [lines, books],
  );
  const own = [...ofLines, ...(await ofFunds(tx, books, funds, shares))];
  const bare = await tx.rows<Omit<PennyTransfer, 'order'>>(`select ${TRANSFER} where t.id = any($1) and t.book_id = any($2) and t.line_id is null`, [
    alone,
    books,
  ]);
  const arrivals = await arrivalsOf(tx, books, [...own, ...bare]);
  const transfers = unique([...own, ...bare, ...arrivals.transfers]).map((each) => ({ ...each, order: `${each.at.toISOString()}:${each.id}` }));
  const reserves = await reservesOf(tx, books, lines, shares);
  if (transfers.length + reserves.length > MOST)
    throw refused('too-much-at-once', 'This is too much to follow on one page. Choose one payment or one movement.');
  const remittances = await remittancesOf(tx, transfers);
  const refunds = await refundsOf(tx, transfers);
  const payments = await paymentsOf(tx, [
    ...idsIn(transfers, 'payment'),
    ...remittances.flatMap((each) => [each.payOut, each.payIn].flatMap((id) => id ?? [])),
  ]);
  const seen = await seenOf(tx, books, transfers, { payments, remittances, arrivals: arrivals.lines });
  return {
    transfers,
    reserves,
    payments,
    payOuts: new Map(remittances.flatMap((each) => (each.payOut ? [[each.id, each.payOut] as const] : []))),
    seen,
    hints: {
      purposes: new Map([...payments].map(([id, payment]) => [id, payment.purposeId])),
      homeward: new Map([...payments.values()].flatMap((each) => (HOMEWARD[each.purposeNoun] ? [[each.id, HOMEWARD[each.purposeNoun]!] as const] : []))),
      refunds,
      arrivals: arrivals.lines,
      seen: new Set(seen.keys()),
    },
  };
}

/** The movements of funds: into their shares and out of them, and on from there. */
async function ofFunds(tx: Tx, books: readonly BookId[], funds: readonly Fund[], shares: readonly string[]): Promise<Omit<PennyTransfer, 'order'>[]> {
  if (shares.length === 0) return [];
  const touching = await tx.rows<Omit<PennyTransfer, 'order'>>(
    `select ${TRANSFER} where (t.debit_account_id = any($1) or t.credit_account_id = any($1)) and t.book_id = any($2) order by t.id limit ${MOST + 1}`,
    [shares, books],
  );
  const onward = await tx.rows<Omit<PennyTransfer, 'order'>>(
    `select ${TRANSFER} where e.reference = any($1) and e.book_id = any($2) and t.line_id is null and t.subject_id = any($3)`,
    [await onwardReferences(tx, books, [...new Set(touching.map((each) => each.reference))]), books, funds.map((fund) => fund.funder)],
  );
  return [...touching, ...onward];
}

const unique = <T extends { readonly id: string }>(rows: readonly T[]): T[] => [...new Map(rows.map((row) => [row.id, row])).values()];

/** The entries by which money came that was nobody's at first, for those transfers that made it somebody's; and what put such an entry right. */
async function arrivalsOf(
  tx: Tx,
  books: readonly BookId[],
  transfers: readonly Omit<PennyTransfer, 'order'>[],
): Promise<{ transfers: Omit<PennyTransfer, 'order'>[]; lines: Map<string, string> }> {
  const wanted = transfers.filter((each) => each.debitKind === 'unallocated').flatMap((each) => statementLineOf(each.reference));
  const matches = transfers.filter((each) => each.creditKind === 'unallocated' && isMatch(each.reference)).map((each) => each.reference.split(':')[1]!);
  const found = await tx.rows<{ entry: string; line: string; id: string }>(
    `select e.id as entry, x.line_id as line, t.id from line_match_line x join entry e on e.reference = 'match:' || x.match_id || ':bank' and e.book_id = x.book_id
       join transfer t on t.entry_id = e.id and t.credit_kind = 'unallocated' where (x.line_id = any($1) or x.match_id = any($2)) and x.book_id = any($3)`,
    [wanted, matches, books],
  );
  if (found.length === 0) return { transfers: [], lines: new Map() };
  const rows = await tx.rows<Omit<PennyTransfer, 'order'>>(`select ${TRANSFER} where t.id = any($1)`, [found.map((each) => each.id)]);
  return { transfers: rows, lines: new Map(found.map((each) => [each.entry, each.line])) };
}

async function reservesOf(tx: Tx, books: readonly BookId[], lines: readonly string[], shares: readonly string[]): Promise<PennyReserve[]> {
  const rows = await tx.rows<Omit<PennyReserve, 'order'> & { at: Date }>(
    `with mine as (
       select r.*, a.kind as account_kind from account a join reservation r on r.account_id = a.id where (a.line_id = any($1) or a.id = any($3)) and a.guarded and a.book_id = any($2)
     ), moved as (
       select 'set:' || id as id, 'set-aside' as what, id as reservation, entry_id, account_id, account_kind, amount_pence, for_day, made_at as at from mine
       union all select 'free:' || x.id, 'freed', m.id, x.entry_id, m.account_id, m.account_kind, x.amount_pence, m.for_day, x.at from mine m join reservation_end x on x.reservation_id = m.id
     ) select m.id, m.what, m.reservation, m.account_id as account, m.account_kind as "accountKind", m.amount_pence as amount, m.for_day as "forDay", m.at, m.entry_id as entry,
         e.book_id as book, e.reference, e.kind, e.effective_on as "on", s.n as seal
       from moved m join entry e on e.id = m.entry_id left join seal s on s.batch_id = e.batch_id limit ${MOST + 1}`,
    [lines, books, shares],
  );
  return rows.map(({ at, ...row }) => ({ ...row, order: `${at.toISOString()}:${row.id}` }));
}

interface RemittanceRow {
  readonly id: string;
  readonly payIn: string | null;
  readonly payOut: string | null;
}

const remittancesOf = (tx: Tx, transfers: readonly PennyTransfer[]): Promise<RemittanceRow[]> =>
  tx.rows<RemittanceRow>('select id, pay_in_id as "payIn", pay_out_id as "payOut" from remittance where id = any($1)', [idsIn(transfers, 'remittance')]);

/** Which payment each transfer of a refund came out of: by the refund's own parts, each with the part of the payment it gives back. */
async function refundsOf(tx: Tx, transfers: readonly PennyTransfer[]): Promise<Map<string, { payment: string; remittance: string | null }>> {
  const parts = await tx.rows<{ refund: string; payment: string; remittance: string | null; amount: Pence; line: string | null; subject: string | null }>(
    `select x.refund_id as refund, x.payment_id as payment, x.remittance_id as remittance, x.amount_pence as amount, p.line_id as line, p.subject_id as subject
     from refund_part x join payment_part p on p.payment_id = x.payment_id and p.n = x.payment_n where x.refund_id = any($1) order by x.refund_id, x.n`,
    [idsIn(transfers, 'refund')],
  );
  const left = [...parts];
  const found = new Map<string, { payment: string; remittance: string | null }>();
  for (const each of transfers) {
    const [noun, id] = each.reference.split(':');
    const isIts = (part: (typeof parts)[number]): boolean =>
      part.refund === id && part.line === each.line && part.amount === each.amount && (part.line !== null || part.subject === each.subject);
    const at = noun === 'refund' ? left.findIndex(isIts) : -1;
    if (at >= 0) found.set(each.id, left.splice(at, 1)[0]!);
  }
  return found;
}

async function paymentsOf(tx: Tx, ids: readonly string[]): Promise<Map<string, PennyPayment>> {
  const rows = await tx.rows<PennyPayment>(
    `select id, reference, purpose_noun as "purposeNoun", purpose_id as "purposeId", channel, prepared_by as "preparedBy", approved_by as "approvedBy",
       coalesce(stripe_transfer_id, stripe_payment_intent_id) as stripe from payment where id = any($1)`,
    [ids],
  );
  return new Map(rows.map((row) => [row.id, row]));
}

interface Around {
  readonly payments: ReadonlyMap<string, PennyPayment>;
  readonly remittances: readonly RemittanceRow[];
  readonly arrivals: ReadonlyMap<string, string>;
}

/** What bank statements, payers' reports and Stripe show, by transfer. */
async function seenOf(tx: Tx, books: readonly BookId[], transfers: readonly PennyTransfer[], around: Around): Promise<Map<string, Seen>> {
  const refunds = idsIn(transfers, 'refund');
  const remittances = new Map(around.remittances.map((each) => [each.id, each]));
  const items = [...around.payments.keys(), ...remittances.keys(), ...refunds];
  const onStatements = await statementLines(tx, books, items, [...around.arrivals.values()]);
  const reports = await tx.rows<{ book: BookId; payment: string | null; remittance: string | null; status: string; on: LocalDate }>(
    `select book_id as book, payment_id as payment, remittance_id as remittance, status, day as "on" from payer_report_line
     where book_id = any($1) and (payment_id = any($2) or remittance_id = any($3)) order by day, id`,
    [books, [...around.payments.keys()], [...remittances.keys()]],
  );
  const seen = new Map<string, Seen>();
  for (const each of transfers) {
    const found = lookUp(each);
    if (found) seen.set(each.id, found);
  }
  return seen;

  function lookUp({ reference, book, entry, on, debitKind }: PennyTransfer): Seen | undefined {
    const [noun, id, what, attempt] = reference.split(':');
    const bank = (kind: string, item: string | null | undefined, time = 1): Seen | undefined =>
      onStatements.items.find((row) => row.book === book && row.kind === kind && row.item === item && row.attempt === time);
    const payer = (fits: (row: (typeof reports)[number]) => boolean): Seen | undefined => {
      const row = reports.find((report) => report.book === book && fits(report));
      return row && { by: 'payer', status: row.status, on: row.on };
    };
    const stripe = (payment: string | null | undefined): Seen | undefined => {
      const known = payment ? around.payments.get(payment)?.stripe : undefined;
      return known ? { by: 'stripe', reference: known, on } : undefined;
    };
    if (noun === 'payment' && what === 'sent')
      return bank('payment', id, Number(attempt)) ?? payer((row) => row.payment === id && row.status === 'paid') ?? stripe(id);
    if (noun === 'payment' && what === 'returned')
      return bank('payment-return', id, Number(attempt)) ?? payer((row) => row.payment === id && row.status !== 'paid');
    if (noun === 'payment' && what === 'succeeded') return debitKind === 'clearing' ? stripe(id) : undefined;
    if (noun === 'refund') return bank('refund', id);
    if (noun === 'remittance') {
      const { payIn, payOut } = remittances.get(id!) ?? {};
      if (what === 'arrived')
        return bank('remittance-out', id) ?? bank('payment', payOut) ?? payer((row) => row.remittance === id || (payOut !== null && row.payment === payOut));
      if (what === 'received') return bank('remittance-in', id) ?? payer((row) => row.remittance === id) ?? stripe(payIn);
    }
    const line = around.arrivals.get(entry);
    return line === undefined ? undefined : onStatements.lines.find((row) => row.lineId === line);
  }
}

type OnStatement = Extract<Seen, { by: 'bank' }>;

async function statementLines(
  tx: Tx,
  books: readonly BookId[],
  items: readonly string[],
  lines: readonly string[],
): Promise<{ items: (OnStatement & { book: BookId; kind: string; item: string; attempt: number })[]; lines: OnStatement[] }> {
  const columns = `'bank' as by, x.match_id as match, l.id as "lineId", s.id as "statementId", s.number as statement, l.place + 1 as place, l.booked_on as "on"
    from line_match_line x join statement_line l on l.id = x.line_id join statement s on s.id = l.statement_id`;
  return {
    items: await tx.rows(
      `select i.book_id as book, i.kind, i.item_id as item, i.attempt, ${columns} join line_match_item i on i.match_id = x.match_id
       where i.live and x.live and i.item_id = any($1) and i.book_id = any($2) and i.kind in ('payment', 'payment-return', 'remittance-in', 'remittance-out', 'refund') order by l.id`,
      [items, books],
    ),
    lines: await tx.rows(`select ${columns} where x.live and x.line_id = any($1) and x.book_id = any($2)`, [lines, books]),
  };
}
