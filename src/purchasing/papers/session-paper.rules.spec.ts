import { describe, expect, it } from '@jest/globals';
import type { PersonId } from '../../kernel/index.js';
import { readSheet } from './session-paper.rules.js';

const members = [1, 2, 3].map((joinOrder) => ({ personId: `p${joinOrder}` as PersonId, joinOrder, isMember: joinOrder < 3 }));

describe('a sheet of a session', () => {
  it('says who came, and what each says of it', () => {
    expect(
      readSheet(
        [
          { member: 1, said: 'right' },
          { member: 2, said: 'not-right' },
          { member: 3, said: 'not-there' },
        ],
        members,
        'It was cold.',
      ),
    ).toEqual({
      came: ['p1', 'p2'],
      said: [
        { person: 'p1', answer: 'confirmed' },
        { person: 'p2', answer: 'disputed' },
      ],
    });
  });

  it.each([
    [[], '', 'sheet-empty'],
    [[{ member: 1, said: 'not-there' }], '', 'sheet-empty'],
    [[{ member: 3, said: 'right' }], '', 'member-unknown'],
    [[{ member: 9, said: 'right' }], '', 'member-unknown'],
    [
      [
        { member: 1, said: 'right' },
        { member: 1, said: 'not-right' },
      ],
      'x',
      'member-twice',
    ],
    [[{ member: 1, said: 'not-right' }], ' ', 'why-needed'],
  ] as const)('%j %j: %s', (lines, why, code) => {
    expect(() => readSheet(lines, members, why)).toThrow(expect.objectContaining({ code }));
  });
});
