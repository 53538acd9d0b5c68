import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { DomainError, PaymentId } from '../../src/kernel/index.js';
import { localDate, newId, pence } from '../../src/kernel/index.js';
import type { PayRunAnswer, PayRunView } from '../../src/finance/index.js';
import { Breaks } from '../../src/reconciliation/index.js';
import { PaymentsHouse } from '../support/payments-house.js';

const TODAY = localDate('2026-11-20');
let house: PaymentsHouse;
beforeEach(async () => {
  house = new PaymentsHouse();
  await house.open();
  await house.fund(house.a, 100_000);
  await house.write((tx) => house.settings.setLimit(tx, house.all, { book: house.n, person: house.people.will, limit: pence(1_000_000) }));
});
afterEach(async () => {
  expect(await house.faults()).toEqual([]);
  await house.close();
});

const una = () => house.as(house.people.una);
const vera = () => house.as(house.people.vera);
const will = () => house.as(house.people.will);
const refusal = (promise: Promise<unknown>): Promise<DomainError | 'done'> =>
  promise.then(
    () => 'done' as const,
    (error: DomainError) => error,
  );
const code = async (promise: Promise<unknown>): Promise<string> => refusal(promise).then((end) => (end === 'done' ? end : (end.code ?? end.message)));
const invoices = async (...amounts: number[]): Promise<PaymentId[]> => {
  const ids: PaymentId[] = [];
  for (const amount of amounts) ids.push(await house.invoice(house.n, [{ member: house.a, amount }]));
  return ids;
};
const propose = async (): Promise<PayRunAnswer> => house.runs.propose(await una(), { book: house.n, cutOffOn: TODAY });
const view = async (run: PayRunAnswer): Promise<PayRunView> => house.finance.payRun(await una(), run.id);

