import { Injectable } from '@nestjs/common';
import { Grants } from '../identity/index.js';
import type { Actor, PoolId } from '../kernel/index.js';
import { edgeOf, newId, statesAllowing } from '../kernel/index.js';
import type { Tx } from '../platform/index.js';
import { Agreements } from './agreements.service.js';
import { StatementPapers } from './statements/statement-papers.service.js';
import { Freezes } from './freezes/freezes.service.js';
import { endGiftsOf } from './gifts/gift.rows.js';
import { deathEntries, leavingEntries, windUpEntries } from './going-home.entries.js';
import { GoingHome } from './going-home.service.js';
import { OwnMoneyHome } from './own-money/own-money-home.service.js';
import { PoolEnding } from './pool-ending.service.js';
import type { ExitStatement } from './pool-exit.rules.js';
import { exitJson } from './pool-exit.views.js';
import { MEMBER } from './pool.lifecycle.js';
import { PledgeRounds } from './pledges/pledge-rounds.service.js';
import type { MemberRow, PoolRow } from './pool.rows.js';
import { agreementInState, lockPool, membersOf, shareRows, writeHistory } from './pool.rows.js';

/** Why somebody is no longer in a pool. */
export type Departure = 'left' | 'died' | 'wound-up';

const ENTRIES = { left: leavingEntries, died: deathEntries, 'wound-up': windUpEntries } as const;

/** The end of one membership, whatever the reason: the statement is kept, the money goes home, the place is empty. */
@Injectable()
export class Departures {
  constructor(
    private readonly goingHome: GoingHome,
    private readonly ending: PoolEnding,
    private readonly agreements: Agreements,
    private readonly freezes: Freezes,
    private readonly papers: StatementPapers,
    private readonly grants: Grants,
    private readonly pledges: PledgeRounds,
    private readonly ownMoney: OwnMoneyHome,
  ) {}

  /** Ends a membership by a statement that was worked out before. The caller holds the pool's lock, and sees the pool, the person, and the
   *  books of their shares and lines. Refuses: member-is-left. */
  async depart(tx: Tx, actor: Actor, pool: PoolRow, member: MemberRow, statement: ExitStatement, how: Departure): Promise<void> {
    const edge = edgeOf('member', MEMBER, member.state, 'leave');
    // Who was asked and never agreed has not left anything.
    const action = how === 'left' && member.state === 'invited' ? 'decline' : ACTIONS[how];
    await this.pledges.ofMember(tx, actor, pool.id, member.personId, BECAUSE[how]);
    await endGiftsOf(tx, actor, pool.id, member.personId);
    tx.write('update pool_member set state = $3, left_on = $4, notice_until = $5 where pool_id = $1 and person_id = $2 and state = any($6)', [
      pool.id,
      member.personId,
      edge.to,
      statement.leftOn,
      statement.noticeUntil,
      statesAllowing(MEMBER, 'leave'),
    ]);
    tx.write(
      'insert into pool_exit (id, pool_id, person_id, left_on, notice_until, statement, returned_pence, how, made_at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9)',
      [
        newId(),
        pool.id,
        member.personId,
        statement.leftOn,
        statement.noticeUntil,
        JSON.stringify(exitJson(statement)),
        String(statement.toReturn),
        how,
        tx.now,
      ],
    );
    const shares = await shareRows(tx, pool.id, member.personId);
    if (shares.length > 0) await this.papers.keep(tx, pool.id, member.personId, { kind: 'exit', of: 'member' }, exitJson(statement));
    await writeHistory(tx, actor, [
      { poolId: pool.id, noun: 'member', nounId: member.personId, personId: member.personId, action, from: member.state, to: edge.to },
    ]);
    await this.grants.end(tx, actor, { person: member.personId, role: 'member', id: pool.id, why: WHY[how] });
    if (member.isFrozen) await this.freezes.over(tx, actor, pool, member.personId);
    await this.agreements.settle(tx, actor, pool, await agreementInState(tx, pool.id, 'offered'));
    await this.leaveEmpty(tx, actor, pool.id);
    await this.goingHome.send(tx, actor, ENTRIES[how], shares, statement);
    // After a death a finance officer pays it to the estate: nobody settles a dead person's money by a background job.
    if (how !== 'died') await this.ownMoney.send(tx, actor, shares, statement.returns);
    await this.ending.closeIfEmpty(tx, actor, pool.id);
  }

  private async leaveEmpty(tx: Tx, actor: Actor, poolId: PoolId): Promise<void> {
    const staying = (await membersOf(tx, poolId)).filter((each) => each.state !== 'left');
    if (staying.length > 0) return;
    const now = await lockPool(tx, poolId);
    await this.ending.change(tx, actor, now, now.state === 'active' || now.state === 'frozen' ? 'empty' : 'close');
  }
}

const ACTIONS = { left: 'leave', died: 'die', 'wound-up': 'wind-up' } as const;
const BECAUSE = { left: 'left', died: 'died', 'wound-up': 'pool-stopped' } as const;
const WHY = { left: 'left the pool', died: 'died', 'wound-up': 'the pool was wound up' } as const;
