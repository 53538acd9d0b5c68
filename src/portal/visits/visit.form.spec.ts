import { describe, expect, it } from '@jest/globals';
import { mergedNote } from '../../brokers/index.js';
import type { LocalDate } from '../../kernel/index.js';
import { readVisit } from './visit.form.js';
import { formOf, toSettleOf, typedOver } from './visits.view.js';

const [P, Q, E1, E2, E3] = [1, 2, 3, 4, 5].map((n) => `018f0000-0000-7000-8000-00000000000${n}`) as [string, string, string, string, string];
const today = '2026-11-20' as LocalDate;

describe('the form of a visit', () => {
  const parts = mergedNote([
    { id: E1, part: P, base: [], words: 'Swims' },
    { id: E2, part: Q, base: [], words: 'By bus' },
    { id: E3, part: Q, base: [], words: 'By car' },
  ]);

  it('has a field for what is settled and an empty one, each over what stands; the rest is to be settled', () => {
    const form = formOf(parts, today);
    expect(form.paragraphs.map(({ label, words, base }) => [label, words, base])).toEqual([
      ['Paragraph 1', 'Swims', E1],
      ['Another paragraph', '', ''],
    ]);
    expect(form.day!.parts).toEqual({ day: '20', month: '11', year: '2026' });
    expect(toSettleOf(parts)).toMatchObject([
      { part: Q, label: 'Paragraph 2', base: `${E2} ${E3}`, versions: [{ words: 'By bus' }, { words: 'By car' }], both: 'By bus\n\nBy car' },
    ]);
  });

  it('sends every part with what it was written over', () => {
    const { command, faults } = readVisit({
      'day-day': '19',
      'day-month': '11',
      'day-year': '2026',
      'base.day': '',
      'edit.day': E2,
      [`words.${P}`]: 'Swims daily',
      [`base.${P}`]: E1,
      [`edit.${P}`]: E3,
    });
    expect(faults).toEqual([]);
    expect(command.edits).toMatchObject([
      { id: E2, part: 'day', base: [], words: '2026-11-19' },
      { id: E3, part: P, base: [E1], words: 'Swims daily' },
    ]);
  });

  it('that was not taken keeps what was typed over what it was typed over, under new ids', () => {
    const { typed, faults } = readVisit({
      'day-day': '31',
      'day-month': '2',
      'day-year': '2026',
      'edit.day': E2,
      [`words.${P}`]: 'Typed',
      [`base.${P}`]: E2,
      [`edit.${P}`]: E3,
    });
    expect(faults).toMatchObject([{ field: 'day' }]);
    const again = typedOver(formOf(parts, today), typed.parts, typed.day);
    expect(again.paragraphs[0]).toMatchObject({ part: P, words: 'Typed', base: E2 });
    expect(again.paragraphs[0]!.edit).not.toBe(E3);
    expect(again.day!.parts.day).toBe('31');
  });
});
