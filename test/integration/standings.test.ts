/** What was free at any past day or moment, in a line, its shares and a funder's: through the API, over a whole life, against what was answered then. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { livedLife } from '../support/lived-life.js';
import type { Caller } from '../support/house.js';
import type { WorkedLife } from '../support/worked-life-house.js';

interface Standing {
  freePence: number;
  items: {
    kind: string;
    bookId: string;
    poolId: string | null;
    postedPence: number;
    reservedPence: number;
    freePence: number;
    movements: { balancePence: number }[];
  }[];
}

describe('a past day', () => {
  let life: WorkedLife;
  let auditor: Caller;
  beforeAll(async () => {
    ({ life } = await livedLife());
    auditor = await life.house.person('Tess', [{ role: 'auditor', on: 'book', id: life.books.T }]);
  }, 120_000);
  afterAll(() => life?.house.close());

  const standing = async (path: string, who: Caller): Promise<Standing> => {
    const answer = await who.get<Standing>(path);
    if (answer.status !== 200) throw new Error(`${path}: ${answer.status} ${JSON.stringify(answer.body)}`);
    return answer.body;
  };
  const rows = <T>(sql: string, values: unknown[] = []): Promise<T[]> => life.house.database.read(life.everything, (tx) => tx.rows<T>(sql, values));

  it('now, is what the line’s own numbers say', async () => {
    for (const letter of ['A', 'B', 'C'] as const) {
      const who = life.people[letter];
      const [line] = (await who.get(`people/${who.id}/budget-lines`)).body.items;
      const now = await standing(`budget-lines/${life.lines[letter]}/standing`, who);
      expect(now.freePence).toBe(line.numbers?.freePence ?? line.freePence);
      for (const each of now.items) {
        expect(each.freePence).toBe(each.postedPence - each.reservedPence);
        expect(each.movements[0]?.balancePence ?? 0).toBe(each.postedPence);
      }
    }
  });

  it('at the moment of every booking, is what the rows until then come to', async () => {
    const { B } = life.people;
    const moments = await rows<{ at: Date }>('select distinct booked_at as at from transfer where line_id = $1 order by 1', [life.lines.B]);
    expect(moments.length).toBeGreaterThan(3);
    for (const { at } of moments) {
      const [sum] = await rows<{ free: bigint }>(
        `select (select coalesce(sum(case when credit_account_id = a.id then amount_pence else -amount_pence end), 0) from transfer t
            where a.id in (t.credit_account_id, t.debit_account_id) and t.booked_at <= $2)
          - (select coalesce(sum(r.amount_pence), 0) from reservation r where r.account_id = a.id and r.made_at <= $2)
          + (select coalesce(sum(t.amount_pence), 0) from transfer t join reservation r on r.id = t.reservation_id where r.account_id = a.id and t.booked_at <= $2)
          + (select coalesce(sum(x.amount_pence), 0) from reservation_end x join reservation r on r.id = x.reservation_id where r.account_id = a.id and x.at <= $2) as free
         from account a where a.line_id = $1 and a.kind = 'share'`,
        [life.lines.B, at],
      );
      const then = await standing(`budget-lines/${life.lines.B}/standing?at=${at.toISOString()}`, B);
      expect(then.items.find((each) => each.kind === 'share')!.freePence).toBe(Number(sum!.free));
    }
    const before = await standing(`budget-lines/${life.lines.B}/standing?on=2026-03-31`, B);
    expect(before.freePence).toBe(0);
  });

  it('inside one book alone for who reads that book, by the reference; and nobody else', async () => {
    const inT = `books/${life.books.T}/standing?reference=${life.references.C}`;
    const mine = await standing(inT, auditor);
    expect(mine.items.every((each) => each.bookId === life.books.T && each.kind === 'share')).toBe(true);
    expect(mine.items).toHaveLength(1);
    expect(
      await rows(`select about_person as about, noun_id as line from audit_event where action = 'record:viewed' and noun = 'budget-line' and actor = $1`, [
        auditor.id,
      ]),
    ).toEqual([{ about: life.people.C.id, line: life.lines.C }]);
    const whole = await standing(`budget-lines/${life.lines.C}/standing`, life.people.C);
    expect(whole.items.length).toBeGreaterThan(1);
    expect(await auditor.get(`books/${life.books.T}/standing?reference=LIN-AAAA-AAAA`)).toMatchObject({ status: 422, body: { code: 'reference-not-known' } });
    expect((await auditor.get(`books/${life.books.N}/standing?reference=${life.references.A}`)).status).toBe(404);
    expect((await life.people.A.get(`budget-lines/${life.lines.C}/standing`)).status).toBe(404);
    expect((await auditor.get(`${inT}&on=2026-04-30&at=2026-04-30T10:00:00Z`)).body).toMatchObject({ code: 'one-moment' });
    expect((await auditor.get(`${inT}&on=yesterday`)).status).toBe(422);
  });
});
