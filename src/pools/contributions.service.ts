import { Injectable, Logger } from '@nestjs/common';
import type { BudgetLineFacts } from '../budgets/index.js';
import { BudgetQueries } from '../budgets/index.js';
import { requireAccess } from '../identity/index.js';
import type { Actor, Pence, PersonId, PoolId } from '../kernel/index.js';
import { edgeOf, notFound, statesAllowing, systemActor } from '../kernel/index.js';
import type { Outcome, Tx } from '../platform/index.js';
import { announce, Database, Lane, onceEach } from '../platform/index.js';
import { arrived } from './contribution.events.js';
import { ALONE, ContributionBatch } from './contribution-batch.service.js';
import type { AskedContribution, ContributionView } from './contribution-batch.service.js';
import type { ContributeToPool } from './pool.dto.js';
import type { ContributionAction, ContributionState } from './pool.lifecycle.js';
import { CONTRIBUTION } from './pool.lifecycle.js';
import { bookOfShare } from './pool.rules.js';
import type { ContributionId, ShareId } from './pool.rows.js';
import { findPool, shareRows, writeHistory } from './pool.rows.js';

/** One request to put money in, as it waits in its pool's lane. */
interface Request {
  readonly actor: Actor;
  readonly command: ContributeToPool;
  readonly key: string | undefined;
}

type Refused = { readonly refusal: unknown };

/** The most that share one commit: a large batch costs less for each, but all wait for the slowest (docs/decisions/026). */
const MOST_TOGETHER = 128;
/** Batches of one pool in flight: one is made ready while PostgreSQL writes the one before it, or two. */
const ABREAST = 3;

/** Putting money in, and learning that it arrived. */
@Injectable()
export class Contributions {
  private readonly log = new Logger('contributions');
  private readonly lanes = new Map<PoolId, Lane<Request, Outcome<ContributionView>>>();

  constructor(
    private readonly database: Database,
    private readonly budgets: BudgetQueries,
    private readonly batch: ContributionBatch,
  ) {}

  /** Moves money of a member's budget line into their share. In the same book it is there at once; from another book it is a
   *  remittance, and buys nothing until it arrives. The money stays the member's until spent. Requests for one pool that come while
   *  others are being served share the next transaction; each has an outcome of its own. Refuses: see `decideContribution`. */
  async contribute(actor: Actor, command: ContributeToPool, key?: string): Promise<ContributionView> {
    const outcome = await this.laneOf(command.poolId, (lane) => lane.do({ actor, command, key }));
    if ('refusal' in outcome) throw outcome.refusal;
    return outcome.answer;
  }

  /** The remittance behind a contribution ended; the transaction sees the contribution's pool or person. One that is no contribution's
   *  changes nothing. Safe to repeat. */
  async remittanceEnded(tx: Tx, actor: Actor, remittanceId: string, action: Extract<ContributionAction, 'arrive' | 'fail'>): Promise<void> {
    const found = await tx.row<{
      id: ContributionId;
      state: ContributionState;
      poolId: PoolId;
      personId: PersonId;
      shareId: ShareId;
      amount: Pence;
    }>(
      `select id, state, pool_id as "poolId", person_id as "personId", share_id as "shareId", amount_pence as amount from contribution where remittance_id = $1 for update`,
      [remittanceId],
    );
    if (!found || !statesAllowing(CONTRIBUTION, action).includes(found.state)) return;
    const edge = edgeOf('contribution', CONTRIBUTION, found.state, action);
    tx.write('update contribution set state = $2, arrived_at = $3 where id = $1 and state = any($4)', [
      found.id,
      edge.to,
      edge.to === 'arrived' ? tx.now : null,
      statesAllowing(CONTRIBUTION, action),
    ]);
    await writeHistory(tx, actor, [
      {
        poolId: found.poolId,
        noun: 'contribution',
        nounId: found.id,
        personId: found.personId,
        action,
        from: found.state,
        to: edge.to,
      },
    ]);
    const share = (await shareRows(tx, found.poolId, found.personId)).find((each) => each.id === found.shareId);
    if (action === 'arrive' && share) await announce(tx, arrived(share, found.id, found.amount));
    else
      await announce(tx, {
        name: edge.event!,
        about: { pools: [found.poolId], people: [found.personId] },
        payload: {
          poolId: found.poolId,
          personId: found.personId,
          contributionId: found.id,
        },
      });
  }

  /** A lane for each pool that is busy. */
  private async laneOf<T>(pool: PoolId, use: (lane: Lane<Request, Outcome<ContributionView>>) => Promise<T>): Promise<T> {
    const lane = this.lanes.get(pool) ?? new Lane(MOST_TOGETHER, (requests, follow) => this.serve(requests, follow), ABREAST);
    this.lanes.set(pool, lane);
    try {
      return await use(lane);
    } finally {
      if (lane.isIdle) this.lanes.delete(pool);
    }
  }

