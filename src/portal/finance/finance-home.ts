import type { OnModuleInit } from '@nestjs/common';
import { Injectable } from '@nestjs/common';
import { FinanceQueries, SettlementQueries } from '../../finance/index.js';
import { FinanceDesk } from '../../insight/index.js';
import type { Actor } from '../../kernel/index.js';
import type { Book } from '../../ledger/index.js';
import { Payees } from '../../payments/index.js';
import { Clock } from '../../platform/index.js';
import { Breaks, Proof } from '../../reconciliation/index.js';
import type { HomePart, HomeView } from '../home/home-parts.js';
import { HomeParts } from '../home/home-parts.js';
import { paths } from '../paths.js';
import { gapOfAll } from './debts.view.js';
import { bookDayView, type BookDay } from './finance-home.view.js';

/** Books shown on the home page; officers of more choose on the pages themselves. */
const MOST_BOOKS = 4;

/** A finance officer's home page: what blocks payday, breaks by age, the proof of today. */
@Injectable()
export class FinanceHome implements HomePart, OnModuleInit {
  readonly role = 'finance-officer';

  constructor(
    private readonly homes: HomeParts,
    private readonly desk: FinanceDesk,
    private readonly runs: FinanceQueries,
    private readonly breaks: Breaks,
    private readonly payees: Payees,
    private readonly settlements: SettlementQueries,
    private readonly proof: Proof,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.homes.register(this);
  }

  async view(actor: Actor): Promise<HomeView> {
    const books = (await this.desk.booksOf(actor, 'payment:prepare')).slice(0, MOST_BOOKS);
    const days = [];
    for (const book of books) days.push(bookDayView(await this.dayOf(actor, book), this.clock.today()));
    return {
      template: 'finance/finance-home.njk',
      parts: { title: `Hello ${actor.name?.split(' ')[0] ?? ''}`.trim(), isWide: true },
      view: { days, today: this.clock.today(), papersHref: paths.statementPapers },
    };
  }

  private async dayOf(actor: Actor, book: Book): Promise<BookDay> {
    const { items: runs } = await this.runs.payRuns(actor, book.id, { limit: 20 });
    const payees = await this.payees.listOf(actor, book.id);
    return {
      book,
      totals: await this.desk.payOutTotals(actor, book.id),
      breaks: (await this.breaks.ofBook(actor, book.id)).items,
      missing: (await this.desk.payeesMissing(actor, book.id)).length,
      unchecked: payees.filter((payee) => payee.state === 'entered').length,
      gap: gapOfAll((await this.settlements.ofBook(actor, book.id)).debts),
      proof: await this.proof.ofBook(actor, book.id),
      runs: runs.flatMap(({ id, state, maker, total, cutOffOn }) => (state === 'released' ? [] : [{ id, state, isMine: maker === actor.id, total, cutOffOn }])),
    };
  }
}
