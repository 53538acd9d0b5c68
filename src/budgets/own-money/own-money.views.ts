import type { Pence } from '../../kernel/index.js';
import { penceAsNumber } from '../../kernel/index.js';
import type { OwnLineView } from './own-money.queries.js';

const SUMS = ['broughtIn', 'here', 'inPools', 'spent', 'goingHome', 'wentHome'] as const;

/** As the API tells it: sums in pence. */
export const ownLineJson = (line: OwnLineView) => ({
  id: line.id,
  reference: line.reference,
  bookId: line.bookId,
  bookName: line.bookName,
  ...(Object.fromEntries(SUMS.map((sum) => [`${sum}Pence`, penceAsNumber(line[sum] as Pence)])) as Record<`${(typeof SUMS)[number]}Pence`, number>),
});
