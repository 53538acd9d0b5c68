import { describe, expect, it } from '@jest/globals';
import { Lane } from './lane.js';

describe('a lane', () => {
  it('serves a lone caller at once, and those who came meanwhile together, no more than a batch holds', async () => {
    const batches: number[][] = [];
    const lane = new Lane<number, number>(3, async (items) => {
      batches.push([...items]);
      await new Promise((resolve) => setTimeout(resolve, 5));
      return items.map((item) => item * 10);
    });
    expect(await Promise.all([1, 2, 3, 4, 5].map((item) => lane.do(item)))).toEqual([10, 20, 30, 40, 50]);
    expect(batches).toEqual([[1], [2, 3, 4], [5]]);
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
    const outcomes = await Promise.allSettled([lane.do(1), lane.do(2), lane.do(3)]);
    expect(outcomes.map((each) => each.status)).toEqual(['fulfilled', 'rejected', 'rejected']);
    expect(await lane.do(4)).toBe(4);
  });
});
