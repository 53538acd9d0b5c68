import { Commissioning } from '../../../src/commissioning/index.js';
import { PayRuns } from '../../../src/finance/index.js';
import { Actors } from '../../../src/identity/index.js';
import type { Actor, LocalDate } from '../../../src/kernel/index.js';
import { pence, systemActor } from '../../../src/kernel/index.js';
import { Payees } from '../../../src/payments/index.js';
import { Plans } from '../../../src/plans/index.js';
import { BankAccounts, Matching, StatementImports } from '../../../src/reconciliation/index.js';
import type { StaffScene } from './staff-scene.js';

const day = (text: string): LocalDate => text as LocalDate;

/** Asha's money has come by bank and a payee is known; an invoice of £80 is in a pay run that Una prepared and somebody else approves. */
export async function preparedPayRun(scene: StaffScene): Promise<string> {
  const { house, t } = scene;
  const { app } = house;
  const as = (name: string): Promise<Actor> =>
    house.database.transaction(systemActor('test', {}), (tx) => app.get(Actors).actorFor(tx, scene.names.get(name)!));
  const asha = await scene.holder('Asha', '9990000018');
  const plan = await app.get(Plans).draft(await as('carol'), {
    personId: asha,
    about: 'Invented.',
    risks: 'None.',
    coordinatorId: scene.names.get('carol')!,
    reviewOn: day('2027-02-18'),
    consentOn: day('2026-11-18'),
    lines: [{ service: 'Gardening', category: 'community', amountPence: pence(120_000), per: 'year', outcome: 'To be outdoors' }],
  });
  await app.get(Commissioning).agreePlan(await as('carol'), plan.id, { reason: 'Agreed together.' });
  const { lines } = await app.get(Commissioning).fund(await as('carol'), {
    planId: plan.id,
    fromDay: day('2026-11-20'),
    untilDay: day('2027-11-20'),
    reason: 'Agreed together.',
    lines: [{ name: 'My care budget', managed: 'third-party', funderId: scene.icb, bookId: t, agreedPence: pence(120_000) }],
  });
  await house.settle();

  const [row] = await house.database.read(house.system({ books: [t] }), (tx) =>
    tx.rows<{ reference: string }>('select reference from budget_line where id = $1', [lines[0]!.id]),
  );
  await scene.credit(120_000, 'NHS GREENVALE ICB', row!.reference);
  const una = await as('una');
  const { name, buffer } = await scene.statement('2026-11-20', '2026-11-21');
  const [account] = await app.get(BankAccounts).ofBook(una, t);
  await app.get(StatementImports).import(una, { accountId: account!.id, fileName: name, bytes: buffer });
  await app.get(Matching).run(una, t);
  await house.settle();

  const details = { name: 'Leaf & Spade', sortCode: '108800', accountNumber: '10000009' };
  const payee = await app.get(Payees).enter(una, { book: t, kind: 'provider', subject: scene.provider, ...details });
  await app.get(Payees).check(await as('vera'), { payee: payee.id, version: payee.version, how: 'call-back' });
  await scene.invoice(asha, lines[0]!.id, 8_000);
  const runs = app.get(PayRuns);
  const run = await runs.propose(una, { book: t, cutOffOn: day('2026-11-20') });
  await runs.prepare(una, run.id);
  await house.settle();
  return run.id;
}
