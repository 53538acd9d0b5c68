import { WorkedLife } from './worked-life-house.js';

/** The worked life up to a debt: C put in 120.00 by card, 33.33 of it was owed for a session, and her bank took all of it back. She owes the
 *  treasurer's book 120.00, and fees of 22.00 are due. */
export class DisputedLife {
  private day = '2026-04-02';

  private constructor(readonly life: WorkedLife) {}

  static async open(): Promise<DisputedLife> {
    const life = await WorkedLife.open('2026-04-01T10:00:00Z');
    await life.fundAll();
    for (const book of ['T', 'D'] as const) await life.statement(book, '2026-04-01', '2026-04-02');
    await life.startPool();
    const { remittanceId } = await life.people.C.must('post', `pools/${life.pool}/contributions`, { lineId: life.lines.C, amountPence: 12_000, by: 'card' });
    await life.house.settle();
    await life.payOnPage(remittanceId, 'pm_card_visa');
    await life.until(async () => (await life.tables()).D['remitting'] === undefined);
    const { data } = (await life.stripe('GET', 'payment_intents?limit=10')) as { data: { id: string; amount: number }[] };
    await life.tell('/sandbox/disputes', { account: 'sk_test_treasurer', payment_intent: data.find((intent) => intent.amount === 12_000)!.id });
    await life.until(async () => (await life.tables()).T['receivable C'] !== undefined);
    return new DisputedLife(life);
  }

  /** Money from outside on the treasurer's next statement, which nothing expects: an officer says that it came in, and it is nobody's yet. */
  async comesIn(amount: number, from: string, reference: string): Promise<void> {
    const { life } = this;
    await life.credit('T', amount, reference, from);
    const before = this.day;
    this.day = `2026-04-${String(Number(before.slice(-2)) + 1).padStart(2, '0')}`;
    life.at(this.day);
    const breaks = await life.statement('T', before, this.day);
    await life.arrived('T', breaks.find((each) => each.code === 'unknown-in')!.lineId);
  }
}
