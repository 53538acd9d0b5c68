import { describe, expect, it } from '@jest/globals';
import { CannotDecrypt, Secrets } from './secrets.js';

const key = (byte: number): string => Buffer.alloc(32, byte).toString('base64');
const OLD = `2026-01:${key(1)}`;
const NEW = `2026-11:${key(2)}`;
const CONTEXT = 'person.nhs_number:018f';

describe('Secrets', () => {
  const secrets = Secrets.from(OLD);

  it.each(['999 123 4560', '', 'Zoë 😀', 'x'.repeat(100_000)])('gives text back as it was', (text) => {
    expect(secrets.decrypt(secrets.encrypt(text, CONTEXT), CONTEXT)).toBe(text);
  });

  it('never makes the same bytes twice, nor shows the text in them', () => {
    const [one, two] = [secrets.encrypt('9991234560', CONTEXT), secrets.encrypt('9991234560', CONTEXT)];
    expect(one.equals(two)).toBe(false);
    expect(one.includes('9991234560')).toBe(false);
  });

  it('refuses bytes moved to another place', () => {
    expect(() => secrets.decrypt(secrets.encrypt('a', CONTEXT), 'person.nhs_number:018e')).toThrow(CannotDecrypt);
  });

  it('refuses bytes with any one byte changed, cut short, or empty', () => {
    const bytes = secrets.encrypt('abc', CONTEXT);
    for (let at = 0; at < bytes.length; at++) {
      const changed = Buffer.from(bytes);
      changed[at]! ^= 1;
      expect(() => secrets.decrypt(changed, CONTEXT)).toThrow(CannotDecrypt);
      expect(() => secrets.decrypt(bytes.subarray(0, at), CONTEXT)).toThrow(CannotDecrypt);
    }
  });

  it('reads old bytes after a new key is put in front, and writes with the new one', () => {
    const before = secrets.encrypt('a', CONTEXT);
    const rotated = Secrets.from(`${NEW}, ${OLD}`);
    expect(rotated.decrypt(before, CONTEXT)).toBe('a');
    expect(rotated.isOld(before)).toBe(true);
    const after = rotated.encrypt('a', CONTEXT);
    expect(rotated.isOld(after)).toBe(false);
    expect(() => secrets.decrypt(after, CONTEXT)).toThrow('its key is not in ENCRYPTION_KEYS');
    expect(() => Secrets.from(NEW).decrypt(before, CONTEXT)).toThrow(CannotDecrypt);
  });

  it('looks up by the same hash before and after a new key, apart by purpose and by key', () => {
    const hash = secrets.lookup('9991234560', 'nhs-number');
    expect(hash).toHaveLength(32);
    expect(Secrets.from(`${NEW},${OLD}`).lookup('9991234560', 'nhs-number')).toEqual(hash);
    expect(secrets.lookup('9991234560', 'account-number')).not.toEqual(hash);
    expect(secrets.lookup('umber9991234560', 'nhs-n')).not.toEqual(hash);
    expect(Secrets.from(NEW).lookup('9991234560', 'nhs-number')).not.toEqual(hash);
  });

  it.each(['', 'a', 'a:short', `a b:${key(1)}`, `a:${key(1)},a:${key(2)}`, `a:${Buffer.alloc(31).toString('base64')}`])('refuses the keys "%s"', (text) => {
    expect(() => Secrets.from(text)).toThrow(/^ENCRYPTION_KEYS: /);
  });

  it('names every fault of the keys, and no key', () => {
    expect(() => Secrets.from(`x,${OLD},y:${key(3).slice(0, 20)}`)).toThrow(
      'ENCRYPTION_KEYS: key 1 must be a name, a colon and 32 bytes in base64; key 3 must be',
    );
  });
});
