import type {
  BookId,
  BudgetLineId,
  Id,
  LocalDate,
  OrganisationId,
  PaymentId,
  Pence,
  PersonId,
  PlanLineId,
  PoolId,
  ReservationId,
} from '../../src/kernel/index.js';
import { addDays, DomainError, newId, pence } from '../../src/kernel/index.js';
import type { AccountKey, BookBasis, NewEntry, Owner } from '../../src/ledger/index.js';
import { accountIdOf } from '../../src/ledger/index.js';
import type { RefundablePart } from '../../src/payments/refund.rules.js';
import { arrivedEntry, receivedByBankEntry, sentEntry } from '../../src/payments/remittance.entries.js';
import type { FunderShareFacts } from '../../src/pools/funder-share.entries.js';
import { funderShareAccount } from '../../src/pools/funder-share.entries.js';
import type { PledgeId } from '../../src/pools/pledges/pledge.entries.js';
import type { ShareFacts } from '../../src/pools/pool.entries.js';
import { lineAccountOf, shareAccount } from '../../src/pools/pool.entries.js';
import type { ExitFacts, ExitStatement } from '../../src/pools/pool-exit.rules.js';
import { changesOf, exitStatement } from '../../src/pools/pool-exit.rules.js';
import { ModelLedger } from './model-ledger.js';

export type Managed = 'notional' | 'third-party' | 'direct-payment';

export interface WorldMember {
  readonly id: PersonId;
  readonly joinOrder: number;
  readonly lineBook: BookId;
  readonly line: BudgetLineId;
  readonly planLine: PlanLineId;
  state: 'member' | 'left';
  leftOn?: LocalDate;
  noticeUntil?: LocalDate;
  /** Nothing new is spent from their part or put in. */
  isFrozen?: boolean;
  /** Shares in the books of all money-holders there were. */
  readonly shares: { readonly id: Id<'share'>; readonly facts: ShareFacts }[];
  /** Contributions that came from another book, and moves between money-holders. */
  readonly arrived: Pence[];
  readonly movedOut: Pence[];
  readonly movedIn: Pence[];
}

/** Money between two books. */
export interface OnItsWay {
  readonly id: string;
  readonly from: AccountKey;
  readonly to: AccountKey;
  readonly amount: Pence;
  readonly owner: Owner;
  readonly carries: 'contribution' | 'return' | 'refund' | 'move';
  readonly member: WorldMember;
  readonly reservation?: ReservationId;
  readonly commitments?: readonly { readonly purpose: string; readonly amount: Pence; readonly forDay: LocalDate; readonly endsOn: LocalDate }[];
}

export interface WorldSession {
  readonly id: Id<'session'>;
  readonly day: LocalDate;
  readonly price: Pence;
  isInvoiced: boolean;
  readonly absent: Set<PersonId>;
  /** Purposes under which something is set aside for it: its own, and those of absences. */
  readonly purposes: Set<string>;
}

export interface WorldPayment {
  readonly id: PaymentId;
  readonly book: BookId;
  readonly parts: RefundablePart[];
  isPaid: boolean;
}

/** What a member pledged and has not taken back. */
export interface WorldPledge {
  readonly id: PledgeId;
  readonly reservation: ReservationId;
  readonly member: WorldMember;
  readonly amount: Pence;
  readonly endsOn: LocalDate;
}

/** A transaction that was tried: its entries, and the code with which the ledger refused it, if it did. */
export interface Tried {
  readonly entries: readonly NewEntry[];
  readonly refused?: string;
}

/** A pool with its members, books and money, moved by the very entries and rules of the rooms, over a ledger in memory. */
export class PoolWorld {
  readonly pool = newId<'pool'>() as PoolId;
  readonly n = newId<'book'>();
  readonly t = newId<'book'>();
  readonly d = newId<'book'>();
  readonly u = newId<'book'>();
  readonly bases: ReadonlyMap<BookId, BookBasis> = new Map([
    [this.n, 'allocation'],
    [this.t, 'cash'],
    [this.d, 'cash'],
    [this.u, 'cash'],
  ]);
  readonly ledger = new ModelLedger(this.bases);
  readonly provider = newId();
  readonly members: WorldMember[] = [];
  readonly charity: { readonly share: FunderShareFacts; readonly id: Id<'share'>; readonly endsOn: LocalDate };
  readonly sessions: WorldSession[] = [];
  readonly invoices: { readonly amount: Pence; readonly payments: WorldPayment[]; refunds: number }[] = [];
  readonly onItsWay: OnItsWay[] = [];
  readonly tried: Tried[] = [];
  /** Of the round that is open. */
  pledges: readonly WorldPledge[] = [];
  holder = this.t;
  isMoving = false;
  /** Nothing new is bought or put in. */
  isStopped = false;
  isOver = false;
  day = '2026-06-01' as LocalDate;

  constructor(managed: readonly Managed[]) {
    for (const each of managed) this.add(each);
    this.charity = {
      share: { poolId: this.pool, funderId: newId<'organisation'>() as OrganisationId, bookId: this.n },
      id: newId<'share'>(),
      endsOn: addDays(this.day, 200),
    };
  }

  basisOf = (book: BookId): BookBasis => this.bases.get(book)!;

  add(managed: Managed): WorldMember {
    const lineBook = managed === 'notional' ? this.n : managed === 'third-party' ? this.t : this.d;
    const member: WorldMember = {
      id: newId<'person'>(),
      joinOrder: this.members.length + 1,
      lineBook,
      line: newId<'budget-line'>(),
      planLine: newId<'plan-line'>(),
      state: 'member',
      shares: [],
      arrived: [],
      movedOut: [],
      movedIn: [],
    };
    this.members.push(member);
    return member;
  }

