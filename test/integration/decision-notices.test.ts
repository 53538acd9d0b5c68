/** Whoever a decision is about is told of it, with its reasons, the regulation, from when, and how to have it looked at again (RULE 11). */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { LaterDecisions } from '../../src/commissioning/index.js';
import type { LocalDate, PersonId } from '../../src/kernel/index.js';
import { pence } from '../../src/kernel/index.js';
import type { NoticeView } from '../../src/notifications/index.js';
import { Notices } from '../../src/notifications/index.js';
import type { PlanId } from '../../src/plans/index.js';
import { Delivery } from '../../src/platform/outbox/delivery.js';
import { Scene } from '../browser/pages/scene.js';

interface Line {
  readonly id: string;
  readonly reference: string;
  readonly planId: PlanId;
}

describe('notices of decisions', () => {
  let scene: Scene;
  let [asha, bola] = [] as unknown as [PersonId, PersonId];
  const because = { reason: 'The club has closed; see the letter of 3 May.' };

  beforeAll(async () => {
    scene = await Scene.open('2026-05-05T10:00:00Z');
    [asha, bola] = [await scene.holder('Asha', 'asha'), await scene.holder('Bola', 'bola')];
    for (const person of [asha, bola]) await scene.fundedPlan(person, 1_200);
  }, 60_000);
  beforeEach(() => scene.house.settle());
  afterAll(async () => {
    expect(await scene.house.faults()).toEqual({});
    await scene.close();
  });

  const lineOf = async (person: PersonId): Promise<Line> =>
    (await scene.house.database.read(scene.house.system({ people: [person] }), (tx) =>
      tx.row<Line>('select id, reference, plan_id as "planId" from budget_line where person_id = $1', [person]),
    ))!;
  const post = async (person: PersonId) =>
    (
      await scene.house.database.read(scene.house.system({ people: [person] }), (tx) =>
        tx.rows<{ by: string; format: string; subject: string; body: string }>(
          'select by, format, subject, body from post_item where person_id = $1 order by id',
          [person],
        ),
      )
    ).at(-1)!;
  const inbox = async (reader: PersonId): Promise<NoticeView[]> =>
    (await scene.house.app.get(Notices, { strict: false }).inboxOf(await scene.actor(reader))).items;
  const later = (): LaterDecisions => scene.house.app.get(LaterDecisions, { strict: false });
  const olu = () => scene.actor(scene.officer);
  const asks = (person: PersonId, by: string, format: string): Promise<unknown> =>
    scene.house.database.transaction(scene.house.system({ people: [person] }), (tx) =>
      tx.run('update person set reach_by = $2, reach_format = $3 where id = $1', [person, by, format]),
    );

  it('reach the person in the inbox and by post, in the format they asked for, and tell no other person', async () => {
    const line = await lineOf(asha);
    await later().suspend(await olu(), line.planId, { ...because, ground: 'outside-plan', lookAgainOn: '2026-06-01' as LocalDate });
    await scene.house.settle();
    const [notice] = (await inbox(asha)) as [NoticeView];
    expect(notice).toMatchObject({ kind: 'decision', facts: { decision: 'suspend', ground: 'outside-plan', onDay: '2026-06-01', planId: line.planId } });
    expect(JSON.stringify(notice.facts)).not.toContain('club');
    expect(notice.wording.sentences).toEqual(expect.arrayContaining([`The board wrote: “${because.reason}”`, expect.stringContaining('regulation 17')]));
    expect(await post(asha)).toMatchObject({ by: 'letter', format: 'standard', subject: 'You cannot use your money for now' });
    expect((await post(asha)).body).toContain(notice.wording.sentences.join('\n'));
    expect((await inbox(bola)).map((each) => each.kind)).not.toContain('decision');

    await asks(asha, 'email', 'easy-read');
    await later().resume(await olu(), line.planId, because);
    await scene.house.settle();
    expect(await post(asha)).toMatchObject({ by: 'email', format: 'easy-read', subject: 'You can use your money again' });
    expect((await post(asha)).body).toMatch(/^You can buy new things again\.\n\nIt began on 5 May 2026\.\n\nThey wrote: “The club/);
  });

  it('say how much goes and stays, for the one line that they are about, in large print', async () => {
    const line = await lineOf(bola);
    await asks(bola, 'letter', 'large-print');
    await later().reduce(await olu(), line.planId, { ...because, ground: 'still-enough', lineId: line.id as never, amountPence: pence(20_000) });
    await scene.house.settle();
    expect(await post(bola)).toMatchObject({ format: 'large-print', subject: 'Less money is agreed for you' });
    expect((await post(bola)).body).toContain(`£200.00 less for you to use.`);
    expect((await post(bola)).body).toContain(line.reference);
    await later().reclaim(await olu(), line.planId, {
      ...because,
      said: 'I kept it.',
      ground: 'unspent',
      lineId: line.id as never,
      amountPence: pence(50_000),
      answerBy: '2026-06-02' as LocalDate,
    });
    await scene.house.settle();
    expect((await post(bola)).body).toContain('The board asks you for £500.00 back.\nOf this, £500.00 was not in use. It went back on 5 May 2026.');
    expect((await post(bola)).body).toContain('You have until 2 June 2026 to say if you think this is wrong.');
    expect((await post(bola)).body).not.toContain('I kept it.');
  });

  it('say when it ends, and begin the notice period when they are delivered', async () => {
    const line = await lineOf(asha);
    await later().stop(await olu(), line.planId, { ...because, ground: 'needs-not-met', endsOn: '2026-06-10' as LocalDate });
    await asks(asha, 'email', 'standard');
    await scene.house.settle();
    expect((await post(asha)).body).toMatch(/^Your money stops on 10 June 2026\./);
    await scene.house.database.transaction(scene.house.system({ people: [asha] }), (tx) =>
      tx.run(`update post_item set by = 'phone' where person_id = $1 and state = 'waiting'`, [asha]),
    );
    const otto = await scene.house.person('Otto', [{ role: 'operator', on: 'site', id: null }]);
    const item = (await scene.house.database.read(scene.house.system({ people: [asha] }), (tx) =>
      tx.row<{ id: string }>(`select id from post_item where person_id = $1 order by id desc limit 1`, [asha]),
    ))!;
    await otto.must('post', `post/items/${item.id}/spoke`);
    const told = await scene.house.database.read(scene.house.system({}), (tx) =>
      tx.rows<{ payload: Record<string, string> }>(`select payload from outbox_event where name = 'postDelivered' and payload->>'postItemId' = $1`, [item.id]),
    );
    expect(told).toMatchObject([{ payload: { kind: 'decision', planId: line.planId, deliveredOn: '2026-05-05', decisionId: expect.any(String) } }]);
    expect(JSON.stringify(told)).not.toContain('club');
  });

  it('are made once, however often the event arrives, and none for agreeing and funding a plan', async () => {
    const before = (await inbox(asha)).length;
    const events = await scene.house.database.read(scene.house.system({}), (tx) =>
      tx.rows<{ id: string }>(`select id from outbox_event where name = 'decisionMade' and payload->>'personId' = $1`, [asha]),
    );
    expect(events).toHaveLength(5); // agreed, funded, suspended, lifted, stopped
    for (const { id } of events) await scene.house.app.get(Delivery).deliver(id, 'notifications.tell');
    await scene.house.settle();
    expect(await inbox(asha)).toHaveLength(before);
    expect((await inbox(asha)).filter((each) => each.kind === 'decision').map((each) => each.facts['decision'])).toEqual(['stop', 'resume', 'suspend']);
  });
});
