import { Brokers } from '../../src/brokers/index.js';
import { Holders } from '../../src/holders/index.js';
import { Actors } from '../../src/identity/index.js';
import type { Choice, WriteCard } from '../../src/introductions/index.js';
import { Cards, SuggestionQueries, Suggestions } from '../../src/introductions/index.js';
import type { Actor, LocalDate, OrganisationId, PersonId } from '../../src/kernel/index.js';
import { addDays, systemActor } from '../../src/kernel/index.js';
import { Jobs } from '../../src/platform/index.js';
import { schedule } from '../../src/schedule.js';
import { House } from './house.js';
import { inventedNhsNumber } from './introductions-house.js';
import type { Look } from './two-worlds-compare.js';
import { Normaliser } from './two-worlds-compare.js';
import type { Depth, Reader, Reading } from './two-worlds-crawler.js';
import { Crawler, readerOf } from './two-worlds-crawler.js';

/** The one thing in which two worlds differ: what Ann does when she is shown Raj. */
export type Deed = Choice | 'nothing' | 'yes, later' | 'block' | 'take-down';

export const NIGHTS = 14;
const FIRST_DAY = '2026-11-20' as LocalDate;
const PLACES = [
  { district: 'M33', name: 'Sale', lat: 53.42, lon: -2.32 },
  { district: 'M32', name: 'Stretford', lat: 53.45, lon: -2.31 },
];
/** Moments between the nights at which jobs that run all day have run. */
export const HOURS = { morning: '09:00', annAnswers: '11:00', noon: '12:00', rajAnswers: '13:00', annIsLate: '15:00', night: '23:30' } as const;

/** Ann and Raj suit each other. Dev suits Raj too and both say yes in every world; Bea says no. Nobody else stands between them. */
export class World {
  readonly looks: Look[] = [];
  protected readonly normaliser = new Normaliser();
  private readonly readers: Reader[] = [];
  private readonly people = new Map<string, PersonId>();
  private questions: string[] = [];
  private numbers = 0;

  protected constructor(
    protected readonly house: House,
    protected readonly icb: OrganisationId,
    protected readonly officer: PersonId,
  ) {}

  /** Lives fourteen nights in which Ann did `ann` and Raj answered `raj`, and keeps all that Raj and his own could read. */
  static lived(ann: Deed, raj: Choice): Promise<Look[]> {
    return World.opened(
      (house, icb, officer) => new World(house, icb, officer),
      (world) => world.live(ann, raj),
    );
  }

  /** Opens a world, lets it be lived, and asks all checks at its end. */
  protected static async opened<Kind extends World>(
    make: (house: House, icb: OrganisationId, officer: PersonId) => Kind,
    live: (world: Kind) => Promise<void>,
  ): Promise<Look[]> {
    const house = await House.open({ at: `${FIRST_DAY}T10:00:00Z` });
    try {
      const icb = await house.organisation('icb', 'Wetherdale ICB');
      const officer = await house.person('Olu', [{ role: 'icb-officer', on: 'icb', id: icb }]);
      const world = make(house, icb, officer.id);
      await world.begin();
      await live(world);
      const faults = await house.faults();
      if (Object.keys(faults).length > 0) throw new Error(`checks found faults: ${JSON.stringify(faults)}`);
      return world.looks;
    } finally {
      await house.close();
    }
  }

  protected async begin(): Promise<void> {
    await this.house.database.transaction(this.house.system({}), (tx) =>
      tx.run(
        'insert into place (district, name, lat, lon) select district, name, lat, lon from jsonb_to_recordset($1) as p(district text, name text, lat float8, lon float8) on conflict do nothing',
        [JSON.stringify(PLACES)],
      ),
    );
    await this.neighbours();
    const raj = this.idOf('Raj');
    const helper = await this.house.person('Sam', [{ role: 'representative', on: 'person', id: raj }]);
    const planner = await this.house.person('Pat', [{ role: 'planner', on: 'icb', id: this.icb }]);
    for (const [who, username] of [
      [helper, 'sam'],
      [planner, 'pat'],
    ] as const)
      await this.house.signedIn(who.id, username);
    const brokers = this.house.app.get(Brokers);
    const { brokerId } = await brokers.registerBroker(await this.actor(this.officer), { icbId: this.icb, firstName: 'Bo', familyName: 'Invented' });
    await brokers.appoint(await this.actor(raj), raj, { brokerId, covers: ['goals', 'card', 'plan', 'pools'] });
    await this.house.settle();
    this.readers.push(readerOf('Raj', raj), readerOf('his supporter', helper.id), readerOf('his broker', brokerId), readerOf('the planner', planner.id));
    const { body } = await this.house.app.inject({ method: 'GET', url: '/api/openapi.json' });
    const paths = (JSON.parse(body) as { paths: Record<string, Record<string, unknown>> }).paths;
    this.questions = Object.keys(paths).filter((path) => paths[path]!['get'] !== undefined);
  }

