import { describe, expect, it } from '@jest/globals';
import { Lane } from './lane.js';

describe('a lane', () => {
  it('serves together those who ask in one turn of the event loop or while others are served, no more than a batch holds', async () => {
    const batches: number[][] = [];
    const lane = new Lane<number, number>(3, async (items) => {
      batches.push([...items]);
      await new Promise((resolve) => setTimeout(resolve, 5));
      return items.map((item) => item * 10);
    });
    expect(await Promise.all([1, 2, 3, 4, 5].map((item) => lane.do(item)))).toEqual([10, 20, 30, 40, 50]);
    expect(batches).toEqual([
      [1, 2, 3],
      [4, 5],
    ]);
    const first = lane.do(6);
    await new Promise((resolve) => setTimeout(resolve, 2));
    expect(await Promise.all([first, lane.do(7), lane.do(8)])).toEqual([60, 70, 80]);
    expect(batches.slice(2)).toEqual([[6], [7, 8]]);
    expect(lane.isIdle).toBe(true);
  });

  it('tells everybody of a batch that failed, and goes on with the next', async () => {
    let turn = 0;
    const lane = new Lane<number, number>(10, async (items) => {
      await Promise.resolve();
      turn += 1;
      if (turn === 2) throw new Error('no');
      return items;
    });
    const first = lane.do(1);
    await new Promise((resolve) => setImmediate(resolve));
    const outcomes = await Promise.allSettled([first, lane.do(2), lane.do(3)]);
    expect(outcomes.map((each) => each.status)).toEqual(['fulfilled', 'rejected', 'rejected']);
    expect(await lane.do(4)).toBe(4);
  });

  it.each([
    { mayFollow: true, most: 2 },
    { mayFollow: false, most: 1 },
  ])('has two in flight where it may and the first lets the next follow ($mayFollow), and serves each once', async ({ mayFollow, most }) => {
    let mostSeen = 0;
    let now = 0;
    let making = 0;
    const lane = new Lane<number, number>(
      2,
      async (items, follow) => {
        mostSeen = Math.max(mostSeen, (now += 1));
        making += 1;
        expect(making).toBe(1);
        await new Promise((resolve) => setTimeout(resolve, 3));
        making -= 1;
        if (mayFollow) follow();
        await new Promise((resolve) => setTimeout(resolve, 5));
        now -= 1;
        return items.map((item) => item * 10);
      },
      2,
    );
    const all = Array.from({ length: 9 }, (_, n) => n);
    expect(await Promise.all(all.map((item) => lane.do(item)))).toEqual(all.map((item) => item * 10));
    expect(mostSeen).toBe(most);
    expect(lane.isIdle).toBe(true);
  });

  it('goes on after a batch that let the next follow and then failed', async () => {
    const lane = new Lane<number, number>(
      2,
      async (items, follow) => {
        follow();
        await new Promise((resolve) => setTimeout(resolve, 2));
        if (items.includes(1)) throw new Error('no');
        return items;
      },
      2,
    );
    const outcomes = await Promise.allSettled([1, 2, 3, 4].map((item) => lane.do(item)));
    expect(outcomes.map((each) => each.status)).toEqual(['rejected', 'rejected', 'fulfilled', 'fulfilled']);
    expect(lane.isIdle).toBe(true);
  });

  it('parts many who wait where nobody is served, and leaves few together', async () => {
    const sizes: number[] = [];
    const lane = new Lane<number, number>(
      500,
      async (items, follow) => {
        sizes.push(items.length);
        follow();
        await new Promise((resolve) => setTimeout(resolve, 5));
        return items;
      },
      2,
    );
    const ask = (count: number): Promise<number[]> => Promise.all(Array.from({ length: count }, (_, n) => lane.do(n)));
    expect(await ask(257)).toHaveLength(257);
    expect(sizes).toEqual([129, 128]);
    await ask(63);
    expect(sizes.slice(2)).toEqual([63]);
  });
});
