import { Budgets } from '../../budgets/index.js';
import type { LocalDate } from '../../kernel/index.js';
import type { BankAccountId } from '../../reconciliation/index.js';
import { BankAccounts, Breaks, Matching, ReconciliationQueries, StatementImports } from '../../reconciliation/index.js';
import type { World } from './world.js';

/** The trust's account as the trust's own officers keep up with it: statements imported, breaks answered, arrivals given to their lines. */
export class TrustStatements {
  private from: LocalDate;

  private constructor(
    private readonly world: World,
    private readonly account: BankAccountId,
  ) {
    this.from = world.start;
  }

  static async open(world: World): Promise<TrustStatements> {
    const { house, moneyHolder, start } = world;
    const { id } = await house
      .get(BankAccounts)
      .open(await house.actor(moneyHolder.maker), { bookId: moneyHolder.book, name: 'Client account', ...moneyHolder.bank, openedOn: start });
    return new TrustStatements(world, id);
  }

  /** Everything the bank has booked up to yesterday. */
  async import(): Promise<void> {
    const { house, moneyHolder } = this.world;
    if (this.from >= house.today) return;
    const { sortCode, accountNumber } = moneyHolder.bank;
    const text = await house.bankFile(`/bank/accounts/${sortCode}-${accountNumber}/statement?from=${this.from}&until=${house.today}`);
    await house
      .get(StatementImports)
      .import(await house.actor(moneyHolder.maker), { accountId: this.account, fileName: `statement-${this.from}.xml`, bytes: new TextEncoder().encode(text) });
    this.from = house.today;
    await house.settle();
    await this.allocate();
  }

  /** Money that names a budget line and that no rule has given to it yet: an officer does. */
  private async allocate(): Promise<void> {
    const { house, moneyHolder } = this.world;
    const waiting = await house.read({ books: [moneyHolder.book] }, async (tx) => {
      const lines = await house.get(ReconciliationQueries).unallocatedLines(tx, moneyHolder.book);
      const named = [];
      for (const line of lines) named.push({ ...line, budgetLine: await house.get(Budgets).byReference(tx, moneyHolder.book, line.text) });
      return named;
    });
    for (const { lineId, budgetLine, amount } of waiting) {
      if (!budgetLine) continue;
      await house.get(Budgets).allocate(await house.actor(moneyHolder.maker), budgetLine, { amountPence: amount, reference: `line:${lineId}` });
      await house.write({ books: [moneyHolder.book] }, (tx) => house.get(Matching).allocated(tx, lineId));
    }
    await house.settle();
  }

  /** A named person answers what is left over: bank charges and pay-outs of Stripe are booked as such, the rest is being asked about. `keep` are left open. */
  async answerBreaks(keep = 0): Promise<void> {
    const { house, moneyHolder } = this.world;
    const maker = await house.actor(moneyHolder.maker);
    const { items } = await house.get(Breaks).ofBook(maker, moneyHolder.book);
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
    const { house, moneyHolder } = this.world;
    await house.bank(`/bank/accounts/${moneyHolder.bank.sortCode}-${moneyHolder.bank.accountNumber}/hard-day`, { day: house.today });
  }
}
