import type { PossibleHolder } from '../../finance/index.js';
import { NameAccountHolder, OpenOwnAccount } from '../../finance/index.js';
import type { FieldFault, PersonId } from '../../kernel/index.js';
import { readCommand } from '../../platform/index.js';
import type { ChoiceItem } from '../blocks/index.js';
import type { FormBody } from '../form-body.js';
import { listOf, textOf } from '../form-body.js';

/** What whoever opens an account has checked (S.I. 2013/1617, reg. 10 and the Schedule). */
export const CONDITIONS: readonly (ChoiceItem & { readonly value: 'isNotExcluded' | 'isForNamedPeopleOnly' | 'isForDirectPaymentsOnly' | 'canBeAudited' })[] = [
  {
    value: 'isNotExcluded',
    text: 'Nothing in the law excludes the person from direct payments',
    hint: 'Some court orders and treatment orders do. We keep yes or no, not which.',
  },
  { value: 'isForNamedPeopleOnly', text: 'Only the people named here can get at the account' },
  { value: 'isForDirectPaymentsOnly', text: 'It holds direct payments and nothing else' },
  { value: 'canBeAudited', text: 'It has statements that show where money came from and went' },
];

export interface AccountTyped {
  readonly holder: string;
  readonly conditions: readonly string[];
  readonly sortCode: string;
  readonly accountNumber: string;
  readonly reason: string;
}

export const typedAccount = (body: Readonly<FormBody>): AccountTyped => ({
  holder: textOf(body, 'holder'),
  conditions: listOf(body, 'conditions'),
  sortCode: textOf(body, 'sortCode'),
  accountNumber: textOf(body, 'accountNumber'),
  reason: textOf(body, 'reason'),
});

interface Read<Command> {
  readonly command: Command;
  readonly faults: readonly FieldFault[];
}

/** The account to open, from what was typed. Where only one person can hold it, nothing is asked. */
export function readAccount(typed: AccountTyped, mayHold: readonly PossibleHolder[]): Read<OpenOwnAccount> {
  const holder = holderOf(typed.holder, mayHold);
  const filled = (text: string): string | undefined => text.trim() || undefined;
  const { command, faults } = readCommand(OpenOwnAccount, {
    ...(holder ? { accountHolderId: holder.personId } : {}),
    ...Object.fromEntries(CONDITIONS.map(({ value }) => [value, typed.conditions.includes(value)])),
    ...(filled(typed.sortCode) ? { sortCode: filled(typed.sortCode) } : {}),
    ...(filled(typed.accountNumber) ? { accountNumber: filled(typed.accountNumber) } : {}),
    reason: oneLine(typed.reason),
  });
  const lacksConditions = CONDITIONS.some(({ value }) => !typed.conditions.includes(value));
  return {
    command,
    faults: [
      ...(holder ? [] : [{ field: 'holder', message: 'Choose who holds the account' }]),
      ...(lacksConditions
        ? [{ field: 'conditions', message: 'Check all four and tick them. If one is not so, the money can stay with the NHS or go to a third party' }]
        : []),
      ...reasoned(faults, 'Say why the account is approved'),
    ],
  };
}

/** Who holds the account from now on. */
export function readHolder(typed: AccountTyped, mayHold: readonly PossibleHolder[]): Read<NameAccountHolder> {
  const holder = holderOf(typed.holder, mayHold);
  const { command, faults } = readCommand(NameAccountHolder, { ...(holder ? { accountHolderId: holder.personId } : {}), reason: oneLine(typed.reason) });
  return {
    command,
    faults: [...(holder ? [] : [{ field: 'holder', message: 'Choose who holds the account' }]), ...reasoned(faults, 'Say why they hold it now')],
  };
}

const AS: Readonly<Record<PossibleHolder['as'], string>> = {
  self: 'The person themselves',
  representative: 'Their representative',
  nominee: 'Their nominee',
};

/** Those who can hold it, as choices. */
export const holderItems = (mayHold: readonly PossibleHolder[]): ChoiceItem[] =>
  mayHold.map(({ personId, name, as }) => ({ value: personId, text: name, hint: AS[as] }));

/** Names of those who hold it; somebody whose right to be known has ended meanwhile is no name. */
export const holderNames = (holders: readonly PersonId[], mayHold: readonly PossibleHolder[]): string =>
  holders.map((id) => mayHold.find((each) => each.personId === id)?.name ?? 'Somebody else').join(', ');

/** Fields of the commands, as the forms call them. */
export const nameInAccount = (field: string): string =>
  CONDITIONS.some(({ value }) => value === field) ? 'conditions' : field === 'accountHolderId' ? 'holder' : field;

const holderOf = (typed: string, mayHold: readonly PossibleHolder[]): PossibleHolder | undefined =>
  mayHold.length === 1 ? mayHold[0] : mayHold.find((each) => each.personId === typed);

const oneLine = (text: string): string => text.replace(/\s*[\r\n]+\s*/g, ' ');

const reasoned = (faults: readonly FieldFault[], message: string): FieldFault[] =>
  faults.map((fault) => (fault.field === 'reason' ? { field: 'reason', message } : { ...fault, field: nameInAccount(fault.field) }));
