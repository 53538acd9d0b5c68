import type { Pence } from '../kernel/index.js';
import { penceAsNumber } from '../kernel/index.js';
import type { InvoiceView, PurchaseView, QuoteView, SessionView } from './purchasing.queries.js';

const orNull = (sum: Pence | null): number | null => (sum === null ? null : penceAsNumber(sum));

export const quoteJson = ({ price, whole, ...quote }: QuoteView): object => ({ ...quote, pricePence: penceAsNumber(price), wholePence: penceAsNumber(whole) });

export const sessionJson = ({ setAside, left, mine, ...session }: SessionView): object => ({
  ...session,
  setAsidePence: penceAsNumber(setAside),
  leftPence: penceAsNumber(left),
  minePence: orNull(mine),
});

export const invoiceJson = ({ amount, vat, mine, parts, ...invoice }: InvoiceView): object => ({
  ...invoice,
  amountPence: penceAsNumber(amount),
  vatPence: penceAsNumber(vat),
  minePence: orNull(mine),
  partsPence: parts.map(penceAsNumber),
});

export const purchaseJson = ({ price, sessions, invoices, ...purchase }: PurchaseView): object => ({
  ...purchase,
  pricePence: penceAsNumber(price),
  sessions: sessions.map(sessionJson),
  invoices: invoices.map(invoiceJson),
});
