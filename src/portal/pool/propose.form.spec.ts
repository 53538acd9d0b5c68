import { describe, expect, it } from '@jest/globals';
import type { PersonId } from '../../kernel/index.js';
import { newId } from '../../kernel/index.js';
import { readProposal, typedOf } from './propose.form.js';

const [me, ana, ben] = [newId<'person'>(), newId<'person'>(), newId<'person'>()];
const introduction = newId<'introduction'>();
const known = [
  { personId: ana, name: 'Ana', how: '', introductionId: introduction },
  { personId: ben, name: 'Ben', how: '', introductionId: null },
];
const body = { name: 'Monday Gardeners', purpose: 'Grow food', place: '', people: [ana, ben] };
const read = (over: object, self: PersonId | undefined = me) => readProposal(typedOf({ ...body, ...over }), self, known);

describe('a proposal', () => {
  it('puts the proposer first', () => {
    const { command, faults } = read({});
    expect(faults).toEqual([]);
    expect(command.members.map((member) => member.personId)).toEqual([me, ana, ben]);
    expect(command.introductionId).toBeUndefined();
    expect(command.place).toBeUndefined();
  });

  it('names the introduction it grew from when one person is chosen', () => expect(read({ people: ana }).command.introductionId).toBe(introduction));

  it('leaves out a broker, who is no member', () =>
    expect(readProposal(typedOf(body), undefined, known).command.members.map((member) => member.personId)).toEqual([ana, ben]));

  it.each([
    [{ name: '' }, ['name']],
    [{ purpose: ' ' }, ['purpose']],
    [{ people: [] }, ['people']],
    [{ people: [newId()] }, ['people']],
    [{ name: 'x'.repeat(101), people: undefined }, ['name', 'people']],
  ])('%o has faults at %o', (over, fields) => expect(read(over).faults.map((fault) => fault.field)).toEqual(fields));

  it('needs two people when a broker proposes', () =>
    expect(readProposal(typedOf({ ...body, people: ana }), undefined, known).faults).toEqual([{ field: 'people', message: 'Choose at least 2 people' }]));
});
