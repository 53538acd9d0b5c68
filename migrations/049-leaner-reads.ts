import type { MigrationInterface, QueryRunner } from 'typeorm';

const SETTINGS = ['icbs', 'books', 'pools', 'person', 'provider', 'places'];

/** A line with its figures, as `read_budget_lines` tells it. */
const LINE = `select l.id, l.budget_id as "budgetId", l.person_id as "personId", l.plan_id as "planId", l.name, l.reference, l.managed, l.book_id as "bookId",
    (select name from book where id = l.book_id) as "bookName", l.funder_id as "funderId", (select name from organisation where id = l.funder_id) as "funderName",
    l.agreed_pence::text as agreed, l.from_day as "fromDay", l.until_day as "untilDay", l.state, l.suspended_on as "suspendedOn",
    coalesce(a.posted, '0') as posted, coalesce(a.reserved, '0') as reserved, coalesce(a.remitting, '0') as remitting, coalesce(a.payable, '0') as payable,
    coalesce(a.spent, '0') as spent
  from budget_line l left join lateral (
    select sum(posted_pence)::text as posted, sum(reserved_pence)::text as reserved, sum(remitting_pence)::text as remitting, sum(payable_pence)::text as payable,
      sum(spent_pence)::text as spent from account where line_id = l.id and guarded) a on true`;

/** Who is responsible for a person today. */
const responsibleFor = (person: string): string =>
  `(select r.icb_id from responsibility r where r.person_id = ${person} and r.from_day <= today and (r.until_day is null or r.until_day > today) order by r.from_day desc limit 1)`;

/** The same answers for less (docs/decisions/012): a setting that is as it should be already is left alone, a line and who is responsible for its person are
 *  one question, and that is found by a plain index. */
export class LeanerReads1700000000049 implements MigrationInterface {
  name = 'LeanerReads1700000000049';

  async up(q: QueryRunner): Promise<void> {
    await q.query(`
      create index responsibility_by_person on responsibility (person_id, from_day desc);

      create or replace function set_scope(scope text[]) returns void language plpgsql as $$
      begin
        ${SETTINGS.map(
          (name, n) =>
            `if coalesce(nullif(current_setting('app.${name}', true), ''), '{}') <> scope[${n + 1}] then perform set_config('app.${name}', scope[${n + 1}], true); end if;`,
        ).join('\n        ')}
      end $$;

      create or replace function read_budget_lines(the_line uuid, the_person uuid, books uuid[], people uuid[], icbs uuid[], today date)
      returns json language plpgsql set plan_cache_mode = force_generic_plan as $$
      declare
        whose uuid := the_person;
        seen uuid[] := nullif(current_setting('app.person', true), '')::uuid[];
        its_book uuid;
        its_icb uuid;
        found_lines json;
      begin
        if the_line is not null then
          select l.person_id, l.book_id, ${responsibleFor('l.person_id')} into whose, its_book, its_icb from budget_line l where l.id = the_line;
        elsif not coalesce(whose = any(people), false) then
          its_icb := ${responsibleFor('whose')};
        end if;
        if whose is null or not coalesce(its_book = any(books) or whose = any(people) or its_icb = any(icbs), false) then return null; end if;
        -- Who may look at this person's budget sees the money of this person, and of no other.
        if not coalesce(whose = any(seen), false) then perform set_config('app.person', array_append(seen, whose)::text, true); end if;

        if the_line is not null then
          select json_build_array(row_to_json(l)) into found_lines from (${LINE} where l.id = the_line) l;
        else
          select coalesce(json_agg(l), '[]') into found_lines from (${LINE} where l.person_id = the_person order by l.state desc, l.from_day desc, l.id limit 100) l;
        end if;
        return found_lines;
      end $$;
    `);
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query('drop index responsibility_by_person');
  }
}
