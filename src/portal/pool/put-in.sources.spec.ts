import { describe, expect, it } from '@jest/globals';
import type { LocalDate } from '../../kernel/index.js';
import { newId, pence } from '../../kernel/index.js';
import type { PayingLine } from './put-in.sources.js';
import { sourcesFrom } from './put-in.sources.js';

const day = (text: string): LocalDate => text as LocalDate;
const TODAY = day('2026-11-20');
const plan = {
  id: newId<'plan'>(),
  state: 'agreed',
  lines: [
    { id: newId<'plan-line'>(), service: 'Gardening' },
    { id: newId<'plan-line'>(), service: 'Swimming' },
  ],
};
const line = (over: Partial<PayingLine> = {}): PayingLine => ({
  id: newId<'budget-line'>(),
  planId: plan.id,
  name: 'NHS money',
  state: 'open',
  fromDay: day('2026-04-01'),
  untilDay: day('2027-04-01'),
  suspendedOn: null,
  free: pence(5000),
  checked: 'Not yet checked against the bank',
  travels: false,
  ...over,
});
const whys = (lines: readonly PayingLine[], plans = [plan]) => sourcesFrom(lines, plans, TODAY).leftOut.map((each) => each.why);

describe('what can be put in', () => {
  it('is a line once for every service of its plan', () => {
    const { sources, leftOut } = sourcesFrom([line()], [plan], TODAY);
    expect(sources.map((source) => source.service)).toEqual(['Gardening', 'Swimming']);
    expect(leftOut).toEqual([]);
  });

  it.each<[string, Partial<PayingLine>, RegExp]>([
    ['suspended', { suspendedOn: day('2026-11-02') }, /suspended since 2 November 2026/],
    ['ended by a decision', { state: 'ended', untilDay: day('2026-10-01') }, /ended on 1 October 2026/],
    ['over', { untilDay: TODAY }, /ended on 20 November 2026/],
    ['not begun', { fromDay: day('2026-11-21') }, /begins on 21 November 2026/],
    ['of no agreed plan', { planId: newId<'plan'>() }, /not agreed/],
    ['empty', { free: pence(0) }, /£0.00 free/],
  ])('is no line that is %s, and it says so', (_, over, why) => {
    expect(sourcesFrom([line(over)], [plan], TODAY).sources).toEqual([]);
    expect(whys([line(over)])).toEqual([expect.stringMatching(why)]);
  });

  it('is the one line of several that can pay', () => {
    const good = line();
    const { sources, leftOut } = sourcesFrom([line({ suspendedOn: TODAY }), good, line({ state: 'ended' })], [plan], TODAY);
    expect(new Set(sources.map((source) => source.lineId))).toEqual(new Set([good.id]));
    expect(leftOut).toEqual([]);
  });

  it('is nothing of a plan without services, or of one that is not agreed', () => {
    expect(whys([line()], [{ ...plan, lines: [] }])).toHaveLength(1);
    expect(whys([line()], [{ ...plan, state: 'draft' }])).toHaveLength(1);
  });

  it('tells five reasons at most', () => expect(whys(Array.from({ length: 40 }, () => line({ state: 'ended' })))).toHaveLength(5));
  it('tells none where there is no money at all', () => expect(sourcesFrom([], [plan], TODAY)).toEqual({ sources: [], leftOut: [] }));
});
