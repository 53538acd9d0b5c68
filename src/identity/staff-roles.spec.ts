import { describe, expect, it } from '@jest/globals';
import { decideStaffGrant, readStaffName, readStaffRole, STAFF_ROLES } from './staff-roles.js';

const refusal = (code: string) => expect.objectContaining({ code });
const ICB = { on: 'icb', id: '1', kind: 'icb' } as const;
const BOOK = { on: 'book', id: '2' } as const;
const SITE = { on: 'site', id: null } as const;

describe('roles of staff', () => {
  it('are those of bodies, books, providers and the installation', () =>
    expect(STAFF_ROLES).toEqual(
      expect.arrayContaining([
        'operator',
        'broker',
        'icb-officer',
        'care-coordinator',
        'finance-officer',
        'finance-lead',
        'funder-officer',
        'provider',
        'auditor',
      ]),
    ));

  it.each(['holder', 'representative', 'nominee', 'member', 'pool-broker', 'person-broker', 'account-holder'])('leave out %s', (role) => {
    expect(STAFF_ROLES).not.toContain(role);
    expect(() => readStaffRole(role)).toThrow(refusal('role-not-for-staff'));
  });

  it.each(['boss', '', 'toString'])('refuse "%s", which is no role, and name those there are', (role) =>
    expect(() => readStaffRole(role)).toThrow(expect.objectContaining({ code: 'role-not-known', message: expect.stringContaining('finance-officer') })),
  );

  it.each([
    ['care-coordinator', ICB, []],
    ['funder-officer', { ...ICB, kind: 'council' }, []],
    ['finance-officer', BOOK, ['finance-lead']],
    ['operator', SITE, []],
    ['provider', { on: 'provider', id: '3' }, []],
  ] as const)('give %s on %o', (role, object, here) => expect(() => decideStaffGrant(role, object, here)).not.toThrow());

  it.each([
    ['auditor', BOOK, [], 'auditor-is-appointed'],
    ['care-coordinator', BOOK, [], 'role-not-on'],
    ['operator', ICB, [], 'role-not-on'],
    ['finance-officer', ICB, [], 'role-not-on'],
    ['care-coordinator', { ...ICB, kind: 'council' }, [], 'body-of-another-kind'],
    ['funder-officer', { ...ICB, kind: 'money-holder' }, [], 'body-of-another-kind'],
    ['finance-officer', BOOK, ['auditor'], 'audits-this-book'],
    ['finance-lead', BOOK, ['auditor'], 'audits-this-book'],
    ['finance-officer', BOOK, ['finance-officer'], 'has-role'],
  ] as const)('refuse %s on %o beside %o: %s', (role, object, here, code) => expect(() => decideStaffGrant(role, object, here)).toThrow(refusal(code)));
});

describe('a name', () => {
  it.each([
    ['Mona Lind', 'Mona', 'Lind'],
    ['  Ana  Maria de Souza ', 'Ana Maria de', 'Souza'],
  ])('"%s"', (text, firstName, familyName) => expect(readStaffName(text)).toEqual({ firstName, familyName }));
  it.each(['', '   ', 'Mona', `Mona ${'x'.repeat(81)}`])('"%s" is refused', (text) => expect(() => readStaffName(text)).toThrow(refusal('name-incomplete')));
});