  /** Everybody with a card. */
  protected async neighbours(): Promise<void> {
    await this.neighbour('Ann', { goals: ['gardening', 'swimming'], words: 'I grow beans.' });
    await this.neighbour('Raj', { goals: ['bowls', 'gardening', 'singing', 'swimming'], words: 'Flowers and tea.' }, 'M32');
    await this.neighbour('Dev', { goals: ['bowls', 'singing', 'swimming'], words: 'I sing.' });
    await this.neighbour('Bea', { goals: ['gardening'], words: 'Slow days.', pace: 'steady' }, 'M32');
  }

  private async live(ann: Deed, raj: Choice): Promise<void> {
    await this.night(0);
    this.at(1, HOURS.morning);
    const [annSees, rajSees] = [await this.suggestion('Ann', 'Flowers and tea.'), await this.suggestion('Raj', 'I grow beans.')];
    this.at(1, HOURS.annAnswers);
    await this.answers('Dev', await this.suggestion('Dev', 'Flowers and tea.'), 'yes');
    await this.answers('Bea', await this.suggestion('Bea', 'Flowers and tea.'), 'no');
    if (ann !== 'yes, later') await this.does(ann, annSees);
    this.at(1, HOURS.noon);
    await this.passing();
    await this.look('after Ann');
    this.at(1, HOURS.rajAnswers);
    await this.answers('Raj', await this.suggestion('Raj', 'I sing.'), 'yes');
    this.keep('his answer', 'Raj', await this.answersByPage('Raj', 'suggestions', rajSees, raj));
    this.at(1, HOURS.annIsLate);
    if (ann === 'yes, later') await this.does('yes', annSees);
    await this.look('after Raj');
    this.normaliser.close();
    for (let day = 1; day < NIGHTS; day += 1) {
      await this.night(day);
      this.at(day + 1, HOURS.morning);
      await this.passing();
      const depth = day + 1 === NIGHTS ? 'last' : day === 1 ? 'whole' : 'front';
      if (depth !== 'front' || day % 3 === 0) await this.look(`day ${day + 1}`, depth);
    }
  }

  private async does(deed: Exclude<Deed, 'yes, later'>, suggestion: string): Promise<void> {
    const [ann, actor] = [this.idOf('Ann'), await this.actor(this.idOf('Ann'))];
    if (deed === 'block') await this.house.app.get(Suggestions).block(actor, suggestion as never);
    else if (deed === 'take-down') await this.house.app.get(Cards).takeDown(actor, ann);
    else if (deed !== 'nothing') await this.answers('Ann', suggestion, deed);
  }

  /** From `day` until the next morning: every daily job of the schedule at its hour, as a worker runs them, and what runs all day after each. */
  protected async night(day: number): Promise<void> {
    const today = `${addDays(FIRST_DAY, day)}`;
    const due = schedule.flatMap((job) => {
      const [, minute, hour] = /^(\d+) (\d+) \* \* \*$/.exec(job.cron) ?? [];
      if (hour === undefined) return [];
      const on = Number(hour) >= 9 ? today : addDays(FIRST_DAY, day + 1);
      return [{ name: job.name, at: new Date(`${on}T${hour.padStart(2, '0')}:${minute!.padStart(2, '0')}:00Z`) }];
    });
    for (const { name, at } of due.sort((a, b) => a.at.getTime() - b.at.getTime())) {
      this.house.clock.set(at);
      await this.house.app.get(Jobs).runJob(name, at);
      await this.house.settle();
    }
  }

  /** Jobs that run every few minutes. */
  protected async passing(): Promise<void> {
    await this.house.settle();
    for (const job of schedule.filter(({ cron }) => cron.startsWith('*/'))) await this.house.run(job.name);
    await this.house.settle();
  }

