import { describe, expect, it } from '@jest/globals';
import type { LocalDate } from '../../kernel/index.js';
import type { SessionView } from '../../purchasing/index.js';
import { answersOf, choicesOf } from './sessions.view.js';

const today = '2027-03-08' as LocalDate;
const session = (state: string, day = '2027-03-08'): SessionView => ({ state, day }) as unknown as SessionView;
const member = { isMember: true, isBroker: false, today };
const broker = { isMember: false, isBroker: true, today };
const may = (...what: string[]) => ({ mayConfirm: what.includes('confirm'), mayDispute: what.includes('dispute'), mayRecord: what.includes('record') });

describe('what may be done with a session', () => {
  it.each([
    ['planned', member, may()],
    ['recorded', member, may('confirm', 'dispute')],
    ['confirmed', member, may('dispute')],
    ['disputed', member, may('confirm')],
    ['invoiced', member, may()],
    ['planned', broker, may('record')],
    ['recorded', broker, may()],
    ['confirmed', broker, may()],
  ] as const)('%s', (state, who, expected) => expect(choicesOf(session(state), who)).toEqual(expected));

  it('what was said is a sentence with its words', () => {
    const said = { firstName: 'Ana', answer: 'disputed', why: 'Nobody came.', on: today, isFromPaper: false } as const;
    expect(answersOf([{ ...said, isMine: false }])).toEqual([{ when: today, text: 'Ana said that it was not right.', detail: '“Nobody came.”' }]);
    expect(answersOf([{ ...said, isMine: true, answer: 'confirmed', why: null }])).toEqual([{ when: today, text: 'You said that it happened.' }]);
  });

  it('a session to come cannot be recorded', () => expect(choicesOf(session('planned', '2027-03-09'), broker).mayRecord).toBe(false));
});
