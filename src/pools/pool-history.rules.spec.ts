import { describe, expect, it } from '@jest/globals';
import type { PersonId } from '../kernel/index.js';
import { historyTold } from './pool-history.rules.js';

const [asha, bola, carys] = ['asha', 'bola', 'carys'] as [PersonId, PersonId, PersonId];
const named = (person: PersonId): string => person[0]!.toUpperCase() + person.slice(1);
const at = (hour: number): Date => new Date(Date.UTC(2026, 10, 20, hour));
const happening = (what: string, personId: PersonId | null = null, more: object = {}) => {
  const [noun, action] = what.split(':') as [string, string];
  return { noun, action, to: '', personId, version: null, at: at(12), ...more };
};
const told = (rows: readonly ReturnType<typeof happening>[], reader: PersonId): string[] => historyTold(rows, named, reader).map((each) => each.sentence);

describe('what happened, told to one reader', () => {
  it.each([
    { what: 'member:join', person: asha, version: null, mine: 'You joined.', others: 'Asha joined.' },
    { what: 'member:invite', person: asha, version: null, mine: 'You were invited.', others: 'Asha was invited.' },
    { what: 'agreement:assent', person: asha, version: 2, mine: 'You agreed to version 2.', others: 'Asha agreed to version 2.' },
    { what: 'contribution:arrive', person: asha, version: null, mine: 'Money from you arrived.', others: 'Money from Asha arrived.' },
    { what: 'gift:offer-skill', person: asha, version: null, mine: 'You bring a skill.', others: 'Asha brings a skill.' },
    { what: 'pledge:take-back', person: asha, version: null, mine: 'You took your pledge back.', others: 'Asha took their pledge back.' },
    {
      what: 'pool:start',
      person: null,
      version: null,
      mine: 'Everyone had agreed, and the pool started.',
      others: 'Everyone had agreed, and the pool started.',
    },
  ])('$what', ({ what, person, version, mine, others }) => {
    expect([told([happening(what, person, { version })], asha), told([happening(what, person, { version })], bola)]).toEqual([[mine], [others]]);
  });

  it('tells once what several people did on one day, the first of them first and the reader last', () => {
    const rows = [carys, bola, asha].map((person) => happening('agreement:assent', person, { version: 1 }));
    expect(told(rows, bola)).toEqual(['Asha, Carys and you agreed to version 1.']);
    expect(told(rows.slice(1), carys)).toEqual(['Asha and Bola agreed to version 1.']);
  });

  it('tells apart another version, another day, and what happened between', () => {
    const assent = (person: PersonId, more: object) => happening('agreement:assent', person, { version: 1, ...more });
    expect(told([assent(asha, { version: 2 }), assent(asha, {})], bola)).toHaveLength(2);
    expect(told([assent(asha, {}), assent(carys, { at: new Date(Date.UTC(2026, 10, 19)) })], bola)).toHaveLength(2);
    expect(told([assent(asha, {}), happening('member:join', carys), assent(carys, {})], bola)).toHaveLength(3);
    expect(told([happening('member:leave', asha), happening('member:leave', carys)], bola)).toHaveLength(2);
  });

  it('leaves out what says nothing new, and never says how much', () => {
    expect(told([happening('agreement:supersede', null, { version: 1 }), happening('no:such-thing')], asha)).toEqual([]);
    expect(told([happening('contribution:send', asha)], bola)[0]).not.toMatch(/\d|£/);
  });
});
