import { describe, expect, it } from '@jest/globals';
import type { DomainError, LocalDate, PersonId } from '../kernel/index.js';
import { checkCoordinator, checkPlanEnd, checkReview } from './plan.rules.js';

const day = (text: string): LocalDate => text as LocalDate;
const codeOf = (work: () => void): string => {
  try {
    work();
    return 'allowed';
  } catch (error) {
    return (error as DomainError).code;
  }
};

describe('the care co-ordinator of a plan', () => {
  it.each([
    ['carol', ['carol'], 'allowed'],
    ['carol', ['colin', 'carol'], 'allowed'],
    ['olu', ['colin', 'carol'], 'not-a-coordinator'],
    ['carol', [], 'not-a-coordinator'],
  ])('is %s, of an ICB whose co-ordinators are %j: %s', (named, coordinators, code) =>
    expect(codeOf(() => checkCoordinator(named as PersonId, coordinators as PersonId[]))).toBe(code),
  );

  it('the refusal stands at the field, in words that do not say who is known here', () => {
    expect(() => checkCoordinator('olu' as PersonId, [])).toThrow(
      expect.objectContaining({
        kind: 'invalid',
        fields: [{ field: 'coordinatorId', message: 'Choose somebody who is a care co-ordinator of this ICB today.' }],
      }),
    );
  });
});

describe('an agreed plan', () => {
  it.each([
    ['agreed', '2027-11-20', 'allowed'],
    ['agreed', '2027-11-21', 'review-day-wrong'],
    ['agreed', '2026-11-20', 'review-day-wrong'],
    ['draft', '2027-01-20', 'plan-not-agreed'],
    ['ended', '2027-01-20', 'plan-not-agreed'],
  ] as const)('%s, is reviewed next on %s: %s', (state, next, code) => expect(codeOf(() => checkReview({ state }, day('2026-11-20'), day(next)))).toBe(code));

  it.each([
    ['agreed', null, 'allowed'],
    ['agreed', '2027-02-01', 'allowed'],
    ['agreed', '2026-12-31', 'plan-ends-already'],
    ['replaced', null, 'plan-not-agreed'],
  ] as const)('%s, ending %s, is stopped at the year’s end: %s', (state, endsOn, code) =>
    expect(codeOf(() => checkPlanEnd({ state, endsOn: endsOn === null ? null : day(endsOn) }, day('2026-12-31')))).toBe(code),
  );
});
