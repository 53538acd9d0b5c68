import type { FieldFault } from '../kernel/index.js';
import { invalid, refused } from '../kernel/index.js';

export interface NeighbourFacts {
  readonly firstName: string;
  readonly familyName: string;
  readonly reachBy: string;
  readonly email?: string | undefined;
  readonly phone?: string | undefined;
  readonly agreed: boolean;
}

/** Whether somebody can be written down as a member without a budget. Only with their own yes (UK GDPR art. 6(1)(a); domain 5, consent), and with what is needed to reach them as they
 *  want. Nobody is written down twice in one group. Refuses: neighbour-not-agreed, reach-needed, in-the-pool-already. */
export function checkNeighbour(facts: NeighbourFacts, there: readonly { readonly firstName: string; readonly familyName: string }[]): void {
  if (!facts.agreed)
    throw invalid('neighbour-not-agreed', 'Ask them first.', [
      { field: 'agreed', message: 'Write somebody down only when they asked for it, and know who sees it' },
    ]);
  const faults: FieldFault[] = [];
  if (facts.reachBy === 'email' && facts.email === undefined)
    faults.push({ field: 'email', message: 'Enter their email address, or choose another way to reach them' });
  if ((facts.reachBy === 'text' || facts.reachBy === 'phone') && facts.phone === undefined)
    faults.push({ field: 'phone', message: 'Enter their telephone number, or choose another way to reach them' });
  if (faults.length > 0) throw invalid('reach-needed', 'Say where they can be reached.', faults);
  const nameOf = (person: { readonly firstName: string; readonly familyName: string }): string =>
    `${person.firstName} ${person.familyName}`.trim().toLowerCase();
  if (there.some((person) => nameOf(person) === nameOf(facts)))
    throw refused('in-the-pool-already', 'Somebody with this name is in the group, or was. Ask the others before you write them down a second time.');
}
