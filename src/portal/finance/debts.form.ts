import { BookPayBack, SettleFees } from '../../finance/index.js';
import type { FieldFault, PersonId } from '../../kernel/index.js';
import { isId } from '../../kernel/index.js';
import { readCommand } from '../../platform/index.js';
import type { ChoiceItem } from '../blocks/index.js';
import type { FormBody } from '../form-body.js';
import { textOf } from '../form-body.js';

export interface SettleTyped {
  /** The statement line. */
  readonly line: string;
  /** `payBack` or `cover`. */
  readonly what: string;
  readonly rest: string;
  readonly payer: string;
}

export const typedSettle = (body: Readonly<FormBody>): SettleTyped => ({
  line: textOf(body, 'line'),
  what: textOf(body, 'what'),
  rest: textOf(body, 'rest').trim(),
  payer: textOf(body, 'payer'),
});

/** Fields of the commands, as the forms call them. */
export const nameInSettle = (field: string): string => ({ statementLine: 'line', restReference: 'rest', owedBy: 'payer', personId: 'payer' })[field] ?? field;

const lineFault = (typed: SettleTyped): FieldFault[] => (isId(typed.line) ? [] : [{ field: 'line', message: 'Choose which money it is' }]);

export interface SettleDebt {
  /** Null when nothing that we know was chosen. */
  readonly what: 'payBack' | 'cover' | null;
  readonly command: BookPayBack;
  readonly faults: readonly FieldFault[];
}

/** What money makes a debt good, from what was typed. Only paying back leaves a rest. */
export function readSettle(typed: SettleTyped, personId: PersonId): SettleDebt {
  const what = typed.what === 'payBack' || typed.what === 'cover' ? typed.what : null;
  const rest = what === 'payBack' && typed.rest ? { restReference: typed.rest } : {};
  const { command, faults } = readCommand(BookPayBack, { statementLine: typed.line, personId, ...rest });
  return {
    what,
    command,
    faults: [
      ...lineFault(typed),
      ...(what ? [] : [{ field: 'what', message: 'Choose what this money is' }]),
      ...faults.filter((fault) => fault.field === 'restReference').map((fault) => ({ ...fault, field: 'rest' })),
    ],
  };
}

/** Which fees money pays; the payer is one of those offered. */
export function readFees(typed: SettleTyped, payers: readonly ChoiceItem[]): { readonly command: SettleFees; readonly faults: readonly FieldFault[] } {
  const payer = payers.length === 1 ? payers[0]! : payers.find((each) => each.value === typed.payer);
  const [owedBy, personId] = (payer?.value ?? '').split(':');
  const { command } = readCommand(SettleFees, { statementLine: typed.line, owedBy, ...(personId ? { personId } : {}) });
  return { command, faults: [...lineFault(typed), ...(payer ? [] : [{ field: 'payer', message: 'Choose who paid' }])] };
}
