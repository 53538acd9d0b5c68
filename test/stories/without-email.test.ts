/** A person without email, telephone of her own or password: Mabel gets letters in large print. Her sister Jo stands beside her, Bren the broker phones
 *  Jo's number and writes down what Mabel says. She meets somebody all the same, and nothing of hers ever went by email. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { PersonId } from '../../src/kernel/index.js';
import { FindingStory } from '../support/finding-story.js';
import type { Caller } from '../support/house.js';

interface PostRow {
  readonly id: string;
  readonly by: string;
  readonly format: string;
  readonly subject: string;
  readonly state: string;
}

describe('a person without email', () => {
  let story: FindingStory;
  let mabel: PersonId;
  let jo: Caller, broker: Caller, raj: Caller, otto: Caller;
  let introductionId: string;
  const post = (): Promise<PostRow[]> =>
    story.house.database.read(story.house.system({ people: [mabel] }), (tx) =>
      tx.rows<PostRow>('select id, by, format, subject, state from post_item where person_id = $1 order by id', [mabel]),
    );
  const suggestionOf = async (who: Caller, of: string): Promise<string> => (await who.get(`people/${of}/suggestions`)).body.items[0].id as string;

  beforeAll(async () => {
    story = await FindingStory.begin();
    mabel = await story.registered('Mabel', { reachBy: 'letter', reachFormat: 'large-print' });
    raj = await story.holder('Raj', { place: 'M32' });
    jo = await story.house.person('Jo', [{ role: 'representative', on: 'person', id: mabel }]);
    broker = await story.broker('Bren');
    otto = await story.house.person('Otto', [{ role: 'operator', on: 'site', id: null }]);
  }, 120_000);
  afterAll(async () => expect(await story.end()).toEqual({}));

  it('1. Jo signs with her what Bren may do, and Mabel gets a letter of it, in large print', async () => {
    await jo.must('post', `people/${mabel}/appointments`, { brokerId: broker.id, covers: ['goals', 'card'] });
    await story.house.settle();
    expect(await post()).toMatchObject([{ by: 'letter', format: 'large-print', state: 'waiting' }]);
  });

  it('2. the letter waits for an address; written down once, it is printed, posted and there two working days later', async () => {
    const [letter] = await post();
    await otto.must('post', `post/items/${letter!.id}/address`, { address: '1 Invented Row\nSale\nM33 1AA' });
    await story.later(1);
    await otto.must('post', 'post/letters/posted', { letters: [letter!.id], postedOn: '2026-05-05' });
    expect((await post())[0]!.state).toBe('posted');
    await story.later(2);
    await story.house.run('post-carry');
    expect((await post())[0]!.state).toBe('delivered');
  });

  it('3. Bren phones, and writes the card in her words; Jo sees who is suggested, and Bren may answer as Mabel says', async () => {
    await story.card(broker, mabel, { goals: ['singing', 'knitting'], words: 'The old songs.' });
    await story.card(raj, raj.id, { goals: ['singing'], words: 'I play the piano.', place: 'M32' });
    expect((await story.seenBy(jo, mabel)).people).toEqual(['someone in Stretford: I play the piano.']);
    await broker.must('post', `suggestions/${await suggestionOf(broker, mabel)}/answer`, { answer: 'yes' });
    expect((await story.seenBy(raj, raj.id)).people).toEqual(['someone in Sale: The old songs.']);
    expect(await post()).toHaveLength(1);
  });

  it('4. both said yes: Raj reads it on his page, Mabel in a letter, with no name on it', async () => {
    await raj.must('post', `suggestions/${await suggestionOf(raj, raj.id)}/answer`, { answer: 'yes' });
    await story.evening();
    expect((await story.seenBy(raj, raj.id)).met).toEqual(['Mabel, introduced']);
    const letter = (await post()).at(-1)!;
    expect(letter).toMatchObject({ by: 'letter', format: 'large-print', subject: 'You both said yes', state: 'waiting' });
    introductionId = (await jo.get(`people/${mabel}/introductions`)).body.items[0].id as string;
  });

  it('5. Raj writes; Jo reads it to her and writes back, and Bren sees when and where they meet', async () => {
    await raj.must('post', `introductions/${introductionId}/messages`, { words: 'Hello Mabel, Thursday at the church hall?' });
    expect((await jo.get(`introductions/${introductionId}/messages`)).body.items).toMatchObject([
      { words: 'Hello Mabel, Thursday at the church hall?', isMine: false },
    ]);
    await jo.must('post', `introductions/${introductionId}/messages`, { words: 'Mabel says yes, and Jo comes too.' });
    await raj.must('post', `introductions/${introductionId}/steps`, { kind: 'meet', onDay: '2026-05-14', words: 'Church hall, at two' });
    await jo.must('put', `introductions/${introductionId}/meeting`, { company: 'My sister Jo', wayHome: 'Jo drives' });
    const [seen] = (await broker.get(`people/${mabel}/introductions`)).body.items;
    expect(seen).toMatchObject({ other: { firstName: 'Raj' }, steps: [{ kind: 'meet', onDay: '2026-05-14', words: 'Church hall, at two' }] });
  });

  it('6. nothing of hers went by email or text, and she has no password', async () => {
    expect(new Set((await post()).map((each) => each.by))).toEqual(new Set(['letter']));
    const signIn = await story.house.database.read(story.house.system({ people: [mabel] }), (tx) =>
      tx.rows('select 1 from sign_in where person_id = $1', [mabel]),
    );
    expect(signIn).toEqual([]);
  });
});
