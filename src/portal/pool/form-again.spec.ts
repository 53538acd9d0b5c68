import { describe, expect, it } from '@jest/globals';
import { forbidden, invalid, refused } from '../../kernel/index.js';
import { FormInvalid } from '../../platform/index.js';
import { orAgain, renamed } from './form-again.js';

const again = (errors: unknown): FormInvalid => new FormInvalid('a.njk', { errors });

describe('orAgain', () => {
  it('gives the answer of a command that was taken', async () => expect(await orAgain(async () => 3, again)).toBe(3));

  it('shows a refusal on the same page, in its own words', async () => {
    const failed = orAgain(async () => Promise.reject(refused('not-enough-free', 'There is £4.00 free.')), again);
    await expect(failed).rejects.toMatchObject({ view: 'a.njk', model: { errors: [{ field: '', message: 'There is £4.00 free.' }] } });
  });

  it('puts a fault at the field of the form', async () => {
    const failed = orAgain(async () => Promise.reject(invalid('x', 'No.', [{ field: 'amountPence', message: 'Enter an amount' }])), again, {
      amountPence: 'amount',
    });
    await expect(failed).rejects.toMatchObject({ model: { errors: [{ field: 'amount', message: 'Enter an amount' }] } });
  });

  it.each([[forbidden()], [new Error('a fault of ours')]])('lets %s pass', async (error) => {
    await expect(orAgain(async () => Promise.reject(error), again)).rejects.toBe(error);
  });
});

it('renames faults and keeps the first of each field', () => {
  expect(
    renamed(
      [
        { field: 'days.0', message: 'a' },
        { field: 'x', message: 'b' },
        { field: 'x', message: 'c' },
      ],
      { 'days.0': 'days' },
    ),
  ).toEqual([
    { field: 'days', message: 'a' },
    { field: 'x', message: 'b' },
  ]);
});
