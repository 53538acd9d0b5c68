import { Injectable } from '@nestjs/common';
import { BrokerQueries } from '../../brokers/index.js';
import { can } from '../../identity/index.js';
import type { FoundGroupView } from '../../introductions/index.js';
import { GroupQueries, IntroductionQueries } from '../../introductions/index.js';
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
  /** Groups in which they were revealed to each other. */
  readonly groupIds?: readonly string[];
}

/** Whom a person may ask into a pool: those they were introduced to or are in a group with; for a broker, the people who asked
 *  for help with pools, and those in a group with one of these whose introductions the broker carries. */
@Injectable()
export class KnownPeople {
  constructor(
    private readonly introductions: IntroductionQueries,
    private readonly brokers: BrokerQueries,
    private readonly groups: GroupQueries,
  ) {}

  /** The one the pool is proposed for: the reader, or whom they act for. Undefined for a broker, who is no member. */
  self(actor: Actor): PersonId | undefined {
    const person = lifeOf(actor) as PersonId;
    const isBroker = actor.grants.some((grant) => grant.role === 'broker');
    return !isBroker && can(actor, 'pool:propose', { person }) ? person : undefined;
  }

  async of(actor: Actor): Promise<KnownPerson[]> {
    const self = this.self(actor);
    if (self)
      return can(actor, 'introduction:read', { person: self })
        ? withGroups(await this.introduced(actor, self), await this.groups.companionsOf(actor, self))
        : [];
    if (!can(actor, 'caseload:read', { site: true })) return [];
    const { items } = await this.brokers.caseload(actor);
    const own = items
      .filter((each) => can(actor, 'pool:propose', { person: each.personId }))
      .map((each) => ({
        personId: each.personId,
        name: `${each.firstName} ${each.familyName}`,
        how: each.place ? `You work for them. They live near ${each.place}.` : 'You work for them.',
        introductionId: null,
      }));
    let known: KnownPerson[] = own;
    for (const { personId, name } of own) {
      const groups = await this.groups.companionsOf(actor, personId);
      if (groups.length > 0) known = withGroups(known, groups, { personId, name });
    }
    return known;
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

/** Adds those of these groups; who is known already is marked as being in them. `own` is the broker's person in them. */
function withGroups(
  known: readonly KnownPerson[],
  groups: readonly FoundGroupView[],
  own?: { readonly personId: PersonId; readonly name: string },
): KnownPerson[] {
  const all = new Map(known.map((person) => [person.personId, person]));
  for (const { id, others, near, goals } of groups) {
    const how = `In a group near ${near}${own ? ` with ${own.name}` : ''}: ${goals.map((goal) => goal.words).join(', ')}.`;
    for (const { personId, firstName } of [...others, ...(own ? [{ personId: own.personId, firstName: own.name }] : [])]) {
      const before = all.get(personId) ?? { personId, name: firstName, how, introductionId: null };
      all.set(personId, { ...before, groupIds: [...new Set([...(before.groupIds ?? []), id])] });
    }
  }
  return [...all.values()];
}
