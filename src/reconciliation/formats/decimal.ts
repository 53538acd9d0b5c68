/** Decimal text of money, exactly: as a whole number of hundred-millionths. ISO 20022 allows five decimals; we take eight. */
const DECIMALS = 8;
const ONE = 10n ** BigInt(DECIMALS);

/** `12.50` as 1250000000n; null for what is no plain decimal (`1,200`, `12e3`, nine decimals). */
export function exactly(text: string): bigint | null {
  const match = /^([+-]?)(\d{1,20})(?:\.(\d{1,8}))?$/.exec(text);
  if (!match) return null;
  const size = BigInt(match[2]!) * ONE + BigInt((match[3] ?? '').padEnd(DECIMALS, '0'));
  return match[1] === '-' ? -size : size;
}

/** Back to text with at least two decimals: `-12.50`, `8.125`. */
export function decimalText(exact: bigint): string {
  const size = exact < 0n ? -exact : exact;
  const decimals = (size % ONE).toString().padStart(DECIMALS, '0').replace(/0+$/, '').padEnd(2, '0');
  return `${exact < 0n ? '-' : ''}${size / ONE}.${decimals}`;
}

/** Whole pence, or null when there is more than two significant decimals: `8.850` is 885 pence, `8.855` none. */
export function wholePence(exact: bigint): bigint | null {
  const penny = ONE / 100n;
  return exact % penny === 0n ? exact / penny : null;
}

/** An amount as people and banks write it: `£1,234.50`, `(12.00)`, `12.50-`, `1.234,56`, `12.00 DR`. Null if it is none. */
export function plainDecimal(written: string): string | null {
  let text = written
    .trim()
    .replaceAll('−', '-')
    .replace(/[\s'’\u00a0]/g, '');
  let negative = false;
  const marks = [/^\((.*)\)$/, /^(.*)-$/, /^(.*)(?:DR|OD)$/i];
  for (const mark of marks) {
    const match = mark.exec(text);
    if (!match) continue;
    negative = !negative;
    text = match[1]!;
    break;
  }
  text = text.replace(/CR$/i, '').replace(/^([+-]?)(?:[£$€]|GBP|EUR|USD)([+-]?)/i, '$1$2');
  if (text.startsWith('-')) negative = !negative;
  text = text.replace(/^[+-]/, '');
  if (/^\d{1,3}(?:\.\d{3})*,\d{1,2}$/.test(text) || /^\d+,\d{2}$/.test(text)) text = text.replaceAll('.', '').replace(',', '.');
  else if (/^\d{1,3}(?:,\d{3})+(?:\.\d+)?$/.test(text)) text = text.replaceAll(',', '');
  if (text.startsWith('.')) text = `0${text}`;
  if (exactly(text) === null) return null;
  return negative && exactly(text) !== 0n ? `-${text}` : text;
}
