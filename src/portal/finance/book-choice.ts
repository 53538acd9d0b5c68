import { Injectable } from '@nestjs/common';
import { FinanceDesk } from '../../insight/index.js';
import type { Actor } from '../../kernel/index.js';
import { notFound } from '../../kernel/index.js';
import type { Book } from '../../ledger/index.js';

export interface ChosenBook {
  readonly book: Book;
  /** All the actor may choose from. */
  readonly books: readonly Book[];
}

/** Which book a finance page is about: the one named in the address, else the first. */
@Injectable()
export class BookChoice {
  constructor(private readonly desk: FinanceDesk) {}

  /** Refuses those with no book at all (forbidden), and a book that is not theirs (not-found). `cash` leaves books without a bank out of the first choice. */
  async of(actor: Actor, permission: string, named?: string, prefers?: 'cash'): Promise<ChosenBook> {
    const books = await this.desk.booksOf(actor, permission);
    const book = named ? books.find((each) => each.id === named) : (books.find((each) => each.basis === prefers) ?? books[0]);
    if (!book) throw notFound('The book');
    return { book, books };
  }
}

export interface BookForm {
  readonly name: string;
  readonly value: string;
  /** Empty when there is nothing to choose. */
  readonly items: readonly { readonly value: string; readonly text: string }[];
}

/** The form that chooses another book, on pages that show one. */
export const bookForm = ({ book, books }: ChosenBook): BookForm => ({
  name: book.name,
  value: book.id,
  items: books.length > 1 ? books.map((each) => ({ value: each.id, text: each.name })) : [],
});
