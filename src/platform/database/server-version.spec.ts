import { describe, expect, it } from '@jest/globals';
import type { DomainError } from '../../kernel/index.js';
import type { ServerFacts } from './server-version.js';
import { requireServer } from './server-version.js';

describe('the server we are given', () => {
  it.each([
    ['15.0', 150_000, true, undefined],
    ['15.18', 150_018, true, undefined],
    ['18.4', 180_004, true, undefined],
    ['14.19', 140_019, true, 'postgres-too-old'],
    ['9.6.24', 90_624, true, 'postgres-too-old'],
    ['18.4 without ICU', 180_004, false, 'postgres-without-icu'],
  ])('%s', (_name, version, hasCollation, code) => {
    expect(refusalOf({ version, hasCollation })).toBe(code);
  });
});

function refusalOf(facts: ServerFacts): string | undefined {
  try {
    requireServer(facts);
    return undefined;
  } catch (error) {
    return (error as DomainError).code;
  }
}
