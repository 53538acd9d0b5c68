import { Injectable } from '@nestjs/common';
import { Audit } from '../../audit/index.js';
import type { Actor, LocalDate, PersonId, PoolId } from '../../kernel/index.js';
import { dayOf, edgeOf, newId, notFound, systemActor } from '../../kernel/index.js';
import { Database, once } from '../../platform/index.js';
import { findMember, findPool, holdPool, membersOf, writeHistory } from '../pool.rows.js';
import { PoolSeats } from '../seats.service.js';
import type { OfferGift, TakeGiftBack } from './gift.dto.js';
import type { GiftState } from './gift.lifecycle.js';
import { GIFT } from './gift.lifecycle.js';
import type { GiftId } from './gift.rows.js';
import { giftsOf, lockGift } from './gift.rows.js';
import type { GiftKind } from './gift.rules.js';
import { checkGift } from './gift.rules.js';

export interface GiftAnswer {
  readonly giftId: GiftId;
  readonly state: GiftState;
}

/** What a member brings beside money. */
export interface GiftView {
  readonly id: GiftId;
  readonly firstName: string;
  /** The member's place: two may have one first name. */
  readonly joinOrder: number;
  /** Of the person at this place. */
  readonly isMine: boolean;
  readonly kind: GiftKind;
  readonly words: string;
  readonly fromDay: LocalDate;
  readonly untilDay: LocalDate | null;
  /** Shown to the person alone. */
  readonly helpedBy: string | null;
}

/** Time, skills, places and transport: what people bring beside money (domain 2.1, EXPECT 8). Nothing of it is reckoned in pounds. */
@Injectable()
export class Gifts {
  constructor(
    private readonly database: Database,
    private readonly seats: PoolSeats,
    private readonly audit: Audit,
  ) {}

  /** Offers something, for oneself or as a representative. Refuses: see checkGift. */
  async offer(actor: Actor, poolId: PoolId, command: OfferGift, key?: string): Promise<GiftAnswer> {
    const { person } = await this.seats.of(actor, poolId, 'pool:assent', command.personId);
    return this.database.transaction(systemActor('pools', { pools: [poolId], people: [person] }), (tx) =>
      once(tx, actor, key === undefined ? undefined : { key, command: 'pools.offer-gift', input: { poolId, ...command } }, async () => {
        const pool = await holdPool(tx, poolId);
        const member = await findMember(tx, poolId, person);
        const today = dayOf(tx.now);
        const offered = (await giftsOf(tx, poolId, today)).filter((gift) => gift.personId === person).length;
        checkGift({ poolState: pool.state, memberState: member?.state, offered }, command, today);
        const giftId = newId<'gift'>();
        const { kind, words, fromDay, untilDay = null, helpedBy = null } = command;
        tx.write(
          `insert into pool_gift (id, pool_id, person_id, kind, words, from_day, until_day, state, helped_by, given_by, offered_at) values ($1, $2, $3, $4, $5, $6, $7, 'offered', $8, $9, $10)`,
          [giftId, poolId, person, kind, words, fromDay, untilDay, helpedBy, actor.id, tx.now],
        );
        await writeHistory(tx, actor, [{ poolId, noun: 'gift', nounId: giftId, personId: person, action: `offer-${kind}`, to: 'offered' }]);
        await this.audit.record(tx, actor, { action: 'gift:offer', noun: 'gift', nounId: giftId, pool: poolId, about: person, facts: { kind } });
        return { giftId, state: 'offered' as const };
      }),
    );
  }

  /** Takes it back, for oneself or as a representative. Refuses: gift-is-taken-back, gift-is-ended. */
  async takeBack(actor: Actor, poolId: PoolId, giftId: GiftId, command: TakeGiftBack, key?: string): Promise<GiftAnswer> {
    const { person } = await this.seats.of(actor, poolId, 'pool:assent', command.personId);
    return this.database.transaction(systemActor('pools', { pools: [poolId], people: [person] }), (tx) =>
      once(tx, actor, key === undefined ? undefined : { key, command: 'pools.take-gift-back', input: { poolId, giftId, ...command } }, async () => {
        await holdPool(tx, poolId);
        const gift = await lockGift(tx, giftId);
        if (!gift || gift.poolId !== poolId || gift.personId !== person) throw notFound('What you bring');
        const edge = edgeOf('gift', GIFT, gift.state, 'take-back');
        tx.write(`update pool_gift set state = $2, ended_at = $3 where id = $1 and state = 'offered'`, [giftId, edge.to, tx.now]);
        await writeHistory(tx, actor, [{ poolId, noun: 'gift', nounId: giftId, personId: person, action: 'take-back', from: 'offered', to: edge.to }]);
        await this.audit.record(tx, actor, { action: 'gift:take-back', noun: 'gift', nounId: giftId, pool: poolId, about: person });
        return { giftId, state: edge.to };
      }),
    );
  }

  /** What each brings now, by first names in the order in which they joined. */
  async ofPool(actor: Actor, poolId: PoolId, person?: PersonId): Promise<GiftView[]> {
    const seat = await this.seats.of(actor, poolId, 'pool:read', person);
    return this.database.read(systemActor('pools', { pools: [poolId] }), async (tx) => {
      await this.seats.looked(tx, actor, seat, poolId);
      await findPool(tx, poolId);
      const gifts = await giftsOf(tx, poolId, dayOf(tx.now));
      return (await membersOf(tx, poolId)).flatMap((member) =>
        gifts
          .filter((gift) => gift.personId === member.personId)
          .map(({ id, kind, words, fromDay, untilDay, helpedBy }) => {
            const isMine = member.personId === seat.person;
            return { id, firstName: member.firstName, joinOrder: member.joinOrder, isMine, kind, words, fromDay, untilDay, helpedBy: isMine ? helpedBy : null };
          }),
      );
    });
  }
}
