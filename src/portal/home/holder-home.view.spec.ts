import { describe, expect, it } from '@jest/globals';
import type { GoalView } from '../../holders/index.js';
import type { LocalDate, PersonId } from '../../kernel/index.js';
import { another, own } from '../acting-for/whose.js';
import type { HomeFacts } from './holder-home.view.js';
import { holderHomeView, needsOf } from './holder-home.view.js';

const ME = own('018f0000-0000-7000-8000-000000000001' as PersonId);
const ANA = another('018f0000-0000-7000-8000-000000000002' as PersonId, 'Ana', 'Invented', 'nominee');
const TODAY = '2026-11-20' as LocalDate;
const QUIET: HomeFacts = { goodLifeWritten: true, goals: [], card: 'open', unanswered: 0, lines: [], pools: [], unread: 0, checked: new Map() };
const goal = (ratedAt?: string): GoalView => ({
  id: '018f0000-0000-7000-8000-00000000000a' as never,
  matters: 'Swim',
  why: '',
  firstStep: '',
  whoHelps: '',
  byDay: null,
  signs: [],
  areas: [],
  state: 'open',
  ratings: ratedAt ? [{ rating: 5, words: '', wasHelped: false, ratedAt: new Date(ratedAt) }] : [],
  closeness: { first: null, latest: null, change: null },
});
const pool = (over: object): HomeFacts['pools'][number] => ({
  listing: { id: '018f0000-0000-7000-8000-00000000000b' as never, name: 'Thursday swimming', purpose: 'Swim', place: null, state: 'agreeing', members: 3 },
  pool: { agreements: [], members: [], mine: null, ...over } as never,
  purchases: [],
});
const texts = (facts: Partial<HomeFacts>, whose = ME): string[] => needsOf(whose, { ...QUIET, ...facts }, TODAY).map((need) => need.text);

describe('what needs me today', () => {
  it('is nothing when nothing does', () => expect(texts({})).toEqual([]));

  it.each<[Partial<HomeFacts>, string]>([
    [{ unread: 1 }, 'You have 1 new message'],
    [{ unread: 3 }, 'You have 3 new messages'],
    [{ unanswered: 2 }, 'We found 2 people you may like to meet'],
    [{ goodLifeWritten: false }, 'Say what a good life looks like for you'],
    [{ goals: [goal()] }, 'How close are you? Swim'],
    [{ goals: [goal('2026-08-20T10:00:00Z')] }, 'How close are you? Swim'],
    [{ goals: [goal(), goal()] }, 'How close are you to 2 of your goals?'],
    [{ card: 'none' }, 'Find people who like the same things'],
    [{ card: 'draft' }, 'Finish the card and open it'],
    [{ pools: [pool({ agreements: [{ state: 'offered', iAssented: false }] })] }, 'Read the agreement of Thursday swimming'],
    [{ pools: [pool({ members: [{ isMe: true, state: 'invited' }] })] }, 'You are asked to join Thursday swimming'],
  ])('%j', (facts, text) => expect(texts(facts)).toEqual([text]));

  it('does not say that a group starts with words that it may be changing', () => {
    const [need] = needsOf(ME, { ...QUIET, pools: [pool({ agreements: [{ state: 'offered', iAssented: false }] })] }, TODAY);
    expect(need!.hint).toBe('It counts only when everybody has said yes.');
  });

  it('does not ask again within three months, nor for what was answered', () => {
    expect(texts({ goals: [goal('2026-08-22T10:00:00Z')] })).toEqual([]);
    expect(texts({ pools: [pool({ agreements: [{ state: 'offered', iAssented: true }] })] })).toEqual([]);
  });

  it('puts what others wait for first: a session before messages', () => {
    const recorded = {
      ...pool({}),
      purchases: [{ service: 'Swimming', sessions: [{ id: '018f0000-0000-7000-8000-00000000000c', state: 'recorded', mine: 1_250n, day: '2026-11-19' }] }],
    } as never;
    expect(texts({ unread: 1, pools: [recorded] })).toEqual(['Did it happen? Swimming', 'You have 1 new message']);
  });

  it('asks nobody to say how close somebody else is', () => expect(texts({ goals: [goal()] }, ANA)).toEqual([]));
});

describe('the home page', () => {
  it('leaves out what the reader may not see', () => {
    const view = holderHomeView(
      ANA,
      { goodLifeWritten: undefined, goals: undefined, card: undefined, unanswered: undefined, lines: [], pools: [], unread: 0, checked: new Map() },
      TODAY,
    );
    expect(view).toMatchObject({ goals: null, pools: null, needs: [], money: null, hasMoney: true });
  });
});
