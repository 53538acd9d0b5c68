import { Injectable } from '@nestjs/common';
import { Audit } from '../audit/index.js';
import { can, idsWith, requireAccess } from '../identity/index.js';
import type { Actor, Pence, PersonId, PoolId } from '../kernel/index.js';
import { dayOf, minus, NO_PENCE, notFound, plus, sumPence, systemActor } from '../kernel/index.js';
import type { AccountKey, ShareFigures } from '../ledger/index.js';
import { accountIdOf, LedgerQueries } from '../ledger/index.js';
import type { Tx } from '../platform/index.js';
import { Database } from '../platform/index.js';
import { Leaving } from './leaving.service.js';
import type { Seat } from './seats.service.js';
import { PoolSeats } from './seats.service.js';
import { freezesOf } from './freezes/freeze.rows.js';
import { freezeViews } from './freezes/freeze.views.js';
import { finalStatementOf } from './funder-shares.queries.js';
import type { DaysTold } from './history-days.js';
import { happenings } from './pool-history.rows.js';
import type { OfDays } from './pool.dto.js';
import { shareAccount } from './pool.entries.js';
import type { AgreementId, AgreementRow, ContributionId, MemberRow, PoolRow, ShareRow } from './pool.rows.js';
import type { AgreementView, PoolListing, PoolMoney, PoolShare, PoolView, ShareView } from './pools.read-models.js';
import { agreementInState, agreementsOf, assentsToEach, booksOf, findMember, findPool, membersOf, shareRows } from './pool.rows.js';
import type { ExitJson } from './pool-exit.views.js';
import { exitJson } from './pool-exit.views.js';

/** More than anybody looks back on. */
const MOST_VERSIONS = 20;

@Injectable()
export class PoolQueries {
  constructor(
    private readonly database: Database,
    private readonly ledger: LedgerQueries,
    private readonly leaving: Leaving,
    private readonly seats: PoolSeats,
    private readonly audit: Audit,
  ) {}

  /** Pools the actor is in or looks after, newest first. */
  async mine(actor: Actor): Promise<PoolListing[]> {
    const pools = idsWith(actor, 'pool:read', 'pool') as PoolId[];
    return this.database.read(systemActor('pools', { pools }), (tx) => listingsOf(tx, pools));
  }

  /** Pools of somebody for whom the actor acts, newest first. Looking is written down for them. */
  async ofPerson(actor: Actor, person: PersonId): Promise<PoolListing[]> {
    if (person === actor.id) return this.mine(actor);
    const pools = await this.seats.poolsOf(actor, person);
    return this.database.read(systemActor('pools', { pools, people: [person] }), async (tx) => {
      await this.audit.viewed(tx, actor, { about: person, noun: 'pool', why: 'the pools you are in' });
      return listingsOf(tx, pools);
    });
  }

  /** A pool from one's own place, or from that of a member for whom the actor acts; then `mine` and `isMe` are that member's. */
  async pool(actor: Actor, id: PoolId, person?: PersonId): Promise<PoolView> {
    const seat = await this.seats.of(actor, id, 'pool:read', person);
    return this.database.read(await this.readerOf(id, seat.person), async (tx) => {
      await this.seats.looked(tx, actor, seat, id);
      const { name, purpose, place, state, moneyHolderBookId, brokerId } = await findPool(tx, id);
      const members = await membersOf(tx, id);
      const me = seat.person;
      const money = await this.moneyOf(tx, id);
      const isMember = members.some((member) => member.personId === me);
      const agreements = await this.agreementViews(tx, id, members, me);
      const treasurer = agreements.find((agreement) => agreement.state === 'in-force')?.terms.treasurer;
      const told = await happenings(tx, id, members, actor.id as PersonId);
      const holder = moneyHolderBookId ? await tx.row<{ name: string }>('select name from book where id = $1', [moneyHolderBookId]) : undefined;
      return {
        id,
        name,
        purpose,
        place,
        state,
        moneyHolder: holder?.name ?? null,
        moneyHolderBookId,
        brokerId,
        members: members.map((member) => ({
          firstName: member.firstName,
          state: member.state,
          isMe: member.personId === me,
          joinOrder: member.joinOrder,
          pays: member.pays,
        })),
        treasurer: members.find((member) => member.personId === treasurer)?.joinOrder ?? null,
        mine: isMember ? totalOf(money.filter((each) => each.personId === me)) : null,
        mineOwn: ownOf(money, me),
        others: totalOf(money.filter((each) => each.personId !== me)),
        agreements,
        contributions: await this.contributionsOf(tx, id, me),
        ...(await freezesInForce(tx, actor, id, members, me)),
        history: told.items,
        historySince: told.since,
        ...(seat.isOwn ? {} : { actingFor: actingFor(actor, seat, members) }),
      };
    });
  }

