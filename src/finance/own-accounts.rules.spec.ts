import { describe, expect, it } from '@jest/globals';
import type { PersonId } from '../kernel/index.js';
import { DomainError, localDate, newId } from '../kernel/index.js';
import type { OwnAccountConditions, OwnAccountFacts } from './own-accounts.rules.js';
import { decideOwnAccount } from './own-accounts.rules.js';

const person = newId<'person'>() as PersonId;
const other = newId<'person'>() as PersonId;
const today = localDate('2026-11-20');
const fits: OwnAccountFacts = {
  person,
  accountHolder: person,
  authority: undefined,
  bornOn: localDate('1984-02-03'),
  hasDied: false,
  hasAgreedPlan: true,
  hasOpenAccount: false,
};
const met: OwnAccountConditions = { isNotExcluded: true, isForNamedPeopleOnly: true, isForDirectPaymentsOnly: true, canBeAudited: true };

function outcome(facts: Partial<OwnAccountFacts>, conditions: Partial<OwnAccountConditions> = {}): string {
  try {
    decideOwnAccount({ ...fits, ...facts }, { ...met, ...conditions }, today);
    return 'opened';
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    return [error.code, ...error.fields.map((fault) => fault.field)].join(' ');
  }
}

describe('opening a direct-payment account', () => {
  it.each<[string, Partial<OwnAccountFacts>, Partial<OwnAccountConditions>, string]>([
    ['of the person themselves', {}, {}, 'opened'],
    ['held by their nominee', { accountHolder: other, authority: 'nominee' }, {}, 'opened'],
    ['held by their representative', { accountHolder: other, authority: 'representative' }, {}, 'opened'],
    ['held by somebody without recorded authority', { accountHolder: other }, {}, 'no-authority'],
    ['of somebody who died', { hasDied: true }, {}, 'person-died'],
    ['before a plan is agreed (reg. 8)', { hasAgreedPlan: false }, {}, 'plan-not-agreed'],
    ['of somebody excluded (Schedule)', {}, { isNotExcluded: false }, 'excluded'],
    ['that others can get at (reg. 10)', {}, { isForNamedPeopleOnly: false }, 'account-conditions isForNamedPeopleOnly'],
    ['that holds other money (reg. 10)', {}, { isForDirectPaymentsOnly: false }, 'account-conditions isForDirectPaymentsOnly'],
    ['without statements (reg. 10)', {}, { isForDirectPaymentsOnly: false, canBeAudited: false }, 'account-conditions isForDirectPaymentsOnly canBeAudited'],
    ['of a child alone, the day before turning 16', { bornOn: localDate('2010-11-21') }, {}, 'needs-representative'],
    ['on the 16th birthday', { bornOn: localDate('2010-11-20') }, {}, 'opened'],
    ['of a child, held by a nominee', { bornOn: localDate('2015-01-01'), accountHolder: other, authority: 'nominee' }, {}, 'needs-representative'],
    ['of a child, held by a representative', { bornOn: localDate('2015-01-01'), accountHolder: other, authority: 'representative' }, {}, 'opened'],
    ['a second time', { hasOpenAccount: true }, {}, 'has-account'],
  ])('%s', (_what, facts, conditions, expected) => {
    expect(outcome(facts, conditions)).toBe(expected);
  });
});
