import type { FieldFault } from '../../kernel/index.js';
import { readCommand } from '../../platform/index.js';
import { SendInvoice } from '../../purchasing/index.js';
import type { DateParts } from '../blocks/index.js';
import { dateParts } from '../blocks/index.js';
import type { FormBody } from '../form-body.js';
import { dayOfParts, listOf, textOf } from '../form-body.js';
import { sumOrNone } from '../pool/quotes.form.js';

export interface InvoiceTyped {
  readonly number: string;
  readonly amount: string;
  readonly vat: string;
  readonly dated: DateParts;
  readonly sessions: readonly string[];
}

export const typedInvoice = (body: Readonly<FormBody>): InvoiceTyped => ({
  number: textOf(body, 'number'),
  amount: textOf(body, 'amount'),
  vat: textOf(body, 'vat'),
  dated: dateParts('dated', body),
  sessions: listOf(body, 'sessions'),
});

/** What the form calls the fields of the command. */
export const INVOICE_NAMES: Readonly<Record<string, string>> = { amountPence: 'amount', vatPence: 'vat', sessionIds: 'sessions' };

const MESSAGES: Readonly<Record<string, string>> = {
  number: 'Enter the number of your invoice',
  amount: 'Enter the whole amount, like 118 or 118.50',
  vat: 'Enter the VAT, like 19.66, or leave it out',
  dated: 'Enter the date of the invoice, like 27 3 2027',
  sessions: 'Tick the sessions that this invoice is for',
};

/** A bill for confirmed sessions. Empty VAT is none. */
export function readInvoice(typed: InvoiceTyped): { readonly command: SendInvoice; readonly faults: readonly FieldFault[] } {
  const vat = typed.vat.trim() === '' ? undefined : sumOrNone(typed.vat);
  const { command, faults } = readCommand(SendInvoice, {
    number: typed.number,
    amountPence: sumOrNone(typed.amount),
    dated: dayOfParts(typed.dated),
    sessionIds: [...typed.sessions],
    ...(vat === undefined ? {} : { vatPence: vat }),
  });
  const own: FieldFault[] = typed.vat.trim() !== '' && vat === undefined ? [{ field: 'vat', message: MESSAGES['vat']! }] : [];
  return {
    command,
    faults: [
      ...faults.map((fault) => ({
        field: INVOICE_NAMES[fault.field] ?? fault.field,
        message: MESSAGES[INVOICE_NAMES[fault.field] ?? fault.field] ?? fault.message,
      })),
      ...own,
    ],
  };
}