describe('a pay run', () => {
  it('goes from what is due to a file, with a maker and a checker', async () => {
    const ids = await invoices(3_334, 5_000);
    await house.invoice(house.n, [{ member: house.a, amount: 700 }], { dueOn: localDate('2026-12-20') });
    const run = await propose();
    expect([run.state, run.lineCount, run.totalPence]).toEqual(['proposed', 2, 8_334]);
    expect(await code(propose())).toBe('nothing-to-pay');
    expect((await house.runs.prepare(await una(), run.id, 'prepare-key')).state).toBe('prepared');
    expect((await house.runs.prepare(await una(), run.id, 'prepare-key')).state).toBe('prepared');
    expect(await code(house.runs.approve(await una(), run.id))).toBe('same-person');
    expect((await house.runs.approve(await vera(), run.id)).state).toBe('approved');
    expect(await code(house.runs.hold(await una(), { run: run.id, line: (await view(run)).lines[0]!.id, reason: 'Too late.' }))).toBe('pay-run-is-approved');
    const released = await house.runs.release(await vera(), run.id);
    expect(released.state).toBe('released');
    const { fileId } = await view(run);
    const [file] = await house.files.listOf(await una(), house.n);
    expect([file?.id, file?.paymentCount, file?.totalPence]).toEqual([fileId, 2, 8_334]);
    expect(await Promise.all(ids.map((id) => house.stateOf(id)))).toEqual(['in-file', 'in-file']);
  });

  it('goes on without a held line, and lets it back in with another maker', async () => {
    const [first, second] = await invoices(1_000, 2_000);
    const run = await propose();
    await house.runs.prepare(await una(), run.id);
    const line = (await view(run)).lines.find((each) => each.payment === second)!;
    const held = await house.runs.hold(await vera(), { run: run.id, line: line.id, reason: 'The sum is not what was agreed.' });
    expect([held.includedCount, held.includedPence, held.totalPence]).toEqual([1, 1_000, 3_000]);
    expect([await house.stateOf(second!), (await view(run)).totals.held]).toEqual(['held', { count: 1, total: 2_000n }]);
    await house.runs.include(await vera(), { run: run.id, line: line.id });
    const refused = await refusal(house.runs.approve(await vera(), run.id));
    expect(refused).toMatchObject({ code: 'same-person', facts: { line: line.id, payment: second } });
    expect(await house.stateOf(first!)).toBe('prepared');
    expect((await house.runs.approve(await will(), run.id)).state).toBe('approved');
  });

  it('refuses the whole approval when one line may not be paid, and says which', async () => {
    const ids = await invoices(1_000, 2_000, 3_000);
    const run = await propose();
    await house.runs.prepare(await una(), run.id);
    await house.write((tx) => house.settings.setLimit(tx, house.all, { book: house.n, person: house.people.vera, limit: pence(2_500) }));
    const refused = await refusal(house.runs.approve(await vera(), run.id));
    expect(refused).toMatchObject({ code: 'over-limit', facts: { payment: ids[2], limitPence: '2500' } });
    expect(await Promise.all(ids.map((id) => house.stateOf(id)))).toEqual(['prepared', 'prepared', 'prepared']);
    const line = (await view(run)).lines[2]!;
    await house.runs.drop(await una(), { run: run.id, line: line.id, reason: 'For somebody with a higher limit.' });
    await house.runs.approve(await vera(), run.id);
    await house.runs.release(await vera(), run.id);
    const next = await propose();
    expect([next.lineCount, next.totalPence]).toEqual([1, 3_000]);
  });

  it('takes one of two proposals, approvals and releases at once', async () => {
    await invoices(1_000, 2_000);
    const proposals = await Promise.all([refusal(propose()), refusal(propose())]);
    expect(proposals.filter((end) => end === 'done')).toHaveLength(1);
    const [run] = (await house.finance.payRuns(await una(), house.n, { limit: 10 })).items;
    await house.runs.prepare(await una(), run!.id);
    const approvals = await Promise.all([code(house.runs.approve(await vera(), run!.id)), code(house.runs.approve(await will(), run!.id))]);
    expect(approvals.filter((end) => end === 'done')).toHaveLength(1);
    const releases = await Promise.all([code(house.runs.release(await vera(), run!.id)), code(house.runs.release(await will(), run!.id))]);
    expect(releases.filter((end) => end === 'done')).toHaveLength(1);
    expect(await house.files.listOf(await una(), house.n)).toHaveLength(1);
  });

  it('stops while the book does not agree with its bank, but not for wages', async () => {
    await invoices(1_000);
    const breaks = house.app.get(Breaks);
    const run = await propose();
    await house.runs.prepare(await una(), run.id);
    await house.write((tx) => breaks.keepProofBreak(tx, house.n, null, { code: 'balance-differs', reason: 'The bank says one thing and the book another.' }));
    expect(await code(house.runs.approve(await vera(), run.id))).toBe('book-is-stopped');
    const wages = await house.write((tx) =>
      house.payments.planPayOut(tx, house.all, {
        book: house.n,
        payeeSubject: house.provider,
        amount: pence(500),
        parts: [{ owner: house.a.owner, amount: pence(500) }],
        purpose: { noun: 'wages', id: newId() },
      }),
    );
    await house.post(house.n, 'invoice', 'test:wages', [
      { debit: house.a.share, credit: { book: house.n, kind: 'payable', subject: house.provider }, amount: pence(500) },
    ]);
    await house.approved(wages);
    expect((await house.files.release(await vera(), house.n))?.totalPence).toBe(500);
    await house.write((tx) => breaks.keepProofBreak(tx, house.n, null, null));
    expect((await house.runs.approve(await vera(), run.id)).state).toBe('approved');
  });

  it('hides runs of other books, and lets nobody without the right make one', async () => {
    await invoices(1_000);
    const run = await propose();
    const cleo = await house.as(house.people.c);
    expect(await code(house.finance.payRun(cleo, run.id))).toBe('not-found');
    expect(await code(house.runs.propose(cleo, { book: house.n, cutOffOn: TODAY }))).toBe('not-found');
    const answer = await fetch(`${house.url}/api/v1/pay-runs/${run.id}`, { headers: { authorization: `Bearer ${await house.token(house.people.una)}` } });
    expect(await answer.json()).toMatchObject({ state: 'proposed', totalPence: 1_000, totals: { included: { count: 1, totalPence: 1_000 } } });
    const hold = await fetch(`${house.url}/api/v1/pay-runs/${run.id}/lines/${(await view(run)).lines[0]!.id}/hold`, {
      method: 'POST',
      headers: { authorization: `Bearer ${await house.token(house.people.vera)}`, 'content-type': 'application/json', 'idempotency-key': 'hold-this-line' },
      body: JSON.stringify({ reason: 'A question for the provider.' }),
    });
    expect([hold.status, ((await hold.json()) as PayRunAnswer).includedCount]).toEqual([200, 0]);
  });

  it('keeps every line in exactly one state and the totals adding up, whatever is done in whatever order', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(
          fc.record({
            what: fc.constantFrom('hold', 'include', 'drop', 'prepare', 'approve', 'release'),
            who: fc.constantFrom('una', 'vera', 'will'),
            line: fc.nat(2),
          }),
          { maxLength: 12 },
        ),
        async (steps) => {
          await invoices(101, 202, 303);
          const run = await propose();
          for (const { what, who, line } of steps) {
            const actor = await house.as(house.people[who as 'una']);
            const command = { run: run.id, line: (await view(run)).lines[line]!.id, reason: 'A reason.' };
            const step =
              what === 'hold'
                ? house.runs.hold(actor, command)
                : what === 'drop'
                  ? house.runs.drop(actor, command)
                  : what === 'include'
                    ? house.runs.include(actor, { run: command.run, line: command.line })
                    : house.runs[what as 'prepare'](actor, run.id);
            const end = await refusal(step);
            if (end !== 'done') expect(end).toMatchObject({ name: 'DomainError' });
            const { totals } = await view(run);
            expect(Object.values(totals).reduce((sum, each) => sum + each.total, 0n)).toBe(BigInt(run.totalPence));
          }
          expect(await house.faults()).toEqual([]);
          for (const each of (await view(run)).lines) {
            if ((await house.stateOf(each.payment)) === 'planned') await house.payments.hold(await una(), { payment: each.payment, reason: 'Put away.' });
            if ((await house.stateOf(each.payment)) === 'prepared') await house.payments.hold(await una(), { payment: each.payment, reason: 'Put away.' });
            if ((await house.stateOf(each.payment)) === 'held') await house.payments.recall(await una(), { payment: each.payment, reason: 'Put away.' });
          }
        },
      ),
      { numRuns: 12 },
    );
  }, 120_000);
});
