import { describe, expect, it } from '@jest/globals';
import type { DomainError } from '../../kernel/index.js';
import { forbidden, invalid, refused } from '../../kernel/index.js';
import type { SentForm } from './act.js';
import { act, renamed } from './act.js';

const NO = 'There is £4.00 free.';
let asked = 0;
const sent = (over: Partial<SentForm<number, string>> = {}): Promise<string> => {
  asked = 0;
  const model = async (): Promise<object> => ({ typed: '5', times: (asked += 1) });
  return act({ template: 'a.njk', model, command: async () => 3, next: (answer) => `taken ${answer}`, ...over });
};
const refusing = (error: DomainError | Error): Partial<SentForm<number, string>> => ({ command: async () => Promise.reject(error) });

describe('a form that was sent', () => {
  it('leads on when its command was taken, and its page is not made', async () => {
    expect(await sent()).toBe('taken 3');
    expect(asked).toBe(0);
  });

  it('comes back with what was typed when it is faulty, and its command is not called', async () => {
    const faults = [{ field: 'amount', message: 'Enter an amount' }];
    const failed = sent({ faults, ...refusing(new Error('the command was called')) });
    await expect(failed).rejects.toMatchObject({ view: 'a.njk', model: { typed: '5', errors: faults } });
  });

  it('comes back with a refusal in its own words', async () => {
    await expect(sent(refusing(refused('not-enough-free', NO)))).rejects.toMatchObject({ model: { typed: '5', errors: [{ field: '', message: NO }] } });
  });

  it('puts a fault at the field of the form', async () => {
    const error = invalid('x', 'No.', [{ field: 'amountPence', message: 'Enter an amount' }]);
    const errors = [{ field: 'amount', message: 'Enter an amount' }];
    await expect(sent({ ...refusing(error), names: { amountPence: 'amount' } })).rejects.toMatchObject({ model: { errors } });
    await expect(sent({ ...refusing(error), names: () => 'amount' })).rejects.toMatchObject({ model: { errors } });
  });

  it.each([[forbidden()], [new Error('a fault of ours')]])('lets %s pass', async (error) => {
    await expect(sent(refusing(error))).rejects.toBe(error);
  });

  it('does not take what fails after the command for a refusal of it', async () => {
    const next = (): string => {
      throw refused('later', 'Later.');
    };
    await expect(sent({ next })).rejects.toMatchObject({ code: 'later' });
  });
});

it('renames faults and keeps the first of each field, and all that are about no field', () => {
  const faults = ['days.0', 'x', 'x', '', ''].map((field, index) => ({ field, message: String(index) }));
  expect(renamed(faults, { 'days.0': 'days' }).map(({ field, message }) => `${field} ${message}`)).toEqual(['days 0', 'x 1', ' 3', ' 4']);
});
