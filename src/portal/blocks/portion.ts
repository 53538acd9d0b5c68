import { penceAsNumber, type Pence } from '../../kernel/index.js';

/** How much of `whole` a part is, from 0 to 100, for drawing only; parts below zero and wholes of nothing draw nothing. */
export function portionOf(part: Pence, whole: Pence): number {
  if (whole <= 0n || part <= 0n) return 0;
  return Math.min(100, (penceAsNumber(part) / penceAsNumber(whole)) * 100);
}

/** A percentage in words: whole numbers, and "less than 1%" and "more than 99%" where rounding would say nothing or all. */
export function percentOf(part: Pence, whole: Pence): string {
  const portion = portionOf(part, whole);
  if (portion > 0 && portion < 1) return 'less than 1%';
  if (portion > 99 && portion < 100) return 'more than 99%';
  return `${Math.round(portion)}%`;
}
