import { describe, expect, it } from '@jest/globals';
import type { LocalDate } from '../kernel/index.js';
import { isLate, readBy } from './worry.rules.js';

describe('a worry', () => {
  it.each([
    ['on a Tuesday', '2026-05-05T22:30:00Z', '2026-05-06'],
    ['on a Friday before a bank holiday', '2026-05-01T10:00:00Z', '2026-05-05'],
    ['on a Saturday', '2026-05-09T10:00:00Z', '2026-05-11'],
  ])('raised %s is read by the next working day', (_when, at, by) => expect(readBy(new Date(at))).toBe(by));

  it.each([
    ['unanswered', '2026-05-06', false],
    ['unanswered', '2026-05-07', true],
    ['taken', '2026-05-07', false],
    ['closed', '2026-06-07', false],
  ])('that is %s on %s: late is %s', (stage, today, late) =>
    expect(isLate({ stage, raisedAt: new Date('2026-05-05T10:00:00Z') }, today as LocalDate)).toBe(late),
  );
});
