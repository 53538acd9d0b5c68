import type { FieldFault, PersonId } from '../../kernel/index.js';
import type { PayeeDetails, PayeeKind } from '../../payments/index.js';
import { readCommand, TextField } from '../../platform/index.js';
import { textOf, type FormBody } from '../form-body.js';

export interface PayeeValues {
  /** Whom: `provider:<id>` or `book:<id>`. */
  readonly subject: string;
  readonly name: string;
  readonly sortCode: string;
  readonly accountNumber: string;
  readonly stripeAccountId: string;
}

export const NO_PAYEE: PayeeValues = { subject: '', name: '', sortCode: '', accountNumber: '', stripeAccountId: '' };

class Details {
  @TextField({ max: 140, message: 'Enter the name on the account, in 140 characters or fewer' })
  name!: string;

  @TextField({ max: 20, optional: true, message: 'A sort code has 6 digits, like 12-34-56' })
  sortCode?: string;

  @TextField({ max: 20, optional: true, message: 'An account number has 8 digits' })
  accountNumber?: string;

  @TextField({ max: 70, optional: true, message: 'A Stripe account begins with acct_' })
  stripeAccountId?: string;
}

export interface ReadPayee {
  readonly values: PayeeValues;
  readonly details: PayeeDetails;
  readonly kind: PayeeKind;
  readonly subject: string;
  readonly faults: readonly FieldFault[];
}

/** What the form says of a payee. Account details are not put back into the page: they are typed again. */
export function readPayee(body: FormBody, isNew: boolean): ReadPayee {
  const sent = {
    name: textOf(body, 'name'),
    sortCode: textOf(body, 'sortCode'),
    accountNumber: textOf(body, 'accountNumber'),
    stripeAccountId: textOf(body, 'stripeAccountId'),
  };
  const values: PayeeValues = { ...NO_PAYEE, subject: textOf(body, 'subject'), name: sent.name, stripeAccountId: sent.stripeAccountId };
  const { command, faults } = readCommand(Details, sent);
  const [kind = '', subject = ''] = values.subject.split(':');
  const isKnown = kind === 'provider' || kind === 'book' || kind === 'person';
  const missing = isNew && (!isKnown || subject === '') ? [{ field: 'subject', message: 'Choose whom this is' }] : [];
  return { values, details: { ...command }, kind: kind as PayeeKind, subject, faults: [...missing, ...faults] };
}

export const personOf = (kind: PayeeKind, subject: string): PersonId | undefined => (kind === 'person' ? (subject as PersonId) : undefined);

export type CheckedHow = 'call-back' | 'confirmation-of-payee';

export function readHow(body: FormBody): { how: CheckedHow | undefined; faults: readonly FieldFault[] } {
  const how = textOf(body, 'how');
  if (how === 'call-back' || how === 'confirmation-of-payee') return { how, faults: [] };
  return { how: undefined, faults: [{ field: 'how', message: 'Say how you checked the details' }] };
}
