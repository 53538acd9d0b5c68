import { Logger } from '@nestjs/common';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { refused } from '../kernel/index.js';
import { OneByOne } from './one-by-one.js';

describe('a job’s work on one thing after another', () => {
  beforeAll(() => Logger.overrideLogger(false));

  it('goes on after a refusal, and fails with the first when all were tried', async () => {
    const each = new OneByOne();
    const done: (number | undefined)[] = [];
    for (const n of [1, 2, 3, 4])
      done.push(await each.try(`thing ${n}`, () => (n % 2 === 0 ? Promise.reject(refused(`code-${n}`, 'No.')) : Promise.resolve(n))));
    expect(done).toEqual([1, undefined, 3, undefined]);
    expect(() => each.end()).toThrow(expect.objectContaining({ code: 'code-2' }));
  });

  it('ends at once with what is no refusal, and says nothing when nothing was refused', async () => {
    const each = new OneByOne();
    await expect(each.try('a thing', () => Promise.reject(new Error('the database is gone')))).rejects.toThrow('gone');
    expect(() => each.end()).not.toThrow();
  });
});
