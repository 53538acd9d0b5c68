/** Truth 11: two worlds alike but for one thing that must not be seen are lived for fourteen nights, and what Raj, his supporter, his broker and a
 *  planner can reach is compared word for word. Ids, tokens of forms and references of letters are chance; times are not, and are compared. */
import { beforeAll, describe, expect, it } from '@jest/globals';
import type { Choice } from '../../src/introductions/index.js';
import type { Deed } from '../support/two-worlds.js';
import { NIGHTS, World } from '../support/two-worlds.js';
import type { Difference, Look } from '../support/two-worlds-compare.js';
import { differences, inWords } from '../support/two-worlds-compare.js';

const WORLDS: readonly (readonly [ann: Deed, raj: Choice])[] = [
  ['nothing', 'not-now'],
  ['yes', 'not-now'],
  ['nothing', 'yes'],
  ['no', 'yes'],
  ['yes', 'yes'],
  ['yes, later', 'yes'],
  ['block', 'yes'],
  ['take-down', 'yes'],
];
/** Worlds share nothing, so some are lived beside each other. */
const AT_ONCE = 3;

describe('two worlds that differ in one thing', () => {
  const lived = new Map<string, readonly Look[]>();
  const world = (ann: Deed, raj: Choice): readonly Look[] => lived.get(`${ann} ${raj}`)!;
  const between = (raj: Choice, one: Deed, other: Deed): Difference[] => differences(world(one, raj), world(other, raj));
  const textOf = (looks: readonly Look[], moment: string, reader: string, end: string): string =>
    looks.find((look) => look.moment === moment && look.reader === reader)!.readings.find((reading) => reading.at.endsWith(end))!.text;

  beforeAll(async () => {
    for (let at = 0; at < WORLDS.length; at += AT_ONCE)
      await Promise.all(WORLDS.slice(at, at + AT_ONCE).map(async ([ann, raj]) => lived.set(`${ann} ${raj}`, await World.lived(ann, raj))));
  }, 300_000);

  it('are the same to Raj’s side, who did not say yes, whether Ann says yes or nothing', () =>
    expect(inWords(between('not-now', 'nothing', 'yes'))).toEqual([]));

  it('are the same to Raj’s side, who said yes, whether Ann says no or nothing', () => expect(inWords(between('yes', 'nothing', 'no'))).toEqual([]));

  it('differ by Raj’s own introduction alone, from the fixed hour on, when both say yes', () => {
    const found = between('yes', 'nothing', 'yes');
    expect(inWords(found.filter((difference) => !isOfHisIntroduction(difference)))).toEqual([]);
    expect(textOf(world('yes', 'yes'), 'day 2', 'Raj', '/introductions')).toContain('Ann');
    expect(textOf(world('nothing', 'yes'), 'day 2', 'Raj', '/introductions')).not.toContain('Ann');
    // Her id is known now, and opens nothing of hers.
    const ofHers = world('yes', 'yes').flatMap(({ readings }) => readings.filter(({ at }) => at.startsWith('/api/v1/people/new-')));
    expect(ofHers.length).toBeGreaterThan(0);
    expect(ofHers.filter(({ text }) => !text.startsWith('404')).map(({ at }) => at)).toEqual([]);
    expect(new Set(found.map(({ reader }) => reader))).toEqual(new Set(['Raj', 'his supporter', 'his broker']));
  });

  it('are the same to the minute whenever Ann’s yes came before the fixed hour', () => expect(inWords(between('yes', 'yes', 'yes, later'))).toEqual([]));

  it('are the same whether Ann blocks Raj or takes her card down', () => expect(inWords(between('yes', 'block', 'take-down'))).toEqual([]));

  it('would be told apart: a card that is gone shows, and is named with its reader, page and words', () => {
    const found = between('yes', 'nothing', 'block');
    expect(found).toContainEqual(expect.objectContaining({ moment: 'after Ann', reader: 'Raj', at: '/people/id-1/suggestions' }));
    expect(inWords(found).join('\n')).toContain('I grow beans.');
  });

  it('are read from end to end', () => {
    const looks = world('nothing', 'yes');
    expect(looks.filter(({ reader }) => reader === 'Raj').map(({ moment }) => moment)).toContain(`day ${NIGHTS}`);
    const read = (reader: string): string[] => looks.filter((look) => look.reader === reader).flatMap(({ readings }) => readings.map(({ at }) => at));
    for (const at of ['/', '/inbox', 'who looked', '/pools', '/people/id-1/card', '/people/id-1/introductions/new-1/meeting', 'the post', 'the page after it'])
      expect(read('Raj')).toContain(at);
    for (const at of ['me/notices', 'me/looks', 'people/id-1/suggestions', 'introductions/new-1/messages']) expect(read('Raj')).toContain(`/api/v1/${at}`);
    for (const reader of ['his supporter', 'his broker']) expect(textOf(looks, 'after Raj', reader, '/people/id-1/suggestions')).toContain('I grow beans.');
    expect(textOf(looks, 'day 2', 'Raj', 'the post')).toContain('introduction-made');
    expect(textOf(looks, 'his answer', 'Raj', 'the page after it')).toContain('Your answer is saved');
    expect(textOf(world('block', 'yes'), 'his answer', 'Raj', 'his button')).toMatch(/^404/);
  });
});

/** What a person whom somebody new was made known to, and who stands by them, are told of it: from the morning after the fixed hour. */
function isOfHisIntroduction({ moment, reader, at }: Difference): boolean {
  const isAskedOfNewPerson = /^\/api\/v1\/(people|brokers)\/new-\d+(\/|$| )/.test(at);
  const isTold =
    /^(the post|\/|\/inbox|\/caseload|who looked|\/people\/id-1\/home|\/api\/v1\/me\/(notices|looks)|\/pools\/new.*)$/.test(at) ||
    /^(\/api\/v1)?(\/people\/(id|new)-\d+)?\/(suggestions|introductions|kept-apart)(\/.*)?( \(\d+\))?$/.test(at);
  return (isTold || isAskedOfNewPerson) && /^day /.test(moment) && reader !== 'the planner';
}
