import { expect, it } from '@jest/globals';
import { readPassword } from './password.form.js';

it('asks for both passwords', () => {
  expect(readPassword({}).faults.map((fault) => fault.field)).toEqual(['presentPassword', 'newPassword']);
  expect(readPassword({ presentPassword: ' ', newPassword: 'x' }).faults.map((fault) => fault.field)).toEqual(['presentPassword']);
  expect(readPassword({ presentPassword: ['a', 'b'], newPassword: 'x' }).faults).toHaveLength(1);
});

it('leaves what was typed as it is', () => {
  expect(readPassword({ presentPassword: ' old one ', newPassword: 'new  one' })).toEqual({
    command: { presentPassword: ' old one ', newPassword: 'new  one' },
    faults: [],
  });
});
