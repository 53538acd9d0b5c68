import { Injectable } from '@nestjs/common';
import { IcbPeople } from '../../insight/index.js';
import type { Actor, PersonId } from '../../kernel/index.js';
import { Books, type Book } from '../../ledger/index.js';
import { Organisations } from '../../organisations/index.js';
import { Database } from '../../platform/index.js';

interface Choice {
  readonly value: string;
  readonly text: string;
}

/** The ways a line can be managed with the books that fit each (checked again by the command): notional money stays in an ICB's or council's
 *  own book, a third party's in a money-holder's, a direct payment's in the person's own. */
export function placesOf(books: readonly Book[], person: PersonId): Choice[] {
  return books
    .flatMap((book): Choice[] => {
      if (book.basis === 'allocation') return [{ value: `notional:${book.id}`, text: `Notional – stays with ${book.name}` }];
      if (book.holderId === person) return [{ value: `direct-payment:${book.id}`, text: `Direct payment – ${book.name}` }];
      return book.holderId === null ? [{ value: `third-party:${book.id}`, text: `Third party – held by ${book.name}` }] : [];
    })
    .sort((a, b) => a.text.localeCompare(b.text));
}

/** Where the money of a person can lie, and who can pay it. */
@Injectable()
export class FundingPlaces {
  constructor(
    private readonly database: Database,
    private readonly books: Books,
    private readonly organisations: Organisations,
    private readonly icbPeople: IcbPeople,
  ) {}

  async of(actor: Actor, person: PersonId): Promise<{ places: Choice[]; funders: Choice[] }> {
    const reader = await this.icbPeople.reader(actor, person);
    return this.database.read(reader, async (tx) => {
      const bodies = [
        ...(await this.organisations.ofKind(tx, 'icb')),
        ...(await this.organisations.ofKind(tx, 'council')),
        ...(await this.organisations.ofKind(tx, 'charity')),
      ];
      return {
        places: [{ value: '', text: 'Choose' }, ...placesOf(await this.books.all(tx), person)],
        funders: bodies.filter((body) => body.validUntil === null).map((body) => ({ value: body.id as string, text: body.name })),
      };
    });
  }
}
