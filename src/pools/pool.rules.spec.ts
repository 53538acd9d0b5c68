import { describe, expect, it } from '@jest/globals';
import type { BookId, BudgetLineId, LocalDate, PersonId } from '../kernel/index.js';
import { DomainError, pence } from '../kernel/index.js';
import type { AssentFacts, ContributionFacts } from './pool.rules.js';
import { bookOfShare, decideAssent, decideContribution, isWholeAssent } from './pool.rules.js';

const codeOf = (work: () => unknown): string => {
  try {
    work();
    return 'allowed';
  } catch (error) {
    return (error as DomainError).code;
  }
};

const today = '2026-11-20' as LocalDate;
const own = 'book-d' as BookId;
const treasurer = 'book-t' as BookId;

describe('decideContribution', () => {
  const facts: ContributionFacts = {
    pool: { state: 'active', agreementInForce: true },
    member: { personId: 'carys' as PersonId, state: 'member' },
    line: {
      id: 'line' as BudgetLineId,
      personId: 'carys' as PersonId,
      planId: 'plan',
      bookId: own,
      state: 'open',
      fromDay: '2026-04-01' as LocalDate,
      untilDay: '2027-04-01' as LocalDate,
      suspendedOn: null,
    },
    plan: { personId: 'carys' as PersonId, planId: 'plan', state: 'agreed' },
    shareBookId: treasurer,
    free: pence(30000),
  };
  const card = { amount: pence(12000), by: 'card' as const };

  it.each([
    { name: 'money of another book becomes a remittance', change: {}, command: card, answer: { how: 'remittance', by: 'card' } },
    { name: 'money of the same book is moved at once', change: { shareBookId: own }, command: { amount: pence(30000) }, answer: { how: 'same-book' } },
  ])('$name', ({ change, command, answer }) => {
    expect(decideContribution({ ...facts, ...change }, command, today)).toEqual(answer);
  });

  it.each([
    { code: 'not-a-member', change: { member: { ...facts.member, state: 'invited' as const } } },
    { code: 'not-a-member', change: { member: { ...facts.member, state: 'left' as const } } },
    { code: 'pool-not-active', change: { pool: { state: 'frozen' as const, agreementInForce: true } } },
    { code: 'pool-not-active', change: { pool: { state: 'agreeing' as const, agreementInForce: false } } },
    { code: 'not-your-line', change: { line: { ...facts.line, personId: 'bola' as PersonId } } },
    { code: 'line-ended', change: { line: { ...facts.line, state: 'ended' as const } } },
    { code: 'line-suspended', change: { line: { ...facts.line, suspendedOn: '2026-11-02' as LocalDate } } },
    { code: 'line-ended', change: { line: { ...facts.line, untilDay: today } } },
    { code: 'line-ended', change: { line: { ...facts.line, fromDay: '2026-11-21' as LocalDate } } },
    { code: 'plan-line-of-another-plan', change: { plan: undefined } },
    { code: 'plan-line-of-another-plan', change: { plan: { ...facts.plan!, planId: 'other' } } },
    { code: 'plan-not-agreed', change: { plan: { ...facts.plan!, state: 'draft' } } },
    { code: 'amount-not-positive', change: {}, command: { amount: pence(0), by: 'card' as const } },
    { code: 'not-enough-free', change: { free: pence(11999) } },
    { code: 'way-of-paying-needed', change: {}, command: { amount: pence(1) } },
  ])('refuses $code', ({ code, change, command }) => {
    expect(codeOf(() => decideContribution({ ...facts, ...change }, command ?? card, today))).toBe(code);
  });
});

describe('decideAssent', () => {
  const facts: AssentFacts = { agreementState: 'offered', contentHash: 'aa', memberState: 'invited', already: false };
  it.each([
    { name: 'an invited person assents to what is offered', change: {}, read: 'aa', code: 'allowed' },
    { name: 'a member assents to a new version', change: { memberState: 'member' as const }, read: 'aa', code: 'allowed' },
    { name: 'a newcomer assents to what is in force', change: { agreementState: 'in-force' as const }, read: 'aa', code: 'allowed' },
    { name: 'an older version', change: { agreementState: 'superseded' as const }, read: 'aa', code: 'agreement-changed' },
    {
      name: 'a member, to what is in force already',
      change: { agreementState: 'in-force' as const, memberState: 'member' as const },
      read: 'aa',
      code: 'agreement-changed',
    },
    { name: 'other words than were read', change: {}, read: 'bb', code: 'agreement-changed' },
    { name: 'twice', change: { already: true }, read: 'aa', code: 'assented-already' },
    { name: 'who was never invited', change: { memberState: undefined }, read: 'aa', code: 'not-a-member' },
    { name: 'who left', change: { memberState: 'left' as const }, read: 'aa', code: 'not-a-member' },
  ])('$name: $code', ({ change, read, code }) => {
    expect(codeOf(() => decideAssent({ ...facts, ...change }, read))).toBe(code);
  });
});

describe('isWholeAssent (RULE 16)', () => {
  const person = (id: string, state: 'invited' | 'member' | 'left', founding = true) => ({ personId: id as PersonId, state, founding });
  it.each([
    { name: 'both founders', members: [person('a', 'invited'), person('b', 'invited')], assented: ['a', 'b'], started: false, whole: true },
    { name: 'one founder missing', members: [person('a', 'invited'), person('b', 'invited')], assented: ['a'], started: false, whole: false },
    { name: 'one person alone starts no pool', members: [person('a', 'invited'), person('b', 'left')], assented: ['a'], started: false, whole: false },
    {
      name: 'who left need not assent',
      members: [person('a', 'member'), person('b', 'member'), person('c', 'left')],
      assented: ['a', 'b'],
      started: true,
      whole: true,
    },
    {
      name: 'a newcomer who has not joined stops nobody',
      members: [person('a', 'member'), person('b', 'member'), person('c', 'invited', false)],
      assented: ['a', 'b'],
      started: true,
      whole: true,
    },
    { name: 'a member missing', members: [person('a', 'member'), person('b', 'member')], assented: ['b'], started: true, whole: false },
  ])('$name: $whole', ({ members, assented, started, whole }) => {
    expect(isWholeAssent(members, assented as PersonId[], started)).toBe(whole);
  });
});

describe('books', () => {
  it.each([
    { managed: 'notional' as const, holder: treasurer, book: own },
    { managed: 'third-party' as const, holder: treasurer, book: treasurer },
    { managed: 'direct-payment' as const, holder: treasurer, book: treasurer },
    { managed: 'direct-payment' as const, holder: null, book: own },
  ])('a $managed line has its share in $book', ({ managed, holder, book }) => {
    expect(bookOfShare({ managed, bookId: own }, holder)).toBe(book);
  });
});
