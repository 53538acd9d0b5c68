import { describe, expect, it } from '@jest/globals';
import { pence, type LocalDate } from '../../kernel/index.js';
import { fourNumbers, fourNumbersView, type FourNumbersOptions } from './four-numbers.js';

const usual: FourNumbersOptions = {
  id: 'money',
  label: 'Your money',
  agreed: pence(480000),
  committed: pence(88500),
  spent: pence(212000),
  free: pence(59500),
  stillToCome: pence(120000),
  checkedOn: '2027-03-03' as LocalDate,
};

describe('fourNumbersView', () => {
  it('adds up: agreed is still to come, free, committed and spent', () => {
    expect(fourNumbersView(usual).addsUp).toBe(true);
    expect(fourNumbersView({ ...usual, free: pence(59499) }).addsUp).toBe(false);
  });

  it('draws the parts side by side and never past the end', () => {
    const { bar } = fourNumbersView(usual);
    expect(bar.map((part) => part.key)).toEqual(['spent', 'committed', 'free', 'stillToCome']);
    expect(bar[1]!.from).toBeCloseTo(bar[0]!.width);
    const tooMuch = fourNumbersView({ ...usual, spent: pence(900000) }).bar;
    expect(tooMuch.reduce((sum, part) => sum + part.width, 0)).toBeLessThanOrEqual(100);
  });

  it('draws nothing where nothing is agreed, or where a part is below zero', () => {
    expect(fourNumbersView({ ...usual, agreed: pence(0) }).bar).toEqual([]);
    const below = fourNumbersView({ ...usual, free: pence(-1200) });
    expect(below.bar.map((part) => part.key)).not.toContain('free');
    expect(below.isOverspent).toBe(true);
  });

  it('gives each part of the bar a pattern of its own, as colour alone says nothing', () => {
    const patterns = fourNumbersView(usual).bar.map((part) => part.pattern);
    expect(new Set(patterns).size).toBe(patterns.length);
  });
});

describe('fourNumbers', () => {
  it('says "promised" to holders and "committed" to staff', () => {
    expect(fourNumbers(usual).markup).toContain('Promised');
    expect(fourNumbers(usual).markup).not.toContain('Committed');
    expect(fourNumbers({ ...usual, voice: 'staff' }).markup).toContain('Committed');
  });

  it('opens the lines behind a number only where there is somewhere to go', () => {
    const markup = fourNumbers({ ...usual, links: { spent: '/spent?a=1&b=2' } }).markup;
    expect(markup).toContain('href="/spent?a=1&amp;b=2"');
    expect(markup.match(/<a /g)).toHaveLength(1);
  });

  it('says when it was checked against the bank, and when it was not', () => {
    expect(fourNumbers(usual).markup).toContain('Checked against the bank on 3 March 2027');
    expect(fourNumbers({ ...usual, checkedOn: null }).markup).toContain('Not yet checked against the bank');
  });

  it('shows numbers that do not add up as they are, and says so', () => {
    const markup = fourNumbers({ ...usual, free: pence(-1200) }).markup;
    expect(markup).toContain('do not add up');
    expect(markup).toContain('<strong>£12.00</strong> too much');
  });

  it('uses no inline style, as the content policy forbids it', () => expect(fourNumbers(usual).markup).not.toContain('style='));
});
