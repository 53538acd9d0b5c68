import type { OrganisationId, PoolId } from '../../src/kernel/index.js';
import type { Caller } from './house.js';
import { WorkedLife } from './worked-life-house.js';

/** Three funders beside two members of a pool: a council and a charity pay into the treasurer's book T, the ICB puts its own agreed money in N.
 *  Two sessions are held, billed and paid by the council and the ICB; then the pool ends, and the ICB and the charity have the rest back. */
export interface FundedLife {
  readonly life: WorkedLife;
  readonly funders: Record<
    'council' | 'icb' | 'charity',
    { readonly id: OrganisationId; readonly officer: Caller; readonly shareId: string; readonly reference: string }
  >;
  readonly invoiceId: string;
}

export async function fundedLife(): Promise<FundedLife> {
  const life = await WorkedLife.open('2026-04-01T10:00:00Z');
  const { house } = life;
  const { A, B, maker, provider } = life.people;
  await life.fund('A', 120_000, 'third-party', 'T');
  await life.fund('B', 120_000, 'third-party', 'T');
  for (const letter of ['A', 'B'] as const) await life.credit('T', 5_000, life.references[letter], 'The ICB');
  life.at('2026-04-02');
  await life.statement('T', '2026-04-01', '2026-04-02');

  await summerPool(life);

  const promise = async (name: string, id: OrganisationId, amountPence: number, over: object = {}) => {
    const officer = await house.person(name, [{ role: 'funder-officer', on: 'icb', id }]);
    const made = await officer.must<{ shareId: string; reference: string }>('post', `pools/${life.pool}/funder-shares`, {
      funderId: id,
      purpose: 'A summer of swimming',
      amountPence,
      endsOn: '2026-09-30',
      rest: 'back-at-end',
      ...over,
    });
    return { id, officer, ...made };
  };
  const own = (await house.database.read(life.everything, (tx) =>
    tx.row<{ id: OrganisationId }>('select organisation_id as id from book where id = $1', [life.books.N]),
  ))!.id;
  const council = await promise('Cora', await house.organisation('council', 'An invented council'), 20_000);
  const icb = await promise('Ines', own, 20_000, { bookId: life.books.N });
  const charity = await promise('Chas', await house.organisation('charity', 'An invented charity'), 3_000);
  await life.credit('T', 20_000, council.reference, 'The council');
  await life.credit('T', 3_000, charity.reference, 'The charity');
  life.at('2026-04-07');
  for (const { lineId } of await life.statement('T', '2026-04-02', '2026-04-07')) await life.arrived('T', lineId);
  const waiting = (await maker.get(`books/${life.books.T}/arrivals`)).body.items as { lineId: string; amountPence: number }[];
  for (const { lineId, amountPence } of waiting)
    await maker.must('post', `books/${life.books.T}/funder-money`, {
      statementLine: lineId,
      reference: amountPence === 20_000 ? council.reference : charity.reference,
    });

  const purchase = await lidoPurchase(life, ['2026-04-07', '2026-04-08', '2026-05-28']);
  const held = purchase.sessions.slice(0, 2).map((session) => session.sessionId);
  for (const [at, session] of held.entries()) {
    life.at(`2026-04-0${7 + at}`);
    await provider.must('post', `purchases/${purchase.purchaseId}/sessions/${session}/record`);
    await A.must('post', `sessions/${session}/confirm`);
  }
  await life.knowPayees();
  for (const [id, name] of [
    [council.id, 'The council'],
    [charity.id, 'The charity'],
  ] as const)
    await life.payee('T', { kind: 'provider', subject: id, name, sortCode: '108800', accountNumber: '10000003' });
  const bill = { number: 'LIDO-1', amountPence: 32_000, dated: '2026-04-08', sessionIds: held };
  const { invoiceId } = await provider.must<{ invoiceId: string }>('post', `purchases/${purchase.purchaseId}/invoices`, bill);
  await house.settle();
  for (const book of ['T', 'N'] as const) await life.payRun(book);
  await life.payerReport();

  for (const who of [A, B]) await who.must('post', `pools/${life.pool}/wind-up`);
  await house.settle();
  life.at('2026-04-09');
  await life.payRun('T');
  life.at('2026-04-10');
  await life.statement('T', '2026-04-07', '2026-04-10');
  return { life, funders: { council, icb, charity }, invoiceId };
}

/** A and B begin a pool whose agreement spends funders' money before theirs, with the treasurer, and put 50.00 each in. */
export async function summerPool(life: WorkedLife): Promise<void> {
  const { A, B, broker } = life.people;
  for (const who of [A, B]) await who.must('post', `people/${who.id}/appointments`, { brokerId: broker.id, covers: ['pools'] });
  const members = [A, B].map(({ id }) => ({ personId: id }));
  const about = { name: 'Summer swimmers', purpose: 'Swim in the lido', moneyHolderBookId: life.books.T, members };
  life.pool = (await broker.must<{ poolId: PoolId }>('post', 'pools', about)).poolId;
  const agreement = await broker.must('post', `pools/${life.pool}/agreements`, {
    split: 'equal',
    funders: 'first',
    absence: 'pay-to-hold-place',
    noticeDays: 28,
    decide: 'all-agree',
    moneyHolderBook: life.books.T,
    feesOwedBy: 'money-holder',
    reviewOn: '2026-10-01',
    text: 'We swim. Funders’ money is spent before ours.',
  });
  for (const who of [A, B]) await who.must('post', `agreements/${agreement.agreementId}/assent`, { contentHash: agreement.contentHash, format: 'standard' });
  await life.house.settle();
  for (const [who, line] of [
    [A, life.lines.A],
    [B, life.lines.B],
  ] as const)
    await who.must('post', `pools/${life.pool}/contributions`, { lineId: line, amountPence: 5_000 });
}

export interface LidoPurchase {
  readonly purchaseId: string;
  readonly sessions: readonly { readonly sessionId: string }[];
}

/** The lido lists itself, quotes 160.00 a session, is chosen by both and bought for these days. */
export async function lidoPurchase(life: WorkedLife, days: readonly string[]): Promise<LidoPurchase> {
  const { A, B, broker, provider } = life.people;
  const lido = { name: 'The lido', kind: 'community', service: 'A lane and a lifeguard', activity: 'swimming', about: 'Cold water.', place: 'M33', days: [4] };
  life.providerId = (await provider.must('post', 'providers', { ...lido, pricePence: 16_000, per: 'session' })).id;
  await broker.must('post', `pools/${life.pool}/quote-requests`, { providerId: life.providerId, brief: 'Outdoors' });
  const offer = { providerId: life.providerId, service: 'A lane and a lifeguard', pricePence: 16_000, sessions: days.length };
  const { quoteId } = await provider.must('post', `pools/${life.pool}/quotes`, offer);
  for (const who of [A, B]) await who.must('post', `quotes/${quoteId}/choose`);
  return broker.must<LidoPurchase>('post', `quotes/${quoteId}/commit`, { days });
}
