import { FinanceQueries, PayRuns } from '../../finance/index.js';
import type { PayRunId } from '../../finance/index.js';
import { addDays } from '../../kernel/index.js';
import { Payees, PaymentQueries, Payments } from '../../payments/index.js';
import type { Until } from '../diary.js';
import { bankOfProvider, type PayingBook, payRun } from './paying.js';
import type { BankStatements } from './statements.js';
import type { World } from './world.js';

/** The last week: money in every state in which somebody has something to do today. An answer of Stripe that was lost then is asked after only
 *  if none was lost and asked after before. */
export async function lastDays(world: World, until: Until, statements: BankStatements, hasLost: boolean): Promise<void> {
  const { today, house, home, neighbour, moneyHolder } = world;
  const ago = (days: number): ReturnType<typeof addDays> => addDays(today, -days);
  await until(ago(3), 9);
  await statements.import();
  await statements.answerBreaks();
  await runWithSurprises(world);
  await until(ago(2), 9);
  if (!hasLost) await house.job('payments-resolve-unknown');
  await payRun(world, neighbour);
  await enterPayees(world);
  await house.bank('/sandbox/automatic-payout', { account: moneyHolder.stripeKey });
  await statements.hardDay();
  await until(ago(1), 8);
  await statements.import();
  await statements.answerBreaks(2);
  await until(ago(1), 14);
  await proposeOnly(world, moneyHolder);
  await house.get(PayRuns).prepare(await house.actor(home.maker), await proposeOnly(world, home));
}

/** One line is left out, one answer of Stripe never comes. */
async function runWithSurprises(world: World): Promise<void> {
  const { house, moneyHolder } = world;
  const runs = house.get(PayRuns);
  const id = await proposeOnly(world, moneyHolder);
  const maker = await house.actor(moneyHolder.maker);
  const view = await house.get(FinanceQueries).payRun(maker, id);
  const included = view.lines.filter((line) => line.state === 'included');
  await runs.drop(maker, { run: id, line: included.at(-1)!.id, reason: 'The provider sends a corrected invoice.' });
  await house.bank('/sandbox/switches', { faults: [{ kind: 'drop-before', method: 'POST', path: '/v1/transfers', times: 3 }] });
  await runs.prepare(maker, id);
  await runs.approve(await house.actor(moneyHolder.checker), id);
  await house.settle();
  await house.bank('/sandbox/switches', { clear: true });
}

async function proposeOnly(world: World, paying: PayingBook): Promise<PayRunId> {
  const { house } = world;
  return (await house.get(PayRuns).propose(await house.actor(paying.maker), { book: paying.book, cutOffOn: house.today })).id;
}

/** One payee waits for its check; another is not to be paid any more. */
async function enterPayees(world: World): Promise<void> {
  const { house, moneyHolder, home } = world;
  const payees = house.get(Payees);
  const maker = await house.actor(moneyHolder.maker);
  await payees.enter(maker, { book: moneyHolder.book, kind: 'book', subject: home.book, name: 'NHS Merebrook', ...bankOfProvider(500) });
  const wrong = await payees.enter(maker, {
    book: moneyHolder.book,
    kind: 'person',
    subject: moneyHolder.checker,
    name: 'Entered by mistake',
    ...bankOfProvider(501),
  });
  await payees.stop(maker, { payee: wrong.id, reason: 'Entered by mistake.' });
}

/** Something is wrong with an invoice: the trust holds its part, and the ICB calls its part off. */
export async function holdAndRecall(world: World, invoice: string): Promise<void> {
  const { house, home, moneyHolder } = world;
  const payments = house.get(Payments);
  const checkers = { home: await house.actor(home.checker), trust: await house.actor(moneyHolder.checker) };
  for (const [paying, checker] of [
    [home, checkers.home],
    [moneyHolder, checkers.trust],
  ] as const) {
    const { items } = await house.get(PaymentQueries).ofBook(checker, paying.book, { states: ['planned'], limit: 100 });
    for (const { id } of items.filter((each) => each.purpose.id === invoice)) {
      await payments.hold(checker, { payment: id, reason: 'A session of this group is disputed.' });
      if (paying === home) await payments.recall(checker, { payment: id, reason: 'The provider cancelled this part of its invoice.' });
    }
  }
}
