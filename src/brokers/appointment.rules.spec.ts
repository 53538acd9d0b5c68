import { describe, expect, it } from '@jest/globals';
import type { LocalDate, PersonId } from '../kernel/index.js';
import type { AppointmentFacts } from './appointment.rules.js';
import { decideAppointment, rolesFor } from './appointment.rules.js';

const facts = (over: Partial<AppointmentFacts> = {}): AppointmentFacts => ({
  person: 'p' as PersonId,
  broker: 'b' as PersonId,
  signedBy: 'p',
  covers: ['pools', 'goals'],
  today: '2026-11-22' as LocalDate,
  until: '2027-03-31' as LocalDate,
  isListed: true,
  isAppointed: false,
  ...over,
});

describe('appointing a broker', () => {
  it('covers what was signed for, until the day signed for', () => {
    expect(decideAppointment(facts())).toEqual({ until: '2027-03-31', covers: ['goals', 'pools'] });
  });

  it('ends after two years when no day is given', () => {
    expect(decideAppointment(facts({ until: undefined })).until).toBe('2028-11-22');
  });

  it.each<[string, Partial<AppointmentFacts>]>([
    ['no-broker', { isListed: false }],
    ['own-broker', { broker: 'p' as PersonId }],
    ['own-broker', { signedBy: 'b' }],
    ['already-appointed', { isAppointed: true }],
    ['appointment-days', { until: '2026-11-22' as LocalDate }],
    ['appointment-days', { until: '2028-11-23' as LocalDate }],
  ])('refuses: %s %j', (code, over) => {
    let refusal: unknown;
    try {
      decideAppointment(facts(over));
    } catch (error) {
      refusal = error;
    }
    expect(refusal).toMatchObject({ code });
  });

  it.each([
    [['goals', 'card', 'plan', 'pools'] as const, ['person-broker']],
    [['goals'] as const, ['broker-goals']],
    [['pools', 'card'] as const, ['broker-card', 'broker-pools']],
  ])('gives for %j the roles %j', (covers, roles) => expect(rolesFor(covers)).toEqual(roles));
});
