import { Budgets } from '../../budgets/index.js';
import type { LocalDate } from '../../kernel/index.js';
import { FunderShares } from '../../pools/index.js';
import type { BankAccountId } from '../../reconciliation/index.js';
import { BankAccounts, Breaks, Matching, ReconciliationQueries, StatementImports } from '../../reconciliation/index.js';
import type { MoneyHolderSide, World } from './world.js';

/** What a funder quotes when it pays for a pool. */
const FUNDERS_REFERENCE = /FUN-[0-9A-Z]{4}-[0-9A-Z]{4}/;

/** A money-holder's account as its own officers keep up with it: statements imported, breaks answered, arrivals given to their lines and shares. */
export class BankStatements {
  private from: LocalDate;

  private constructor(
    private readonly world: World,
    private readonly holder: MoneyHolderSide,
    private readonly account: BankAccountId,
  ) {
    this.from = world.start;
  }

  static async open(world: World, holder: MoneyHolderSide): Promise<BankStatements> {
    const { house, start } = world;
    const { id } = await house
      .get(BankAccounts)
      .open(await house.actor(holder.maker), { bookId: holder.book, name: 'Client account', ...holder.bank, openedOn: start });
    return new BankStatements(world, holder, id);
  }

  /** Everything the bank has booked up to yesterday. */
  async import(): Promise<void> {
    const { house } = this.world;
    if (this.from >= house.today) return;
    const { sortCode, accountNumber } = this.holder.bank;
    const text = await house.bankFile(`/bank/accounts/${sortCode}-${accountNumber}/statement?from=${this.from}&until=${house.today}`);
    await house
      .get(StatementImports)
      .import(await house.actor(this.holder.maker), { accountId: this.account, fileName: `statement-${this.from}.xml`, bytes: new TextEncoder().encode(text) });
    this.from = house.today;
    await house.settle();
    await this.bookFunders();
    await this.allocate();
  }

  /** Money that quotes the reference of a funder's share of a pool: an officer says that it has arrived. */
  private async bookFunders(): Promise<void> {
    const { house } = this.world;
    const { book, maker } = this.holder;
    const officer = await house.actor(maker);
    const { items } = await house.get(Breaks).ofBook(officer, book);
    for (const { lineId } of items.filter((each) => each.code === 'unknown-in' && each.answer === null)) {
      const line = await house.read({ books: [book] }, (tx) => house.get(ReconciliationQueries).line(tx, lineId!));
      const reference = FUNDERS_REFERENCE.exec(`${line?.reference} ${line?.words}`)?.[0];
      if (!reference) continue;
      await house.get(Matching).byHand(officer, lineId!, { items: [{ kind: 'arrival' }] });
      await house.get(FunderShares).arrived(officer, book, { statementLine: lineId!, reference });
    }
  }

  /** Money that names a budget line and that no rule has given to it yet: an officer does. */
  private async allocate(): Promise<void> {
    const { house } = this.world;
    const waiting = await house.read({ books: [this.holder.book] }, async (tx) => {
      const lines = await house.get(ReconciliationQueries).unallocatedLines(tx, this.holder.book);
      const named = [];
      for (const line of lines) named.push({ ...line, budgetLine: await house.get(Budgets).byReference(tx, this.holder.book, line.text) });
      return named;
    });
    for (const { lineId, budgetLine, amount } of waiting) {
      if (!budgetLine) continue;
      await house.get(Budgets).allocate(await house.actor(this.holder.maker), budgetLine, { amountPence: amount, reference: `line:${lineId}` });
      await house.write({ books: [this.holder.book] }, (tx) => house.get(Matching).allocated(tx, lineId));
    }
    await house.settle();
  }

  /** A named person answers what is left over: bank charges and pay-outs of Stripe are booked as such, the rest is being asked about. `keep` are left open. */
  async answerBreaks(keep = 0): Promise<void> {
    const { house } = this.world;
    const maker = await house.actor(this.holder.maker);
    const { items } = await house.get(Breaks).ofBook(maker, this.holder.book);
    for (const { lineId } of items.filter((each) => each.code === 'stripe-payout' && each.answer === null))
      await house.get(Matching).byHand(maker, lineId!, { items: [{ kind: 'stripe-payout' }] });
    for (const found of items.filter((each) => each.answer === null && each.code !== 'stripe-payout').slice(keep)) {
      if (found.code === 'bank-charge' && found.lineId) await house.get(Matching).byHand(maker, found.lineId, { items: [{ kind: 'bank-charge' }] });
      else if (found.code === 'unknown-in' && found.lineId && found.amount === 2500n)
        await house.get(Matching).byHand(maker, found.lineId, { items: [{ kind: 'arrival' }] });
      else await house.get(Breaks).answer(maker, found.id, { answer: 'The bank has been asked; we expect word by the end of the week.' });
    }
    await house.settle();
  }

  /** Lines that no careful reader could explain at once. */
  async hardDay(): Promise<void> {
    const { house } = this.world;
    await house.bank(`/bank/accounts/${this.holder.bank.sortCode}-${this.holder.bank.accountNumber}/hard-day`, { day: house.today });
  }
}
