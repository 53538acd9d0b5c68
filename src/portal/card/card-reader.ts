import { Injectable } from '@nestjs/common';
import { can } from '../../identity/index.js';
import type { CardView } from '../../introductions/index.js';
import { IntroductionQueries } from '../../introductions/index.js';
import type { Actor, PersonId } from '../../kernel/index.js';
import { DomainError } from '../../kernel/index.js';

/** A person's card for pages that go on without one. */
@Injectable()
export class CardReader {
  constructor(private readonly queries: IntroductionQueries) {}

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
