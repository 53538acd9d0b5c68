import { Injectable } from '@nestjs/common';
import type { BookId, LocalDate, OrganisationId, PersonId } from '../kernel/index.js';
import type { Tx } from '../platform/index.js';
import type { BookBasis } from './chart.js';

export interface Book {
  readonly id: BookId;
  readonly basis: BookBasis;
  readonly name: string;
  readonly organisationId: OrganisationId | null;
  readonly holderId: PersonId | null;
}

/** Opening and finding the accounts of money-holders. */
@Injectable()
export class Books {
  /** Opens a book of a body, or of a person with a direct-payment account. The transaction's scope must name it. */
  async open(tx: Tx, book: Book & { openedOn: LocalDate }): Promise<void> {
    await tx.run('insert into book (id, basis, name, organisation_id, holder_id, opened_on) values ($1, $2, $3, $4, $5, $6)', [
      book.id,
      book.basis,
      book.name,
      book.organisationId,
      book.holderId,
      book.openedOn,
    ]);
  }

  async find(tx: Tx, id: BookId): Promise<Book | undefined> {
    return tx.row<Book>('select id, basis, name, organisation_id as "organisationId", holder_id as "holderId" from book where id = $1', [id]);
  }

  async all(tx: Tx): Promise<Book[]> {
    return tx.rows<Book>('select id, basis, name, organisation_id as "organisationId", holder_id as "holderId" from book order by name, id');
  }
}
