import { Injectable } from '@nestjs/common';
import type { BookId, PaymentId } from '../kernel/index.js';
import { invalid, notFound, workingDayAfter } from '../kernel/index.js';
import type { InFlightItem } from '../payments/index.js';
import { InFlight } from '../payments/index.js';
import type { Tx } from '../platform/index.js';
import { keyOf } from './match.rules.js';
import { matchedItems } from './match.store.js';
import type { ItemFacts, ItemKind, LineFacts } from './match.types.js';

/** A movement of our own with what posting it needs. */
export type ExpectedItem = ItemFacts & Pick<InFlightItem, 'parts' | 'state' | 'onClearing'>;

/** Banks send payments back within days. What comes later with our reference may be a refund: a person decides. Our judgement, November 2026. */
const RETURN_WITHIN = 10;

/** What of ours the bank has still to show. */
@Injectable()
export class ExpectedItems {
  constructor(private readonly inFlight: InFlight) {}

  /** Everything of the book that a line may still be; items of a live match are left out. */
  async of(tx: Tx, book: BookId, lines: readonly LineFacts[]): Promise<ExpectedItem[]> {
    const credits = [
      ...new Set(lines.filter((line) => line.direction === 'credit').flatMap((line) => [line.amount, ...line.parts.flatMap((part) => part.amount ?? [])])),
    ];
    const items = [
      ...(await this.inFlight.payOuts(tx, book)),
      ...(await this.inFlight.remittances(tx, book)),
      ...(await this.inFlight.refunds(tx, book)),
      ...(credits.length > 0 ? await this.inFlight.mayComeBack(tx, book, credits) : []),
    ].map(asExpected);
    const taken = await matchedItems(tx, book, items);
    return items.filter((item) => !taken.has(keyOf(item)));
  }

  /** The items a person chose, in the order chosen. Refuses: not-found, item-matched. */
  async chosen(tx: Tx, book: BookId, chosen: readonly { readonly kind: ItemKind; readonly id: string }[]): Promise<ExpectedItem[]> {
    const idsOf = (kind: ItemKind): string[] => chosen.filter((each) => each.kind === kind).map(({ id }) => id);
    const remittances = [...idsOf('remittance-in'), ...idsOf('remittance-out')];
    const refunds = idsOf('refund');
    const found = [
      ...(await this.inFlight.payments(tx, idsOf('payment') as PaymentId[], 'payment')),
      ...(await this.inFlight.payments(tx, idsOf('payment-return') as PaymentId[], 'payment-return')),
      ...(remittances.length > 0 ? await this.inFlight.remittances(tx, book, remittances) : []),
      ...(refunds.length > 0 ? await this.inFlight.refunds(tx, book, refunds) : []),
    ].map(asExpected);
    const taken = await matchedItems(tx, book, found);
    return chosen.map(({ kind, id }) => {
      const item = found.find((each) => each.kind === kind && each.id === id);
      if (!item) throw notFound('One of the items');
      if (taken.has(keyOf(item))) throw invalid('item-matched', 'One of the items is on another line already. Undo that match first.');
      return item;
    });
  }
}

/** Refunds are also named by their payee, so a payment that comes back is matched by its reference alone. */
function asExpected(item: InFlightItem): ExpectedItem {
  const isReturn = item.kind === 'payment-return';
  const { file, name, ...rest } = item;
  return { ...rest, batch: isReturn ? null : file, name: isReturn ? null : name, until: isReturn ? workingDayAfter(item.day, RETURN_WITHIN) : null };
}
