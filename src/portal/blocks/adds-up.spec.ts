import { describe, expect, it } from '@jest/globals';
import { pence, type LocalDate } from '../../kernel/index.js';
import { lowestOf, type Quote } from './decisions.js';
import { sharePicture, sharePictureView } from './share-picture.js';
import { addsUp, splitTable } from './split-table.js';
import { statement, statementView, type StatementOptions } from './statement.js';

const day = (text: string): LocalDate => text as LocalDate;

describe('splitTable', () => {
  const rows = [
    { name: 'You', sum: pence(3334), isMine: true },
    { name: '2 other people', sum: pence(6666) },
  ];

  it('proves that the parts make the whole, to the penny', () => {
    expect(addsUp({ whole: pence(10000), rows })).toBe(true);
    expect(splitTable({ caption: 'A split', whole: pence(10000), rows }).markup).toContain('to the penny');
  });

  it('says so when they do not, and claims no 100%', () => {
    const { markup } = splitTable({ caption: 'A split', whole: pence(10001), rows });
    expect(markup).toContain('should make');
    expect(markup).not.toContain('>100%<');
  });
});

describe('statement', () => {
  const february: StatementOptions = {
    title: 'Your money',
    from: day('2027-02-01'),
    to: day('2027-02-28'),
    opening: pence(40000),
    closing: pence(53250),
    checkedOn: null,
    lines: [
      { day: day('2027-02-05'), text: 'Money in', change: pence(28000) },
      { day: day('2027-02-11'), text: 'Art', change: pence(-14750) },
    ],
  };

  it('leaves a balance after each line that leads to the end', () => {
    const view = statementView(february);
    expect(view.lines.map((line) => line.balance)).toEqual([68000n, 53250n]);
    expect(view.addsUp).toBe(true);
  });

  it('says when its lines do not lead to the end', () => {
    expect(statement({ ...february, closing: pence(1) }).markup).toContain('do not lead');
    expect(statement(february).markup).not.toContain('do not lead');
  });
});

describe('sharePicture', () => {
  const pool = { id: 's', label: 'Put in', mine: { name: 'You', sum: pence(2500) }, others: { people: 3, sum: pence(7500) } };

  it('says mine of the whole, and others as one sum', () => {
    const view = sharePictureView(pool);
    expect(view.finding).toBe('You have put in £25.00 of £100.00, 25% of the whole.');
    expect(view.parts.map((part) => part.name)).toEqual(['You', '3 other people together']);
  });

  it('draws no ring when nothing is in, and no part for nobody', () => {
    const { markup } = sharePicture({ id: 's', label: 'Put in', others: { people: 0, sum: pence(0) } });
    expect(markup).not.toContain('cp-share__ring');
    expect(markup).toContain('Nobody has put money in yet.');
  });

  it('speaks of the person acted for by name', () =>
    expect(sharePictureView({ ...pool, mine: { name: 'Rosa', sum: pence(2500) } }).finding).toMatch(/^Rosa has put in/));
});

describe('lowestOf', () => {
  const quote = (whole: number): Quote => ({
    provider: 'P',
    whole: pence(whole),
    eachSession: pence(1),
    eachPerson: pence(1),
    includes: [],
    leavesOut: [],
    startsOn: day('2027-04-05'),
    validUntil: day('2027-03-31'),
  });
  it.each([
    [[], []],
    [[5], [0]],
    [[7, 5, 9], [1]],
    [
      [5, 7, 5],
      [0, 2],
    ],
  ])('of %o is at %o', (sums, places) => expect(lowestOf(sums.map(quote))).toEqual(places));
});
