import type { BookId, LocalDate, Pence, PersonId, PoolId } from '../kernel/index.js';
import type { AccountKey } from '../ledger/index.js';
import type { Signer } from './papers/signed-paper.rules.js';
import type { FreezeView } from './freezes/freeze.views.js';
import type { DaysTold } from './history-days.js';
import type { ContributionState, MemberState, PoolState } from './pool.lifecycle.js';
import type { Terms } from './terms.rules.js';
import type { AgreementId, ContributionId, ShareId, ShareRow } from './pool.rows.js';

/** A share with its account and what is in it; for the rooms above. */
export interface PoolShare extends ShareRow {
  readonly account: AccountKey;
  readonly posted: Pence;
  readonly reserved: Pence;
  readonly free: Pence;
  /** Free, less what the member owes in the share's book: what may be committed (design: truth 3). */
  readonly usable: Pence;
  /** What the member owes in the share's book after a fact from outside; in no other book, and nobody else. */
  readonly owes: Pence;
  /** Whether the member is still in the pool. */
  readonly memberState: MemberState;
}

/** The four numbers of shares: put in = free + committed + spent. `committed` holds what is set aside, owed, or on its way home. */
export interface PoolMoney {
  readonly putIn: Pence;
  readonly free: Pence;
  readonly committed: Pence;
  readonly spent: Pence;
}

export interface ShareView {
  readonly shareId: ShareId;
  readonly lineId: string;
  /** Null: it is the member's own money, not from a budget. */
  readonly planLineId: string | null;
  readonly bookId: BookId;
  readonly money: PoolMoney;
}

export interface AgreementView {
  readonly id: AgreementId;
  readonly version: number;
  readonly state: string;
  readonly terms: Terms;
  readonly text: string;
  readonly contentHash: string;
  readonly assented: readonly string[];
  readonly iAssented: boolean;
  /** The first name of the member whom it makes look after the money. */
  readonly treasurer: string | null;
  /** It was typed in from a paper, and the version is not in force yet: the person can say that it is wrong. */
  readonly mayTakeBack: boolean;
  /** The name of who holds the money when its holder fails. */
  readonly successor?: string | null;
}

export interface PoolListing {
  readonly id: PoolId;
  readonly name: string;
  readonly purpose: string;
  readonly place: string | null;
  readonly state: PoolState;
  readonly members: number;
}

/** What a sheet of the pack bears beside what it says. */
export interface SignedPaper {
  readonly signedBy: Signer;
  readonly signedOn: LocalDate;
}

/** A pool as its members and broker see it: first names, one's own numbers, and the others' as one sum. */
export interface PoolView extends Omit<PoolListing, 'members'> {
  readonly moneyHolder: string | null;
  readonly moneyHolderBookId: BookId | null;
  /** Null when the members set the pool up themselves. */
  readonly brokerId: PersonId | null;
  readonly members: readonly {
    readonly firstName: string;
    readonly state: MemberState;
    readonly isMe: boolean;
    readonly joinOrder: number;
    readonly pays: boolean;
  }[];
  /** The place of the member who looks after the money, by the agreement in force. */
  readonly treasurer: number | null;
  readonly mine: PoolMoney | null;
  /** The part of `mine` that is their own money, and no budget’s; null when there is none. */
  readonly mineOwn: PoolMoney | null;
  readonly others: PoolMoney;
  readonly agreements: readonly AgreementView[];
  /** The reader's own. */
  readonly contributions: readonly {
    readonly id: ContributionId;
    readonly state: ContributionState;
    readonly by: string;
    readonly amount: Pence;
    readonly madeAt: string;
    readonly remittanceId: string | null;
    /** The signed sheet it was typed in from; null for one that was made without paper. */
    readonly paper: SignedPaper | null;
    /** Their own money, not from a budget. */
    readonly isOwn: boolean;
  }[];
  /** The stop in force, which everybody in the pool reads. */
  readonly freeze?: FreezeView;
  /** Stops of the reader's own part, or of that of the one they act for. */
  readonly partFreezes?: readonly FreezeView[];
  readonly history: DaysTold['items'];
  /** The first day of which it tells; null when there is nothing before. */
  readonly historySince: DaysTold['since'];
  /** For whom the reader looks, when not for themselves; `mine` and `isMe` are then that person's. */
  readonly actingFor?: {
    readonly personId: PersonId;
    readonly firstName: string;
    /** `representative`, `nominee`. */
    readonly as: string;
    /** May agree, leave and ask for them; a nominee may not. */
    readonly mayDecide: boolean;
  };
}
