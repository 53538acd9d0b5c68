import type { Id, PersonId } from '../../kernel/index.js';

/** The ways that a machine carries. Letters and calls are people's work. */
export type CarriedBy = 'email' | 'text';

/** One email or text, ready to go. Personal: never logged, never put on a queue. */
export interface Parcel {
  readonly itemId: Id<'post-item'>;
  readonly personId: PersonId;
  readonly by: CarriedBy;
  /** The same however often the parcel is handed over, so that a mailbox can tell a second copy: `<id@host>`. */
  readonly messageId: string;
  readonly to: string;
  readonly subject: string;
  readonly body: string;
  /** How the person asked to read it: `standard`, `large-print`, `easy-read`, … */
  readonly format: string;
}

/** What came of handing it over: taken; refused for good (no such mailbox); or not now, try again. */
export type Carriage = 'taken' | 'refused' | 'later';

/** Whoever carries emails or texts away from here. Called with no transaction open. A parcel may be handed over twice under one
 *  `messageId`: once more after a worker died between handing over and writing it down. What it throws counts as `later`. */
export interface Carrier {
  /** In words, for operators: `the demonstration mailbox`. */
  readonly name: string;
  carry(parcel: Parcel): Promise<Carriage>;
}
