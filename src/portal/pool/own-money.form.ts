import type { FieldFault, Pence } from '../../kernel/index.js';
import { DomainError, parsePounds } from '../../kernel/index.js';
import { readCommand } from '../../platform/index.js';
import { PutOwnMoneyIn } from '../../pools/index.js';
import type { FormBody } from '../form-body.js';
import { textOf } from '../form-body.js';
import { renamed } from '../shell/index.js';

export interface OwnMoneyTyped {
  readonly amount: string;
  readonly by: string;
  readonly pays: string;
}

export const typedOwnMoney = (body: Readonly<FormBody>): OwnMoneyTyped => ({
  amount: textOf(body, 'amount'),
  by: textOf(body, 'by'),
  pays: textOf(body, 'pays'),
});

/** What is put in, from what was typed. `mustSay`: the person came without money, and says that they pay from now on. */
export function readOwnMoney(typed: OwnMoneyTyped, mustSay: boolean): { readonly command: PutOwnMoneyIn; readonly faults: readonly FieldFault[] } {
  const sum = readSum(typed.amount);
  const { command, faults } = readCommand(PutOwnMoneyIn, {
    amountPence: sum,
    ...(typed.by ? { by: typed.by } : {}),
    ...(mustSay && typed.pays === 'yes' ? { paysFromNow: true } : {}),
  });
  const own: FieldFault[] = [
    ...(sum === undefined ? [{ field: 'amount', message: 'Enter an amount, like 20 or 20.50' }] : []),
    ...(typed.by ? [] : [{ field: 'by', message: 'Choose how your money comes' }]),
    ...(mustSay && typed.pays !== 'yes' ? [{ field: 'pays', message: 'Say that you pay your part from now on, or go back' }] : []),
  ];
  const rest = renamed(faults, { amountPence: 'amount' }).filter((fault) => !own.some((mine) => mine.field === fault.field));
  return {
    command,
    faults: [...own, ...rest.map((fault) => (fault.field === 'amount' ? { ...fault, message: 'Enter an amount above zero, like 20 or 20.50' } : fault))],
  };
}

function readSum(text: string): Pence | undefined {
  try {
    return parsePounds(text);
  } catch (error) {
    if (error instanceof DomainError) return undefined;
    throw error;
  }
}
