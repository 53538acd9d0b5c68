import { type LocalDate, dayOf } from '../kernel/index.js';
import type { BankAccount, Sides, StandingLine } from './bank.js';
import type { Fields } from './json-fields.js';
import type { Payer } from './payer.js';
import type { AccountSettings, FeeTable, SettingsChange } from './stripe-accounts.js';
import type { World } from './world.js';

type Writable<T> = { -readonly [K in keyof T]: T[K] };

export const sidesFrom = (fields: Fields): Sides => ({ sortCode: fields.sortCode(), accountNumber: fields.accountNumber() });

/** How a Stripe account is to behave; only what is named changes. */
export function settingsFrom(fields: Fields): SettingsChange {
  const change: Writable<Partial<AccountSettings>> = {};
  for (const name of ['cardDelayMs', 'debitDelayMs', 'payoutDelayMs'] as const) if (fields.has(name)) change[name] = fields.whole(name);
  if (fields.has('connectedReady')) change.connectedReady = fields.flag('connectedReady');
  if (fields.has('bank')) change.bank = sidesFrom(fields.child('bank'));
  if (!fields.has('fees')) return change;
  const fees: Writable<Partial<FeeTable>> = {};
  const given = fields.child('fees');
  const names = [
    'cardBasisPoints',
    'cardFixedPence',
    'debitBasisPoints',
    'debitLeastPence',
    'debitMostPence',
    'cardDisputePence',
    'debitDisputePence',
  ] as const;
  for (const name of names) if (given.has(name)) fees[name] = given.whole(name);
  return { ...change, fees } as SettingsChange;
}

/** A bank account as the start program or a test describes it; its day of opening is today unless said. */
export function bankAccountFrom(world: World, fields: Fields): Omit<BankAccount, 'id'> {
  return {
    ...sidesFrom(fields),
    name: fields.text('name'),
    openedOn: fields.day('openedOn') ?? dayOf(world.now()),
    openingPence: fields.wholeOr('openingPence', 0),
    overdraftPence: fields.wholeOr('overdraftPence', 0),
    batchBooking: fields.flag('batchBooking'),
    closed: fields.flag('closed'),
    standing: fields.children('standing').map(
      (each): StandingLine => ({
        kind: each.oneOf('kind', ['charge', 'interest', 'standing-order']),
        direction: each.oneOf('direction', ['credit', 'debit']),
        pence: each.pence(),
        name: each.text('name'),
        dayOfMonth: Math.min(Math.max(each.whole('dayOfMonth'), 1), 28),
      }),
    ),
  };
}

export const payerFrom = (fields: Fields): Payer => ({
  id: fields.text('code'),
  name: fields.text('name'),
  account: fields.has('account') ? sidesFrom(fields.child('account')) : null,
  daysToPay: fields.wholeOr('daysToPay', 0),
});

/** `2026-11-01` out of a query; the other day when absent. */
export const dayFromQuery = (fields: Fields, name: string, other: LocalDate): LocalDate => fields.day(name) ?? other;
