import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Audit } from '../audit/index.js';
import { BrokerQueries } from '../brokers/index.js';
import { requireAccess } from '../identity/index.js';
import type { Day, GoalWords } from '../introductions/index.js';
import { datesOf, FEWEST, Groups } from '../introductions/index.js';
import type { Actor, LocalDate, PersonId } from '../kernel/index.js';
import { conflict, dayOf, invalid, systemActor } from '../kernel/index.js';
import type { Tx } from '../platform/index.js';
import { Database } from '../platform/index.js';
import { AllPairs } from './all-pairs.js';
import { shownCount } from './small-numbers.rules.js';
import type { ProposedGroup } from './groups.js';
import { groupsOf } from './groups.js';
import { apart, blocksOf, MATCH_CARD } from './match-facts.js';
import { MatchIndex } from './match-index.js';
import type { MatchCard } from './matching.rules.js';
import type { Place } from './near-places.js';
import { NearPlaces } from './near-places.js';

/** Round a place, a broker sees so many miles. Our judgement, November 2026: as far as most cards say they go. */
export const MILES_AROUND = 10;
/** Cards looked at for one page: more live nowhere within ten miles, of those who agreed to be seen. */
const MOST_CARDS = 2_000;
const MOST_CLUSTERS = 20;
const MOST_GOALS = 40;
const SYSTEM = 'matching.clusters';

export interface PlaceAround extends Place {
  readonly name: string;
}

/** People who suit each other, as a broker may see them: no name of anybody who did not appoint this broker. */
export interface ClusterView {
  /** Which it is; another as soon as other people are in it. */
  readonly key: string;
  readonly goals: readonly GoalWords[];
  readonly days: readonly Day[];
  readonly places: readonly string[];
  /** Whole miles between the two who live farthest apart. */
  readonly widest: number;
  readonly size: number;
  /** The broker's own people among them. */
  readonly own: readonly { readonly personId: PersonId; readonly firstName: string }[];
}

/** A goal that people round a place wait for, in a number that picks nobody out. */
export interface UnmetGoal {
  readonly goal: string;
  readonly district: string;
  readonly people: number;
}

interface SeenCard extends MatchCard {
  readonly personId: PersonId;
}

/** The broker's workbench: who could do something together round a place. It reads no answer, and not who is being asked. */
@Injectable()
export class Clusters {
  constructor(
    private readonly database: Database,
    private readonly brokers: BrokerQueries,
    private readonly groups: Groups,
    private readonly audit: Audit,
  ) {}

  /** Places within ten miles of a district, by name. Refuses: place-not-known. */
  async placesAround(actor: Actor, district: string): Promise<PlaceAround[]> {
    requireAccess(actor, 'cluster:read', { site: true });
    const places = await this.database.read(actor, (tx) =>
      tx.rows<PlaceAround>(
        `select there.district, there.name, there.lat, there.lon from place here join place there on miles_between(here.lat, here.lon, there.lat, there.lon) <= $2 where here.district = $1 order by 2, 1`,
        [district, MILES_AROUND],
      ),
    );
    if (places.length === 0)
      throw invalid('place-not-known', 'We do not know this place.', [{ field: 'place', message: 'Enter the first part of a postcode, like M33.' }]);
    return places;
  }

  /** Groups that could be, best first: of people who agreed to be seen by brokers and to be asked about groups, and whose card no other broker
   *  looks after. */
  async around(actor: Actor, district: string): Promise<ClusterView[]> {
    const around = await this.placesAround(actor, district);
    const { groups, cards, own, names } = await this.found(actor, around);
    const places = new Map(around.map((place) => [place.district, place.name]));
    const byCard = new Map(cards.map((card) => [card.id, card]));
    return groups.map((group) => ({
      key: keyOf(group),
      goals: group.goals.map((id) => ({ id, words: names.goals.get(id) ?? id })),
      days: group.days as readonly Day[],
      places: group.places.map((place) => places.get(place) ?? place),
      widest: group.widest,
      size: group.cards.length,
      own: group.cards
        .map((card) => byCard.get(card)!.personId)
        .filter((person) => own.has(person))
        .map((personId) => ({ personId, firstName: names.people.get(personId) ?? '' })),
    }));
  }

  /** Asks the people of a cluster. Whoever is being asked already, or falls out in another way, does so unseen: the same is answered, and nobody is told who
   *  was asked. Refuses: cluster-changed. */
  async propose(actor: Actor, district: string, key: string): Promise<{ revealOn: LocalDate }> {
    requireAccess(actor, 'group:propose', { site: true });
    const { groups } = await this.found(actor, await this.placesAround(actor, district));
    const group = groups.find((each) => keyOf(each) === key);
    if (!group) throw conflict('cluster-changed', 'This group has changed since you looked. Look at it again.');
    return this.database.transaction(systemActor(SYSTEM, { places: group.places }), async (tx) => {
      await this.groups.propose(tx, [group], actor.id as PersonId);
      await this.audit.record(tx, actor, { action: 'group:propose', noun: 'cluster' });
      return { revealOn: datesOf(dayOf(tx.now)).revealOn };
    });
  }

