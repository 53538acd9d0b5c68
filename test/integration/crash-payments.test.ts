/** Nothing is paid twice, and nothing is lost: the compiled program pays by Stripe while node or PostgreSQL is killed, and while Stripe's answers
 *  get lost; afterwards Stripe's own books are held against ours, payment by payment. */
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { PaymentId } from '../../src/kernel/index.js';
import { PayingProgram } from '../support/paying-program.js';

const AT_ONCE = 30;
const POST_TRANSFER = { method: 'POST', path: '/v1/transfers' } as const;

describe('payments by Stripe', () => {
  let world: PayingProgram;
  /** Every payment so far, with its sum in pence. */
  const approved = new Map<PaymentId, number>();

  beforeAll(async () => {
    world = await PayingProgram.open();
  }, 60_000);
  afterAll(() => world.close(), 30_000);

  const approve = async (sums: readonly number[]): Promise<PaymentId[]> => {
    const ids = await world.approve(sums);
    ids.forEach((id, place) => approved.set(id, sums[place]!));
    return ids;
  };

  /** Each payment once at Stripe, by its whole sum; the sums equal; Stripe's balance is what it had less that. */
  afterEach(async () => {
    const transfers = await world.transfers();
    const paid = transfers.map(({ metadata, amount }) => [metadata.paymentId, amount]);
    expect(paid.sort()).toEqual([...approved].sort());
    expect(await world.states()).toEqual({ settled: approved.size });
    const total = [...approved.values()].reduce((sum, each) => sum + each, 0);
    const [ledger] = await world.sql<{ sent: number }>(`select sum(amount_pence)::int as sent from transfer where kind = 'payment'`);
    expect([ledger!.sent, await world.stripeBalance()]).toEqual([total, 1_000_000 - total]);
    const ids = new Set(transfers.map(({ id }) => id));
    expect((await world.sql<{ id: string }>('select stripe_transfer_id as id from payment')).every(({ id }) => ids.has(id))).toBe(true);
  }, 30_000);

  it.each(['timeout-after', 'error-after', 'drop-after'] as const)(
    'are unknown after %s, looked up, and made once',
    async (kind) => {
      await world.faults([{ kind, ...POST_TRANSFER, times: 3, ms: 200 }]);
      const [id] = await approve([1_234]);
      await world.until(async () => (await stateOf(id!)) === 'settled', 15_000);
      const steps = await world.sql<{ to: string }>('select to_state as to from payment_history where payment_id = $1 order by at, id', [id]);
      expect(steps.map((step) => step.to)).toEqual(['planned', 'prepared', 'approved', 'sending', 'unknown', 'sent', 'settled']);
    },
    20_000,
  );

  it.each(['node', 'PostgreSQL'] as const)(
    'go out once each when %s is killed in the middle',
    async (what) => {
      const before = approved.size;
      await world.faults([{ kind: 'slow', ...POST_TRANSFER, times: AT_ONCE * 5, ms: 120 }]);
      await approve(Array.from({ length: AT_ONCE }, (_, place) => 2_000 + place));
      const moment = 1 + Math.floor(Math.random() * (AT_ONCE - 8));
      await world.until(async () => (await world.transfers()).length >= before + moment, 15_000);
      if (what === 'node') await world.program.kill('SIGKILL');
      else await world.killPostgres();
      expect((await world.transfers()).length).toBeLessThan(before + AT_ONCE);
      if (what === 'node') {
        await world.endLocksOfTheDead();
        await world.start();
      }
      await allSettled(what);
    },
    60_000,
  );

  it('leave books in which everything holds that must always be true', async () => {
    expect(await world.checks()).toEqual([]);
  }, 30_000);

  const stateOf = async (id: PaymentId): Promise<string> => (await world.sql<{ state: string }>('select state from payment where id = $1', [id]))[0]!.state;

  /** Waits for the program; what it lost sight of and Stripe never had is planned again by people. */
  const allSettled = async (killed: string): Promise<void> => {
    let quiet = Date.now();
    let last = '';
    await world.until(async () => {
      if (!world.program.isRunning) await world.start();
      const states = await world.states();
      const open = Object.keys(states).filter((state) => state !== 'settled');
      if (open.length === 0) return true;
      if (last !== JSON.stringify(states)) [last, quiet] = [JSON.stringify(states), Date.now()];
      if (Date.now() - quiet < 1_500) return false;
      quiet = Date.now();
      if (open.every((state) => state === 'unknown' || state === 'failed')) await world.planLostAgain();
      else if (killed === 'PostgreSQL') await world.endLocksOfTheDead();
      return false;
    }, 50_000);
  };
});