  /** Requests of one pool: together when there are several, and alone whatever cannot share. One that fails for whatever reason spoils
   *  nobody else's: the shared transaction is undone and each is served alone. */
  private async serve(requests: readonly Request[], follow: () => void): Promise<Outcome<ContributionView>[]> {
    const isRepeated = repeatsWithin(requests);
    const sharing = requests.filter((request) => !isRepeated(request));
    const together = sharing.length > 1 ? await this.run(sharing, follow).catch((error: unknown) => this.goApart(sharing.length, error)) : [];
    const served = new Map(sharing.map((request, n) => [request, together[n]]));
    return Promise.all(
      requests.map(async (request) => {
        const outcome = served.get(request);
        return outcome && !('refusal' in outcome && outcome.refusal === ALONE) ? outcome : this.alone(request, follow);
      }),
    );
  }

  private goApart(count: number, error: unknown): Outcome<ContributionView>[] {
    this.log.warn(`${count} contributions could not share a transaction and are made one by one: ${(error as Error).name}`);
    return [];
  }

  private async alone(request: Request, follow: () => void): Promise<Outcome<ContributionView>> {
    try {
      const [outcome] = await this.run([request], follow);
      return outcome!;
    } catch (error) {
      return { refusal: error };
    }
  }

  /** One transaction for these requests. It begins with what tells who may, and sees from then on exactly what those who may need together. */
  private run(requests: readonly Request[], follow: () => void): Promise<Outcome<ContributionView>[]> {
    const { poolId } = requests[0]!.command;
    const people = [...new Set(requests.flatMap(({ actor }) => actor.scope.people))];
    return this.database.transaction(systemActor('pools', { pools: [poolId], people }), async (tx) => {
      const authorised = this.authorise(tx, poolId, requests);
      const [all, outcomes] = await Promise.all([
        authorised,
        onceEach(
          tx,
          requests.map(({ actor, command, key }) => ({ actor, intent: key === undefined ? undefined : { key, command: 'pools.contribute', input: command } })),
          async (fresh) => this.make(tx, poolId, await authorised, fresh),
        ),
      ]);
      const made = all.map((each, place) => ('refusal' in each ? each : outcomes[place]!));
      const [only] = made;
      if (made.length === 1 && only && 'refusal' in only) throw only.refusal; // nothing of it stays
      follow();
      return made;
    });
  }

  /** Makes those among these places who may. */
  private async make(tx: Tx, poolId: PoolId, all: readonly (AskedContribution | Refused)[], places: readonly number[]): Promise<Outcome<ContributionView>[]> {
    const asked = places.map((place) => all[place]!).filter((each): each is AskedContribution => !('refusal' in each));
    const [, outcomes] = await Promise.all([
      tx.seeOnly({ pools: [poolId], people: [...new Set(asked.map(({ line }) => line.personId))], books: [...new Set(asked.flatMap(({ books }) => books))] }),
      asked.length === 0 ? [] : this.batch.make(tx, poolId, asked),
    ]);
    let next = 0;
    return places.map((place) => {
      const each = all[place]!;
      return 'refusal' in each ? each : outcomes[next++]!;
    });
  }

  /** Who may: the member, or somebody who may use that person's money for them. A line of anybody else is not found. */
  private async authorise(tx: Tx, poolId: PoolId, requests: readonly Request[]): Promise<(AskedContribution | Refused)[]> {
    const [lines, pool] = await Promise.all([this.budgets.factsOf(tx, [...new Set(requests.map(({ command }) => command.lineId))]), findPool(tx, poolId)]);
    const byId = new Map(lines.map((line) => [line.id, line]));
    return requests.map(({ actor, command }) => {
      try {
        const line = requireLine(actor, byId.get(command.lineId), poolId);
        return { actor, command, line, books: [...new Set([line.bookId, bookOfShare(line, pool.moneyHolderBookId)])] };
      } catch (refusal) {
        return { refusal };
      }
    });
  }
}

function requireLine(actor: Actor, line: BudgetLineFacts | undefined, pool: PoolId): BudgetLineFacts {
  if (!line || !actor.scope.people.includes(line.personId)) throw notFound('The budget line');
  if (line.personId === actor.id) requireAccess(actor, 'pool:contribute', { pool });
  else requireAccess(actor, 'contribution:make', { person: line.personId });
  return line;
}

/** True of a request whose key an earlier one of the same actor bears: it must find the first one's answer, so it waits for it. */
function repeatsWithin(requests: readonly Request[]): (request: Request) => boolean {
  const seen = new Set<string>();
  const repeats = new Set(
    requests.filter(({ actor, key }) => {
      const name = `${actor.id} ${key ?? ''}`;
      if (key === undefined) return false;
      const isRepeat = seen.has(name);
      seen.add(name);
      return isRepeat;
    }),
  );
  return (request) => repeats.has(request);
}
