import type { Pence } from '../../kernel/index.js';
import { formatPounds, invalid, larger, minus, NO_PENCE, refused } from '../../kernel/index.js';

/** What stands in a person's own line, and what they owe its book after a fact from outside (RULE 25). */
export interface OwnMoneyFacts {
  readonly free: Pence;
  readonly owes: Pence;
}

/** What the person may use of it: a debt of theirs holds as much back. */
export const usableOf = ({ free, owes }: OwnMoneyFacts): Pence => larger(minus(free, larger(owes, NO_PENCE)), NO_PENCE);

/** How much goes home: what was asked, or all there is. It is the person's own, so nobody has to agree, and nobody keeps a part of it.
 *  Refuses: amount-not-positive, nothing-to-send, not-enough-free. */
export function decideHome(facts: OwnMoneyFacts, asked: Pence | undefined): Pence {
  const usable = usableOf(facts);
  if (asked !== undefined && asked <= 0n)
    throw invalid('amount-not-positive', 'Enter an amount above zero.', [{ field: 'amountPence', message: 'Enter an amount, like 20 or 20.50' }]);
  if (usable === 0n)
    throw refused(
      'nothing-to-send',
      facts.free > 0n
        ? `${formatPounds(facts.free)} is kept here because as much is owed.`
        : 'None of this money is here now. What is in a pool comes back first.',
    );
  if (asked !== undefined && asked > usable) throw refused('not-enough-free', `There is ${formatPounds(usable)} that can go home.`);
  return asked ?? usable;
}
