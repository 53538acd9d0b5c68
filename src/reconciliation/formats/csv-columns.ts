/** What a column of a bank's CSV file means to us. */
export type Column =
  | 'date'
  | 'valueDate'
  | 'type'
  | 'description'
  | 'counterparty'
  | 'reference'
  | 'bankReference'
  | 'amount'
  | 'debit'
  | 'credit'
  | 'balance'
  | 'sortCode'
  | 'account'
  | 'currency'
  | 'status';

/** Where each meaning stands in a row (0 is the first column), and the currency that a header names, as in `Amount (GBP)`. */
export interface ColumnMapping {
  readonly at: Readonly<Partial<Record<Column, number>>>;
  readonly currency: string | null;
}

/** Names met in the exports of UK banks (Lloyds, Halifax, Starling, NatWest, Barclays, HSBC, Nationwide, Monzo, Santander, Co-operative),
 *  of Stripe and Xero, and in the older open examples. The first name of a list that a header has wins. Compared in lower case
 *  without signs and brackets. */
const NAMES: Readonly<Record<Column, readonly string[]>> = {
  date: [
    'transaction date',
    'date',
    'booking date',
    'posting date',
    'posted date',
    'completed date',
    'date completed',
    'journal date',
    'journaldate',
    'created',
  ],
  valueDate: ['value date'],
  type: ['transaction type', 'type', 'subcategory'],
  description: [
    'transaction description',
    'description',
    'details',
    'transaction details',
    'narrative',
    'narration',
    'particulars',
    'memo',
    'transaction',
    'payment details',
  ],
  counterparty: ['counter party', 'counterparty', 'payee', 'payee name', 'merchant', 'merchant name', 'name', 'customer description'],
  reference: ['reference', 'payment reference', 'ref', 'notes and tags', 'cheque number', 'check number', 'checknumber', 'number', 'num'],
  bankReference: ['transaction id', 'transaction reference', 'bank reference', 'fitid', 'id', 'row'],
  amount: ['amount', 'value', 'transaction amount', 'net amount', 'netamount'],
  debit: ['debit amount', 'debit', 'debits', 'paid out', 'money out', 'withdrawal', 'withdrawals', 'payments', 'out'],
  credit: ['credit amount', 'credit', 'credits', 'paid in', 'money in', 'deposit', 'deposits', 'receipts', 'in'],
  balance: ['balance', 'running balance', 'runningbalance', 'account balance'],
  sortCode: ['sort code'],
  account: ['account number', 'account no', 'iban', 'account', 'account name', 'accountname'],
  currency: ['currency', 'account currency'],
  status: ['status', 'state'],
};

const CURRENCY = /\b(GBP|EUR|USD)\b|([£€$])/i;
const SYMBOLS: Readonly<Record<string, string>> = { '£': 'GBP', '€': 'EUR', $: 'USD' };

/** The currency that a header or a cell names; null for none. */
export function namedCurrency(cell: string): string | null {
  const match = CURRENCY.exec(cell);
  if (!match) return null;
  return match[1]?.toUpperCase() ?? SYMBOLS[match[2]!] ?? null;
}

const plainName = (cell: string): string =>
  cell
    .toLowerCase()
    .replace(/\(?\b(gbp|eur|usd)\b\)?/g, ' ')
    .replace(/[^a-z ]/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();

/** Reads a header row; the mapping may lack columns (see `missingColumns`). */
export function mapColumns(header: readonly string[]): ColumnMapping {
  const names = header.map(plainName);
  const at: Partial<Record<Column, number>> = {};
  for (const column of Object.keys(NAMES) as Column[]) {
    const name = NAMES[column].find((each) => names.includes(each));
    if (name !== undefined) at[column] = names.indexOf(name);
  }
  const money = [at.amount, at.debit, at.credit, at.balance].filter((index) => index !== undefined);
  const currency = money.map((index) => namedCurrency(header[index]!)).find((each) => each !== null) ?? null;
  return { at, currency };
}

/** What a header must name to be a statement and does not: for the refusal. */
export function missingColumns({ at }: ColumnMapping): string[] {
  const missing: string[] = [];
  if (at.date === undefined) missing.push('the date');
  if (at.amount === undefined && (at.debit === undefined || at.credit === undefined)) missing.push('the amount (or paid in and paid out)');
  if (at.description === undefined && at.counterparty === undefined && at.reference === undefined) missing.push('the description');
  return missing;
}