  /** What happened on the days up to `last`, or to today, told from one's own place or that of a member for whom the actor acts. */
  async history(actor: Actor, id: PoolId, { last, personId }: OfDays): Promise<DaysTold> {
    const seat = await this.seats.of(actor, id, 'pool:read', personId);
    return this.database.read(await this.readerOf(id, seat.person), async (tx) => {
      await this.seats.looked(tx, actor, seat, id);
      return happenings(tx, id, await membersOf(tx, id), actor.id as PersonId, last);
    });
  }

  /** The shares at one's own place, or at that of a member for whom the actor acts, with their numbers; and the others' as a sum. */
  async shares(actor: Actor, id: PoolId, person?: PersonId): Promise<{ mine: ShareView[]; others: PoolMoney }> {
    const seat = await this.seats.of(actor, id, 'pool:read', person);
    return this.database.read(await this.readerOf(id), async (tx) => {
      await this.seats.looked(tx, actor, seat, id);
      const money = await this.moneyOf(tx, id);
      const mine = money.filter((each) => each.personId === seat.person);
      return {
        mine: mine.map(({ share, ...each }) => ({
          shareId: share.id,
          lineId: share.lineId,
          planLineId: share.planLineId,
          bookId: share.bookId,
          money: moneyOnly(each),
        })),
        others: totalOf(money.filter((each) => each.personId !== seat.person)),
      };
    });
  }

  /** What leaving today would mean; for who has left, the statement of that day, and of its last one once the pool is closed. A member's own, or one for whom the actor may see budgets. */
  async exitStatement(actor: Actor, poolId: PoolId, person: PersonId = actor.id as PersonId): Promise<{ left: boolean; statement: ExitJson }> {
    if (person !== actor.id) requireAccess(actor, 'budget:read', { person });
    const books = await this.leaving.booksOf(poolId, person);
    return this.database.transaction(systemActor('pools', { pools: [poolId], people: [person], books }), async (tx) => {
      const member = await findMember(tx, poolId, person);
      if (!member) throw notFound('The pool');
      await this.audit.viewed(tx, actor, { about: person, noun: 'exit-statement', nounId: poolId, why: 'exit statement' });
      const stored = await tx.row<{ statement: ExitJson }>(
        'select statement from pool_exit where pool_id = $1 and person_id = $2 order by made_at desc limit 1',
        [poolId, person],
      );
      const last = (await finalStatementOf(tx, poolId, person)) ?? stored?.statement;
      if (last) return { left: true, statement: last };
      return { left: false, statement: exitJson(await this.leaving.statement(tx, await findPool(tx, poolId), person, dayOf(tx.now))) };
    });
  }

