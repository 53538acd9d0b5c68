import { invalid } from '../kernel/index.js';

/** Six digits, dashes and spaces aside. */
export function readSortCode(text: string): string {
  const digits = text.replace(/[\s-]/g, '');
  if (!/^\d{6}$/.test(digits))
    throw invalid('sort-code-not-understood', 'Enter the sort code as six digits, like 12-34-56.', [{ field: 'sortCode', message: 'Enter six digits.' }]);
  return digits;
}

/** Eight digits; older numbers of six or seven are filled with zeros in front. */
export function readAccountNumber(text: string): string {
  const digits = text.replace(/\s/g, '');
  if (!/^\d{6,8}$/.test(digits))
    throw invalid('account-number-not-understood', 'Enter the account number as eight digits.', [{ field: 'accountNumber', message: 'Enter eight digits.' }]);
  return digits.padStart(8, '0');
}
