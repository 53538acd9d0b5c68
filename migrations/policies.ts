/** The words every row-level-security policy is written with. The form matters: `nullif` makes "unset" see nothing on a used
 *  connection too, and the subselect is computed once a statement instead of once a row. */
const setting = (name: string, type: string): string => `((select nullif(current_setting('app.${name}', true), '')::${type}[])::${type}[])`;

export const inIcbs = (column: string): string => `${column} = any ${setting('icbs', 'uuid')}`;
export const inBooks = (column: string): string => `${column} = any ${setting('books', 'uuid')}`;
export const inPools = (column: string): string => `${column} = any ${setting('pools', 'uuid')}`;
export const inPeople = (column: string): string => `${column} = any ${setting('person', 'uuid')}`;
/** Where a column holds several books: each of them sees the row. */
export const anyInBooks = (column: string): string => `${column} && ${setting('books', 'uuid')}`;
/** Where a column holds several people: each of them sees the row. */
export const anyInPeople = (column: string): string => `${column} && ${setting('person', 'uuid')}`;
export const inProviders = (column: string): string => `${column} = any ${setting('provider', 'uuid')}`;
export const inPlaces = (column: string): string => `${column} = any ${setting('places', 'text')}`;

/** People are seen by themselves and those who act for them, and through the ICB responsible for them today. */
export const seesPerson = (column: string): string => `(${inPeople(column)} or ${column} in (
  select r.person_id from responsibility r where ${inIcbs('r.icb_id')} and r.from_day <= current_date and (r.until_day is null or r.until_day > current_date)))`;

/** Switches forced row-level security on, with one policy for reading and one for writing. */
export function wall(table: string, using: string, check: string = using): string {
  return `
    alter table ${table} enable row level security;
    alter table ${table} force row level security;
    create policy read_${table} on ${table} for select using (${using});
    create policy add_${table} on ${table} for insert with check (${check});
    create policy change_${table} on ${table} for update using (${using}) with check (${check});
    create policy remove_${table} on ${table} for delete using (${using});`;
}

/** Refuses UPDATE, DELETE and TRUNCATE of rows for everybody, the owner included. */
export function appendOnly(table: string): string {
  return `
    create trigger ${table}_append_only before update or delete on ${table} for each row execute function refuse_change();
    create trigger ${table}_never_emptied before truncate on ${table} for each statement execute function refuse_change();`;
}
