/** Answering does the same work whatever the other has answered (truth 11): by the statements sent to the database, not by the clock. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DataSource } from 'typeorm';
import type { Choice } from '../../src/introductions/index.js';
import { CHOICES, GOAL_TERMS } from '../../src/introductions/index.js';
import { Matching } from '../../src/matching/index.js';
import type { IntroductionsHouse, Neighbour } from '../support/introductions-house.js';
import { introductionsHouse } from '../support/introductions-house.js';
import { statementsOf } from '../support/statements.js';

const OTHERS = ['nothing', ...CHOICES] as const;
const CASES = CHOICES.flatMap((raj) => OTHERS.map((ann) => ({ raj, ann })));

interface Answered {
  readonly statements: string[];
  readonly status: number;
  readonly body: string;
}

describe('answering', () => {
  let house: IntroductionsHouse;
  const found = new Map<string, Answered>();

  const suggested = async (who: Neighbour): Promise<string> => (await house.call(who, 'GET', `people/${who.id}/suggestions`)).json.items[0].id;

  /** Raj answers Ann's card once she has answered his, and his answer's statements are kept; each pair wants what no other pair wants. */
  async function answered(raj: Choice, ann: (typeof OTHERS)[number], goal: string): Promise<Answered> {
    const [anns, rajs] = [await house.neighbour('Ann'), await house.neighbour('Raj')];
    for (const who of [anns, rajs]) await house.card(who, { goals: [goal] });
    await house.app.get(Matching).suggestAll();
    const [annSees, rajSees] = [await suggested(anns), await suggested(rajs)];
    if (ann !== 'nothing') expect((await house.call(anns, 'POST', `suggestions/${annSees}/answer`, { answer: ann })).status).toBe(200);
    let answer: { status: number; body: string } = { status: 0, body: '' };
    const all = await statementsOf(house.app.get(DataSource), async () => {
      answer = await house.call(rajs, 'POST', `suggestions/${rajSees}/answer`, { answer: raj });
    });
    // The bell of something before may ring late. What an answer announced, if it did, would be seen as a row of the outbox.
    const statements = all.filter((text) => !text.startsWith('select pg_notify('));
    return { statements, status: answer.status, body: answer.body.replace(rajSees, 'his suggestion') };
  }

  beforeAll(async () => {
    house = await introductionsHouse(new Date('2026-11-20T10:00:00Z'));
    for (const [at, { raj, ann }] of CASES.entries()) found.set(`${raj} ${ann}`, await answered(raj, ann, GOAL_TERMS[at * 3]!.id));
  }, 120_000);
  afterAll(() => house.close());

  it.each(CASES)('$raj sends the same statements and is answered the same when the other said $ann', ({ raj, ann }) =>
    expect(found.get(`${raj} ${ann}`)).toEqual(found.get('yes nothing')),
  );

  it('is really listened to', () => {
    const { statements, status } = found.get('yes yes')!;
    expect(status).toBe(200);
    expect(statements.filter((text) => text.startsWith('insert into answer'))).toHaveLength(1);
    expect(statements.filter((text) => text === 'commit').length).toBeGreaterThan(1);
  });
});
