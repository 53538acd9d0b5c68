import { describe, expect, it } from '@jest/globals';
import type { PersonId } from '../../kernel/index.js';
import { own } from '../acting-for/whose.js';
import { readMeeting } from '../introductions/meeting.form.js';
import { readCode } from './friends.form.js';
import { friendsView } from './friends.view.js';

describe('a name and a code', () => {
  it('are taken as typed', () =>
    expect(readCode({ firstName: ' Ann ', code: 'bcdf ghjk mnpq' })).toMatchObject({ faults: [], command: { firstName: 'Ann', code: 'bcdf ghjk mnpq' } }));
  it('are both needed', () =>
    expect(readCode({}).faults).toEqual([
      { field: 'firstName', message: 'Write their first name' },
      { field: 'code', message: 'Write the code, like BCDF-GHJK-MNPQ' },
    ]));
});

describe('a first meeting', () => {
  const typed = { 'onDay-day': '8', 'onDay-month': '12', 'onDay-year': '2026', where: 'The library', company: 'Jo', wayHome: 'The bus' };
  it('is a day and a place for both, and each side’s own part', () =>
    expect(readMeeting(typed)).toMatchObject({
      faults: [],
      step: { kind: 'meet', onDay: '2026-12-08', words: 'The library' },
      meeting: { company: 'Jo', wayHome: 'The bus' },
    }));
  it('needs a day', () =>
    expect(readMeeting({ ...typed, 'onDay-day': '' }).faults).toEqual([{ field: 'onDay', message: 'Enter a real date, like 27 3 2027' }]));
});

describe('people one knows', () => {
  const view = friendsView(own('018f0000-0000-7000-8000-000000000001' as PersonId), {
    received: [],
    sent: [
      { id: 'i1' as never, way: 'name', toName: 'Raj', state: 'waiting', expiresOn: '2027-01-01' as never, code: null },
      { id: 'i2' as never, way: 'paper', toName: null, state: 'waiting', expiresOn: '2027-01-01' as never, code: 'BCDF-GHJK-MNPQ' },
      { id: 'i3' as never, way: 'name', toName: 'Eve', state: 'ended', expiresOn: '2026-01-01' as never, code: null },
    ],
    code: { code: null, untilDay: null },
    others: [],
    mayWrite: true,
  });
  it('say who was asked, what may be printed, and that it ended, never why', () =>
    expect(view.sent.map((each) => [each.title, each.state.state, each.isWaiting, each.print !== null])).toEqual([
      ['You asked Raj', 'No answer yet', true, false],
      ['An invitation on paper', 'No answer yet', true, true],
      ['You asked Eve', 'Ended', false, false],
    ]));
});