  protected async look(moment: string, depth: Depth = 'whole'): Promise<void> {
    for (const reader of this.readers) {
      const token = await this.house.sessionAgain(reader.id as PersonId);
      this.keep(moment, reader.name, [...(await new Crawler(this.house.app, reader, token, this.questions).read(depth)), await this.postOf(reader)]);
    }
  }

  protected keep(moment: string, reader: string, readings: readonly Reading[]): void {
    this.looks.push({ moment, reader, readings: this.normaliser.readings(readings) });
  }

  /** Notices, letters, emails and texts as they were made for a person, and how far they got. */
  private async postOf(reader: Reader): Promise<Reading> {
    const rows = await this.house.database.read(this.house.system({ people: [reader.id as PersonId] }), async (tx) => [
      ...(await tx.rows('select kind, facts, format, made_at, read_at from notice where person_id = $1 order by id', [reader.id])),
      ...(await tx.rows('select by, format, subject, body, state, made_at, delivered_at from post_item where person_id = $1 order by id', [reader.id])),
      ...(await tx.rows('select by, received_at from mailbox_message where person_id = $1 order by received_at, by', [reader.id])),
    ]);
    return { at: 'the post', text: JSON.stringify(rows) };
  }

  /** Presses a button of a person's page of suggestions or of groups, and reads what follows. */
  protected async answersByPage(who: string, page: 'suggestions' | 'groups', button: string, answer: Choice): Promise<Reading[]> {
    const { app } = this.house;
    const cookie = `cp_session=${await this.house.sessionAgain(this.idOf(who))}`;
    const url = `/people/${this.idOf(who)}/${page}`;
    const form = await app.inject({ method: 'GET', url, headers: { cookie } });
    const csrf = /name="_csrf" value="([^"]*)"/.exec(form.body)?.[1] ?? '';
    const headers = {
      cookie,
      host: '127.0.0.1',
      origin: 'http://127.0.0.1',
      'sec-fetch-site': 'same-origin',
      'content-type': 'application/x-www-form-urlencoded',
    };
    const payload = new URLSearchParams({ _csrf: csrf, answer }).toString();
    const said = await app.inject({ method: 'POST', url: `${url}/${button}`, headers, payload });
    const readings = [{ at: 'his button', text: `${said.statusCode} ${String(said.headers.location)}\n${said.body}` }];
    if (said.headers.location === undefined) return readings;
    const next = await app.inject({ method: 'GET', url: said.headers.location, headers: { cookie } });
    return [...readings, { at: 'the page after it', text: `${next.statusCode}\n${next.body}` }];
  }

  private async answers(who: string, suggestion: string, answer: Choice): Promise<void> {
    await this.house.app.get(Suggestions).answer(await this.actor(this.idOf(who)), suggestion as never, { answer });
  }

  protected async suggestion(who: string, words: string): Promise<string> {
    const found = await this.house.app.get(SuggestionQueries).suggestionsOf(await this.actor(this.idOf(who)), this.idOf(who));
    return found.find((each) => each.words === words)!.id;
  }

  protected async neighbour(firstName: string, card: Pick<WriteCard, 'goals' | 'words'> & Partial<WriteCard>, place = 'M33'): Promise<void> {
    const { personId } = await this.house.app.get(Holders).registerHolder(await this.actor(this.officer), {
      icbId: this.icb,
      firstName,
      familyName: 'Invented',
      bornOn: '1984-02-03' as LocalDate,
      nhsNumber: inventedNhsNumber((this.numbers += 1)),
      place,
      email: `${firstName.toLowerCase()}@example.org`,
      reachBy: 'email',
    });
    this.people.set(firstName, personId);
    const [cards, actor] = [this.house.app.get(Cards), await this.actor(personId)];
    await cards.write(actor, personId, { days: ['2', '4'], pace: 'gentle', groupSize: 'few', distanceMiles: 5, ...card });
    await cards.open(actor, personId);
    await this.house.settle();
  }

  protected idOf(name: string): PersonId {
    return this.people.get(name)!;
  }

  protected actor(person: PersonId): Promise<Actor> {
    return this.house.database.transaction(systemActor('test', {}), (tx) => this.house.app.get(Actors).actorFor(tx, person));
  }

  protected at(day: number, time: string): void {
    this.house.clock.set(new Date(`${addDays(FIRST_DAY, day)}T${time}:00Z`));
  }
}
