import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { introductionChecks, INVITATION_DAYS, Invitations, TRIES_A_DAY } from '../../src/introductions/index.js';
import { addDays, addMonths, dayOf } from '../../src/kernel/index.js';
import type { IntroductionsHouse, Neighbour } from '../support/introductions-house.js';
import { introductionsHouse } from '../support/introductions-house.js';

const morning = new Date('2026-11-20T09:00:00Z');

const codeOf = async (house: IntroductionsHouse, who: Neighbour): Promise<string> => (await house.call(who, 'POST', `people/${who.id}/friend-code`)).json.code;
const use = (house: IntroductionsHouse, who: Neighbour, firstName: string, code: string) =>
  house.call(who, 'POST', `people/${who.id}/codes`, { firstName, code });
const invitations = async (house: IntroductionsHouse, who: Neighbour) => (await house.call(who, 'GET', `people/${who.id}/invitations`)).json;
const introductions = async (house: IntroductionsHouse, who: Neighbour) => (await house.call(who, 'GET', `people/${who.id}/introductions`)).json.items;
const say = (house: IntroductionsHouse, who: Neighbour, id: string, answer: 'yes' | 'no', block = false) =>
  house.call(who, 'POST', `invitations/${id}/answer`, { answer, block });

async function asked(house: IntroductionsHouse): Promise<{ ann: Neighbour; raj: Neighbour; invitation: string }> {
  const [ann, raj] = [await house.neighbour('Ann'), await house.neighbour('Raj')];
  expect((await use(house, ann, 'Raj', await codeOf(house, raj))).json).toEqual({ outcome: 'asked' });
  return { ann, raj, invitation: (await invitations(house, raj)).received[0].id };
}

