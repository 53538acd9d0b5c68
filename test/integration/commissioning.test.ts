/** What the ICB decides after a plan was agreed and funded: each with its statutory reason, out of what is free and nothing else. */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import request from 'supertest';
import { BudgetLines, BudgetQueries } from '../../src/budgets/index.js';
import { LaterDecisions } from '../../src/commissioning/index.js';
import type { DomainError, LocalDate } from '../../src/kernel/index.js';
import { addDays, pence, systemActor } from '../../src/kernel/index.js';
import type { PlanId } from '../../src/plans/index.js';
import { Plans } from '../../src/plans/index.js';
import { JobRegistry } from '../../src/platform/index.js';
import type { Holder, PoolingHouse } from '../support/pooling-house.js';
import { poolingHouse } from '../support/pooling-house.js';

describe('later decisions of the ICB', () => {
  let house: PoolingHouse;
  let later: LaterDecisions;

  beforeAll(async () => {
    house = await poolingHouse();
    later = house.app.get(LaterDecisions);
  });
  afterAll(() => house.close());
  let now: Date;
  beforeEach(() => void (now = house.clock.now()));
  afterEach(async () => {
    expect(await house.faults()).toEqual([]);
    house.clock.set(now);
  });

  const code = (work: Promise<unknown>): Promise<string> =>
    work.then(
      () => 'done',
      (error: unknown) => (error as DomainError).code,
    );
  const row = <T>(sql: string, ...values: unknown[]): Promise<T | undefined> => house.database.read(house.everything(), (tx) => tx.row<T>(sql, values));
  const planOf = async (of: Holder): Promise<PlanId> => (await row<{ id: PlanId }>('select plan_id as id from budget_line where id = $1', of.lineId))!.id;
  const lineOf = (of: Holder) =>
    row('select agreed_pence as agreed, state, until_day as "untilDay", suspended_on as "suspendedOn" from budget_line where id = $1', of.lineId);
  const decisions = (of: Holder) =>
    house.database.read(house.everything(), (tx) =>
      tx.rows<Record<string, unknown>>(
        'select kind, statute, ground, said, amount_pence as amount, taken_pence as taken, on_day as "onDay" from decision where person_id = $1 order by id desc limit 1',
        [of.id],
      ),
    );
  const numbers = async (of: Holder) =>
    house.database.read(house.everything(), async (tx) => (await house.app.get(BudgetQueries).fourNumbers(tx, [of.lineId])).get(of.lineId));
  const olu = () => house.as(house.olu);
  const because = { reason: 'Looked at together.' };
  const day = (text: string): LocalDate => text as LocalDate;

  it('reviews a plan, which goes on until the next review within a year', async () => {
    const plan = await planOf(house.asha);
    const review = (nextReviewOn: string) =>
      code(olu().then((actor) => later.review(actor, plan, { ...because, ground: 'asked', nextReviewOn: day(nextReviewOn) })));
    expect([await review('2027-11-21'), await review('2026-11-20'), await review('2027-05-20')]).toEqual(['review-day-wrong', 'review-day-wrong', 'done']);
    expect(await row('select state, review_on as "reviewOn" from plan where id = $1', plan)).toEqual({ state: 'agreed', reviewOn: '2027-05-20' });
    expect(await decisions(house.asha)).toEqual([
      { kind: 'review', statute: 'S.I. 2013/1617 reg. 14', ground: 'asked', said: null, amount: null, taken: null, onDay: '2027-05-20' },
    ]);
  });

  it('reduces a notional line out of what is free in it, never out of a pool or below what is committed', async () => {
    const pool = await house.fundedPool(300);
    await house.committed(pool, 6_000, 4);
    const plan = await planOf(house.asha);
    expect(await numbers(house.asha)).toMatchObject({ agreed: 120_000n, committed: 8_000n, free: 112_000n });
    const reduce = async (amount: number) =>
      code(later.reduce(await olu(), plan, { ...because, ground: 'still-enough', lineId: house.asha.lineId, amountPence: pence(amount) }));
    expect([await reduce(90_001), await reduce(20_000)]).toEqual(['more-than-free', 'done']);
    expect(await numbers(house.asha)).toMatchObject({ agreed: 100_000n, committed: 8_000n, free: 92_000n, stillToCome: 0n });
    expect(await house.balance(house.line(house.asha))).toEqual({ posted: 70_000, reserved: 0, free: 70_000 });
    expect(await house.balance(house.share(pool, house.asha))).toEqual({ posted: 30_000, reserved: 8_000, free: 22_000 });
    expect(await decisions(house.asha)).toMatchObject([{ kind: 'reduce', amount: 20_000n, taken: 20_000n }]);
  });

  it('reduces a cash line by what is still to come, and not by what has arrived', async () => {
    const plan = await planOf(house.bola);
    const reduce = async (amount: number) =>
      code(later.reduce(await olu(), plan, { ...because, ground: 'unspent', lineId: house.bola.lineId, amountPence: pence(amount) }));
    expect([await reduce(20_001), await reduce(15_000)]).toEqual(['more-than-free', 'done']);
    expect(await numbers(house.bola)).toMatchObject({ agreed: 105_000n, stillToCome: 5_000n });
    expect(await decisions(house.bola)).toMatchObject([{ kind: 'reduce', amount: 15_000n, taken: 0n }]);
  });

  it('suspends money: nothing new goes into a pool or is bought, until it is lifted', async () => {
    const plan = await planOf(house.bola);
    const pool = await house.startedPool();
    const suspend = async (lookAgainOn: LocalDate) => code(later.suspend(await olu(), plan, { ...because, ground: 'outside-plan', lookAgainOn }));
    expect(await suspend(addDays(house.today, 57))).toBe('suspended-too-long');
    expect(await suspend(addDays(house.today, 30))).toBe('done');
    expect(await suspend(addDays(house.today, 30))).toBe('no-open-line');
    expect(await lineOf(house.bola)).toMatchObject({ state: 'open', suspendedOn: '2026-11-20' });
    expect(await row('select review_on as "reviewOn" from plan where id = $1', plan)).toEqual({ reviewOn: '2026-12-20' });
    expect(await code(house.putIn(pool, house.bola, 10))).toBe('line-suspended');
    expect(await code(later.resume(await olu(), plan, { ...because, lineId: house.bola.lineId }))).toBe('done');
    expect(await code(later.resume(await olu(), plan, { ...because, lineId: house.bola.lineId }))).toBe('line-not-suspended');
    expect(await code(house.putIn(pool, house.bola, 10))).toBe('done');
  });

  it('holds a commitment back while a member’s money is suspended', async () => {
    const pool = await house.fundedPool(50);
    const quote = await house.chosenQuote(pool, house.members, 3_000, 2);
    const plan = await planOf(house.bola);
    await later.suspend(await olu(), plan, { ...because, ground: 'offence', lineId: house.bola.lineId, lookAgainOn: addDays(house.today, 14) });
    const commit = async () => code(house.purchases.commit(await house.as(house.femi), quote, { days: [addDays(house.today, 7), addDays(house.today, 14)] }));
    expect(await commit()).toBe('share-short');
    await later.resume(await olu(), plan, because);
    expect(await commit()).toBe('done');
  });

  it('stops one line after notice: it ends on its day, and what is committed is still there to be paid', async () => {
    const plan = await planOf(house.carys);
    const pool = await house.fundedPool(60);
    await house.committed(pool, 3_000, 4);
    const before = await house.balance(house.share(pool, house.carys));
    const stop = async (endsOn: LocalDate) => code(later.stop(await olu(), plan, { ...because, ground: 'needs-not-met', lineId: house.carys.lineId, endsOn }));
    expect([await stop(addDays(house.today, 27)), await stop(addDays(house.today, 28))]).toEqual(['notice-too-short', 'done']);
    expect(await lineOf(house.carys)).toMatchObject({ state: 'open', untilDay: '2026-12-18' });
    house.clock.set(new Date('2026-12-18T01:00:00Z'));
    const people = [house.carys.id];
    const end = () => house.database.transaction(systemActor('test', { people }), (tx) => house.app.get(BudgetLines).endDue(tx, people, house.today));
    expect([await end(), await end()]).toEqual([1, 0]);
    expect(await lineOf(house.carys)).toMatchObject({ state: 'ended' });
    expect(await code(house.putIn(pool, house.carys, 10))).toBe('line-ended');
    expect(await house.balance(house.share(pool, house.carys))).toEqual(before);
    expect(await row('select state from plan where id = $1', plan)).toEqual({ state: 'agreed' });
  });

  it('asks money back: what is free in the ICB’s own book goes at once, the rest stays asked, and a pool is never touched', async () => {
    const { lineId } = house.asha;
    const ask = { ...because, said: 'I kept it for the summer.', ground: 'unspent', lineId, answerBy: addDays(house.today, 28) } as const;
    const plan = await planOf(house.asha);
    expect(await code(later.reclaim(await olu(), plan, { ...ask, amountPence: pence(500), answerBy: addDays(house.today, 27) }))).toBe('time-too-short');
    expect(await code(later.reclaim(await olu(), plan, { ...ask, amountPence: pence(100_001) }))).toBe('more-than-agreed');
    const asked = await later.reclaim(await olu(), plan, { ...ask, amountPence: pence(80_000) }, 'reclaim-once');
    expect(asked).toMatchObject({ takenPence: 59_000, stillAskedPence: 21_000, agreedPence: 41_000 });
    expect(await later.reclaim(await olu(), plan, { ...ask, amountPence: pence(80_000) }, 'reclaim-once')).toEqual(asked);
    expect(await numbers(house.asha)).toMatchObject({ agreed: 41_000n, committed: 14_000n, free: 27_000n });
    expect(await decisions(house.asha)).toMatchObject([{ kind: 'reclaim', said: 'I kept it for the summer.', amount: 80_000n, taken: 59_000n }]);
    expect(
      await later.reclaim(await olu(), await planOf(house.carys), { ...ask, lineId: house.carys.lineId, ground: 'outside-plan', amountPence: pence(4_000) }),
    ).toMatchObject({ takenPence: 0, stillAskedPence: 4_000 });
  });

  it('stops a plan with all of its lines, at once when consent is gone', async () => {
    const plan = await planOf(house.asha);
    expect(await later.stop(await olu(), plan, { ...because, ground: 'consent-withdrawn', endsOn: house.today })).toMatchObject({
      planState: 'ended',
      lineIds: [house.asha.lineId],
    });
    expect(await lineOf(house.asha)).toMatchObject({ state: 'ended', untilDay: '2026-11-20' });
    expect(await code(later.stop(await olu(), plan, { ...because, ground: 'consent-withdrawn', endsOn: house.today }))).toBe('plan-not-agreed');
    expect(await code(later.review(await olu(), plan, { ...because, ground: 'asked', nextReviewOn: addDays(house.today, 30) }))).toBe('plan-not-agreed');
    const ended = await house.database.read(house.everything(), (tx) =>
      tx.rows<{ name: string }>(
        `select distinct name from outbox_event where name in ('planEnded', 'lineEnded', 'lineReduced', 'decisionMade', 'planReviewed') order by name`,
      ),
    );
    expect(ended.map(({ name }) => name)).toEqual(['decisionMade', 'lineEnded', 'lineReduced', 'planEnded', 'planReviewed']);
  });

  it('ends stopped plans by the nightly job, once', async () => {
    const plan = await planOf(house.bola);
    const answer = await later.stop(await olu(), plan, { ...because, ground: 'not-eligible', endsOn: addDays(house.today, 40) });
    expect(answer).toMatchObject({ planState: 'agreed' });
    expect(await code(later.stop(await olu(), plan, { ...because, ground: 'not-eligible', endsOn: addDays(house.today, 50) }))).toBe('plan-ends-already');
    house.clock.set(new Date('2026-12-30T01:00:00Z'));
    expect(house.app.get(JobRegistry).names).toContain('commissioning-end');
    const people = [house.bola.id];
    const end = () =>
      house.database.transaction(systemActor('test', { people }), async (tx) => [
        await house.app.get(BudgetLines).endDue(tx, people, house.today),
        (await house.app.get(Plans).endDue(tx, people, house.today)).length,
      ]);
    expect([await end(), await end()]).toEqual([
      [1, 1],
      [0, 0],
    ]);
  });

  it('is refused at the door without a statutory reason, to those who do not decide, and for another plan’s line', async () => {
    const plan = await planOf(house.carys);
    const post = async (path: string, body: object, who = house.olu, key = `${path}-${who}`) => {
      const answer = await request(house.app.getHttpServer())
        .post(`/api/v1/plans/${plan}/${path}`)
        .set('authorization', `Bearer ${await house.token(who)}`)
        .set('idempotency-key', `door-${key}`)
        .send(body);
      return [answer.status, (answer.body as { code?: string }).code];
    };
    const stop = { reason: 'It is over.', endsOn: '2026-11-20' };
    expect(await post('stops', stop)).toEqual([422, 'invalid-fields']);
    expect(await post('stops', { ...stop, ground: 'we-felt-like-it' }, house.olu, 'another')).toEqual([422, 'invalid-fields']);
    expect(await post('stops', { ground: 'died', endsOn: '2026-11-20' }, house.olu, 'no-words')).toEqual([422, 'invalid-fields']);
    for (const path of ['reviews', 'reductions', 'reclaims', 'suspensions']) expect((await post(path, { reason: 'No ground.' }))[0]).toBe(422);
    expect((await post('stops', { ...stop, ground: 'died' }, house.tess))[0]).toBe(404);
    expect((await post('stops', { ...stop, ground: 'died' }, house.carys.id))[0]).toBe(404);
    expect(await post('stops', { ...stop, ground: 'died', lineId: house.asha.lineId }, house.olu, 'other-line')).toEqual([404, 'not-found']);
    expect(await post('reviews', { reason: 'First review.', ground: 'first-months', nextReviewOn: '2027-11-20' }, house.olu, 'right')).toEqual([
      201,
      undefined,
    ]);
  });

  it('finds a cut that no decision stands behind', async () => {
    const planted = `update decision set taken_pence = taken_pence - 1 where id = (select id from decision where taken_pence > 0 limit 1)`;
    expect(await house.faultsAfter(planted)).toEqual(['cuts-rest-on-decisions']);
  });
});
