/** One row of money: what it may have moved the balance by, and the balance printed beside it. Exact decimals (see decimal.ts). */
export interface BalanceRow {
  readonly asWritten: bigint;
  readonly turned: bigint;
  readonly balance: bigint | null;
}

/** How the rows of a file are to be read. */
export interface Reading {
  readonly newestFirst: boolean;
  /** True when the other sign is meant: money out written as a positive amount. */
  readonly turned: boolean;
  /** Places where the running balance does not follow; 0 when the file agrees with itself. */
  readonly breaks: number;
  readonly opening: bigint | null;
  readonly closing: bigint | null;
}

/** Finds order and sign by the running balance: the reading with the fewest breaks. Of equal readings the first: the order in which
 *  the dates run, signs as written. On a single day (`datesFall` null) the dates say nothing, so there the signs weigh more than the
 *  order. Without balances the dates alone decide. */
export function chooseReading(rows: readonly BalanceRow[], datesFall: boolean | null): Reading {
  const readings: Reading[] = [];
  if (datesFall === null) for (const turned of [false, true]) for (const newestFirst of [false, true]) readings.push(readAs(rows, turned, newestFirst));
  else for (const newestFirst of [datesFall, !datesFall]) for (const turned of [false, true]) readings.push(readAs(rows, turned, newestFirst));
  return readings.reduce((best, each) => (each.breaks < best.breaks ? each : best));
}

/** Walks the rows oldest first; rows without a balance (HSBC prints one a day) are summed up to the next that has one. */
function readAs(rows: readonly BalanceRow[], turned: boolean, newestFirst: boolean): Reading {
  let opening: bigint | null = null;
  let running = 0n;
  let breaks = 0;
  for (const row of newestFirst ? [...rows].reverse() : rows) {
    running += turned ? row.turned : row.asWritten;
    if (row.balance === null) continue;
    if (opening === null) opening = row.balance - running;
    else if (running !== row.balance) breaks += 1;
    running = row.balance;
  }
  return { newestFirst, turned, breaks, opening, closing: opening === null ? null : running };
}
