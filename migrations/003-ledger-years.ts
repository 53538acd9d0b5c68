/** How many parts a financial year's transfers have, by book. Our judgement, November 2026: England's year is about 14 million transfers. */
const PARTS = 4;

/** `ledger_year(year)`: the partition for the transfers booked from 1 April of `year` to 31 March, in parts by book. Does nothing where it
 *  exists. Answers its name. Nobody but the owner may touch a partition itself: reading and writing go through `transfer` and its walls. */
export const YEARS_FUNCTION = `
create function ledger_year(year int) returns text language plpgsql as $$
declare
  part text := 'transfer_' || year;
begin
  if to_regclass(part) is not null then return part; end if;
  execute format('create table %I partition of transfer for values from (%L) to (%L) partition by hash (book_id)', part, year || '-04-01', (year + 1) || '-04-01');
  for n in 0..${PARTS - 1} loop
    execute format('create table %I partition of %I for values with (modulus ${PARTS}, remainder %s)', part || '_' || n, part, n);
    execute format('create trigger never_emptied before truncate on %I for each statement execute function refuse_change()', part || '_' || n);
  end loop;
  return part;
end $$;
revoke execute on function ledger_year from public;
`;
