import { Injectable } from '@nestjs/common';
import { HolderQueries } from '../../holders/index.js';
import { can, Places } from '../../identity/index.js';
import type { CardView } from '../../introductions/index.js';
import { IntroductionQueries } from '../../introductions/index.js';
import type { Actor, PersonId } from '../../kernel/index.js';
import { DomainError } from '../../kernel/index.js';

/** A person's card for pages that go on without one. */
@Injectable()
export class CardReader {
  constructor(
    private readonly queries: IntroductionQueries,
    private readonly holders: HolderQueries,
    private readonly places: Places,
  ) {}

  /** Whether a first card has to ask where: the person's own place is not written down, or on no map here. */
  async asksPlace(actor: Actor, person: PersonId, card?: CardView): Promise<boolean> {
    if (card ?? (await this.cardOf(actor, person))) return false;
    const { place } = await this.holders.holder(actor, person, 'card');
    return place === null || !(await this.places.isKnown(place));
  }

  /** Undefined when there is none; refuses whoever may not see it. */
  async cardOf(actor: Actor, person: PersonId): Promise<CardView | undefined> {
    try {
      return await this.queries.cardOf(actor, person);
    } catch (error) {
      if (error instanceof DomainError && error.kind === 'not-found' && can(actor, 'card:read', { person })) return undefined;
      throw error;
    }
  }
}
