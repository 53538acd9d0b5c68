import { describe, expect, it } from '@jest/globals';
import { DomainError } from '../kernel/index.js';
import type { AskFacts } from './brief.rules.js';
import { decideAsk } from './brief.rules.js';

const member: AskFacts = { isBroker: false, hasBroker: false, memberState: 'member', holdsShare: true };

const outcome = (facts: AskFacts): string => {
  try {
    decideAsk(facts);
    return 'asked';
  } catch (error) {
    return error instanceof DomainError ? `${error.kind} ${error.code}` : 'a fault';
  }
};

describe('who gives a pool’s brief to a provider', () => {
  it.each<[string, Partial<AskFacts>, string]>([
    ['the broker', { isBroker: true, hasBroker: true, memberState: undefined, holdsShare: false }, 'asked'],
    ['a member who holds a share, where there is no broker', {}, 'asked'],
    ['a member, where there is a broker', { hasBroker: true }, 'forbidden forbidden'],
    ['somebody who is only asked to join', { memberState: 'invited' }, 'refused not-a-member'],
    ['a member who has put nothing in', { holdsShare: false }, 'refused no-share'],
  ])('%s', (_who, change, expected) => {
    expect(outcome({ ...member, ...change })).toBe(expected);
  });
});
