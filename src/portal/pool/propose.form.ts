import type { FieldFault, PersonId } from '../../kernel/index.js';
import { readCommand } from '../../platform/index.js';
import { InvitePerson, ProposePool } from '../../pools/index.js';
import type { FormBody } from '../form-body.js';
import { listOf, textOf } from '../form-body.js';
import { renamed } from '../shell/index.js';
import type { KnownPerson } from './known-people.js';

/** What was typed, for the page to show again. */
export interface ProposeTyped {
  readonly name: string;
  readonly purpose: string;
  readonly place: string;
  readonly people: readonly string[];
}

export const typedOf = (body: Readonly<FormBody>): ProposeTyped => ({
  name: textOf(body, 'name'),
  purpose: textOf(body, 'purpose'),
  place: textOf(body, 'place'),
  people: listOf(body, 'people'),
});

const MESSAGES: Readonly<Record<string, string>> = {
  name: 'Give the pool a name of 1 to 100 letters, like Monday Gardeners',
  purpose: 'Say in a few words what you want to do together',
};

/** A pool with those who were ticked. `self` comes first, as the proposer joins first; only people who are known can be ticked.
 *  The introduction is named when there is one only, because then the pool is what became of it. */
export function readProposal(
  typed: ProposeTyped,
  self: PersonId | undefined,
  known: readonly KnownPerson[],
): { readonly command: ProposePool; readonly faults: readonly FieldFault[] } {
  const chosen = known.filter((person) => typed.people.includes(person.personId));
  const introduction = chosen.length === 1 ? chosen[0]!.introductionId : null;
  const members = [...(self ? [self] : []), ...chosen.map((person) => person.personId)].map((personId) => Object.assign(new InvitePerson(), { personId }));
  const { command, faults } = readCommand(ProposePool, {
    name: typed.name,
    purpose: typed.purpose,
    place: typed.place,
    members,
    ...(introduction ? { introductionId: introduction } : {}),
  });
  const none: FieldFault[] = members.length < 2 ? [{ field: 'people', message: self ? 'Choose at least one person' : 'Choose at least 2 people' }] : [];
  return {
    command,
    faults: [
      ...renamed(faults, { members: 'people' })
        .filter((fault) => fault.field !== 'people')
        .map((fault) => ({ ...fault, message: MESSAGES[fault.field] ?? fault.message })),
      ...none,
    ],
  };
}
