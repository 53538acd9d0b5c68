/** NHS numbers in the range 999 000 0000 to 999 999 9999, which is kept for tests and never given to anybody. Only 909,091 of them
 *  have a check digit: that is how many people an invented England can hold with a number each. */
export const NHS_NUMBER_COUNT = 909_091;

let middles: Uint32Array | undefined;

/** The `index`th NHS number of the test range, ten digits without spaces, check digit right (Modulus 11).
 *  Different for each index from 0 to 909,090; refuses (RangeError) any other. */
export function nhsNumberFor(index: number): string {
  if (!Number.isInteger(index) || index < 0 || index >= NHS_NUMBER_COUNT) throw new RangeError(`there is no test NHS number ${index}`);
  middles ??= middlesWithCheckDigit();
  const nine = `999${String(middles[index]!).padStart(6, '0')}`;
  return `${nine}${checkDigit(nine)}`;
}

/** Those numbers between 999 and the check digit for which there is one. */
function middlesWithCheckDigit(): Uint32Array {
  const found = new Uint32Array(NHS_NUMBER_COUNT);
  let count = 0;
  for (let middle = 0; middle < 1_000_000; middle++) if (checkDigit(`999${String(middle).padStart(6, '0')}`) !== 10) found[count++] = middle;
  return found;
}

/** Modulus 11 with weights 10 down to 2; 10 means that the nine digits make no NHS number. */
export function checkDigit(nine: string): number {
  let sum = 0;
  for (let i = 0; i < 9; i++) sum += (nine.charCodeAt(i) - 48) * (10 - i);
  return (11 - (sum % 11)) % 11;
}

/** An invented bank account: sort codes that begin with 00 belong to no bank and to no range of the published modulus table, so the
 *  check says "cannot be checked" and no payment could ever arrive. Different for each index from 0 to 89,999,999. */
export function bankDetailsFor(index: number): { readonly sortCode: string; readonly accountNumber: string } {
  if (!Number.isInteger(index) || index < 0 || index >= 90_000_000) throw new RangeError(`there is no invented account ${index}`);
  const sortCode = `00${String(index % 90).padStart(2, '0')}${String(10 + (index % 80))}`;
  return { sortCode, accountNumber: String(10_000_000 + index) };
}
