import { Injectable } from '@nestjs/common';
import { People, ROLES } from '../../identity/index.js';
import type { Actor, PersonId } from '../../kernel/index.js';
import { isId, notFound } from '../../kernel/index.js';
import { Database } from '../../platform/index.js';
import type { PageParts } from '../session/pages.js';

/** Whose life a page is about, and how to speak of them: to the person themselves, or of them to somebody who acts for them. */
export interface Whose {
  readonly id: PersonId;
  readonly isMine: boolean;
  /** First name; empty on one's own pages. */
  readonly name: string;
  /** "My" or "Ana’s", to begin a title. */
  readonly my: string;
  /** "your" or "Ana’s", inside a sentence. */
  readonly your: string;
  /** "you" or "Ana". */
  readonly you: string;
  /** "You have" or "Ana has". */
  readonly youHave: string;
  readonly actingFor: PageParts['actingFor'];
}

export const own = (id: PersonId): Whose => ({ id, isMine: true, name: '', my: 'My', your: 'your', you: 'you', youHave: 'You have', actingFor: undefined });

export function another(id: PersonId, firstName: string, familyName: string, as: string): Whose {
  return {
    id,
    isMine: false,
    name: firstName,
    my: `${firstName}’s`,
    your: `${firstName}’s`,
    you: firstName,
    youHave: `${firstName} has`,
    actingFor: { name: `${firstName} ${familyName}`, as },
  };
}

@Injectable()
export class WhosePages {
  constructor(
    private readonly database: Database,
    private readonly people: People,
  ) {}

  /** Refuses (not-found) everybody who neither is the person nor holds a grant on them: staff have pages of their own. */
  async of(actor: Actor, text: string): Promise<Whose> {
    if (!isId(text)) throw notFound();
    const id = text as unknown as PersonId;
    if (id === actor.id) return own(id);
    const roles = actor.grants.filter((grant) => grant.on === 'person' && grant.id === id).map((grant) => grant.role);
    const [role] = roles;
    const person = role === undefined ? undefined : await this.database.read(actor, (tx) => this.people.find(tx, id));
    if (!person) throw notFound();
    return another(id, person.firstName, person.familyName, ROLES[role as keyof typeof ROLES].words);
  }

  /** As it is written down: two words are one first name. */
  async firstName(actor: Actor, whose: Whose): Promise<string> {
    return whose.isMine ? ((await this.database.read(actor, (tx) => this.people.find(tx, whose.id)))?.firstName ?? '') : whose.name;
  }

  /** Everybody the actor may act for, with as what; themselves left out. */
  async all(actor: Actor): Promise<Whose[]> {
    const grants = actor.grants.filter((grant) => grant.on === 'person' && grant.id !== actor.id);
    const people = await this.database.read(actor, (tx) => this.people.named(tx, [...new Set(grants.map((grant) => grant.id as PersonId))]));
    return people.map((person) => {
      const words = [...new Set(grants.filter((grant) => grant.id === person.id).map((grant) => ROLES[grant.role as keyof typeof ROLES].words))];
      return another(person.id, person.firstName, person.familyName, words.join(', '));
    });
  }
}
