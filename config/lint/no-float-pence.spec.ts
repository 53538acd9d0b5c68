import { describe, expect, it } from '@jest/globals';
import { Linter } from 'eslint';

interface Rule {
  readonly noFloatPence: NonNullable<NonNullable<Linter.Config['plugins']>[string]['rules']>[string];
}
const { noFloatPence } = (await import('./no-float-pence.mjs' as string)) as Rule;

const faultsIn = (code: string): string[] =>
  new Linter()
    .verify(code, [{ plugins: { house: { rules: { 'no-float-pence': noFloatPence } } }, rules: { 'house/no-float-pence': 'error' } }])
    .map((fault) => fault.message);

describe('no-float-pence', () => {
  it.each([
    'Number(pricePence)',
    'Number(line.agreedPence)',
    'Number(totals["x"].pence)',
    'parseFloat(body.pricePence)',
    'parseInt(pricePence, 10)',
    'Number.parseFloat(pricePence)',
    'Math.round(pricePence / 3)',
    'Math.floor(share * costPence())',
    '(freePence / 100).toFixed(2)',
    '+pricePence',
    'Math.round(penceAsNumber(sharePence) / 100)',
  ])('refuses %s', (code) => {
    expect(faultsIn(code)).toHaveLength(1);
  });

  it.each([
    'Number(page)',
    'Math.round(ms / 1000)',
    'penceAsNumber(sum)',
    'BigInt(pricePence)',
    'ratio.toFixed(2)',
    '+text',
    'Number(rows.filter((row) => row.pence > 0n).length)',
  ])('allows %s', (code) => {
    expect(faultsIn(code)).toEqual([]);
  });
});
