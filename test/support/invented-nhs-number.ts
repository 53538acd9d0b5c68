/** The n-th number of the range kept for tests, 999, with its check digit; none where that would be 10. */
export function inventedNhsNumber(n: number): string {
  for (let at = 0, found = 0; ; at += 1) {
    const digits = `999${String(at).padStart(6, '0')}`;
    const check = (11 - ([...digits].reduce((sum, digit, i) => sum + Number(digit) * (10 - i), 0) % 11)) % 11;
    if (check < 10 && (found += 1) === n) return digits + check;
  }
}