  /** Goals of open cards whose people met nobody yet, by place: counts alone, of 8 people or more, to the nearest 5. */
  async unmetGoals(actor: Actor, district: string): Promise<UnmetGoal[]> {
    const places = (await this.placesAround(actor, district)).map((place) => place.district);
    const people = await this.database.read(systemActor(SYSTEM, { places }), (tx) =>
      tx.rows<{ person: PersonId }>(`select person_id as person from card where state = 'open' and place = any($1)`, [places]),
    );
    const rows = await this.database.read(systemActor(SYSTEM, { people: people.map((row) => row.person), places }), (tx) =>
      tx.rows<{ goal: string; district: string; people: number }>(
        `select t.words as goal, c.place as district, count(*)::int as people from card c cross join unnest(c.goals) as g(id) join goal_term t on t.id = g.id
         where c.state = 'open' and c.place = any($1) and not exists (select 1 from introduction i where i.state <> 'stepped-back' and (i.person_a = c.person_id or i.person_b = c.person_id))
           and not exists (select 1 from found_group f where f.people @> array[c.person_id])
         group by t.words, c.place order by count(*) desc, 1, 2`,
        [places],
      ),
    );
    return rows
      .flatMap((row) => {
        const shown = shownCount(row.people);
        return shown === undefined ? [] : [{ ...row, people: shown }];
      })
      .slice(0, MOST_GOALS);
  }

  private async found(actor: Actor, around: readonly PlaceAround[]) {
    const places = around.map((place) => place.district);
    const { cards, blocks, weights, today } = await this.database.read(systemActor(SYSTEM, { places }), (tx) => seen(tx, places));
    const closed = await this.closedTo(actor, places);
    const people = cards.map((card) => card.personId);
    const { served, firstNames } = await this.database.read(systemActor(SYSTEM, { people }), async (tx) => {
      const brokers = await this.brokers.cardBrokersOf(tx, people);
      const mine = brokers.filter((each) => each.brokerId === actor.id).map((each) => each.personId);
      return {
        served: brokers,
        firstNames: await tx.rows<{ id: PersonId; name: string }>('select id, first_name as name from person where id = any($1)', [mine]),
      };
    });
    const own = new Set(served.filter((each) => each.brokerId === actor.id).map((each) => each.personId));
    const others = new Set(served.filter((each) => !own.has(each.personId)).map((each) => each.personId));
    const shown = cards.filter((card) => !others.has(card.personId) && !closed.has(card.id));
    const index = new MatchIndex(NearPlaces.ofMap(around), today, new Map(weights.map((goal) => [goal.id, goal.weight])));
    index.putAll(shown);
    for (const [by, blocked] of blocks) index.block(by, blocked);
    const pairs = new AllPairs(index);
    pairs.refresh();
    const names = { people: new Map(firstNames.map(({ id, name }) => [id, name])), goals: new Map(weights.map((goal) => [goal.id, goal.words])) };
    return { groups: groupsOf(pairs, undefined, { least: FEWEST }).slice(0, MOST_CLUSTERS), cards: shown, own, names };
  }

  /** Cards of those who blocked one of the broker's people: a block looks like a card taken down to whoever stands beside the blocked as well. */
  private async closedTo(actor: Actor, places: readonly string[]): Promise<Set<string>> {
    const people = actor.scope.people;
    const rows = await this.database.read(systemActor(SYSTEM, { places, people }), (tx) =>
      tx.rows<{ id: string }>('select c.id from person_block k join card c on c.person_id = k.person_id where k.other_person_id = any($1)', [people]),
    );
    return new Set(rows.map((row) => row.id));
  }
}

const keyOf = (group: ProposedGroup): string => createHash('sha256').update(group.cards.join()).digest('hex').slice(0, 24);

async function seen(tx: Tx, places: readonly string[]) {
  const cards = await tx.rows<SeenCard>(
    `select ${MATCH_CARD}, c.person_id as "personId" from card c
     where c.state = 'open' and c.place = any($1) and c.agrees @> array['groups', 'brokers'] order by c.id limit ${MOST_CARDS}`,
    [places],
  );
  return {
    cards,
    blocks: await apart(tx, await blocksOf(tx, cards)),
    weights: await tx.rows<{ id: string; weight: number; words: string }>('select id, weight, words from goal_term'),
    today: dayOf(tx.now),
  };
}
