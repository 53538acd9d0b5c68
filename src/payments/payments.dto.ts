import { ChoiceField, IdField, IdListField, IntField, TextField } from '../platform/index.js';
import type { PaymentState } from './payment.lifecycle.js';
import { PAY_IN, PAY_OUT } from './payment.lifecycle.js';

const STATES = [...new Set([...Object.keys(PAY_OUT), ...Object.keys(PAY_IN)])];

export class PaymentsQuery {
  @ChoiceField(STATES, { optional: true })
  state?: PaymentState;

  @IdField({ optional: true })
  before?: string;

  @IntField({ min: 1, max: 200, fromText: true, optional: true })
  limit?: number;
}

export class PaymentIdsCommand {
  @IdListField({ min: 1, max: 500 })
  payments!: string[];
}

export class ReasonCommand {
  @TextField({ max: 300 })
  reason!: string;
}

export class PayeeDetailsCommand {
  @TextField({ max: 140 })
  name!: string;

  @TextField({ max: 20, optional: true, what: 'sort code' })
  sortCode?: string;

  @TextField({ max: 20, optional: true, what: 'account number' })
  accountNumber?: string;

  @TextField({ max: 70, optional: true, what: 'Stripe account' })
  stripeAccountId?: string;
}

export class EnterPayeeCommand extends PayeeDetailsCommand {
  @ChoiceField(['provider', 'person', 'book'])
  kind!: 'provider' | 'person' | 'book';

  @IdField({ description: 'The provider, person or book that is paid.' })
  subject!: string;

  @IdField({ optional: true, description: 'The person behind it, if there is one.' })
  person?: string;
}

export class ChangePayeeCommand extends PayeeDetailsCommand {
  @IntField({ min: 1 })
  version!: number;
}

export class CheckPayeeCommand {
  @IntField({ min: 1 })
  version!: number;

  @ChoiceField(['call-back', 'confirmation-of-payee'])
  how!: 'call-back' | 'confirmation-of-payee';
}

export class PayInAddressQuery {
  @TextField({ max: 200, optional: true, what: 'path to come back to' })
  back?: string;
}

export class PayerReportCommand {
  @TextField({ max: 900_000, lines: true, what: 'report, as CSV' })
  csv!: string;
}
