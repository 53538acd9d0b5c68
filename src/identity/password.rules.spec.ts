import { describe, expect, it } from '@jest/globals';
import { decidePassword } from './password.rules.js';

const codeOf = (password: string, username = 'carys'): string => {
  try {
    decidePassword(password, username);
    return 'taken';
  } catch (error) {
    return (error as { code: string }).code;
  }
};

describe('a password', () => {
  it.each([
    ['eleven char', 'password-too-short'],
    ['twelve chars', 'taken'],
    ['three words together', 'taken'],
    ['þæt wæs gōd cyning', 'taken'],
    ['🦔🦔🦔🦔🦔🦔', 'password-too-short'],
    ['x'.repeat(12), 'password-too-common'],
    ['ababababababab', 'password-too-common'],
    ['aB3'.repeat(50), 'password-too-common'],
    ['correct horse battery staple '.repeat(7), 'password-too-long'],
    ['Password 1234', 'password-too-common'],
    ['QWERTYUIOP123', 'password-too-common'],
    ['1qaz2wsx3edc', 'password-too-common'],
    ['commonpurse 2026', 'password-too-common'],
    ['only small letters', 'taken'],
    ['8123 7746 0192', 'taken'],
  ])('%s: %s', (password, answer) => expect(codeOf(password)).toBe(answer));

  it('is not the sign-in name with a little beside it', () => {
    expect(codeOf('carys.jones12', 'carys.jones')).toBe('password-too-common');
    expect(codeOf('carys and the otters', 'carys')).toBe('taken');
  });
});
