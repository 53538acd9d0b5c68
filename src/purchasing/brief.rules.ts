import { forbidden, refused } from '../kernel/index.js';

/** Who would give a pool's brief to a provider. */
export interface AskFacts {
  readonly isBroker: boolean;
  /** The pool has a broker, who asks for it. */
  readonly hasBroker: boolean;
  /** The state of the member who asks, or for whom somebody asks. */
  readonly memberState: string | undefined;
  /** The member has put money in. */
  readonly holdsShare: boolean;
}

/** Where a pool has a broker, the broker asks for quotes. Where it has none, any member who holds a share may write the brief and ask: it is
 *  their money that will pay (our judgement, November 2026). Refuses: broker-asks (forbidden), not-a-member, no-share. */
export function decideAsk({ isBroker, hasBroker, memberState, holdsShare }: AskFacts): void {
  if (isBroker) return;
  if (hasBroker) throw forbidden('The broker of this pool asks for quotes. Tell them whom you would like to ask.');
  if (memberState !== 'member') throw refused('not-a-member', 'Only members who agreed can ask for quotes.');
  if (!holdsShare) throw refused('no-share', 'Members who have put money in can ask for quotes. Put some in first.');
}
