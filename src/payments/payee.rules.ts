import { invalid } from '../kernel/index.js';

/** Six digits without dashes. Refuses everything else (`sort-code-not-understood`). Whether the bank exists is not checked here. */
export function readSortCode(text: string): string {
  const digits = text.replace(/[\s-]/g, '');
  if (!/^\d{6}$/.test(digits))
    throw invalid('sort-code-not-understood', 'Enter a sort code, like 30-90-70.', [
      { field: 'sortCode', message: 'Enter the 6 digits of the sort code, like 30-90-70' },
    ]);
  return digits;
}

/** Eight digits; older numbers of 6 or 7 are filled with zeros in front. Refuses everything else (`account-number-not-understood`). */
export function readAccountNumber(text: string): string {
  const digits = text.replace(/[\s-]/g, '');
  if (!/^\d{6,8}$/.test(digits))
    throw invalid('account-number-not-understood', 'Enter an account number of 6 to 8 digits.', [
      { field: 'accountNumber', message: 'Enter the account number, 6 to 8 digits' },
    ]);
  return digits.padStart(8, '0');
}
