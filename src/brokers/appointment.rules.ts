import type { LocalDate, PersonId } from '../kernel/index.js';
import { addMonths, invalid, refused } from '../kernel/index.js';
import type { Role } from '../identity/index.js';

/** What a person may let a broker see and do, in the person's words on the form. */
export const COVERS = ['goals', 'card', 'plan', 'pools'] as const;
export type Cover = (typeof COVERS)[number];

/** Our judgement, November 2026: an appointment is signed for two years at most, so that it is asked about again. */
const LONGEST_MONTHS = 24;

const ROLE_FOR: Readonly<Record<Cover, Role>> = { goals: 'broker-goals', card: 'broker-card', plan: 'broker-plan', pools: 'broker-pools' };

/** The roles an appointment gives over the person: `person-broker` when it covers everything, else exactly the parts signed for (RULE 21). */
export function rolesFor(covers: readonly Cover[]): Role[] {
  return COVERS.every((cover) => covers.includes(cover)) ? ['person-broker'] : COVERS.filter((cover) => covers.includes(cover)).map((cover) => ROLE_FOR[cover]);
}

export interface AppointmentFacts {
  readonly person: PersonId;
  readonly broker: PersonId;
  readonly signedBy: string;
  readonly covers: readonly Cover[];
  readonly today: LocalDate;
  readonly until: LocalDate | undefined;
  readonly isListed: boolean;
  readonly isAppointed: boolean;
}

/** Whether this appointment may be made. Refuses: no-broker, own-broker (nobody appoints or signs for themselves, RULE 21),
 *  already-appointed, and days that do not fit. */
export function decideAppointment(facts: AppointmentFacts): { readonly until: LocalDate; readonly covers: readonly Cover[] } {
  if (!facts.isListed) throw refused('no-broker', 'This person is not on the register of brokers.');
  if (facts.broker === facts.person || facts.broker === facts.signedBy) throw refused('own-broker', 'A broker cannot be appointed by themselves.');
  if (facts.isAppointed) throw refused('already-appointed', 'This broker already helps you. End that first to change what they may see.');
  const last = addMonths(facts.today, LONGEST_MONTHS);
  const until = facts.until ?? last;
  if (until <= facts.today || until > last) {
    throw invalid('appointment-days', 'Choose a last day that is after today and within two years.', [
      { field: 'untilDay', message: 'Choose a day after today and within two years.' },
    ]);
  }
  return { until, covers: COVERS.filter((cover) => facts.covers.includes(cover)) };
}