  /** Every share with its account and figures, by join order, then id. The transaction sees the pool; debts only of books in its scope. */
  async sharesOf(tx: Tx, pool: PoolId): Promise<PoolShare[]> {
    const shares = await shareRows(tx, pool);
    const states = new Map((await membersOf(tx, pool)).map((member) => [member.personId, member.state]));
    const figures = await this.ledger.sharesOf(tx, pool, shares.map(shareAccount));
    const debtOf = (share: ShareRow): AccountKey => ({ book: share.bookId, kind: 'receivable', subject: share.personId });
    const debts = await this.ledger.postedOf(tx, shares.map(debtOf));
    return shares.map((share) => {
      const account = shareAccount(share);
      const { posted, reserved, free } = figures.get(accountIdOf(account))!;
      const owes = debts.get(accountIdOf(debtOf(share)))!;
      const usable = free > owes ? minus(free, owes) : NO_PENCE;
      return { ...share, account, posted, reserved, free, usable, owes, memberState: states.get(share.personId) ?? 'left' };
    });
  }

  /** Whether the person has put money in: holds a share. Inside a transaction that sees the pool. */
  async holdsShare(tx: Tx, pool: PoolId, person: PersonId): Promise<boolean> {
    return (await shareRows(tx, pool, person)).length > 0;
  }

  /** For the rooms above: the pool's own row, inside a transaction that sees it. */
  row(tx: Tx, pool: PoolId): Promise<PoolRow> {
    return findPool(tx, pool);
  }

  /** For the rooms above: the pools a person is or was in, inside a transaction that sees the person. */
  async poolsOfPerson(tx: Tx, person: PersonId): Promise<PoolId[]> {
    return (await tx.rows<{ id: PoolId }>('select pool_id as id from pool_member where person_id = $1 order by pool_id', [person])).map((row) => row.id);
  }

  /** For the rooms above: members by join order, and the agreement in force, inside a transaction that sees the pool. */
  membersOf(tx: Tx, pool: PoolId): Promise<MemberRow[]> {
    return membersOf(tx, pool);
  }

  agreementInForce(tx: Tx, pool: PoolId): Promise<AgreementRow | undefined> {
    return agreementInState(tx, pool, 'in-force');
  }

  /** For the rooms above: what a contribution put in, in pence, inside a transaction that sees its pool. */
  async contributed(tx: Tx, id: ContributionId): Promise<Pence | undefined> {
    return (await tx.row<{ amount: Pence }>('select amount_pence as amount from contribution where id = $1', [id]))?.amount;
  }

  /** What a pool's figures need to be seen: what is owed and on its way stands in accounts of the books. Only sums leave this room. */
  private async readerOf(pool: PoolId, person?: PersonId): Promise<Actor> {
    const shares = await this.database.read(systemActor('pools', { pools: [pool] }), (tx) => shareRows(tx, pool));
    return systemActor('pools', { pools: [pool], books: booksOf(shares), people: person === undefined ? [] : [person] });
  }

  private async moneyOf(tx: Tx, pool: PoolId): Promise<(PoolMoney & { personId: PersonId; share: ShareRow })[]> {
    const shares = await shareRows(tx, pool);
    const figures = await this.ledger.sharesOf(tx, pool, shares.map(shareAccount));
    return shares.map((share) => ({ personId: share.personId, share, ...moneyFrom(figures.get(accountIdOf(shareAccount(share)))!) }));
  }

  private async agreementViews(tx: Tx, pool: PoolId, members: readonly MemberRow[], me: PersonId): Promise<AgreementView[]> {
    const names = new Map(members.map((member) => [member.personId, member.firstName]));
    const agreements = (await agreementsOf(tx, pool)).slice(0, MOST_VERSIONS);
    const assents = await assentsToEach(
      tx,
      agreements.map((agreement) => agreement.id),
    );
    const typed = await tx.rows<{ id: AgreementId }>(
      'select agreement_id as id from agreement_paper where pool_id = $1 and person_id = $2 and typed_at is not null',
      [pool, me],
    );
    const next = agreements.flatMap(({ terms }) => terms.successorBook ?? []);
    const holders = new Map(
      next.length === 0
        ? []
        : (await tx.rows<{ id: string; name: string }>('select id, name from book where id = any($1)', [next])).map(({ id, name }) => [id, name] as const),
    );
    return agreements.map(({ id, version, state, terms, words, contentHash }) => ({
      id,
      version,
      state,
      terms,
      text: words,
      contentHash,
      assented: assents(id).map((person) => names.get(person) ?? 'Somebody who left'),
      iAssented: assents(id).includes(me),
      treasurer: terms.treasurer === undefined ? null : (names.get(terms.treasurer) ?? 'Somebody who left'),
      mayTakeBack: state === 'offered' && assents(id).includes(me) && typed.some((each) => each.id === id),
      successor: holders.get(terms.successorBook ?? '') ?? null,
    }));
  }

