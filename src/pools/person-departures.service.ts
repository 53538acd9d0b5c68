import { Injectable } from '@nestjs/common';
import type { Actor, BookId, BudgetLineId, LocalDate, Pence, PersonId, PoolId } from '../kernel/index.js';
import { dayOf, penceAsNumber, sumPence, systemActor } from '../kernel/index.js';
import type { Tx } from '../platform/index.js';
import { announce, Database } from '../platform/index.js';
import { Departures } from './departures.service.js';
import { areaMoveEntries } from './going-home.entries.js';
import { GoingHome } from './going-home.service.js';
import { exitStatement } from './pool-exit.rules.js';
import { findMember, lockPool, shareRows } from './pool.rows.js';

/** What a person's death or move of area means for all the pools they are in. The decisions themselves are the ICB's, in the room above. */
@Injectable()
export class PersonDepartures {
  constructor(
    private readonly database: Database,
    private readonly goingHome: GoingHome,
    private readonly departures: Departures,
  ) {}

  /** The pools a person is in, and the books of their shares and lines: the scope that the two commands below need. */
  async scopeOf(person: PersonId): Promise<{ pools: PoolId[]; books: BookId[] }> {
    return this.database.read(systemActor('pools', { people: [person] }), async (tx) => {
      const pools = await tx.rows<{ id: PoolId }>(`select pool_id as id from pool_member where person_id = $1 order by pool_id`, [person]);
      const books = await tx.rows<{ id: BookId }>(
        'select distinct unnest(array[book_id, line_book_id]) as id from pool_share where person_id = $1 union select book_id from budget_line where person_id = $1 order by 1',
        [person],
      );
      return { pools: pools.map((row) => row.id), books: books.map((row) => row.id) };
    });
  }

  /** Somebody died: they leave every pool. What was set aside for days after the death is freed, nothing is charged for notice, and what is
   *  free goes to the lines it came from (domain 2.3). The transaction sees what `scopeOf` names. Answers what went home. */
  async died(tx: Tx, actor: Actor, person: PersonId, pools: readonly PoolId[], diedOn: LocalDate): Promise<Pence> {
    const home: Pence[] = [];
    for (const poolId of pools) {
      const pool = await lockPool(tx, poolId);
      const member = await findMember(tx, poolId, person);
      if (!member || member.state === 'left') continue;
      const statement = exitStatement(await this.goingHome.factsOf(tx, poolId, person), diedOn, 0);
      await this.departures.depart(tx, actor, pool, member, statement, 'died');
      await announce(tx, {
        name: 'memberLeft',
        about: { pools: [poolId], people: [person] },
        payload: { poolId, personId: person, returnedPence: penceAsNumber(statement.toReturn), noticeUntil: statement.noticeUntil },
      });
      home.push(statement.toReturn);
    }
    return sumPence(home);
  }

  /** Another ICB became responsible, and these lines of the old one have ended: their shares go back to them in every pool, but for what was
   *  set aside for days until today. The person stays a member, and may put in money of the new ICB. Answers what went home. */
  async linesEnded(tx: Tx, actor: Actor, person: PersonId, pools: readonly PoolId[], lines: readonly BudgetLineId[]): Promise<Pence> {
    const home: Pence[] = [];
    for (const poolId of pools) {
      await lockPool(tx, poolId);
      const statement = exitStatement(await this.goingHome.factsOf(tx, poolId, person, lines), dayOf(tx.now), 0);
      await this.goingHome.send(tx, actor, areaMoveEntries, await shareRows(tx, poolId, person), statement);
      home.push(statement.toReturn);
    }
    return sumPence(home);
  }
}