  get staying(): WorldMember[] {
    return this.members.filter((member) => member.state === 'member');
  }

  lineOf = (member: WorldMember): AccountKey => ({ book: member.lineBook, kind: 'line', subject: member.id, line: member.line });

  /** The share that a member's money goes to now; opened on first use. */
  shareOf(member: WorldMember): { id: Id<'share'>; facts: ShareFacts } {
    const bookId = member.lineBook === this.n ? this.n : this.holder;
    const known = member.shares.find((share) => share.facts.bookId === bookId);
    if (known) return known;
    const facts = { poolId: this.pool, personId: member.id, lineId: member.line, planLineId: member.planLine, lineBookId: member.lineBook, bookId };
    const share = { id: newId<'share'>(), facts };
    member.shares.push(share);
    return share;
  }

  get allShares(): { id: Id<'share'>; member: WorldMember; facts: ShareFacts; account: AccountKey }[] {
    return this.members.flatMap((member) => member.shares.map(({ id, facts }) => ({ id, member, facts, account: shareAccount(facts) })));
  }

  accountOfShare(id: Id<'share'>): AccountKey {
    return this.allShares.find((share) => share.id === id)?.account ?? funderShareAccount(this.charity.share);
  }

  /** Free in a share, less what its member owes in its book. */
  usable(account: AccountKey): Pence {
    const { free } = this.ledger.balanceOf(account);
    const owes = this.ledger.balanceOf({ book: account.book, kind: 'receivable', subject: account.subject }).posted;
    return free > owes ? ((free - (owes > 0n ? owes : 0n)) as Pence) : (0n as Pence);
  }

  /** What is set aside and not used up in these accounts, earliest day first. */
  open(of: { accounts?: readonly AccountKey[]; purposes?: ReadonlySet<string> }) {
    const ids = new Set((of.accounts ?? []).map(accountIdOf));
    return [...this.ledger.reservations]
      .filter(([, each]) => each.left > 0n && (ids.has(each.account) || of.purposes?.has(each.purpose)))
      .map(([id, each]) => ({ id, ...each, left: each.left as Pence }))
      .sort((a, b) => (a.forDay === b.forDay ? (a.purpose < b.purpose ? -1 : 1) : a.forDay < b.forDay ? -1 : 1));
  }

  /** One transaction. A refusal of the ledger is kept with it, and thrown. */
  record(entries: readonly NewEntry[]): void {
    try {
      this.ledger.record(entries);
      this.tried.push({ entries });
    } catch (error) {
      if (error instanceof DomainError) this.tried.push({ entries, refused: error.code });
      throw error;
    }
  }

  /** Takes money out of a line or share, on its way to another book. */
  send(
    member: WorldMember,
    from: AccountKey,
    to: AccountKey,
    amount: Pence,
    carries: OnItsWay['carries'],
    more: Pick<OnItsWay, 'commitments' | 'reservation'> = {},
  ): void {
    const owner: Owner = { subject: member.id, line: from.line ?? to.line, planLine: to.planLine ?? from.planLine, pool: this.pool };
    const remittance = { id: newId(), from, to, amount, owner, carries, member, ...more };
    if (carries !== 'refund') this.record([sentEntry({ ...remittance, on: this.day })]);
    this.onItsWay.push(remittance);
  }

  /** The receiver books it, and the sender learns of it. */
  arrivalEntries(remittance: OnItsWay): NewEntry[] {
    const facts = { ...remittance, on: this.day };
    return [receivedByBankEntry(facts, this.basisOf(remittance.to.book)), arrivedEntry(facts, this.basisOf(remittance.from.book))];
  }

  factsOf(member: WorldMember): ExitFacts {
    const accounts = member.shares.map((share) => ({ id: share.id, account: shareAccount(share.facts) }));
    return this.factsOfAccounts(accounts, member.id, { arrived: member.arrived, movedOut: member.movedOut, movedIn: member.movedIn });
  }

  /** What each member would be told who left today. */
  statementOf(member: WorldMember, noticeDays = 28): ExitStatement {
    return exitStatement(this.factsOf(member), this.day, noticeDays);
  }

  charityStatement(): ExitStatement {
    const account = funderShareAccount(this.charity.share);
    return exitStatement(this.factsOfAccounts([{ id: this.charity.id, account }], this.charity.share.funderId, { arrived: [] }), this.day, 10_000);
  }

  lineAccountOf = lineAccountOf;

  private factsOfAccounts(
    accounts: readonly { id: Id<'share'>; account: AccountKey }[],
    subject: string,
    elsewhere: Parameters<typeof changesOf>[1],
  ): ExitFacts {
    const movements = accounts.flatMap(({ account }) => this.ledger.movements.filter((each) => each.account === accountIdOf(account)));
    return {
      changes: changesOf(
        movements.map(({ kind, on, change }) => ({ kind, on, change })),
        elsewhere,
      ),
      debts: new Map(accounts.map(({ account }) => [account.book, this.ledger.balanceOf({ book: account.book, kind: 'receivable', subject }).posted])),
      shares: accounts.map(({ id, account }) => ({
        id,
        book: account.book,
        posted: this.ledger.balanceOf(account).posted,
        setAside: this.open({ accounts: [account] }).map((each) => ({
          reservation: each.id as ReservationId,
          purpose: each.purpose,
          forDay: each.forDay,
          left: each.left,
        })),
      })),
    };
  }
}

export const atMost = (sum: Pence, part: number): Pence => pence((sum * BigInt(part)) / 100n);
