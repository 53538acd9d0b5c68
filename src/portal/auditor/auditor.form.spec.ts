import { describe, expect, it } from '@jest/globals';
import { readAuditor, readJournal, readSample, readWhy } from './auditor.form.js';

const day = (name: string, text: string): Record<string, string> => {
  const [year, month, date] = text.split('-');
  return { [`${name}-day`]: date!, [`${name}-month`]: month!, [`${name}-year`]: year! };
};
const fieldsOf = (read: { faults: readonly { field: string }[] }): string[] => read.faults.map((fault) => fault.field);

describe('forms of the auditor’s door', () => {
  it.each([
    [{}, {}, []],
    [{ which: 'all' }, {}, []],
    [{ which: '2026', from: 'ignored' }, { from: '2026-04-01', until: '2027-04-01' }, []],
    [{ which: 'days', from: '2026-05-01' }, { from: '2026-05-01' }, []],
    [{ which: 'days', from: 'soon', until: '2026-13-01' }, undefined, ['from', 'until']],
  ])('a book taken along: %j', (sent, period, faults) => {
    const read = readJournal(sent);
    expect(read.period).toEqual(period);
    expect(fieldsOf(read)).toEqual(faults);
  });

  it('a sample has two days and a number', () => {
    const sent = { ...day('fromDay', '2026-04-01'), ...day('untilDay', '2027-04-01'), size: '20', seed: '', kind: '' };
    expect(readSample(sent)).toMatchObject({ faults: [], command: { fromDay: '2026-04-01', untilDay: '2027-04-01', size: 20 } });
    expect(fieldsOf(readSample({ ...sent, size: '101' }))).toEqual(['size']);
    expect(fieldsOf(readSample({ size: '2' }))).toEqual(['fromDay', 'untilDay']);
  });

  it('opening says why, in more than a word', () => {
    expect(readWhy({ why: ' To hold the invoice\r\nagainst the session ' }).values.why).toBe('To hold the invoice against the session');
    expect(fieldsOf(readWhy({ why: 'because' }))).toEqual(['why']);
  });

  it('an auditor has a name, days and a reason', () => {
    const sent = { username: ' adil ', reason: 'The yearly audit', ...day('fromDay', '2026-05-02'), ...day('untilDay', '2026-08-02') };
    expect(readAuditor(sent)).toMatchObject({ faults: [], command: { username: 'adil', reason: 'The yearly audit' } });
    expect(fieldsOf(readAuditor({}))).toEqual(['username', 'fromDay', 'untilDay', 'reason']);
  });
});
