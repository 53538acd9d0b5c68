import { Commissioning } from '../../../src/commissioning/index.js';
import { Holders } from '../../../src/holders/index.js';
import { Actors } from '../../../src/identity/index.js';
import type { WriteCard } from '../../../src/introductions/index.js';
import { Cards, IntroductionQueries, SuggestionQueries, Suggestions } from '../../../src/introductions/index.js';
import type { Actor, BookId, LocalDate, OrganisationId, PersonId } from '../../../src/kernel/index.js';
import { pence, systemActor } from '../../../src/kernel/index.js';
import { Plans } from '../../../src/plans/index.js';
import { House } from '../../support/house.js';
import { inventedNhsNumber } from '../../support/introductions-house.js';

/** Invented middles of districts, a few miles apart. */
const PLACES = [
  ['M33', 'Sale', 53.42, -2.32],
  ['M32', 'Stretford', 53.45, -2.31],
] as const;

/** A few invented neighbours in the whole app, each step taken by the services that the pages themselves call. */
export class Scene {
  private numbers = 0;
  private readonly holders = new Set<PersonId>();

  private constructor(
    readonly house: House,
    readonly icb: OrganisationId,
    readonly officer: PersonId,
    readonly book: BookId,
  ) {}

  static async open(at: string): Promise<Scene> {
    const house = await House.open({ at });
    const icb = await house.organisation('icb', 'Wetherdale ICB');
    await house.database.transaction(house.system({}), (tx) =>
      tx.run(
        'insert into place (district, name, lat, lon) select district, name, lat, lon from jsonb_to_recordset($1) as p(district text, name text, lat float8, lon float8) on conflict do nothing',
        [JSON.stringify(PLACES.map(([district, name, lat, lon]) => ({ district, name, lat, lon })))],
      ),
    );
    const { id } = await house.person('Olu', [
      { role: 'icb-officer', on: 'icb', id: icb },
      { role: 'care-coordinator', on: 'icb', id: icb },
    ]);
    return new Scene(house, icb, id, await house.book('allocation', 'Wetherdale ICB', { organisation: icb }));
  }

  get url(): string {
    return this.house.url;
  }

  close(): Promise<void> {
    return this.house.close();
  }

  actor(person: PersonId): Promise<Actor> {
    return this.house.database.transaction(systemActor('test', {}), (tx) => this.house.app.get(Actors).actorFor(tx, person));
  }

  /** A registered holder who can sign in as `username`. */
  async holder(firstName: string, username: string, place = 'M33'): Promise<PersonId> {
    const { personId } = await this.house.app.get(Holders).registerHolder(await this.actor(this.officer), {
      icbId: this.icb,
      firstName,
      familyName: 'Invented',
      bornOn: '1984-02-03' as LocalDate,
      nhsNumber: inventedNhsNumber((this.numbers += 1)),
      place,
    });
    await this.house.signedIn(personId, username);
    this.holders.add(personId);
    return personId;
  }

  /** A person with a sign-in and one grant over somebody's life. */
  async supporter(firstName: string, username: string, role: 'representative' | 'nominee' | 'carer', of: PersonId): Promise<PersonId> {
    const { id } = await this.house.person(firstName, [{ role, on: 'person', id: of }]);
    await this.house.signedIn(id, username);
    return id;
  }

  /** An agreed plan and the notional money for it, for the year to 31 March 2027. */
  async fundedPlan(person: PersonId, agreedPounds: number): Promise<void> {
    const officer = await this.actor(this.officer);
    const draft = await this.house.app.get(Plans).draft(officer, {
      personId: person,
      about: 'Invented.',
      risks: 'None.',
      coordinatorId: this.officer,
      reviewOn: '2027-05-01' as LocalDate,
      consentOn: '2026-04-01' as LocalDate,
      lines: [
        { service: 'Swimming with others', category: 'community', amountPence: pence(1_200), per: 'week', outcome: 'To be well and among people' },
        { service: 'A person to go out with', category: 'support', amountPence: pence(20_000), per: 'month', outcome: 'To get out of the house' },
      ],
    });
    await this.house.app.get(Commissioning).agreePlan(officer, draft.id, { reason: 'Agreed together.' });
    await this.house.app.get(Commissioning).fund(officer, {
      planId: draft.id,
      fromDay: '2026-04-01' as LocalDate,
      untilDay: '2027-04-01' as LocalDate,
      reason: 'Agreed together.',
      lines: [{ name: 'My care budget', managed: 'notional', funderId: this.icb, bookId: this.book, agreedPence: pence(agreedPounds * 100) }],
    });
    await this.house.settle();
  }

  /** A card, open. */
  async openCard(person: PersonId, over: Partial<WriteCard> = {}): Promise<void> {
    const cards = this.house.app.get(Cards);
    await cards.write(await this.actor(person), person, {
      goals: ['gardening', 'swimming'],
      days: ['2', '4'],
      pace: 'gentle',
      groupSize: 'few',
      distanceMiles: 5,
      ...over,
    });
    await cards.open(await this.actor(person), person);
    await this.house.settle();
  }

  /** Nobody of before is looking any more, so that the next two find each other alone. */
  async takesDownAll(): Promise<void> {
    for (const person of this.holders) {
      const card = await this.house.app
        .get(IntroductionQueries)
        .cardOf(await this.actor(person), person)
        .catch(() => undefined);
      if (card?.state === 'open') await this.house.app.get(Cards).takeDown(await this.actor(person), person);
    }
    await this.house.settle();
  }

  /** The person says yes to everybody they are shown. */
  async saysYes(person: PersonId): Promise<void> {
    const actor = await this.actor(person);
    for (const suggestion of await this.house.app.get(SuggestionQueries).suggestionsOf(actor, person))
      await this.house.app.get(Suggestions).answer(actor, suggestion.id, { answer: 'yes' });
  }

  /** The nightly suggestions, then the evening on which answers are looked at. */
  async night(): Promise<void> {
    await this.house.run('matching-suggest');
    await this.house.settle();
  }

  async evening(): Promise<void> {
    this.house.clock.set(new Date(this.house.clock.now().getTime() + 86_400_000));
    await this.house.run('introductions-pair-answers');
    await this.house.settle();
  }
}
