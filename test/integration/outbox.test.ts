import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { newId } from '../../src/kernel/index.js';
import type { BookId } from '../../src/kernel/index.js';
import type { NewJob, QueueName } from '../../src/platform/queue/index.js';
import { migrateQueue, Queues } from '../../src/platform/queue/index.js';
import type { OutboxHouse } from '../support/outbox-house.js';
import { outboxHouse, writeEffect } from '../support/outbox-house.js';
import { eventually, queueBackends } from '../support/queue-backends.js';

const numbers = (count: number) => Array.from({ length: count }, (_, number) => ({ number }));

describe('handling an event', () => {
  let house: OutboxHouse;
  let queues: Queues;
  let isMended = false;
  const seen: number[] = [];
  const calls: string[] = [];

  beforeAll(async () => {
    house = await outboxHouse();
    queues = new Queues({ databaseUrl: house.test.appUrl });
    house.handlers.on('counted', 'ears.count', async (tx, event) => {
      seen.push(event.payload['number'] as number);
      await writeEffect(tx, 'ears.count', event.id);
    });
    house.handlers.on('scoped', 'eyes.look', async (tx, event) => {
      const row = await tx.row<{ books: string }>(`select current_setting('app.books', true) as books`);
      expect(row?.books).toBe(`{${event.about.books?.join(',')}}`);
      await writeEffect(tx, 'eyes.look', event.id);
    });
    house.handlers.on('fragile', 'first.sure', async (tx, event) => void (await writeEffect(tx, 'first.sure', event.id)));
    house.handlers.on('fragile', 'second.breaks', async (tx, event) => {
      await writeEffect(tx, 'second.breaks', event.id);
      if (!isMended) throw new Error('broken after its effect');
    });
    house.handlers.onOutside('paid', 'bank.call', async (event) => {
      const busy = await house.rows<{ count: number }>(
        `select count(*)::int as count from pg_stat_activity where datname = current_database() and state like 'idle in transaction%'`,
      );
      calls.push(`${event.payload['number']} with ${busy[0]?.count} transactions open`);
      if (event.payload['number'] === 13 && !isMended) throw new Error('the bank is shut');
    });
  });

  beforeEach(async () => {
    await house.empty();
    isMended = false;
    seen.length = 0;
    calls.length = 0;
  });

  afterAll(async () => {
    await queues.close();
    await house.close();
  });

  const theEvent = async (): Promise<string> => (await house.rows<{ id: string }>('select id from outbox_event order by seq limit 1'))[0]!.id;

  it('drains events in order, and says how many', async () => {
    await house.announce('counted', numbers(5));
    await house.announce('nobodyListens', numbers(1));
    expect(await house.relayTo(queues).drainEvents()).toBe(6);
    expect(seen).toEqual([0, 1, 2, 3, 4]);
    expect(await house.relayTo(queues).drainEvents()).toBe(0);
    expect(await house.effects()).toEqual({ 'ears.count': { rows: 5, events: 5 } });
  });

  it('has one effect, although ten deliver it at once', async () => {
    await house.announce('counted', numbers(1));
    const id = await theEvent();
    await Promise.all(Array.from({ length: 10 }, () => house.delivery.deliver(id, 'ears.count')));
    expect(await house.effects()).toEqual({ 'ears.count': { rows: 1, events: 1 } });
  });

  it('sees exactly what the event is about', async () => {
    await house.announce('scoped', numbers(1), { books: [newId<'book'>() as BookId] });
    await house.relayTo(queues).drainEvents();
    expect(await house.effects()).toEqual({ 'eyes.look': { rows: 1, events: 1 } });
  });

  it('takes the effect back when the handler throws, and goes on later where it stopped', async () => {
    await house.announce('fragile', numbers(1));
    const relay = house.relayTo(queues);
    await expect(relay.drainEvents()).rejects.toThrow('broken after its effect');
    expect(await house.effects()).toEqual({ 'first.sure': { rows: 1, events: 1 } });
    isMended = true;
    expect(await relay.drainEvents()).toBe(1);
    expect(await house.effects()).toEqual({ 'first.sure': { rows: 1, events: 1 }, 'second.breaks': { rows: 1, events: 1 } });
  });

  it('calls others with no transaction open, and not again once it is recorded', async () => {
    await house.announce('paid', [{ number: 1 }]);
    const id = await theEvent();
    await house.delivery.deliver(id, 'bank.call');
    await house.delivery.deliver(id, 'bank.call');
    expect(calls).toEqual(['1 with 0 transactions open']);
  });

  it('calls again after a call that failed', async () => {
    await house.announce('paid', [{ number: 13 }]);
    const id = await theEvent();
    await expect(house.delivery.deliver(id, 'bank.call')).rejects.toThrow('the bank is shut');
    isMended = true;
    await house.delivery.deliver(id, 'bank.call');
    expect(calls).toHaveLength(2);
    expect(await house.rows('select handler from event_handled')).toEqual([{ handler: 'bank.call' }]);
  });

  it('refuses a handler nobody here has, so that the job is kept', async () => {
    await house.announce('counted', numbers(1));
    await expect(house.delivery.deliver(await theEvent(), 'ears.unknown')).rejects.toThrow('nobody here handles counted as ears.unknown');
  });

  it('refuses two handlers of one name for one event', () => {
    expect(() => house.handlers.on('counted', 'ears.count', async () => undefined)).toThrow('event counted already has a handler named ears.count');
    expect(house.handlers.knownEvents).toEqual(['counted', 'fragile', 'paid', 'scoped']);
  });

  it('removes old events once all their effects are recorded, and keeps the others however old', async () => {
    const relay = house.relayTo(queues);
    await house.announce('counted', numbers(2));
    await relay.drainEvents();
    await house.announce('fragile', numbers(1));
    await expect(relay.drainEvents()).rejects.toThrow();
    await house.database.transaction(
      { kind: 'system', id: 'system:test', grants: [], scope: { icbs: [], books: [], pools: [], people: [], providers: [], places: [] } },
      (tx) => tx.run(`update outbox_event set relayed_at = '2026-01-01T00:00:00Z' where name = 'fragile'`),
    );
    expect(await relay.sweep(new Date('2025-12-31T00:00:00Z'))).toBe(0);
    expect(await relay.sweep(new Date(Date.now() + 1_000))).toBe(2);
    expect(await house.rows('select name from outbox_event')).toEqual([{ name: 'fragile' }]);
    expect(await house.rows('select handler from event_handled')).toEqual([{ handler: 'first.sure' }]);
  });
});

