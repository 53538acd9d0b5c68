import { WorkedLife } from './worked-life-house.js';

/** The worked life told once, for tests that look at its books afterwards: three members in three books, contributions by card and in one
 *  book, three sessions set aside, an invoice split and paid from two books, a refund that went on to another book, and a leaver. */
export interface LivedLife {
  readonly life: WorkedLife;
  readonly invoiceId: string;
  readonly purchase: { readonly id: string; readonly sessions: readonly { readonly id: string }[] };
}

export async function livedLife(): Promise<LivedLife> {
  const life = await WorkedLife.open('2026-04-01T10:00:00Z');
  await begin(life);
  await putIn(life);
  const purchase = await commit(life);
  const invoiceId = await invoiceAndPay(life, purchase);
  await refund(life, invoiceId);
  await leave(life);
  return { life, invoiceId, purchase };
}

async function begin(life: WorkedLife): Promise<void> {
  await life.fundAll();
  for (const book of ['T', 'D'] as const) {
    await life.statement(book, '2026-04-01', '2026-04-02');
    await life.allocateWaiting(book);
  }
}

async function putIn(life: WorkedLife): Promise<void> {
  await life.startPool();
  const { A, B, C } = life.people;
  await A.must('post', `pools/${life.pool}/contributions`, { lineId: life.lines.A, amountPence: 12_000 });
  await B.must('post', `pools/${life.pool}/contributions`, { lineId: life.lines.B, amountPence: 12_000 });
  for (const amountPence of [12_000, 6_000]) {
    const { remittanceId } = await C.must('post', `pools/${life.pool}/contributions`, { lineId: life.lines.C, amountPence, by: 'card' });
    await life.house.settle();
    await life.payOnPage(remittanceId, 'pm_card_visa');
    await life.until(async () => (await life.tables()).D['remitting'] === undefined);
    await life.debitOfD('card', amountPence, 'OTTER POOL');
  }
  life.at('2026-04-07');
  await life.statement('D', '2026-04-02', '2026-04-07');
}

async function commit(life: WorkedLife): Promise<LivedLife['purchase']> {
  const { A, B, C, broker, provider } = life.people;
  const about = { name: 'Otter Pool', kind: 'community', service: 'Supported swimming', activity: 'swimming', about: 'Warm water, kind people.' };
  life.providerId = (await provider.must('post', 'providers', { ...about, place: 'M33', days: [4], pricePence: 10_000, per: 'session' })).id;
  await broker.must('post', `pools/${life.pool}/quote-requests`, { providerId: life.providerId, brief: 'Once a month, warm water, one helper in the pool' });
  const quote = { providerId: life.providerId, service: 'Supported swimming', pricePence: 10_000, sessions: 3 };
  const { quoteId } = await provider.must('post', `pools/${life.pool}/quotes`, quote);
  for (const who of [A, B, C]) await who.must('post', `quotes/${quoteId}/choose`);
  const { purchaseId } = await broker.must('post', `quotes/${quoteId}/commit`, { days: ['2026-04-16', '2026-05-14', '2026-06-11'] });
  await life.house.settle();
  return (await A.get(`purchases/${purchaseId}`)).body;
}

async function invoiceAndPay(life: WorkedLife, purchase: LivedLife['purchase']): Promise<string> {
  life.at('2026-04-17');
  const { A, provider } = life.people;
  const [first] = purchase.sessions;
  await provider.must('post', `purchases/${purchase.id}/sessions/${first!.id}/record`);
  await A.must('post', `sessions/${first!.id}/confirm`);
  await life.knowPayees();
  const invoice = { number: 'OP-1', amountPence: 10_000, dated: '2026-04-17', sessionIds: [first!.id] };
  const { invoiceId } = await provider.must('post', `purchases/${purchase.id}/invoices`, invoice);
  await life.house.settle();
  life.at('2026-04-20');
  await life.payRun('N');
  await life.payRun('T');
  await life.until(async () => (await life.tables()).T['payable'] === undefined);
  await life.payerReport();
  return invoiceId;
}

async function refund(life: WorkedLife, invoiceId: string): Promise<void> {
  life.at('2026-04-24');
  const { data } = (await life.stripe('GET', 'transfers')) as { data: { id: string }[] };
  await life.stripe('POST', `transfers/${data[0]!.id}/reversals`, { amount: '5000' });
  const given = { bookId: life.books.T, via: 'stripe', amountPence: 5_000, on: '2026-04-24', reference: 'OTTER CREDIT NOTE 1' };
  await life.people.maker.must('post', `invoices/${invoiceId}/refunds`, given);
  await life.house.settle();
  await life.payRun('T');
  life.at('2026-04-25');
  await life.statement('T', '2026-04-02', '2026-04-25');
  await life.payerReport();
}

async function leave(life: WorkedLife): Promise<void> {
  life.at('2026-04-30');
  await life.people.C.must('post', `pools/${life.pool}/leave`);
  await life.house.settle();
  await life.payRun('T');
  life.at('2026-05-01');
  await life.statement('T', '2026-04-25', '2026-05-01');
  await life.statement('D', '2026-04-07', '2026-05-01');
}
