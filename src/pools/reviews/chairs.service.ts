import { Injectable } from '@nestjs/common';
import { BrokerQueries } from '../../brokers/index.js';
import { People } from '../../identity/index.js';
import type { PersonId, PoolId, ProviderId } from '../../kernel/index.js';
import type { Tx } from '../../platform/index.js';
import type { PoolRow } from '../pool.rows.js';
import { checkChair } from './review.rules.js';

/** From which providers a pool buys: told by the room above that knows. The transaction sees the pool. */
type ProvidersOfPool = (tx: Tx, pool: PoolId) => Promise<readonly ProviderId[]>;

/** Who may lead the talk about a member: the pool's broker, without an interest of their own (RULE 20). */
@Injectable()
export class Chairs {
  private readonly sources: ProvidersOfPool[] = [];

  constructor(
    private readonly people: People,
    private readonly brokers: BrokerQueries,
  ) {}

  /** Called once by each room that knows of providers. */
  knowProviders(source: ProvidersOfPool): void {
    this.sources.push(source);
  }

  /** The pool's broker. The transaction sees the pool. Refuses: no-broker, chair-conflicted. */
  async of(tx: Tx, pool: PoolRow, concerned: readonly PersonId[]): Promise<PersonId> {
    const chair = pool.brokerId;
    if (chair === null) checkChair({ hasBroker: false, isConnected: false, hasInterest: false });
    // The broker alone: who reads for the member it is about sees no voices.
    await tx.alsoSee({ people: [chair!] });
    let isConnected = concerned.includes(chair!);
    for (const person of concerned) isConnected ||= await this.people.areConnected(tx, [chair!, person]);
    let hasInterest = false;
    for (const source of this.sources) for (const provider of await source(tx, pool.id)) hasInterest ||= await this.brokers.isConflicted(tx, chair!, provider);
    checkChair({ hasBroker: true, isConnected, hasInterest });
    return chair!;
  }
}