  private contributionsOf(tx: Tx, pool: PoolId, person: PersonId): Promise<PoolView['contributions'][number][]> {
    return tx.rows(
      `select c.id, c.state, c.by, c.amount_pence as amount, to_char(c.made_at at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as "madeAt", c.remittance_id as "remittanceId",
         s.plan_line_id is null as "isOwn", case when p.id is not null then jsonb_build_object('signedBy', p.signed_by, 'signedOn', p.signed_on) end as paper
       from contribution c join pool_share s on s.id = c.share_id left join contribution_paper p on p.contribution_id = c.id
       where c.pool_id = $1 and c.person_id = $2 order by c.id desc limit 50`,
      [pool, person],
    );
  }

  /** True when the actor may read the pool; for the rooms above, whose rows hang on it. */
  mayRead(actor: Actor, pool: PoolId): boolean {
    return can(actor, 'pool:read', { pool });
  }
}

function actingFor(actor: Actor, seat: Seat, members: readonly MemberRow[]): NonNullable<PoolView['actingFor']> {
  const { person, as } = seat;
  const { firstName } = members.find((member) => member.personId === person)!;
  return { personId: person, firstName, as: as!, mayDecide: can(actor, 'pool:assent', { person }) };
}

async function freezesInForce(
  tx: Tx,
  actor: Actor,
  pool: PoolId,
  members: readonly MemberRow[],
  me: PersonId,
): Promise<Pick<PoolView, 'freeze' | 'partFreezes'>> {
  const views = await freezeViews(
    tx,
    actor,
    (await freezesOf(tx, pool, [me])).filter((freeze) => freeze.state === 'in-force'),
    members,
  );
  const freeze = views.find((view) => view.of === 'pool');
  return { ...(freeze ? { freeze } : {}), partFreezes: views.filter((view) => view.of === 'part') };
}

const listingsOf = (tx: Tx, pools: readonly PoolId[]): Promise<PoolListing[]> =>
  tx.rows<PoolListing>(
    `select p.id, p.name, p.purpose, p.place, p.state, (select count(*) from pool_member m where m.pool_id = p.id and m.state <> 'left')::int as members
     from pool p where p.id = any($1) order by p.id desc limit 100`,
    [pools],
  );

function moneyFrom(figures: ShareFigures): PoolMoney {
  const committed = sumPence([figures.reserved, figures.payable, figures.remitting]);
  return { free: figures.free, committed, spent: figures.spent, putIn: plus(plus(figures.free, committed), figures.spent) };
}

function ownOf(money: readonly (PoolMoney & { personId: PersonId; share: ShareRow })[], me: PersonId): PoolMoney | null {
  const own = money.filter(({ personId, share }) => personId === me && share.planLineId === null);
  return own.length === 0 ? null : totalOf(own);
}

const moneyOnly = ({ putIn, free, committed, spent }: PoolMoney): PoolMoney => ({ putIn, free, committed, spent });

const totalOf = (all: readonly PoolMoney[]): PoolMoney => ({
  putIn: sumPence(all.map((each) => each.putIn)),
  free: sumPence(all.map((each) => each.free)),
  committed: sumPence(all.map((each) => each.committed)),
  spent: sumPence(all.map((each) => each.spent)),
});
