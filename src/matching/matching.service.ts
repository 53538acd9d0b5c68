import { Injectable } from '@nestjs/common';
import type { SuitablePair } from '../introductions/index.js';
import { FEWEST, Groups, Suggestions } from '../introductions/index.js';
import type { LocalDate } from '../kernel/index.js';
import { dayOf, systemActor } from '../kernel/index.js';
import type { Tx } from '../platform/index.js';
import { Database } from '../platform/index.js';
import { DeskThread } from './desk-thread.js';
import type { Apart } from './group-rounds.rules.js';
import { roundsOf } from './group-rounds.rules.js';
import type { CardBlock } from './match-facts.js';
import { apart, blocksOf, cardsAround, openCardsOf } from './match-facts.js';
import { MatchIndex } from './match-index.js';
import type { Place } from './near-places.js';
import { NearPlaces } from './near-places.js';

/** What stands ready at the desk. */
interface Brought {
  /** Cards of which the person agreed to be asked about groups, and was not asked lately. */
  readonly mayBeAsked: string[];
  readonly apart: readonly Apart[];
}

const SYSTEM = 'matching';
/** Places read at once, and pairs written at once. Our judgement, November 2026: each takes well under a second. */
const PLACES_AT_ONCE = 25;
const PAIRS_AT_ONCE = 2_000;
const GROUPS_AT_ONCE = 100;

/** Suggests to people others who want similar things. It never reads an answer: what was said feeds nothing here (truth 11).
 *  What it works with are copies; every pair is looked at again in PostgreSQL when it is written. */
@Injectable()
export class Matching {
  constructor(
    private readonly database: Database,
    private readonly suggestions: Suggestions,
    private readonly groups: Groups,
  ) {}

  /** Weighs each goal by how rare it is, finds the best pairs of all open cards everywhere, and suggests them; then groups of those who agreed to be asked. The finding is done in a
   *  thread of its own. Safe to repeat. `progress` hears how many cards are served. */
  async suggestAll(progress: (done: number, total: number) => void = () => undefined): Promise<void> {
    const desk = DeskThread.start();
    try {
      const brought = await this.bringCards(desk);
      await this.weighGoals(desk);
      const total = await desk.ask('refresh');
      for (;;) {
        const { pairs, places, done } = await desk.ask('nextPairs', PAIRS_AT_ONCE);
        if (places.length === 0) break;
        await this.database.transaction(systemActor(SYSTEM, { places }), (tx) => this.suggestions.propose(tx, pairs as readonly SuitablePair[]));
        progress(done, total);
      }
      await this.proposeGroups(desk, brought);
    } finally {
      await desk.close();
    }
  }

  /** Suggestions for one card just opened, in a transaction that sees the places within its distance. */
  async suggestFor(tx: Tx, card: string): Promise<void> {
    const cards = await cardsAround(tx, card);
    if (cards.length === 0) return;
    const places = await tx.rows<Place>('select district, lat, lon from place where district = any($1)', [[...new Set(cards.map((each) => each.place))]]);
    const weights = await tx.rows<{ id: string; weight: number }>('select id, weight from goal_term');
    const index = new MatchIndex(NearPlaces.ofMap(places), dayOf(tx.now), new Map(weights.map((goal) => [goal.id, goal.weight])));
    index.putAll(cards);
    for (const [by, blocked] of await apart(tx, await blocksOf(tx, cards))) index.block(by, blocked);
    const pairs = index.best(card).map(({ other, score, reasons }) => ({ a: card, b: other, score, reasons }) as SuitablePair);
    await this.suggestions.propose(tx, pairs);
  }

  /** Reads the open cards, some places at a time, and brings them to the desk; then, once all are there, who is not to meet whom. */
  private async bringCards(desk: DeskThread): Promise<Brought> {
    const [places, today] = await this.database.read(
      systemActor(SYSTEM, {}),
      async (tx): Promise<[Place[], LocalDate]> => [await tx.rows<Place>('select district, lat, lon from place order by district'), dayOf(tx.now)],
    );
    const districts = await desk.ask('open', places, today);
    const [mayBeAsked, blocks]: [string[], CardBlock[]] = [[], []];
    for (let at = 0; at < districts.length; at += PLACES_AT_ONCE) {
      const some = districts.slice(at, at + PLACES_AT_ONCE);
      const { cards, theirs, asked } = await this.database.read(systemActor(SYSTEM, { places: some }), async (tx) => {
        const open = await openCardsOf(tx, some);
        return { cards: open, theirs: await blocksOf(tx, open), asked: await this.groups.mayBeAsked(tx) };
      });
      await desk.ask('take', cards, []);
      mayBeAsked.push(...asked);
      blocks.push(...theirs);
    }
    const people = [...new Set(blocks.map((block) => block.blocked))];
    const pairs = await this.database.read(systemActor(SYSTEM, { people }), (tx) => apart(tx, blocks));
    await desk.ask('take', [], pairs);
    return { mayBeAsked, apart: pairs };
  }

  /** Groups of three and more; the rest is for suggestions. Everything is looked at again when it is written. Whoever blocked somebody who may be
   *  asked tonight has their turn when the others are together, so that the one who is blocked is asked just as if that card had been taken down. */
  private async proposeGroups(desk: DeskThread, { mayBeAsked, apart: blocks }: Brought): Promise<void> {
    if (mayBeAsked.length < FEWEST) return;
    const { first, second } = roundsOf(mayBeAsked, blocks);
    const groups = await desk.ask('groups', undefined, { least: FEWEST, among: first });
    const later = second(groups.flatMap((group) => group.cards));
    if (later.length >= FEWEST) groups.push(...(await desk.ask('groups', undefined, { least: FEWEST, among: later })));
    for (let at = 0; at < groups.length; at += GROUPS_AT_ONCE) {
      const some = groups.slice(at, at + GROUPS_AT_ONCE);
      const places = [...new Set(some.flatMap((group) => group.places))];
      await this.database.transaction(systemActor(SYSTEM, { places }), (tx) => this.groups.propose(tx, some));
    }
  }

  private async weighGoals(desk: DeskThread): Promise<void> {
    await this.database.transaction(systemActor(SYSTEM, {}), async (tx) => {
      const goals = await tx.rows<{ id: string }>('select id from goal_term order by id');
      const points = await desk.ask(
        'weigh',
        goals.map((goal) => goal.id),
      );
      tx.write('update goal_term t set weight = w.weight from unnest($1::text[], $2::int[]) as w(id, weight) where w.id = t.id and t.weight <> w.weight', [
        points.map(([id]) => id),
        points.map(([, weight]) => weight),
      ]);
    });
  }
}
