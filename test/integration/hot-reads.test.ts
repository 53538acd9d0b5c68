/** Hot reads answer what the plain path answers, to whoever asks (docs/decisions: hot reads). */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { BudgetQueries, OwnLines } from '../../src/budgets/index.js';
import type { Actor, BudgetLineId, OrganisationId, PersonId } from '../../src/kernel/index.js';
import { newId, systemActor } from '../../src/kernel/index.js';
import { Grants, People } from '../../src/identity/index.js';
import type { PoolingHouse } from '../support/pooling-house.js';
import { poolingHouse } from '../support/pooling-house.js';

type Found = { readonly id?: string; readonly refused?: string };

/** What was answered, or the code of the refusal. */
const told = (work: Promise<unknown>): Promise<unknown> => work.catch((error: { code?: string }) => ({ refused: error.code ?? String(error) }));

describe('a line and the lines of a person', () => {
  let house: PoolingHouse;
  let budgets: BudgetQueries;
  const readers = new Map<string, Actor>();

  beforeAll(async () => {
    house = await poolingHouse();
    budgets = house.app.get(BudgetQueries, { strict: false });
    await house.fundedPool(15);
    const other = newId<'person'>() as PersonId;
    const elsewhere = newId<'organisation'>() as OrganisationId;
    const founder = systemActor('test', { people: [other], icbs: [elsewhere] });
    await house.database.transaction(founder, async (tx) => {
      await tx.run(`insert into organisation (id, kind, name, valid_from) values ($1, 'icb', 'Another invented ICB', '2022-07-01')`, [elsewhere]);
      await house.app.get(People, { strict: false }).register(tx, founder, { id: other, firstName: 'Otto', familyName: 'Invented' });
      await house.app
        .get(Grants, { strict: false })
        .give(tx, founder, { person: other, role: 'care-coordinator', on: 'icb', id: elsewhere, reason: 'employed' });
    });
    for (const [name, person] of Object.entries({
      holder: house.asha,
      member: house.bola,
      decider: house.olu,
      finance: house.pat,
      treasurer: house.tess,
      broker: house.femi,
      stranger: other,
    }))
      readers.set(name, await house.as(person as PersonId));
  }, 120_000);
  afterAll(() => house.close());

  it.each(['holder', 'member', 'decider', 'finance', 'treasurer', 'broker', 'stranger'])('are the same to the %s by both ways', async (who) => {
    const reader = readers.get(who)!;
    for (const { id, lineId } of house.members) {
      expect(await told(budgets.line(reader, lineId))).toEqual(await told(budgets.linePlainly(reader, lineId)));
      const look = { about: id, noun: 'budget', why: 'budget' };
      expect(await told(budgets.moneyOf(reader, id))).toEqual(await told(budgets.moneyOfPlainly(reader, id, look)));
    }
  });

  it('tell of own money to whose it is, and to nobody else', async () => {
    const { id } = house.asha;
    const has = async (who: string): Promise<boolean> => (await budgets.moneyOf(readers.get(who)!, id)).hasOwnMoney;
    expect([await has('holder'), await has('decider')]).toEqual([false, false]);
    await house.database.transaction(house.everything(), (tx) => house.app.get(OwnLines, { strict: false }).open(tx, id, house.t));
    expect([await has('holder'), await has('decider')]).toEqual([true, false]);
    const look = { about: id, noun: 'budget', why: 'budget' };
    for (const who of ['holder', 'decider'])
      expect(await told(budgets.moneyOfPlainly(readers.get(who)!, id, look))).toEqual(await told(budgets.moneyOf(readers.get(who)!, id)));
  });

  it('are found by the holder and by the board’s people, and by nobody else', async () => {
    const found = async (who: string, line: BudgetLineId): Promise<unknown> => {
      const reader = readers.get(who)!;
      const [answer, moved] = (await Promise.all([told(budgets.line(reader, line)), told(budgets.movements(reader, line, { limit: 5 }))])) as Found[];
      expect(moved!.refused).toBe(answer!.refused);
      return answer!.id === line ? 'found' : answer!.refused;
    };
    const { lineId } = house.asha;
    expect([await found('holder', lineId), await found('decider', lineId)]).toEqual(['found', 'found']);
    expect([await found('stranger', lineId), await found('member', lineId)]).toEqual(['not-found', 'not-found']);
  });

  it('tell what moved page by page', async () => {
    const holder = readers.get('holder')!;
    const { lineId } = house.asha;
    const whole = await budgets.movements(holder, lineId, { limit: 50 });
    expect(whole.length).toBeGreaterThan(1);
    const first = await budgets.movements(holder, lineId, { limit: 1 });
    const next = await budgets.movements(holder, lineId, { limit: 50, before: first[0]!.id });
    expect([...first, ...next]).toEqual(whole);
  });

  it('write down who looked, by either way, and not that a person looked at their own', async () => {
    const looks = (): Promise<{ n: bigint }[]> =>
      house.database.read(systemActor('test', { people: [house.asha.id] }), (tx) =>
        tx.rows(`select count(*) as n from audit_event where about_person = $1 and action = 'record:viewed'`, [house.asha.id]),
      );
    const [before] = await looks();
    await budgets.line(readers.get('holder')!, house.asha.lineId);
    await budgets.movements(readers.get('holder')!, house.asha.lineId, { limit: 1 });
    expect(await looks()).toEqual([before]);
    await budgets.line(readers.get('decider')!, house.asha.lineId);
    await budgets.movements(readers.get('decider')!, house.asha.lineId, { limit: 1 });
    await budgets.linesOf(readers.get('decider')!, house.asha.id);
    const [after] = await looks();
    expect(after!.n - before!.n).toBe(3n);
    await budgets.lineAndMovements(readers.get('decider')!, house.asha.lineId, { limit: 1 });
    const [both] = await looks();
    expect(both!.n - after!.n).toBe(1n);
  });
});
