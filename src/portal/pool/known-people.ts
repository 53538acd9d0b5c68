import { Injectable } from '@nestjs/common';
import { BrokerQueries } from '../../brokers/index.js';
import { can } from '../../identity/index.js';
import { IntroductionQueries } from '../../introductions/index.js';
import type { Actor, PersonId } from '../../kernel/index.js';
import { lifeOf } from '../nav.js';

/** Somebody whom a pool can be proposed with. */
export interface KnownPerson {
  readonly personId: PersonId;
  readonly name: string;
  /** How they are known, in a sentence. */
  readonly how: string;
  /** The introduction that may become this pool. */
  readonly introductionId: string | null;
}

/** Whom a person may ask into a pool: those they were introduced to; for a broker, the people who asked for help with pools. */
@Injectable()
export class KnownPeople {
  constructor(
    private readonly introductions: IntroductionQueries,
    private readonly brokers: BrokerQueries,
  ) {}

  /** The one the pool is proposed for: the reader, or whom they act for. Undefined for a broker, who is no member. */
  self(actor: Actor): PersonId | undefined {
    const person = lifeOf(actor) as PersonId;
    const isBroker = actor.grants.some((grant) => grant.role === 'broker');
    return !isBroker && can(actor, 'pool:propose', { person }) ? person : undefined;
  }

  async of(actor: Actor): Promise<KnownPerson[]> {
    const self = this.self(actor);
    if (self) return can(actor, 'introduction:read', { person: self }) ? this.introduced(actor, self) : [];
    if (!can(actor, 'caseload:read', { site: true })) return [];
    const { items } = await this.brokers.caseload(actor);
    return items
      .filter((each) => can(actor, 'pool:propose', { person: each.personId }))
      .map((each) => ({
        personId: each.personId,
        name: `${each.firstName} ${each.familyName}`,
        how: each.place ? `You work for them. They live near ${each.place}.` : 'You work for them.',
        introductionId: null,
      }));
  }

  private async introduced(actor: Actor, self: PersonId): Promise<KnownPerson[]> {
    const all = await this.introductions.introductionsOf(actor, self);
    return all
      .filter((each) => each.state !== 'stepped-back')
      .map((each) => ({
        personId: each.otherId,
        name: each.other.firstName,
        introductionId: each.state === 'introduced' ? each.id : null,
        how: [
          each.other.placeName ? `From ${each.other.placeName}.` : '',
          each.other.goals.length > 0 ? `Would like: ${each.other.goals.map((goal) => goal.words).join(', ')}.` : '',
        ]
          .filter(Boolean)
          .join(' '),
      }))
      .filter((each, index, list) => list.findIndex((other) => other.personId === each.personId) === index);
  }
}
