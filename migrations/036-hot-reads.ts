import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A line with its figures, as `read_budget_lines` tells it. */
const LINE = `select l.id, l.budget_id as "budgetId", l.person_id as "personId", l.plan_id as "planId", l.name, l.reference, l.managed, l.book_id as "bookId",
    (select name from book where id = l.book_id) as "bookName", l.funder_id as "funderId", (select name from organisation where id = l.funder_id) as "funderName",
    l.agreed_pence::text as agreed, l.from_day as "fromDay", l.until_day as "untilDay", l.state, l.suspended_on as "suspendedOn",
    coalesce(a.posted, '0') as posted, coalesce(a.reserved, '0') as reserved, coalesce(a.remitting, '0') as remitting, coalesce(a.payable, '0') as payable,
    coalesce(a.spent, '0') as spent
  from budget_line l left join lateral (
    select sum(posted_pence)::text as posted, sum(reserved_pence)::text as reserved, sum(remitting_pence)::text as remitting, sum(payable_pence)::text as payable,
      sum(spent_pence)::text as spent from account where line_id = l.id and guarded) a on true`;

/** Reads that are asked so often that they are one statement: scope, rows, who may and figures in one journey (docs/decisions: hot reads). They run as the caller, in the scope that `Database.ask` set, so every wall holds. */
export class HotReads1700000000036 implements MigrationInterface {
  name = 'HotReads1700000000036';

  async up(q: QueryRunner): Promise<void> {
    await q.query(`
      create function read_budget_lines(the_line uuid, the_person uuid, books uuid[], people uuid[], icbs uuid[], today date)
      returns json language plpgsql set plan_cache_mode = force_generic_plan as $$
      declare
        whose uuid := the_person;
        seen uuid[] := nullif(current_setting('app.person', true), '')::uuid[];
        its_book uuid;
        found_lines json;
      begin
        if the_line is not null then select person_id, book_id into whose, its_book from budget_line where id = the_line; end if;
        if whose is null then return null; end if;
        if not coalesce(its_book = any(books) or whose = any(people)
            or (select icb_id from responsibility where person_id = whose and from_day <= today and (until_day is null or until_day > today)
                order by from_day desc limit 1) = any(icbs), false) then
          return null; end if;
        -- Who may look at this person's budget sees the money of this person, and of no other.
        if not coalesce(whose = any(seen), false) then perform set_config('app.person', array_append(seen, whose)::text, true); end if;

        if the_line is not null then
          select json_build_array(row_to_json(l)) into found_lines from (${LINE} where l.id = the_line) l;
        else
          select coalesce(json_agg(l), '[]') into found_lines from (${LINE} where l.person_id = the_person order by l.state desc, l.from_day desc, l.id limit 100) l;
        end if;
        return found_lines;
      end $$;
      grant execute on function read_budget_lines to commonpurse_app;
    `);
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query('drop function read_budget_lines');
  }
}
