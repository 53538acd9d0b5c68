import { describe, expect, it } from '@jest/globals';
import type { LocalDate } from '../../kernel/index.js';
import { readingAge } from '../../../test/support/reading-age.js';
import type { Check } from './checked.js';
import { checkedNote, checkedTogether, checkedWords } from './checked.js';

const day = (text: string): LocalDate => text as LocalDate;
const [early, late] = [day('2027-03-03'), day('2027-03-09')];

describe('what money was checked against', () => {
  it.each<[Check, string]>([
    [{ by: 'bank', on: early }, 'Checked against the bank on 3 March 2027'],
    [{ by: 'bank', on: null }, 'Not yet checked against the bank'],
    [{ by: 'payer', on: early }, 'The NHS keeps this money. Checked against its report of payments on 3 March 2027'],
    [{ by: 'payer', on: null }, 'The NHS keeps this money. Not yet checked against its report of payments'],
    [{ by: 'both', on: early }, 'Checked against the bank and the NHS report of payments, up to 3 March 2027'],
    [{ by: 'both', on: null }, 'Not all of it is checked yet against the bank or the NHS report of payments'],
  ])('%j is said truly and plainly', (check, words) => {
    expect(checkedWords(check)).toBe(words);
    expect(readingAge(`${words}.`)).toBeLessThanOrEqual(11);
    expect(checkedNote(check).markup).toContain(`${words}.`);
    expect(checkedNote(check).markup.includes('cp-proof--not')).toBe(check.on === null);
  });

  it.each<[string, Check[], Check]>([
    [
      'the earliest of two days',
      [
        { by: 'bank', on: late },
        { by: 'bank', on: early },
      ],
      { by: 'bank', on: early },
    ],
    [
      'not, when one is not',
      [
        { by: 'bank', on: early },
        { by: 'bank', on: null },
      ],
      { by: 'bank', on: null },
    ],
    ['not, when nothing is known', [], { by: 'bank', on: null }],
    ['by the payer alone', [{ by: 'payer', on: late }], { by: 'payer', on: late }],
    [
      'by both, the earlier day',
      [
        { by: 'payer', on: late },
        { by: 'bank', on: early },
      ],
      { by: 'both', on: early },
    ],
  ])('%s', (_name, checks, together) => expect(checkedTogether(checks)).toEqual(together));
});
