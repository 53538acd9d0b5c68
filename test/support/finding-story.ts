import type { PersonId } from '../../src/kernel/index.js';
import { addDays, dayOf, startOfDay } from '../../src/kernel/index.js';
import type { Caller } from './house.js';
import { House } from './house.js';
import { inventedNhsNumber } from './introductions-house.js';

const PLACES = [
  { district: 'M33', name: 'Sale', lat: 53.42, lon: -2.32 },
  { district: 'M32', name: 'Stretford', lat: 53.45, lon: -2.31 },
];

/** What one side sees at some moment, in a few words for the page of a story. */
export interface Seen {
  readonly people: readonly string[];
  readonly myAnswers: readonly (string | null)[];
  readonly met: readonly string[];
  readonly told: readonly string[];
}

/** A place where people find each other: the whole app, an ICB, two districts, and days and nights that go by. */
export class FindingStory {
  private numbers = 0;

  private constructor(
    readonly house: House,
    readonly icb: string,
    readonly coordinator: Caller,
  ) {}

  static async begin(at = '2026-05-04T09:00:00Z'): Promise<FindingStory> {
    const house = await House.open({ at });
    const icb = await house.organisation('icb', 'Wetherdale ICB');
    await house.database.transaction(house.system({}), (tx) =>
      tx.run(
        'insert into place (district, name, lat, lon) select district, name, lat, lon from jsonb_to_recordset($1) as p(district text, name text, lat float8, lon float8)',
        [JSON.stringify(PLACES)],
      ),
    );
    return new FindingStory(house, icb, await house.person('Carol', [{ role: 'care-coordinator', on: 'icb', id: icb }]));
  }

  /** Registers a holder; who does not sign in themselves has no password either. */
  async holder(firstName: string, over: object = {}): Promise<Caller> {
    const personId = await this.registered(firstName, over);
    return this.house.signedIn(personId, `${firstName.toLowerCase()}@example.test`);
  }

  async registered(firstName: string, over: object = {}): Promise<PersonId> {
    const about = { icbId: this.icb, firstName, familyName: 'Invented', bornOn: '1984-02-03', nhsNumber: inventedNhsNumber((this.numbers += 1)), place: 'M33' };
    return (await this.coordinator.must<{ personId: PersonId }>('post', 'holders', { ...about, ...over })).personId;
  }

  async broker(firstName: string): Promise<Caller> {
    const { brokerId } = await this.coordinator.must<{ brokerId: PersonId }>('post', 'brokers', { icbId: this.icb, firstName, familyName: 'Invented' });
    return this.house.signedIn(brokerId, `${firstName.toLowerCase()}@example.test`);
  }

  /** Writes and opens a card, by the person or by whoever may do it for them. */
  async card(by: Caller, of: string, card: object): Promise<void> {
    await by.must('put', `people/${of}/card`, { days: ['2', '4'], pace: 'gentle', groupSize: 'few', distanceMiles: 5, ...card });
    await by.must('post', `people/${of}/card/open`);
    await this.house.settle();
  }

  /** So many days later, at an hour of London. */
  async later(days: number, hour = 9): Promise<void> {
    this.house.clock.set(new Date(startOfDay(addDays(dayOf(this.house.clock.now()), days)).getTime() + hour * 3_600_000));
    await this.house.settle();
  }

  /** Six in the evening of today, when answers are looked at. */
  async evening(): Promise<void> {
    await this.later(0, 18);
    await this.house.run('introductions-pair-answers');
    await this.house.settle();
  }

  /** What somebody sees of a person's side of finding others. */
  async seenBy(who: Caller, of: string): Promise<Seen> {
    const suggestions = (await who.get(`people/${of}/suggestions`)).body.items as { who: string; words: string; myAnswer: string | null }[];
    const met = (await who.get(`people/${of}/introductions`)).body.items as { other: { firstName: string }; state: string }[];
    return {
      people: suggestions.map((each) => `${each.who}: ${each.words}`),
      myAnswers: suggestions.map((each) => each.myAnswer),
      met: met.map((each) => `${each.other.firstName}, ${each.state}`),
      told: ((await who.get('me/notices')).body.items as { wording: { title: string } }[]).map((notice) => notice.wording.title),
    };
  }

  async end(): Promise<Record<string, readonly string[]>> {
    await this.house.settle();
    const faults = await this.house.faults();
    await this.house.close();
    return faults;
  }
}
