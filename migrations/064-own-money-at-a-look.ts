import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Whether somebody has own money with anybody: asked with every page of money, so it shares the journey of the page's lines (decision 12). Runs as the
 *  caller, in the scope that `Database.ask` set. */
export class OwnMoneyAtALook1700000000064 implements MigrationInterface {
  name = 'OwnMoneyAtALook1700000000064';

  async up(q: QueryRunner): Promise<void> {
    await q.query(`
      create function has_own_money(the_person uuid) returns boolean language sql stable as 'select exists (select 1 from own_line where person_id = the_person)';
      grant execute on function has_own_money to commonpurse_app;
    `);
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query('drop function has_own_money');
  }
}
