import { describe, expect, it } from '@jest/globals';
import type { LocalDate } from '../../kernel/index.js';
import { refused } from '../../kernel/index.js';
import { asTyperReads, checkSigned, lastDayOf } from './signed-paper.rules.js';

const day = (text: string) => text as LocalDate;
const paper = { printedOn: day('2026-11-02'), isTyped: false, isOfAgreementInForce: true, isOwn: false, others: 0 };
const says = { signedBy: 'member' as const, signedOn: day('2026-11-05'), readBack: true };
const check = (facts: object, said: object = {}, today = day('2026-11-20')) => checkSigned({ ...paper, ...facts }, { ...says, ...said }, today);

describe('a signed paper', () => {
  it('counts from the day it was printed until four weeks later', () => {
    expect(lastDayOf(paper.printedOn)).toBe('2026-11-30');
    for (const today of ['2026-11-05', '2026-11-30']) expect(() => check({}, {}, day(today))).not.toThrow();
    expect(() => check({}, { signedOn: day('2026-11-02') })).not.toThrow();
  });
  it('is signed by who acts for the person, if that is recorded of somebody else than who types it in', () => {
    expect(() => check({ others: 1 }, { signedBy: 'nominee' })).not.toThrow();
    expect(() => check({ others: 0 }, { signedBy: 'nominee' })).toThrow(expect.objectContaining({ code: 'signer-not-known' }));
  });
  it.each([
    [{ isTyped: true }, {}, '2026-11-20', 'paper-used'],
    [{ isOwn: true }, {}, '2026-11-20', 'own-paper'],
    [{ isOfAgreementInForce: false }, {}, '2026-11-20', 'agreement-changed'],
    [{}, {}, '2026-12-01', 'paper-too-old'],
    [{}, { signedOn: '2026-11-01' }, '2026-11-20', 'signed-on-wrong-day'],
    [{}, { signedOn: '2026-11-21' }, '2026-11-20', 'signed-on-wrong-day'],
    [{}, { readBack: false }, '2026-11-20', 'not-read-back'],
  ])('%j %j on %s: %s', (facts, said, today, code) => {
    expect(() => check(facts, said, day(today))).toThrow(expect.objectContaining({ code }));
  });
});

describe('what the broker reads when it cannot go in', () => {
  it.each([
    ['part-frozen', 'cannot-go-in-now'],
    ['line-suspended', 'cannot-go-in-now'],
    ['not-enough-free', 'not-enough-free'],
    ['not-a-member', 'not-a-member'],
  ])('%s is told as %s', (code, told) => {
    expect(asTyperReads(refused(code, 'There is £12.34 free in this line.'), 'Bola')).toMatchObject({ code: told });
  });
  it('says no sum and no reason that is somebody’s own', () => {
    for (const code of ['part-frozen', 'line-suspended', 'plan-not-agreed', 'not-enough-free'])
      expect((asTyperReads(refused(code, 'There is £12.34 free; it is stopped.'), 'Bola') as Error).message).not.toMatch(/£|stopped|suspended/);
  });
  it('leaves a fault of ours as it is', () => {
    const fault = new Error('x');
    expect(asTyperReads(fault, 'Bola')).toBe(fault);
  });
});
