import type { LocalDate, OrganisationId, PersonId, ProviderId } from '../kernel/index.js';
import { ChoiceField, ChoiceListField, IdField, LocalDateField, TextField } from '../platform/index.js';
import type { Cover } from './appointment.rules.js';
import { COVERS } from './appointment.rules.js';

/** RULE 20. */
export const CONFLICT_KINDS = ['ownership', 'employment', 'family', 'referral-fee', 'also-provider'] as const;
export type ConflictKind = (typeof CONFLICT_KINDS)[number];

export class RegisterBroker {
  @IdField({ what: 'ICB' })
  icbId!: OrganisationId;

  @TextField({ max: 80 })
  firstName!: string;

  @TextField({ max: 80 })
  familyName!: string;

  @IdField({ optional: true })
  bodyId?: OrganisationId;

  @TextField({ max: 600, lines: true, optional: true })
  about?: string;
}

export class AppointBroker {
  @IdField()
  brokerId!: PersonId;

  /** What the person signs for: the broker sees and does no more. */
  @ChoiceListField(COVERS, { min: 1, max: 4, what: 'what the broker may see and do' })
  covers!: Cover[];

  @LocalDateField({ optional: true, what: 'last day' })
  untilDay?: LocalDate;
}

export class EndAppointment {
  @TextField({ max: 300, optional: true, what: 'reason' })
  why?: string;
}

export class DeclareConflict {
  @IdField()
  providerId!: ProviderId;

  @ChoiceField(CONFLICT_KINDS)
  kind!: ConflictKind;

  @TextField({ max: 300, optional: true })
  words?: string;
}
