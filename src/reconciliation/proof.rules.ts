import type { Pence } from '../kernel/index.js';
import { formatPounds } from '../kernel/index.js';
import type { AccountKind } from '../ledger/index.js';

/** Sums of a whole book on the normal side of each kind of account, in pence. */
export type KindFigures = Readonly<Record<AccountKind, Pence>>;

export interface InFlightFigure {
  readonly kind: string;
  readonly id: string;
  /** What it has put on clearing (bank) and the bank has not shown, or the other way round: below zero when money is to leave. */
  readonly pence: Pence;
}

export interface CashFacts {
  /** What the last statement closed with. */
  readonly statementClosing: Pence;
  /** The ledger's bank account when that day ended. */
  readonly bankOnDay: Pence;
  /** Lines of the statement that nothing explains yet: credits less debits, and how many. */
  readonly unexplained: { readonly pence: Pence; readonly count: number };
  readonly clearingBank: Pence;
  readonly clearingStripe: Pence;
  readonly inFlight: readonly InFlightFigure[];
  readonly of: KindFigures;
}

/** A sentence of truth 10 that does not hold. */
export interface Difference {
  readonly what: 'bank' | 'clearing' | 'identity';
  readonly pence: Pence;
  readonly words: string;
}

/** Truth 10 for a cash book: bank = statement; clearing (bank) = items in flight; bank + clearing = what people own less what they owe. */
export function proveCashBook(facts: CashFacts): Difference[] {
  const differences: Difference[] = [];
  const bank = (facts.statementClosing - facts.bankOnDay) as Pence;
  if (bank !== 0n) {
    const { count, pence } = facts.unexplained;
    const rest = bank - pence;
    const words =
      count > 0 && rest === 0n
        ? `The bank shows ${formatPounds(bank)} more than our books: ${count} ${count === 1 ? 'line that nothing explains' : 'lines that nothing explains'} yet.`
        : `The statement closes with ${formatPounds(facts.statementClosing)} and our books say ${formatPounds(facts.bankOnDay)}. ${count} unexplained lines make ${formatPounds(pence)} of the difference; ${formatPounds(rest as Pence)} is left.`;
    differences.push({ what: 'bank', pence: bank, words });
  }
  const named = facts.inFlight.reduce((sum, item) => sum + item.pence, 0n);
  const clearing = (facts.clearingBank - named) as Pence;
  if (clearing !== 0n) {
    differences.push({
      what: 'clearing',
      pence: clearing,
      words: `Money on its way stands at ${formatPounds(facts.clearingBank)}, and the ${facts.inFlight.length} items on their way make ${formatPounds(named as Pence)}.`,
    });
  }
  const identity = identityOfCash(facts.of);
  if (identity !== 0n) differences.push({ what: 'identity', pence: identity, words: `Cash and what people own differ by ${formatPounds(identity)}.` });
  return differences;
}

const identityOfCash = (of: KindFigures): Pence =>
  (of.bank + of.clearing - (of.line + of.share + of.payable + of.remitting + of.unallocated - of.receivable - of['fees-due'])) as Pence;

/** Truth 10 for an allocation book, as far as the ledger alone can say: agreed + receivable = what it became. That agreed is what `budgets` hold,
 *  and spent what the payer reports, is checked by those rooms. */
export function proveAllocationBook(of: KindFigures): Difference[] {
  const pence = (of.agreed + of.receivable - (of.line + of.share + of.payable + of.remitting + of.spent + of.unallocated)) as Pence;
  return pence === 0n ? [] : [{ what: 'identity', pence, words: `What was agreed and what became of it differ by ${formatPounds(pence)}.` }];
}
