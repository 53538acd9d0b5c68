import { Injectable } from '@nestjs/common';
import { OwnLines } from '../../budgets/index.js';
import { People } from '../../identity/index.js';
import type { Actor, BookId, Pence, PersonId, PoolId } from '../../kernel/index.js';
import { smaller, sumPence } from '../../kernel/index.js';
import type { Tx } from '../../platform/index.js';
import type { ExitStatement } from '../pool-exit.rules.js';
import type { ShareRow } from '../pool.rows.js';

/** What is left of a member's own money in a pool goes on to their own bank account when they are no longer in it. */
@Injectable()
export class OwnMoneyHome {
  constructor(
    private readonly ownLines: OwnLines,
    private readonly people: People,
  ) {}

  /** After what was free has come back to the person's lines: plans the payments home, one a money-holder. The transaction sees person and books. */
  async send(tx: Tx, actor: Actor, shares: readonly ShareRow[], returns: ExitStatement['returns']): Promise<void> {
    const own = shares.filter((share) => share.planLineId === null);
    for (const bookId of new Set(own.map((share) => share.bookId))) {
      const there = own.filter((share) => share.bookId === bookId).map((share) => share.id);
      const back = sumPence(returns.filter(({ share }) => there.includes(share)).map(({ amount }) => amount));
      await this.pay(tx, actor, own[0]!.personId, bookId, back);
    }
  }

  /** The same for money that came too late for a pool its person has left. */
  async sendLate(tx: Tx, actor: Actor, person: PersonId, book: BookId, amount: Pence): Promise<void> {
    await this.pay(tx, actor, person, book, amount);
  }

  /** Somebody in no other pool of this money-holder has all of it; else what came back from the one they left, as the rest may be meant for the other. */
  private async pay(tx: Tx, actor: Actor, person: PersonId, book: BookId, back: Pence): Promise<void> {
    if ((await this.people.find(tx, person))?.diedOn) return;
    const line = await this.ownLines.ofPerson(tx, person, book);
    if (!line) return;
    const usable = await this.ownLines.usable(tx, line);
    const amount = (await this.isInAnother(tx, person, book)) ? smaller(usable, back) : usable;
    if (amount > 0n) await this.ownLines.homeIn(tx, actor, line, amount);
  }

  private async isInAnother(tx: Tx, person: PersonId, book: BookId): Promise<boolean> {
    const pools = await tx.rows<{ id: PoolId }>(`select pool_id as id from pool_member where person_id = $1 and state <> 'left'`, [person]);
    if (pools.length === 0) return false;
    await tx.alsoSee({ pools: pools.map((row) => row.id) });
    const found = await tx.row('select 1 from pool where id = any($1) and money_holder_book_id = $2 limit 1', [pools.map((row) => row.id), book]);
    return found !== undefined;
  }
}
