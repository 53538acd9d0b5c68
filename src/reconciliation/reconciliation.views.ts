import { penceAsNumber } from '../kernel/index.js';
import type { BankAccountView } from './bank-accounts.service.js';
import type { BreakView } from './breaks.service.js';
import type { BookProof } from './proof.service.js';
import type { StatementLineView, StatementView } from './reconciliation.queries.js';

export const accountJson = ({ closing, ...account }: BankAccountView): object => ({ ...account, closingPence: penceAsNumber(closing) });

export const statementJson = ({ opening, closing, ...statement }: StatementView): object => ({
  ...statement,
  openingPence: penceAsNumber(opening),
  closingPence: penceAsNumber(closing),
});

export const lineJson = ({ amount, ...line }: StatementLineView): object => ({ ...line, amountPence: penceAsNumber(amount) });

export const breakJson = ({ amount, ...each }: BreakView): object => ({ ...each, amountPence: amount === null ? null : penceAsNumber(amount) });

export const proofJson = ({ figures, inFlight, differences, ...proof }: BookProof): object => ({
  ...proof,
  figuresPence: Object.fromEntries(Object.entries(figures).map(([name, sum]) => [name, penceAsNumber(sum)])),
  inFlight: inFlight.map(({ pence, ...item }) => ({ ...item, pence: penceAsNumber(pence) })),
  differences: differences.map(({ pence, ...each }) => ({ ...each, pence: penceAsNumber(pence) })),
});
