import { describe, expect, it } from '@jest/globals';
import type { PennyStep } from '../../insight/index.js';
import { pence, type LocalDate } from '../../kernel/index.js';
import { flowPicture } from './follow-picture.view.js';
import { followView } from './follow.view.js';

let n = 0;
const step = (id: string, amount: number, over: Partial<PennyStep> = {}): PennyStep => ({
  id,
  kind: 'contribution',
  on: `2026-04-${String((n += 1)).padStart(2, '0')}` as LocalDate,
  book: { id: 'b' as never, reference: 'BOO-AAAA-AAAA', name: 'The treasurer' },
  amount: pence(amount),
  whole: pence(amount),
  from: 'line',
  to: 'share',
  line: 'LIN-7K3M-9QXA',
  entryId: 'e',
  reference: 'contribution:c:made',
  seal: 4n,
  corrects: null,
  deciders: [],
  seen: null,
  forDay: null,
  next: [],
  before: [],
  stillHere: pence(0),
  fromOutside: pence(0),
  isStart: false,
  ...over,
});

/** Agreed, put in, and split over an invoice and what is left. */
const trail = (): PennyStep[] => [
  step('a', 12_000, { kind: 'agreed', from: 'funder', to: 'line', fromOutside: pence(12_000), next: [{ id: 'b', amount: pence(12_000) }] }),
  step('b', 12_000, {
    isStart: true,
    before: [{ id: 'a', amount: pence(12_000) }],
    next: [{ id: 'c', amount: pence(3_334) }],
    stillHere: pence(8_666),
    whole: pence(20_000),
  }),
  step('c', 3_334, {
    kind: 'payment',
    from: 'owed',
    to: 'payee',
    before: [{ id: 'b', amount: pence(3_334) }],
    stillHere: pence(3_334),
    deciders: [{ did: 'prepared', role: 'finance officer', reference: 'PER-AAAA-AAAA' }],
    seal: null,
  }),
];

describe('the page that follows money', () => {
  it('says the finding first, and its sums are the whole', () => {
    const view = followView({ steps: trail(), asides: [], promises: [] }, 'staff');
    expect(view.finding).toMatch(
      /^£120\.00 followed through 3 steps since \d+ April 2026\. Now £86\.66 is free in the pool share, £33\.34 is with the payee\.$/,
    );
    expect(view.now.rows).toHaveLength(3);
    expect(view.now.foot!.map(String)).toEqual(['All together', expect.stringContaining('£120.00'), expect.stringContaining('£120.00')]);
  });

  it('shows each step with what went on and what is still here, who decided, reference and seal', () => {
    const text = followView({ steps: trail(), asides: [], promises: [] }, 'staff').steps.toString();
    expect(text).toMatch(/£33\.34<\/span> to <a href="#step-3">step 3<\/a>; <strong><span class="cp-money">£86\.66<\/span> is free in the pool share/);
    expect(text).toContain('of £200.00');
    expect(text).toContain('Prepared by finance officer PER-AAAA-AAAA');
    expect(text).toContain('seal 4');
    expect(text).toContain('no seal yet');
  });

  it('speaks plainly to the person whose it is, without references', () => {
    const view = followView(
      { steps: trail(), asides: [{ kind: 'fee', on: '2026-04-01' as LocalDate, amount: pence(1), reference: 'payment:p:fee' }], promises: [] },
      'holder',
    );
    expect(view.steps.toString()).not.toMatch(/PER-|seal|contribution:c/);
    expect(view.steps.toString()).toContain('This money was agreed');
    expect(view.asides!.rows).toHaveLength(1);
  });

  it('shows the newest of very many steps, and sums of all', () => {
    const many = Array.from({ length: 130 }, (_, index) => step(`m${index}`, 1, { on: '2026-04-01' as LocalDate, stillHere: pence(1), fromOutside: pence(1) }));
    const view = followView({ steps: many, asides: [], promises: [] }, 'staff');
    expect(view.hidden).toContain('There are 130 steps');
    expect(view.behind.rows).toHaveLength(100);
    expect(view.now.foot![2]!.toString()).toContain('£1.30');
    expect(view.steps.toString()).toContain('id="step-130" value="130"');
  });

  it('says so when nothing has moved', () =>
    expect(followView({ steps: [], asides: [], promises: [] }, 'holder')).toMatchObject({
      finding: expect.stringContaining('Nobody’s money has moved'),
      picture: null,
    }));
});

describe('the picture', () => {
  it('puts each step under those it came from, inside its frame, with lines as wide as the money', () => {
    const picture = flowPicture(trail())!;
    expect(picture.boxes.map((box) => box.n)).toEqual([1, 2, 3]);
    const [a, b, c] = picture.boxes;
    expect(a!.y < b!.y && b!.y < c!.y).toBe(true);
    expect(picture.boxes.every((box) => box.x >= 0 && box.x + 96 <= picture.width && box.y + 40 <= picture.height)).toBe(true);
    expect(picture.lines[0]!.width).toBeGreaterThan(picture.lines[1]!.width);
    expect(picture.width).toBe(320);
  });

  it('is left out where it would help nobody', () => {
    expect(flowPicture([])).toBeUndefined();
    expect(flowPicture(Array.from({ length: 46 }, (_, index) => step(`s${index}`, 1)))).toBeUndefined();
  });
});
