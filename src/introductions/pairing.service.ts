import { Injectable } from '@nestjs/common';
import { Audit } from '../audit/index.js';
import type { PersonId } from '../kernel/index.js';
import { addDays, dayOf, newId, systemActor } from '../kernel/index.js';
import type { Tx } from '../platform/index.js';
import { announce, Database } from '../platform/index.js';
import type { CardState } from './card.lifecycle.js';
import type { CardId } from './cards.service.js';
import type { IntroductionId } from './introductions.service.js';
import type { Choice, Side } from './pairing.rules.js';
import { suitsBoth } from './pairing.rules.js';

interface Candidate {
  readonly pairId: string;
  readonly personA: PersonId;
  readonly personB: PersonId;
  readonly cardA: CardId;
  readonly cardB: CardId;
  readonly placeA: string;
  readonly placeB: string;
}

interface SideRow {
  readonly card: CardState;
  readonly choice: Choice | null;
  readonly answeredAt: Date | null;
  readonly hasBlocked: boolean;
  readonly isAdult: boolean;
}

const SYSTEM = 'introductions.pairing';
const PAGE = 500;
/** Yeses to suggestions that ended this long ago no longer count: enough for runs that were missed. Our judgement, November 2026. */
const LOOKED_BACK_DAYS = 7;

/** Turns two yeses into an introduction, at fixed times only: no moment of anybody's answer can be read from it. */
@Injectable()
export class Pairing {
  constructor(
    private readonly database: Database,
    private readonly audit: Audit,
  ) {}

  /** Introduces every pair whose newest answers are both yes and were given by `dueAt`. Safe to repeat. */
  async pairAnswers(dueAt: Date): Promise<void> {
    for (let after: string | null = null; ; ) {
      const candidates = await this.candidates(dueAt, after);
      for (const candidate of candidates) await this.introduce(candidate, dueAt);
      if (candidates.length < PAGE) return;
      after = candidates.at(-1)!.pairId;
    }
  }

  private async candidates(dueAt: Date, after: string | null): Promise<Candidate[]> {
    const places = await this.database.read(systemActor(SYSTEM, {}), (tx) => tx.rows<{ district: string }>('select district from place'));
    return this.database.read(systemActor(SYSTEM, { places: places.map((place) => place.district) }), (tx) =>
      tx.rows<Candidate>(
        `with newest as (
           select distinct on (a.pair_id, a.card_id) a.pair_id, a.card_id, a.person_id, a.choice, a.answered_at
           from suggestion s join answer a on a.suggestion_id = s.id where s.expires_on > $3 and ($2::uuid is null or a.pair_id > $2) order by a.pair_id, a.card_id, a.id desc
         ), yeses as (
           select n.*, c.place from newest n join card c on c.id = n.card_id where n.choice = 'yes' and n.answered_at <= $1 and c.state = 'open'
         )
         select a.pair_id as "pairId", a.person_id as "personA", b.person_id as "personB", a.card_id as "cardA", b.card_id as "cardB", a.place as "placeA", b.place as "placeB"
         from yeses a join yeses b on b.pair_id = a.pair_id and a.person_id < b.person_id order by a.pair_id limit ${PAGE}`,
        [dueAt, after, addDays(dayOf(dueAt), -LOOKED_BACK_DAYS)],
      ),
    );
  }

  /** Looks again under the locks of both cards, so that a change of mind, a block or a card taken down in between counts. */
  private async introduce(candidate: Candidate, dueAt: Date): Promise<void> {
    const { personA, personB, pairId, cardA, cardB } = candidate;
    const system = systemActor(SYSTEM, { people: [personA, personB], places: [...new Set([candidate.placeA, candidate.placeB])] });
    await this.database.transaction(system, async (tx) => {
      await tx.rows('select 1 from card where id = any($1) order by id for update', [[cardA, cardB]]);
      const [a, b] = [await this.side(tx, pairId, cardA, cardB), await this.side(tx, pairId, cardB, cardA)];
      if (!suitsBoth(a, b, dueAt)) return;
      const id = newId<'introduction'>() as IntroductionId;
      const made = await tx.run(
        `insert into introduction (id, pair_id, person_a, person_b, card_a, card_b, reasons, state, made_at)
         select $1, $2, $3, $4, $5, $6, s.reasons, 'introduced', $7 from suggestion s where s.pair_id = $2 and s.card_id = $5 on conflict do nothing`,
        [id, pairId, personA, personB, cardA, cardB, tx.now],
      );
      if (made === 0) return;
      await announce(tx, { name: 'introductionMade', about: { people: [personA, personB] }, payload: { introductionId: id, personIds: [personA, personB] } });
      await this.audit.recordAll(
        tx,
        system,
        [personA, personB].map((about) => ({ action: 'introduction:make', noun: 'introduction', nounId: id, about })),
      );
    });
  }

  private async side(tx: Tx, pairId: string, card: CardId, other: CardId): Promise<Side> {
    const row = await tx.row<SideRow>(
      `select c.state as card, a.choice, a.answered_at as "answeredAt", exists (
           select 1 from person_block b join card o on o.person_id = b.other_person_id where b.person_id = c.person_id and o.id = $3) as "hasBlocked",
         c.adult_from <= $4 as "isAdult"
       from card c left join lateral (select choice, answered_at from answer where pair_id = $1 and card_id = $2 order by id desc limit 1) a on true where c.id = $2`,
      [pairId, card, other, dayOf(tx.now)],
    );
    if (!row) return { card: 'taken-down', choice: undefined, answeredAt: undefined, hasBlocked: true, isAdult: false };
    return { ...row, choice: row.choice ?? undefined, answeredAt: row.answeredAt ?? undefined };
  }
}
