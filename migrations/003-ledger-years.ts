/** How many parts a financial year's transfers have, by book. Every statement locks every part of every year before it may pass them by:
 *  with 40 parts a page of movements cost 0.7 ms more than with none, so they are few. England's year is about 14 million transfers, 7 million
 *  a part; a larger house makes its years with more (`ledger_year(2029, 8)`). Our judgement, November 2026. */
const PARTS = 2;

/** `ledger_year(year, parts)`: the partition for the transfers booked from 1 April of `year` to 31 March, in parts by book. Does nothing where it
 *  exists. Answers its name. Nobody but the owner may touch a partition itself: reading and writing go through `transfer` and its walls. */
export const YEARS_FUNCTION = `
create function ledger_year(year int, parts int default ${PARTS}) returns text language plpgsql as $$
declare
  part text := 'transfer_' || year;
begin
  if to_regclass(part) is not null then return part; end if;
  execute format('create table %I partition of transfer for values from (%L) to (%L) partition by hash (book_id)', part, year || '-04-01', (year + 1) || '-04-01');
  for n in 0..parts - 1 loop
    execute format('create table %I partition of %I for values with (modulus %s, remainder %s)', part || '_' || n, part, parts, n);
    execute format('create trigger never_emptied before truncate on %I for each statement execute function refuse_change()', part || '_' || n);
  end loop;
  return part;
end $$;
revoke execute on function ledger_year from public;
`;
