/** What every `migrate` sees to, also when no migration is left to run: the ledger always has the financial year in hand and the two to come. */
export const upkeep: readonly string[] = [
  `select ledger_year(y) from generate_series(extract(year from current_date - interval '3 months')::int, extract(year from current_date - interval '3 months')::int + 2) as y`,
];