describe.each(queueBackends())('relaying events over $name', ({ start }) => {
  let house: OutboxHouse;
  let redis: Awaited<ReturnType<typeof start>>;
  let site = '';
  let isMended = false;
  const opened: Queues[] = [];

  /** The queue's adds come through, and then the process is gone before it can say so. */
  class QueuesOfOneWhoDies extends Queues {
    override async addBulk(queue: QueueName, jobs: readonly NewJob[]): Promise<void> {
      await super.addBulk(queue, jobs);
      throw new Error('killed between adding and marking');
    }
  }

  const open = (Kind: typeof Queues = Queues): Queues => {
    const queues = new Kind({ databaseUrl: house.test.appUrl, redisUrl: redis.redisUrl, prefix: site, retry: { attempts: 2, delayMs: 20 } });
    opened.push(queues);
    return queues;
  };

  const work = (): Queues => {
    const queues = open();
    for (const name of ['events', 'money'] as const)
      queues.work(name, ({ data }) => house.delivery.deliver(data['event']!, data['handler']!), { concurrency: 4 });
    return queues;
  };

  const isIdle = async (queues: Queues): Promise<boolean> => {
    const { events, money } = await queues.counts();
    return [events, money].every(({ waiting, active, delayed }) => waiting + active + delayed === 0);
  };

  const waitingRows = async (): Promise<number> =>
    (await house.rows<{ count: number }>('select count(*)::int as count from outbox_event where relayed_at is null'))[0]!.count;

  beforeAll(async () => {
    [house, redis] = await Promise.all([outboxHouse(), start()]);
    site = `test-${newId()}`;
    await migrateQueue(house.test.adminUrl);
    for (const handler of ['notices:write', 'insight.roll-up']) {
      house.handlers.on('counted', handler, async (tx, event) => void (await writeEffect(tx, handler, event.id)));
    }
    house.handlers.on('fragile', 'pools.break', async (tx, event) => {
      if (!isMended) throw new Error('not mended yet');
      await writeEffect(tx, 'pools.break', event.id);
    });
  });

  beforeEach(async () => {
    isMended = false;
    await house.empty();
  });

  afterEach(async () => {
    for (const queues of opened.splice(0)) await queues.close();
  });

  afterAll(async () => {
    await redis.stop();
    await house.close();
  });

  it('gives each event to each handler once, with two relays and two workers at once', async () => {
    await house.announce('counted', numbers(1_200));
    const relays = [house.relayTo(open()), house.relayTo(open())] as const;
    const taken = await Promise.all(
      relays.map(async (relay) => {
        let sum = 0;
        for (let count = 1; count > 0; sum += count) count = await relay.runOnce();
        return sum;
      }),
    );
    expect(taken[0]! + taken[1]!).toBe(1_200);
    const workers = [work(), work()] as const;
    await eventually('the queue is empty', () => isIdle(workers[0]), 25_000);
    expect(await house.effects()).toEqual({ 'insight.roll-up': { rows: 1_200, events: 1_200 }, 'notices:write': { rows: 1_200, events: 1_200 } });
  });

  it.each(['before', 'after'] as const)('has one effect after a crash between adding and marking, when the jobs run %s the second relay', async (when) => {
    await house.announce('counted', numbers(20));
    await expect(house.relayTo(open(QueuesOfOneWhoDies)).runOnce()).rejects.toThrow('killed between');
    expect(await waitingRows()).toBe(20);
    if (when === 'before') {
      const worker = work();
      await eventually('the first jobs ran', () => isIdle(worker));
      expect((await house.effects())['notices:write']).toEqual({ rows: 20, events: 20 });
    }
    expect(await house.relayTo(open()).runOnce()).toBe(20);
    expect(await waitingRows()).toBe(0);
    const worker = work();
    await eventually('nothing is left', () => isIdle(worker));
    expect(await house.effects()).toEqual({ 'insight.roll-up': { rows: 20, events: 20 }, 'notices:write': { rows: 20, events: 20 } });
  });

  it('puts what keeps failing in the failed list, from where it can be run again', async () => {
    await house.announce('fragile', numbers(1));
    const worker = work();
    await house.relayTo(open()).runOnce();
    await eventually('it has failed', async () => (await worker.failed()).length === 1);
    const [failed] = await worker.failed();
    expect(failed).toMatchObject({ queue: 'events', name: 'pools.break', reason: 'not mended yet', attempts: 2 });
    isMended = true;
    await worker.retry(failed!.id);
    await eventually('the effect is there', async () => 'pools.break' in (await house.effects()));
    expect(await house.effects()).toEqual({ 'pools.break': { rows: 1, events: 1 } });
    await eventually('the list is empty', async () => (await worker.failed()).length === 0);
  });

  it('replays an event for the handlers that are not recorded', async () => {
    await house.announce('counted', numbers(1));
    const relay = house.relayTo(work());
    const [{ id } = { id: '' }] = await house.rows<{ id: string }>('select id from outbox_event');
    await house.delivery.deliver(id, 'notices:write');
    await relay.replay(id);
    await eventually('the other one ran', async () => Object.keys(await house.effects()).length === 2);
    expect(await house.effects()).toEqual({ 'insight.roll-up': { rows: 1, events: 1 }, 'notices:write': { rows: 1, events: 1 } });
    await expect(relay.replay(newId())).rejects.toMatchObject({ kind: 'not-found' });
  });

  it('is woken by an announcement, well before its poll, and stops in order', async () => {
    const queues = work();
    const relay = house.relayTo(queues);
    relay.start();
    await house.announce('counted', numbers(1));
    await eventually('the first arrived', async () => (await house.effects())['notices:write']?.rows === 1);
    const waits: number[] = [];
    for (let round = 2; round <= 6; round++) {
      const before = Date.now();
      await house.announce('counted', numbers(1));
      await eventually('it arrived', async () => (await house.effects())['notices:write']?.rows === round);
      waits.push(Date.now() - before);
    }
    expect(waits.sort((a, b) => a - b)[2]).toBeLessThan(500);
    await relay.stop();
    await house.announce('counted', numbers(1));
    expect(await waitingRows()).toBe(1);
  });
});
