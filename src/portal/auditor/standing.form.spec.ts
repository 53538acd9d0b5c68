import { describe, expect, it } from '@jest/globals';
import { captionOf, readStanding } from './standing.form.js';

const now = new Date('2026-05-01T10:00:00Z');
const on = { 'on-day': '30', 'on-month': '4', 'on-year': '2026' };

describe('the question about a past day', () => {
  it('asks nothing at first, and finds nothing wrong', () => expect(readStanding({}, now)).toMatchObject({ faults: [], values: { by: 'effective' } }));
  it('asks for both', () => {
    expect(readStanding({ reference: 'LIN-7K3M-9QXA' }, now).faults.map((fault) => fault.field)).toEqual(['on']);
    expect(readStanding(on, now).faults.map((fault) => fault.field)).toEqual(['reference']);
    expect(readStanding({ ...on, 'on-month': '13', reference: 'LIN-7K3M-9QXA' }, now).faults.map((fault) => fault.field)).toEqual(['on']);
  });
  it('asks as it was chosen', () => {
    const { asked, values } = readStanding({ ...on, reference: ' LIN-7K3M-9QXA ', by: 'booked' }, now);
    expect([asked?.asOf, values.reference]).toEqual([{ bookedOn: '2026-04-30' }, 'LIN-7K3M-9QXA']);
    expect(captionOf(asked!.day, 'booked')).toBe('Counted when 30 April 2026 ended');
  });
});
