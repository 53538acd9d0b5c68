import type { GrantScope } from '../kernel/index.js';
import { conflict, invalid, refused } from '../kernel/index.js';
import type { OrganisationKind } from '../organisations/index.js';
import type { Role, RoleFacts } from './roles.js';
import { isRole, ROLES } from './roles.js';

/** What somebody's work may hold for: a person and a pool are nobody's work, but their own life. */
export type StaffScope = Exclude<GrantScope, 'person' | 'pool'>;

/** What a role is given for. */
export interface StaffObject {
  readonly on: StaffScope;
  /** Null for `site`. */
  readonly id: string | null;
  /** Of a body: which kind it is. */
  readonly kind?: OrganisationKind | undefined;
}

/** Held by whoever opened the account and ends with it (own accounts); never given as work. */
const OWN: readonly Role[] = ['account-holder'];
const scopesOf = (role: Role): readonly GrantScope[] => (ROLES[role] as RoleFacts).on;

/** Every role of somebody who works for a body, a provider or the installation. */
export const STAFF_ROLES: readonly Role[] = (Object.keys(ROLES) as Role[]).filter(
  (role) => !OWN.includes(role) && scopesOf(role).every((on) => on !== 'person' && on !== 'pool'),
);

/** Who keep a book: none of them audits it. */
const KEEPERS: readonly Role[] = ['finance-officer', 'finance-lead'];
const FUNDERS: readonly OrganisationKind[] = ['icb', 'council', 'charity'];

/** A role of staff by its name. Refuses: role-not-known, role-not-for-staff. */
export function readStaffRole(text: string): Role {
  if (!isRole(text)) throw invalid('role-not-known', `There is no role "${text}". Roles of staff: ${STAFF_ROLES.join(', ')}.`);
  if (!STAFF_ROLES.includes(text))
    throw refused(
      'role-not-for-staff',
      `The role ${text} comes with what happens in a person’s life, and is not given here. Roles of staff: ${STAFF_ROLES.join(', ')}.`,
    );
  return text;
}

/** Whether somebody may be given a role. `rolesHere` are those they have for the same object, now or later. Refuses: auditor-is-appointed,
 *  role-not-on, body-of-another-kind, audits-this-book, has-role. */
export function decideStaffGrant(role: Role, object: StaffObject, rolesHere: readonly string[]): void {
  if (role === 'auditor')
    throw refused(
      'auditor-is-appointed',
      'An auditor is let in for some days and with a reason: the operator or the book’s finance lead does that on the page Auditors.',
    );
  if (!scopesOf(role).includes(object.on)) throw invalid('role-not-on', `The role ${role} is given on ${scopesOf(role).join(' or ')}, not on ${object.on}.`);
  const kinds = role === 'funder-officer' ? FUNDERS : (['icb'] as const);
  if (object.on === 'icb' && object.kind !== undefined && !kinds.includes(object.kind as never))
    throw invalid('body-of-another-kind', `The role ${role} is given for a body of kind ${kinds.join(', ')}; this one is of kind ${object.kind}.`);
  if (KEEPERS.includes(role) && rolesHere.includes('auditor')) throw refused('audits-this-book', 'This person audits the book, and may not keep it as well.');
  if (rolesHere.includes(role)) throw conflict('has-role', 'This person has the role there already.');
}

/** First name and family name; the last word is the family name. Refuses: name-incomplete. */
export function readStaffName(text: string): { firstName: string; familyName: string } {
  const words = text.trim().split(/\s+/);
  const [firstName, familyName] = [words.slice(0, -1).join(' '), words.at(-1)!];
  if (!firstName || firstName.length > 80 || familyName.length > 80)
    throw invalid('name-incomplete', 'Give a first name and a family name, each of 80 letters at most.');
  return { firstName, familyName };
}
