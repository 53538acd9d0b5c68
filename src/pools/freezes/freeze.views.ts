import type { Actor, LocalDate } from '../../kernel/index.js';
import { dayOf } from '../../kernel/index.js';
import type { Tx } from '../../platform/index.js';
import type { MemberRow } from '../pool.rows.js';
import type { FreezeState } from './freeze.lifecycle.js';
import type { FreezeEnd, FreezeId, FreezeRow, FreezeStepRow } from './freeze.rows.js';
import { stepsOf } from './freeze.rows.js';
import type { FreezeSide } from './freeze.rules.js';

/** A stop as it is read: no ids of people, and a first name only of a member. */
export interface FreezeView {
  readonly id: FreezeId;
  readonly of: 'pool' | 'part';
  readonly side: FreezeSide;
  readonly state: FreezeState;
  readonly reason: string;
  /** Bola, a member; the broker. */
  readonly owner: string;
  readonly isMine: boolean;
  readonly beganOn: LocalDate;
  readonly lastDay: LocalDate;
  readonly endedOn: LocalDate | null;
  readonly endedHow: FreezeEnd | null;
  readonly history: readonly {
    readonly action: FreezeStepRow['action'];
    readonly on: LocalDate;
    readonly by: string;
    readonly reason: string;
    readonly lastDay: LocalDate;
  }[];
}

/** Stops with all that was said on the way, in the order given. */
export async function freezeViews(
  tx: Tx,
  actor: Actor,
  freezes: readonly FreezeRow[],
  members: readonly Pick<MemberRow, 'personId' | 'firstName'>[],
): Promise<FreezeView[]> {
  const steps = await stepsOf(
    tx,
    freezes.map((freeze) => freeze.id),
  );
  const nameOf = (person: string, role: string): string => {
    if (role === 'house' || role === 'Commonpurse') return 'Commonpurse';
    const name = members.find((member) => member.personId === person)?.firstName;
    return name === undefined ? role : role === 'the member' ? name : `${name}, ${role}`;
  };
  return freezes.map((freeze) => ({
    id: freeze.id,
    of: freeze.personId === null ? 'pool' : 'part',
    side: freeze.side,
    state: freeze.state,
    reason: freeze.reason,
    owner: nameOf(freeze.owner, freeze.ownerRole),
    isMine: freeze.owner === actor.id,
    beganOn: freeze.beganOn,
    lastDay: freeze.lastDay,
    endedOn: freeze.endedAt && dayOf(freeze.endedAt),
    endedHow: freeze.endedHow,
    history: steps
      .filter((step) => step.freezeId === freeze.id)
      .map((step) => ({ action: step.action, on: dayOf(step.at), by: nameOf(step.by, step.role), reason: step.reason, lastDay: step.lastDay })),
  }));
}
