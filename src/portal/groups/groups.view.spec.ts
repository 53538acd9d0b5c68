import { describe, expect, it } from '@jest/globals';
import type { GroupAskView, GroupsView } from '../../introductions/index.js';
import type { LocalDate, PersonId } from '../../kernel/index.js';
import { own } from '../acting-for/whose.js';
import { groupsPageView } from './groups.view.js';

const ME = own('018f0000-0000-7000-8000-000000000001' as PersonId);
const MAY = { answer: true, propose: true, write: true };
const about = { near: 'Sale', goals: [{ id: 'bowls', words: 'bowls' }], days: ['2'] as const };
const ask = {
  ...about,
  id: 'a',
  miles: 1,
  answerUntil: '2026-12-04' as LocalDate,
  revealOn: '2026-12-05' as LocalDate,
  mayAnswer: true,
  myAnswer: null,
} as unknown as GroupAskView;
const view = (over: Partial<GroupsView>) => groupsPageView(ME, MAY, { asked: [], ended: [], found: [], ...over });

describe('groups near a person', () => {
  it('say what, where, when and how far, and until when to answer', () =>
    expect(view({ asked: [ask] }).asked[0]).toMatchObject({
      what: 'Bowls',
      near: 'Sale',
      days: 'Tuesday',
      far: 'About 1 mile away',
      until: '4 December 2026',
      revealOn: '5 December 2026',
      mine: null,
    }));

  it('show names, and lead to a pool, once they came together', () => {
    const found = { ...about, id: 'g', revealedAt: new Date(), others: [{ personId: 'p', firstName: 'Raj' }] } as unknown as GroupsView['found'][number];
    expect(view({ found: [found] }).found[0]).toMatchObject({ names: 'Raj', isAlone: false, pool: '/pools/new?group=g' });
    expect(view({ found: [{ ...found, others: [] }] }).found[0]).toMatchObject({ isAlone: true, pool: null });
  });

  it('teach where to agree when there is nothing', () => {
    expect(view({}).empty?.href).toBe(`/people/${ME.id}/card/more?change=1`);
    expect(groupsPageView(ME, { ...MAY, write: false }, { asked: [], ended: [], found: [] }).empty?.href).toBe(`/people/${ME.id}/card`);
  });
});
