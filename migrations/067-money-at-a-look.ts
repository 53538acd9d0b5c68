import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The sums of line `l`, and the names its two ids stand for. */
const SUMS = `select sum(posted_pence)::text as posted, sum(reserved_pence)::text as reserved, sum(remitting_pence)::text as remitting,
    sum(payable_pence)::text as payable, sum(spent_pence)::text as spent, (select name from book where id = l.book_id) as book,
    (select name from organisation where id = l.funder_id) as funder
  into sums from account where line_id = l.id and guarded;
  told := array_append(told, json_build_object('id', l.id, 'budgetId', l.budget_id, 'personId', l.person_id, 'planId', l.plan_id, 'name', l.name,
    'reference', l.reference, 'managed', l.managed, 'bookId', l.book_id, 'bookName', sums.book, 'funderId', l.funder_id, 'funderName', sums.funder,
    'agreed', l.agreed_pence::text, 'fromDay', l.from_day, 'untilDay', l.until_day, 'state', l.state, 'suspendedOn', l.suspended_on,
    'posted', coalesce(sums.posted, '0'), 'reserved', coalesce(sums.reserved, '0'), 'remitting', coalesce(sums.remitting, '0'),
    'payable', coalesce(sums.payable, '0'), 'spent', coalesce(sums.spent, '0')))`;

/** A page of money asks once: `read_money` answers the lines and whether there is own money beside them, where `read_budget_lines` and `has_own_money`
 *  were two questions. Each row is read once, and what is told is made of variables, which PL/pgSQL does without a query (docs/decisions/012). `set_scope`
 *  sets all six in one expression, for the same reason; it promises what it promised, so the way back leaves it. The two functions of before stay for the
 *  version that still asks them; the next migration that narrows may drop them. */
export class MoneyAtALook1700000000067 implements MigrationInterface {
  name = 'MoneyAtALook1700000000067';

  async up(q: QueryRunner): Promise<void> {
    await q.query(`
      create or replace function set_scope(scope text[]) returns void language plpgsql as $$
      declare
        done text;
      begin
        done := set_config('app.icbs', scope[1], true) || set_config('app.books', scope[2], true) || set_config('app.pools', scope[3], true)
          || set_config('app.person', scope[4], true) || set_config('app.provider', scope[5], true) || set_config('app.places', scope[6], true);
      end $$;

      create function read_money(the_line uuid, the_person uuid, books uuid[], people uuid[], icbs uuid[], today date)
      returns json language plpgsql set plan_cache_mode = force_generic_plan as $$
      declare
        whose uuid := the_person;
        seen uuid[] := nullif(current_setting('app.person', true), '')::uuid[];
        l budget_line;
        its_icb uuid;
        sums record;
        told json[] := '{}';
        done text;
      begin
        if the_line is not null then
          select * into l from budget_line where id = the_line;
          whose := l.person_id;
        end if;
        if whose is null then return null; end if;
        if not coalesce(l.book_id = any(books) or whose = any(people), false) then
          select icb_id into its_icb from responsibility where person_id = whose and from_day <= today and (until_day is null or until_day > today)
            order by from_day desc limit 1;
          if not coalesce(its_icb = any(icbs), false) then return null; end if;
        end if;
        -- Who may look at this person's budget sees the money of this person, and of no other.
        if not coalesce(whose = any(seen), false) then done := set_config('app.person', array_append(seen, whose)::text, true); end if;

        if the_line is not null then
          ${SUMS};
          return json_build_object('lines', told);
        end if;
        for l in select * from budget_line where person_id = the_person order by state desc, from_day desc, id limit 100 loop
          ${SUMS};
        end loop;
        return json_build_object('lines', told, 'ownMoney', exists (select 1 from own_line where person_id = the_person));
      end $$;
      grant execute on function read_money to commonpurse_app;
    `);
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query('drop function read_money');
  }
}
