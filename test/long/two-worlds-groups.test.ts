/** Truth 11 for groups: two worlds alike but for what one of those who are asked does are lived until the group is revealed, and what Raj, his supporter,
 *  his broker (with the workbench) and a planner can reach is compared word for word. */
import { beforeAll, describe, expect, it } from '@jest/globals';
import type { Choice } from '../../src/introductions/index.js';
import type { Difference, Look } from '../support/two-worlds-compare.js';
import { differences, inWords } from '../support/two-worlds-compare.js';
import type { GroupDeed } from '../support/two-worlds-groups.js';
import { GROUP_NIGHTS, GroupWorld } from '../support/two-worlds-groups.js';

type Lived = readonly [ann: GroupDeed, raj: Choice, tom: Choice];
const WORLDS: readonly Lived[] = [
  ['nothing', 'yes', 'yes'],
  ['no', 'yes', 'yes'],
  ['not-now', 'yes', 'yes'],
  ['yes', 'yes', 'yes'],
  ['nothing', 'not-now', 'yes'],
  ['yes', 'not-now', 'yes'],
  ['nothing', 'yes', 'no'],
  ['no', 'yes', 'no'],
  ['yes', 'yes', 'no'],
  ['yes, then block', 'yes', 'yes'],
  ['yes, then take-down', 'yes', 'yes'],
  ['block before', 'yes', 'yes'],
  ['take-down before', 'yes', 'yes'],
];
/** Worlds share nothing, so some are lived beside each other. */
const AT_ONCE = 3;
const LAST = `day ${GROUP_NIGHTS}`;

describe('two worlds that differ in one thing about a group', () => {
  const lived = new Map<string, readonly Look[]>();
  const world = (...of: Lived): readonly Look[] => lived.get(of.join())!;
  const between = (one: Lived, other: Lived): Difference[] => differences(world(...one), world(...other));
  const groupsPage = (of: Lived, moment: string): string =>
    world(...of)
      .find((look) => look.moment === moment && look.reader === 'Raj')!
      .readings.find(({ at }) => at.endsWith('/groups'))!.text;

  beforeAll(async () => {
    for (let at = 0; at < WORLDS.length; at += AT_ONCE)
      await Promise.all(WORLDS.slice(at, at + AT_ONCE).map(async (of) => lived.set(of.join(), await GroupWorld.group(...of))));
  }, 600_000);

  it.each<[string, Lived, Lived]>([
    ['Raj, who said yes, whether Ann says no or nothing', ['nothing', 'yes', 'yes'], ['no', 'yes', 'yes']],
    ['Raj, who said yes, whether Ann says not now or nothing', ['nothing', 'yes', 'yes'], ['not-now', 'yes', 'yes']],
    [
      'Raj, who did not say yes, whether Ann says yes and makes three, or nothing and it comes to nothing',
      ['nothing', 'not-now', 'yes'],
      ['yes', 'not-now', 'yes'],
    ],
    ['Raj, whose group comes to nothing, whether Ann says no or nothing', ['nothing', 'yes', 'no'], ['no', 'yes', 'no']],
    ['Raj, whether Ann says yes and blocks him or takes her card down', ['yes, then block', 'yes', 'yes'], ['yes, then take-down', 'yes', 'yes']],
    ['Raj, whether Ann blocks him or takes her card down before anybody is asked', ['block before', 'yes', 'yes'], ['take-down before', 'yes', 'yes']],
  ])('are the same to %s', (_who, one, other) => expect(inWords(between(one, other))).toEqual([]));

  it.each<[string, Lived, Lived]>([
    ['Ann is in it', ['nothing', 'yes', 'yes'], ['yes', 'yes', 'yes']],
    ['she makes it three', ['nothing', 'yes', 'no'], ['yes', 'yes', 'no']],
  ])('differ by Raj’s own group alone, from its day on, when %s', (_why, one, other) => {
    const found = between(one, other);
    expect(inWords(found.filter((difference) => difference.moment !== LAST || difference.reader === 'the planner'))).toEqual([]);
    expect([groupsPage(one, LAST).includes('>Ann'), groupsPage(other, LAST).includes('>Ann')]).toEqual([false, true]);
    // Her id is known now, and opens nothing of hers.
    const ofHers = world(...other).flatMap(({ readings }) => readings.filter(({ at }) => at.startsWith('/api/v1/people/new-')));
    expect(ofHers.filter(({ text }) => !text.startsWith('404')).map(({ at }) => at)).toEqual([]);
  });

  it('are read from end to end', () => {
    expect(groupsPage(['nothing', 'yes', 'yes'], 'asked')).toContain('Would you like this?');
    expect(groupsPage(['nothing', 'yes', 'yes'], LAST)).toContain('Mei');
    expect(groupsPage(['nothing', 'yes', 'no'], LAST)).toContain('came to nothing');
    expect(groupsPage(['yes', 'not-now', 'yes'], LAST)).not.toContain('Mei');
    const looks = world('block before', 'yes', 'yes');
    expect(groupsPage(['block before', 'yes', 'yes'], LAST)).toContain('Mei');
    const broker = looks.find(({ moment, reader }) => moment === 'asked' && reader === 'his broker')!;
    expect(broker.readings.find(({ at }) => at === '/workbench')!.text).toContain('3 people');
  });
});
