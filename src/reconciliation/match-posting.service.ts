import { Injectable } from '@nestjs/common';
import type { Actor, BookId, PaymentId, Pence } from '../kernel/index.js';
import { invariant, newId, penceAsNumber, sumPence } from '../kernel/index.js';
import type { NewEntry } from '../ledger/index.js';
import { Ledger } from '../ledger/index.js';
import type { RemittanceId } from '../payments/index.js';
import { PayOuts, Remittances } from '../payments/index.js';
import type { Tx } from '../platform/index.js';
import { announceAll } from '../platform/index.js';
import type { BankAccountId } from './bank-accounts.service.js';
import type { ExpectedItem } from './expected-items.service.js';
import { arrivalEntry, cameEntry, chargeEntry, leftEntry, payoutEntry } from './match.entries.js';
import type { Movement } from './match.entries.js';
import type { NewMatch } from './match.store.js';
import { insertMatches } from './match.store.js';
import type { LineFacts, MatchRule, Suggestion } from './match.types.js';

/** A match decided on, by rule or by a person. `alone`: the line explains itself, and nothing of ours stands against it. */
export interface DecidedMatch {
  readonly line: LineFacts;
  readonly items: readonly ExpectedItem[];
  readonly alone?: Extract<Suggestion['kind'], 'arrival' | 'bank-charge' | 'stripe-payout'>;
  readonly rule: MatchRule;
  readonly score: number;
  readonly reasons: readonly string[];
}

/** Makes matches true: posts them, moves what they are on, and writes them down. */
@Injectable()
export class MatchPosting {
  constructor(
    private readonly ledger: Ledger,
    private readonly payOuts: PayOuts,
    private readonly remittances: Remittances,
  ) {}

  /** In the caller's transaction, whose scope names the book and which holds the account's lock. Payments that left are posted before those
   *  that came back, so that a statement may show both. */
  async post(tx: Tx, actor: Actor, account: { id: BankAccountId; bookId: BookId }, decided: readonly DecidedMatch[]): Promise<NewMatch[]> {
    const inOrder = [...decided].sort((a, b) => Number(isReturn(a)) - Number(isReturn(b)));
    const matches: NewMatch[] = [];
    for (const each of inOrder) matches.push(await this.one(tx, actor, account, each));
    await this.ledger.record(
      tx,
      matches.flatMap((match) => match.entry ?? []),
    );
    await insertMatches(tx, actor, matches);
    const payouts = matches.filter((match) => match.items.some((item) => item.kind === 'stripe-payout'));
    await announceAll(
      tx,
      payouts.map((match) => ({ name: 'stripePayoutMatched', about: { books: [account.bookId] }, payload: { bookId: account.bookId, lineId: match.line } })),
    );
    await announceAll(
      tx,
      matches
        .filter((match) => match.state === 'unallocated')
        .map((match) => ({
          name: 'moneyArrived',
          about: { books: [account.bookId] },
          payload: { lineId: match.line, bookId: account.bookId, amountPence: penceAsNumber(match.amount) },
        })),
    );
    return matches;
  }

  private async one(
    tx: Tx,
    actor: Actor,
    account: { id: BankAccountId; bookId: BookId },
    { line, items, alone, rule, score, reasons }: DecidedMatch,
  ): Promise<NewMatch> {
    const id = newId<'match'>();
    invariant(alone !== undefined || sumPence(items.map((item) => item.amount)) === line.amount, 'the items of a match add up to its line');
    const movement: Movement = {
      book: account.bookId,
      match: id,
      on: line.day,
      parts: alone ? [{ owner: {}, amount: line.amount }] : items.flatMap((item) => item.parts),
    };
    for (const item of items) await this.moveItem(tx, actor, line, item);
    return {
      id,
      book: account.bookId,
      account: account.id,
      line: line.id,
      rule,
      score,
      reasons,
      amount: line.amount,
      entry: alone ? ALONE[alone](movement) : entryOf(movement, items),
      items: alone
        ? [{ kind: alone, id: null, attempt: 1, amount: line.amount }]
        : items.map((item) => ({ kind: item.kind, id: item.id, attempt: item.attempt, amount: item.amount })),
      state: alone === 'arrival' ? 'unallocated' : 'matched',
    };
  }

  /** What the line tells the room of payments. */
  private async moveItem(tx: Tx, actor: Actor, line: LineFacts, item: ExpectedItem): Promise<void> {
    if (item.kind === 'payment' && (item.state === 'in-file' || item.state === 'settled')) await this.payOuts.reconciled(tx, actor, item.id as PaymentId);
    if (item.kind === 'payment-return') await this.payOuts.returned(tx, actor, item.id as PaymentId, { on: line.day, reason: 'The bank sent it back.' });
    if (item.kind === 'remittance-in')
      await this.remittances.arrivedByBank(tx, actor, { remittance: item.id as RemittanceId, amount: item.amount, on: line.day });
  }
}

const ALONE: Readonly<Record<NonNullable<DecidedMatch['alone']>, (movement: Movement) => NewEntry>> = {
  arrival: arrivalEntry,
  'bank-charge': chargeEntry,
  'stripe-payout': payoutEntry,
};

/** The arrival of a remittance was posted where it arrived, bank account and all; everything else settles clearing. */
function entryOf(movement: Movement, items: readonly ExpectedItem[]): NewEntry | null {
  const posted = new Set(items.filter((item) => item.kind === 'remittance-in').flatMap((item) => item.parts));
  const parts = movement.parts.filter((part) => !posted.has(part));
  if (parts.length === 0) return null;
  return items[0]!.direction === 'debit' ? leftEntry({ ...movement, parts }) : cameEntry({ ...movement, parts });
}

const isReturn = ({ items }: DecidedMatch): boolean => items.some((item) => item.kind === 'payment-return');

export const totalOfItems = (items: readonly { amount: Pence }[]): Pence => sumPence(items.map((item) => item.amount));
