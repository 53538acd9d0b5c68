import type { LocalDate } from '../../kernel/index.js';
import { addDays, DomainError, formatDay, invalid, refused } from '../../kernel/index.js';

/** Who can sign for a person: they themselves, somebody who represents them, or, of money alone, their nominee (domain 2.2: a nominee signs money terms only). */
export const SIGNERS = ['member', 'representative', 'nominee'] as const;
export type Signer = (typeof SIGNERS)[number];

/** A signed sheet can be typed in for so long after it was printed. In days; our judgement, November 2026: what somebody wanted two months ago moves no money. */
export const LASTS_DAYS = 28;

export const lastDayOf = (printedOn: LocalDate): LocalDate => addDays(printedOn, LASTS_DAYS);

export interface SignedFacts {
  readonly printedOn: LocalDate;
  readonly isTyped: boolean;
  /** The version under which it was printed is still the one in force. */
  readonly isOfAgreementInForce: boolean;
  /** Whether the one who types it in is the person themselves. */
  readonly isOwn: boolean;
  /** How many others than the one who types it in are recorded as acting for the person in the way that the sheet says. */
  readonly others: number;
}

export interface SignedSays {
  readonly signedBy: Signer;
  readonly signedOn: LocalDate;
  /** It was read back, against the paper, before it was typed in for good. */
  readonly readBack: boolean;
}

/** Whether a signed sheet can be typed in. Who signs is the person, or who was given that authority for a reason: never from kinship (RULE 5), and never the broker who types it
 *  in (RULE 21: never sole signatory). Refuses: not-read-back, paper-used, own-paper, agreement-changed, paper-too-old, signed-on-wrong-day, signer-not-known. */
export function checkSigned(paper: SignedFacts, says: SignedSays, today: LocalDate): void {
  if (paper.isTyped) throw refused('paper-used', 'This paper was typed in already. It counts once.');
  if (paper.isOwn) throw refused('own-paper', 'This is your own paper. Do it on your own page, or let somebody else type it in.');
  if (!paper.isOfAgreementInForce)
    throw refused('agreement-changed', 'The agreement has changed since this paper was printed. Print a new one, and read it together.');
  if (today > lastDayOf(paper.printedOn))
    throw refused('paper-too-old', `This paper could be typed in until ${formatDay(lastDayOf(paper.printedOn))}. Print a new one, and ask again.`);
  if (says.signedOn < paper.printedOn || says.signedOn > today)
    throw invalid('signed-on-wrong-day', 'Nobody can have signed it on that day.', [
      { field: 'signedOn', message: `Enter the day beside the name, from ${formatDay(paper.printedOn)} until today` },
    ]);
  if (says.signedBy !== 'member' && paper.others === 0)
    throw refused(
      'signer-not-known',
      `Nobody else than you is recorded as their ${says.signedBy}. Only the person, or who is recorded as acting for them, can sign. Being family is not enough.`,
    );
  if (!says.readBack) throw invalid('not-read-back', 'Read it back first.', [{ field: 'readBack', message: 'Hold what you typed against the paper' }]);
}

/** Refusals that speak of somebody's own money. The broker who types in learns that it cannot go in, and no more than that (RULE 21). */
const OWN_BUSINESS = ['part-frozen', 'line-ended', 'line-suspended', 'plan-line-of-another-plan', 'plan-not-agreed'];

/** The refusal as the broker reads it: nothing of what a person has, or of why their part is stopped. */
export function asTyperReads(refusal: unknown, firstName: string): unknown {
  if (!(refusal instanceof DomainError)) return refusal;
  if (refusal.code === 'not-enough-free')
    return refused(
      'not-enough-free',
      `There is not so much free for this. ${firstName} can see how much there is on their own page, or ask their care co-ordinator.`,
    );
  if (OWN_BUSINESS.includes(refusal.code))
    return refused(
      'cannot-go-in-now',
      `This money cannot go in at the moment. ${firstName} was told why, and their care co-ordinator knows. Nothing was changed.`,
    );
  return refusal;
}
