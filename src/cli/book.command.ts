import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { BookId, LocalDate, Pence } from '../kernel/index.js';
import { invalid, isLocalDate, parsePounds, spokenReference, systemActor } from '../kernel/index.js';
import type { BookPaymentSettings } from '../payments/index.js';
import { PaymentSettings, StripeAccounts } from '../payments/index.js';
import type { Config } from '../platform/index.js';
import { CONFIG, Database } from '../platform/index.js';
import { BankAccounts } from '../reconciliation/index.js';
import type { Call, Command } from './run-command.js';
import { print, printJson } from './run-command.js';
import { staffObjectOf } from './staff-object.js';
import { typedLines } from './typed-lines.js';
import { withApp } from './with-app.js';

const operator = systemActor('operator', {});

/** What was typed: how the book pays, and from which day its statements are kept here. */
interface BookChange {
  readonly settings: Partial<BookPaymentSettings>;
  readonly statements: { readonly openedOn: LocalDate; readonly openingPence: Pence | undefined } | undefined;
}

export const bookSetCommand: Command = {
  name: 'book set',
  usage:
    'book set --on book:UUID [--payer-code CODE] [--account-name N --sort-code S --account-number A [--opened DAY [--opening POUNDS]]] [--cooling-off HOURS] [--stripe-stdin] [--json]',
  what: 'Says how a book pays: the code of the payer that takes an ICB’s files; the bank account that a money-holder’s files draw on, and with --opened the day from which its statements come in here; how long new payee details wait; its Stripe account, whose secret key and webhook secret are read as two lines from standard input. What is left out stays.',
  values: ['on', 'payer-code', 'account-name', 'sort-code', 'account-number', 'opened', 'opening', 'cooling-off'],
  flags: ['stripe-stdin'],
  exitOfRefusal: 2,
  run: async ({ options, json }) => {
    const { settings, statements } = readChange(options);
    const wantsStripe = options['stripe-stdin'] === true;
    if (Object.keys(settings).length === 0 && !wantsStripe) throw invalid('nothing-to-set', 'Say what to set; "book show" shows how it is.');
    const keys = wantsStripe ? await typedLines('Stripe secret key: ', 'Webhook secret: ') : [];
    const [secretKey = '', webhookSecret = ''] = keys.map((key) => key.trim());
    return withApp(async (app) => {
      const book = await bookOf(app, options);
      await app.get(Database).transaction(systemActor('operator', { books: [book] }), async (tx) => {
        if (Object.keys(settings).length > 0) await app.get(PaymentSettings).set(tx, operator, book, settings);
        if (statements) await app.get(BankAccounts).openIn(tx, operator, { bookId: book, ...settings.account!, ...statements });
        if (wantsStripe) await app.get(StripeAccounts).connect(tx, operator, { book, secretKey, webhookSecret });
      });
      await show(app, book, json);
      if (/^.k_test_/.test(secretKey) && !json) print('This is a key of Stripe’s test mode: no real money moves by it.');
      return 0;
    });
  },
};

export const bookShowCommand: Command = {
  name: 'book show',
  usage: 'book show --on book:UUID [--json]',
  what: 'How a book pays. Of an account only its last digits are shown, of Stripe’s keys nothing.',
  values: ['on'],
  exitOfRefusal: 2,
  run: ({ options, json }) =>
    withApp(async (app) => {
      await show(app, await bookOf(app, options), json);
      return 0;
    }),
};

async function bookOf(app: NestFastifyApplication, { on }: Call['options']): Promise<BookId> {
  if (typeof on !== 'string' || !on.startsWith('book:')) throw invalid('book-needed', 'Say which book: --on book:UUID. "body list" shows those there are.');
  return (await staffObjectOf(app, on)).id as BookId;
}

/** Refuses what cannot be read and half an account; whether it fits the book is the services' to say. */
function readChange(options: Call['options']): BookChange {
  const of = (name: string): string | undefined => {
    const value = options[name];
    if (typeof value === 'string' && value.trim() === '') throw invalid('option-empty', `--${name} takes something.`);
    return typeof value === 'string' ? value.trim() : undefined;
  };
  const [payerCode, name, sortCode, accountNumber] = [of('payer-code'), of('account-name'), of('sort-code'), of('account-number')];
  const [openedOn, opening, hours] = [of('opened'), of('opening'), of('cooling-off')];
  const isWhole = Boolean(name && sortCode && accountNumber);
  if (!isWhole && [name, sortCode, accountNumber, openedOn].some((each) => each !== undefined))
    throw invalid('account-not-whole', 'An account is --account-name, --sort-code and --account-number together.');
  if (openedOn !== undefined && !isLocalDate(openedOn)) throw invalid('day-not-understood', '--opened is a day like 2026-04-01.');
  if (opening !== undefined && openedOn === undefined)
    throw invalid('opening-without-day', '--opening goes with --opened: what the account held when that day began.');
  if (hours !== undefined && !/^\d+$/.test(hours)) throw invalid('hours-not-understood', '--cooling-off takes whole hours, like 24.');
  return {
    settings: {
      ...(payerCode === undefined ? {} : { payerCode: payerCode.toUpperCase() }),
      ...(isWhole ? { account: { name: name!, sortCode: sortCode!, accountNumber: accountNumber! } } : {}),
      ...(hours === undefined ? {} : { coolingOffHours: Number(hours) }),
    },
    statements: openedOn === undefined ? undefined : { openedOn, openingPence: opening === undefined ? undefined : parsePounds(opening) },
  };
}

async function show(app: NestFastifyApplication, book: BookId, json: boolean): Promise<void> {
  const { settings, hasStripe, bank } = await app.get(Database).read(systemActor('operator', { books: [book] }), async (tx) => ({
    settings: await app.get(PaymentSettings).of(tx, book),
    hasStripe: await app.get(StripeAccounts).has(tx, book),
    bank: (await app.get(BankAccounts).ofBookIn(tx, book)).map(({ name, reference, last4, openedOn }) => ({ name, reference, last4, openedOn })),
  }));
  const { payerCode, coolingOffHours } = settings;
  const account = settings.account && { name: settings.account.name, last4: settings.account.accountNumber.slice(-4) };
  const webhook = hasStripe ? new URL(`/webhooks/stripe/${book}`, app.get<Config>(CONFIG).publicUrl).toString() : null;
  if (json) return printJson({ book, payerCode, account, statements: bank, coolingOffHours, webhook });
  print(`book:${book}, ${spokenReference('BOO', book)}`);
  print(`  Payer’s code: ${payerCode ?? 'none'}`);
  print(`  Its files draw on: ${account ? `${account.name}, ending ${account.last4}` : 'no account yet'}`);
  for (const { name, last4, reference, openedOn } of bank) print(`  Statements: ${name}, ending ${last4}, ${reference}, from ${openedOn}`);
  print(`  New payee details wait ${coolingOffHours} hours.`);
  print(`  Stripe: ${webhook ? `keys are here; its events go to ${webhook}` : 'none'}`);
}
