import { expect, it } from '@jest/globals';
import { DomainError } from './errors.js';
import { edgeOf, statesAllowing } from './lifecycle.js';
import type { Lifecycle } from './lifecycle.js';

type State = 'draft' | 'awaiting-review' | 'done';
type Action = 'send' | 'take-back' | 'finish';

const letters = {
  draft: { send: { to: 'awaiting-review', event: 'letterSent' } },
  'awaiting-review': { 'take-back': { to: 'draft' }, finish: { to: 'done', event: 'letterFinished' }, send: { to: 'awaiting-review' } },
  done: {},
} as const satisfies Lifecycle<State, Action>;

it('gives the edge with its target and its event', () => {
  expect(edgeOf('letter', letters, 'draft', 'send')).toEqual({ to: 'awaiting-review', event: 'letterSent' });
  expect(edgeOf('letter', letters, 'awaiting-review', 'take-back')).toEqual({ to: 'draft' });
});

it.each([
  ['draft', 'finish'],
  ['done', 'send'],
  ['awaiting-review', 'unheard-of'],
  ['done', 'toString'],
  ['gone', 'send'],
])('refuses from %s to %s as a conflict that names the state', (state, action) => {
  let error: unknown;
  try {
    edgeOf('letter', letters, state as State, action as Action);
  } catch (caught) {
    error = caught;
  }
  expect(error).toBeInstanceOf(DomainError);
  expect(error).toMatchObject({ kind: 'conflict', code: `letter-is-${state}`, facts: { state, action } });
  expect((error as DomainError).message).toContain(`the letter is ${state.replaceAll('-', ' ')}`);
});

it('finds the states that allow an action', () => {
  expect(statesAllowing(letters, 'send')).toEqual(['draft', 'awaiting-review']);
  expect(statesAllowing(letters, 'finish')).toEqual(['awaiting-review']);
  expect(statesAllowing(letters, 'toString' as Action)).toEqual([]);
});
