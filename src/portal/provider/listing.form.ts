import type { FieldFault } from '../../kernel/index.js';
import { readCommand } from '../../platform/index.js';
import { BeginListing, WithdrawListing } from '../../providers/index.js';
import type { FormBody } from '../form-body.js';
import { textOf } from '../form-body.js';

export interface BeginTyped {
  readonly name: string;
  readonly kind: string;
  readonly about: string;
}

export const typedBegin = (body: Readonly<FormBody>): BeginTyped => ({ name: textOf(body, 'name'), kind: textOf(body, 'kind'), about: textOf(body, 'about') });

const MESSAGES: Readonly<Record<string, string>> = {
  name: 'Enter your name, or the name of your group or business',
  kind: 'Choose what you are',
  about: 'Tell people about it in 2,000 characters or fewer',
  reason: 'Say why in 500 characters or fewer',
};
const said = (faults: readonly FieldFault[]): FieldFault[] => faults.map(({ field, message }) => ({ field, message: MESSAGES[field] ?? message }));

/** The first two questions; the others can wait. */
export function readBegin({ name, kind, about }: BeginTyped): { readonly command: BeginListing; readonly faults: readonly FieldFault[] } {
  const { command, faults } = readCommand(BeginListing, { name, kind, ...(about.trim() === '' ? {} : { about }) });
  return { command, faults: said(faults) };
}

/** Nobody has to say why. */
export function readWithdraw(reason: string): { readonly command: WithdrawListing; readonly faults: readonly FieldFault[] } {
  const { command, faults } = readCommand(WithdrawListing, reason.trim() === '' ? {} : { reason });
  return { command, faults: said(faults) };
}
