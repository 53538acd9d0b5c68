import type { OnModuleInit } from '@nestjs/common';
import { Injectable } from '@nestjs/common';
import { FinanceDesk } from '../../insight/index.js';
import type { Actor } from '../../kernel/index.js';
import { html } from '../../platform/index.js';
import { Breaks, Proof } from '../../reconciliation/index.js';
import { stateTag, type TableOptions } from '../blocks/index.js';
import type { HomePart, HomeView } from '../home/home-parts.js';
import { HomeParts } from '../home/home-parts.js';
import { paths } from '../paths.js';
import { proofState } from '../statements/proof.view.js';

/** An auditor's home page: the books they may read, each with its proof. They change nothing. */
@Injectable()
export class AuditorHome implements HomePart, OnModuleInit {
  readonly role = 'auditor';

  constructor(
    private readonly homes: HomeParts,
    private readonly desk: FinanceDesk,
    private readonly proof: Proof,
    private readonly breaks: Breaks,
  ) {}

  onModuleInit(): void {
    this.homes.register(this);
  }

  async view(actor: Actor): Promise<HomeView> {
    const hasBooks = actor.grants.some((grant) => grant.role === 'auditor' && grant.on === 'book');
    const books = hasBooks ? await this.desk.booksOf(actor, 'book:read') : [];
    const rows = [];
    for (const book of books) {
      const proof = proofState(await this.proof.ofBook(actor, book.id));
      const { items } = await this.breaks.ofBook(actor, book.id);
      const link = (path: string, text: string) => html`<a href="${path}?book=${book.id}">${text}</a>`;
      rows.push([
        html`${book.name}<br><span class="cp-small">${book.basis === 'cash' ? 'Cash: money in a bank account' : 'Allocation: agreed money, paid by the payer’s own system'}</span>`,
        html`${stateTag(proof)}<br><span class="cp-small">${proof.reason}</span>`,
        String(items.length),
        html`${link(paths.proof, 'Proof')}<br>${link(paths.payRuns, 'Pay runs')}<br>${link(paths.payments, 'Payments')}<br>${link(paths.statements, 'Statements')}<br>${link(paths.breaks, 'Not matched')}<br><a href="${paths.funderMoney(book.id)}">Funders’ money</a><br><a href="${paths.standing(book.id)}">A past day</a><br><a href="${paths.samples(book.id)}">Samples</a><br><a href="${paths.journal(book.id)}">Take it along</a>`,
      ]);
    }
    const table: TableOptions = {
      caption: 'Books you may read',
      head: [{ text: 'Book' }, { text: 'Proof of today' }, { text: 'Breaks', isNumber: true }, { text: 'Look at' }],
      rows,
      hasRowHeaders: true,
      empty: 'No book is open to you yet. Whoever asked you to audit gives you the right to read one.',
    };
    return { template: 'finance/auditor-home.njk', parts: { title: 'Books', isWide: true }, view: { books: table } };
  }
}