describe('people who know each other', () => {
  let house: IntroductionsHouse;
  beforeAll(async () => {
    house = await introductionsHouse(morning);
  }, 120_000);
  afterAll(async () => {
    expect(await house.faults(introductionChecks)).toEqual([]);
    await house.close();
  });

  it('are introduced by a first name with the code its owner gave, without any card', async () => {
    const { ann, raj, invitation } = await asked(house);
    expect((await invitations(house, raj)).received).toMatchObject([
      { fromName: 'Ann', sameBroker: false, expiresOn: addDays(dayOf(morning), INVITATION_DAYS) },
    ]);
    expect((await invitations(house, ann)).sent).toMatchObject([{ way: 'name', toName: 'Raj', state: 'waiting', code: null }]);
    expect(await introductions(house, ann)).toEqual([]);
    expect((await say(house, raj, invitation, 'yes')).status).toBe(200);
    for (const [who, other] of [
      [ann, 'Raj'],
      [raj, 'Ann'],
    ] as const)
      expect(await introductions(house, who)).toMatchObject([{ state: 'introduced', reasons: ['known'], other: { firstName: other, goals: [], words: '' } }]);
    expect(await invitations(house, ann)).toEqual({ received: [], sent: [] });
    // Who looked names nobody by their family name: the one who said yes did nothing to the other's record.
    for (const who of [ann, raj])
      expect((await house.call(who, 'GET', 'me/looks')).json.items.filter((look: { actor: string }) => [ann.id, raj.id].includes(look.actor as never))).toEqual(
        [],
      );
    expect((await say(house, raj, invitation, 'yes')).status).toBe(404);
    expect((await use(house, ann, 'Raj', await codeOf(house, raj))).json.code).toBe('already-introduced');
  });

  it('show nothing of a card that is not open', async () => {
    const { ann, raj, invitation } = await asked(house);
    await house.card(ann, { words: 'A secret wish.' });
    await house.call(ann, 'POST', `people/${ann.id}/card/take-down`);
    await say(house, raj, invitation, 'yes');
    expect((await introductions(house, raj))[0].other).toMatchObject({ words: '', goals: [] });
  });

  it('meet at once by the code on paper, typed by the other, and only once', async () => {
    const [ann, raj, eve] = [await house.neighbour('Ann'), await house.neighbour('Raj'), await house.neighbour('Eve')];
    expect((await house.call(ann, 'POST', `people/${ann.id}/invitations/paper`)).status).toBe(201);
    const [paper] = (await invitations(house, ann)).sent;
    expect(paper.code).toMatch(/^[BCDFGHJKMNPQRTVWXYZ34679]{4}-[BCDFGHJKMNPQRTVWXYZ34679]{4}-[BCDFGHJKMNPQRTVWXYZ34679]{4}$/);
    expect((await invitations(house, ann)).sent[0].code).toBe(paper.code);
    expect((await use(house, ann, 'Ann', paper.code)).json.code).toBe('same-person');
    expect((await use(house, raj, 'Bob', paper.code)).json.code).toBe('code-not-known');
    expect((await use(house, raj, ' ann ', paper.code.toLowerCase().replaceAll('-', ' '))).json.outcome).toBe('met');
    expect((await introductions(house, ann))[0].other.firstName).toBe('Raj');
    expect((await use(house, eve, 'Ann', paper.code)).json.code).toBe('code-not-known');
  });

  it('who were asked by name and then given a paper meet by the paper, and what else was asked is over, its key too', async () => {
    const { ann, raj } = await asked(house);
    await house.call(ann, 'POST', `people/${ann.id}/invitations/paper`);
    const paper = (await invitations(house, ann)).sent.find((sent: { way: string }) => sent.way === 'paper').code as string;
    expect((await use(house, raj, 'Ann', paper)).json.outcome).toBe('met');
    expect((await invitations(house, raj)).received).toEqual([]);
    expect(await house.faults(introductionChecks)).toEqual([]);
  });

  it('keep no code in the database, in whatever table', async () => {
    const [ann, raj] = [await house.neighbour('Ann'), await house.neighbour('Raj')];
    const own = await codeOf(house, raj);
    await house.call(ann, 'POST', `people/${ann.id}/invitations/paper`);
    const paper = (await invitations(house, ann)).sent[0].code as string;
    const everything = await house.database.read(await house.actor(ann.id), async (tx) => {
      const found: string[] = [];
      for (const table of ['friend_code', 'invitation', 'invitation_key', 'idempotency_key', 'outbox_event', 'audit_event'])
        found.push(...(await tx.rows<{ row: string }>(`select t::text as row from ${table} t`)).map((each) => each.row));
      return found.join('\n');
    });
    for (const code of [own, paper]) for (const form of [code, code.replaceAll('-', '')]) expect(everything).not.toContain(form);
    expect(everything).toContain(ann.id);
  });

  it('stop an old code when a new one is made, and after six weeks', async () => {
    const [ann, raj] = [await house.neighbour('Ann'), await house.neighbour('Raj')];
    const old = await codeOf(house, raj);
    const fresh = await codeOf(house, raj);
    expect(fresh).not.toBe(old);
    expect((await house.call(raj, 'GET', `people/${raj.id}/friend-code`)).json.code).toBe(fresh);
    expect((await use(house, ann, 'Raj', old)).json.code).toBe('code-not-known');
    house.clock.advanceDays(INVITATION_DAYS);
    const [later, laterRaj] = [await house.session(ann.id), await house.session(raj.id)];
    expect((await use(house, later, 'Raj', fresh)).json.code).toBe('code-not-known');
    expect((await house.call(laterRaj, 'GET', `people/${raj.id}/friend-code`)).json.code).toBeNull();
    house.clock.set(morning);
  });

  it('are asked to wait after too many wrong codes, also when tried all at once; a right code costs nothing', async () => {
    const [eve, raj] = [await house.neighbour('Eve'), await house.neighbour('Raj')];
    const code = await codeOf(house, raj);
    const wrong = await Promise.all(Array.from({ length: TRIES_A_DAY + 5 }, () => use(house, eve, 'Raj', 'BBBB-BBBB-BBBB')));
    expect(wrong.filter((answer) => answer.json.code === 'code-not-known')).toHaveLength(TRIES_A_DAY);
    expect(wrong.filter((answer) => answer.status === 429)).toHaveLength(5);
    expect((await use(house, eve, 'Raj', code)).status).toBe(429);
    house.clock.advanceDays(1);
    const later = await house.session(eve.id);
    for (let at = 0; at < TRIES_A_DAY + 2; at += 1)
      expect((await use(house, later, 'Raj', code)).json.code ?? 'asked').toBe(at === 0 ? 'asked' : 'already-asked');
    house.clock.set(morning);
  });

  it('keep adults and under-18s apart', async () => {
    const [ann, young] = [await house.neighbour('Ann'), await house.neighbour('Yan', { bornOn: addMonths(dayOf(morning), -17 * 12) })];
    expect((await use(house, ann, 'Yan', await codeOf(house, young))).json.code).toBe('ages-apart');
  });

  it('are introduced when each has asked the other', async () => {
    const { ann, raj } = await asked(house);
    await use(house, raj, 'Ann', await codeOf(house, ann));
    expect(await introductions(house, raj)).toHaveLength(1);
    expect(await invitations(house, ann)).toEqual({ received: [], sent: [] });
  });

  it('are introduced once when yes is said twice in the same second, and taken back meanwhile not at all', async () => {
    const first = await asked(house);
    const yeses = await Promise.all([1, 2, 3].map(() => say(house, first.raj, first.invitation, 'yes')));
    expect(yeses.filter((answer) => answer.status === 200)).toHaveLength(1);
    expect(await introductions(house, first.ann)).toHaveLength(1);
    const second = await asked(house);
    expect((await house.call(second.ann, 'POST', `invitations/${second.invitation}/withdraw`)).json.state).toBe('withdrawn');
    expect((await say(house, second.raj, second.invitation, 'yes')).status).toBe(404);
    expect(await introductions(house, second.raj)).toEqual([]);
  });

  it('may meet again after a step back, if both say so; and never once one has blocked', async () => {
    const { ann, raj, invitation } = await asked(house);
    await say(house, raj, invitation, 'yes');
    const [{ id }] = await introductions(house, ann);
    await house.call(ann, 'POST', `introductions/${id}/step-back`, {});
    await use(house, ann, 'Raj', await codeOf(house, raj));
    await say(house, raj, (await invitations(house, raj)).received[0].id, 'yes');
    expect(await introductions(house, ann)).toMatchObject([{ id, state: 'introduced' }]);
    await house.call(raj, 'POST', `introductions/${id}/step-back`, { block: true });
    expect((await use(house, ann, 'Raj', await codeOf(house, raj))).json).toEqual({ outcome: 'asked' });
    expect((await invitations(house, raj)).received).toEqual([]);
    expect((await invitations(house, ann)).sent).toMatchObject([{ toName: 'Raj', state: 'waiting' }]);
  });

  it('are brought together by a broker who helps both, and by no other; the broker types a paper code in for a person', async () => {
    const [ann, raj, eve] = [await house.neighbour('Ann'), await house.neighbour('Raj'), await house.neighbour('Eve')];
    const broker = await house.session(
      (await house.call(house.officer, 'POST', 'brokers', { icbId: house.icb, firstName: 'Bo', familyName: 'Invented' })).json.brokerId,
    );
    const bring = (to: Neighbour) => house.call(broker, 'POST', `people/${ann.id}/invitations`, { toPersonId: to.id });
    expect((await bring(raj)).status).toBe(404);
    for (const who of [ann, raj]) await house.call(who, 'POST', `people/${who.id}/appointments`, { brokerId: broker.id, covers: ['card'] });
    expect((await bring(eve)).status).toBe(404);
    expect((await house.call(ann, 'POST', `people/${ann.id}/invitations`, { toPersonId: raj.id })).status).toBe(404);
    expect((await bring(raj)).status).toBe(201);
    expect((await invitations(house, raj)).received).toMatchObject([{ fromName: 'Ann', sameBroker: true }]);
    await house.call(eve, 'POST', `people/${eve.id}/invitations/paper`);
    const { code } = (await invitations(house, eve)).sent[0];
    expect((await house.call(broker, 'POST', `people/${raj.id}/codes`, { firstName: 'Eve', code })).json.outcome).toBe('met');
    expect(await introductions(house, eve)).toHaveLength(1);
  });

  it('plan the first meeting: a day and a place for both, who comes with each, and how I get home for me alone', async () => {
    const { ann, raj, invitation } = await asked(house);
    await say(house, raj, invitation, 'yes');
    const [{ id }] = await introductions(house, ann);
    const plan = { company: 'My sister Jo', wayHome: 'The 41 bus at four, Jo sees me on' };
    expect((await house.call(ann, 'PUT', `introductions/${id}/meeting`, plan)).json.code).toBe('no-day-yet');
    await house.call(ann, 'POST', `introductions/${id}/steps`, { kind: 'meet', onDay: addDays(dayOf(morning), 5), words: 'The library at two' });
    expect((await house.call(ann, 'PUT', `introductions/${id}/meeting`, plan)).json).toEqual({ ...plan, othersCompany: '' });
    const seen = await house.call(raj, 'GET', `people/${raj.id}/introductions/${id}/meeting`);
    expect(seen.json).toEqual({ company: '', othersCompany: 'My sister Jo', wayHome: '' });
    expect(await house.database.read(await house.actor(raj.id), (tx) => tx.rows('select 1 from way_home'))).toEqual([]);
    const [sealed] = await house.database.read(await house.actor(ann.id), (tx) => tx.rows<{ words: Buffer }>('select words from way_home'));
    expect(sealed!.words.toString('latin1')).not.toContain('bus');
    const eve = await house.neighbour('Eve');
    expect((await house.call(eve, 'GET', `people/${eve.id}/introductions/${id}/meeting`)).status).toBe(404);
    expect((await house.call(eve, 'PUT', `introductions/${id}/meeting`, plan)).status).toBe(404);
  });
});

describe('a no to somebody you know (truth 11)', () => {
  const worlds: Record<string, string[]> = {};

  /** All that Ann can read by SQL and by the API, day after day, in a world where Raj answered so. */
  async function worldWhere(raj: 'no' | 'block' | 'nothing'): Promise<string[]> {
    const house = await introductionsHouse(morning);
    try {
      const { ann, raj: other, invitation } = await asked(house);
      if (raj !== 'nothing') expect((await say(house, other, invitation, 'no', raj === 'block')).status).toBe(200);
      expect((await invitations(house, other)).received).toHaveLength(raj === 'nothing' ? 1 : 0);
      const seen: string[] = [];
      for (const days of [0, 10, 30, 2, 1]) {
        house.clock.advanceDays(days);
        await house.app.get(Invitations).endDue(dayOf(house.clock.now()));
        const session = await house.session(ann.id);
        for (const path of ['invitations', 'introductions', 'suggestions'])
          seen.push(`${path} ${(await house.call(session, 'GET', `people/${ann.id}/${path}`)).body}`);
        seen.push((await house.call(session, 'GET', 'me/looks')).body);
        const actor = await house.actor(ann.id);
        for (const table of ['invitation', 'invitation_no', 'invitation_key', 'introduction', 'person_block', 'code_try', 'outbox_event'])
          seen.push(
            `${table} ${(await house.database.read(actor, (tx) => tx.rows<{ row: string }>(`select t::text as row from ${table} t`)))
              .map((each) => each.row)
              .sort()
              .join(' ')}`,
          );
      }
      expect(await house.faults(introductionChecks)).toEqual([]);
      const known: string[] = [];
      return seen.map((text) =>
        text
          .replaceAll(/[0-9a-f]{8}-[0-9a-f-]{27}/g, (id) => `id-${known.includes(id) ? known.indexOf(id) : known.push(id) - 1}`)
          .replaceAll(/\\\\x[0-9a-f]+/g, 'bytes'),
      );
    } finally {
      await house.close();
    }
  }

  beforeAll(async () => {
    for (const raj of ['nothing', 'no', 'block'] as const) worlds[raj] = await worldWhere(raj);
  }, 120_000);

  it.each(['no', 'block'])('looks to whoever asked like no answer, on every day (%s)', (raj) => expect(worlds[raj]).toEqual(worlds['nothing']));
  it('ends on its own day', () => {
    expect(worlds['nothing']!.filter((line) => line.startsWith('invitations ')).map((line) => /"state":"(\w+)"/.exec(line)?.[1])).toEqual([
      'waiting',
      'waiting',
      'waiting',
      'ended',
      'ended',
    ]);
    expect(worlds['nothing']!.filter((line) => line.startsWith('outbox_event')).at(-1)).toContain('invitationEnded');
  });
});
