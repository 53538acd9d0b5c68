import { describe, expect, it } from '@jest/globals';
import type { BookId, LocalDate, OrganisationId } from '../kernel/index.js';
import { pence } from '../kernel/index.js';
import type { PromiseFacts } from './funder-share.rules.js';
import { decidePromise, isSpent, restOf } from './funder-share.rules.js';

const [today, later, before] = ['2026-11-20', '2027-03-31', '2026-11-19'] as LocalDate[] as [LocalDate, LocalDate, LocalDate];
const [icb, council] = ['icb', 'council'] as OrganisationId[] as [OrganisationId, OrganisationId];
const t = 'T' as BookId;
const facts = (over: Partial<PromiseFacts> = {}): PromiseFacts => ({
  poolState: 'active',
  agreed: 'first',
  funderId: council,
  moneyHolderBookId: t,
  book: { id: t, basis: 'cash', organisationId: 'treasurer' as OrganisationId },
  there: false,
  ...over,
});
const allocation = (owner: OrganisationId) => ({ id: 'N' as BookId, basis: 'allocation' as const, organisationId: owner });

describe('a funder’s promise', () => {
  it.each([
    { what: 'comes by bank to the money-holder', over: {}, how: 'by-bank' },
    { what: 'may come while the group is stopped for now', over: { poolState: 'frozen' as const }, how: 'by-bank' },
    { what: 'is there at once in the funder’s own allocation book', over: { funderId: icb, book: allocation(icb) }, how: 'at-once' },
  ])('$what', ({ over, how }) => expect(decidePromise(facts(over), { endsOn: later }, today)).toBe(how));

  it.each([
    { code: 'pool-not-active', over: { poolState: 'agreeing' as const } },
    { code: 'pool-not-active', over: { poolState: 'closing' as const } },
    { code: 'agreement-takes-no-funders', over: { agreed: undefined } },
    { code: 'nobody-holds-money', over: { book: undefined } },
    { code: 'book-does-not-fit', over: { book: allocation(icb) } },
    { code: 'book-does-not-fit', over: { moneyHolderBookId: 'U' as BookId } },
    { code: 'funder-share-there-already', over: { there: true } },
    { code: 'ends-in-the-past', over: {}, endsOn: today },
  ])('is refused: $code', ({ code, over, endsOn = later }) =>
    expect(() => decidePromise(facts(over), { endsOn }, today)).toThrow(expect.objectContaining({ code })),
  );
});

describe('what is left of it', () => {
  const share = { rest: 'back-at-end' as const, endsOn: today, free: pence(700), poolState: 'active' as const };
  it.each([
    { what: 'stays until its last day is over', over: {}, rest: 0n },
    { what: 'goes back when it is', over: { endsOn: before }, rest: 700n },
    { what: 'is carried on if its funder said so', over: { endsOn: before, rest: 'back-when-pool-ends' as const }, rest: 0n },
    { what: 'goes back when the pool ends', over: { rest: 'back-when-pool-ends' as const, poolState: 'closing' as const }, rest: 700n },
  ])('$what', ({ over, rest }) => expect(restOf({ ...share, ...over }, today)).toBe(rest));

  it.each([
    { state: 'held' as const, posted: 0, endsOn: before, poolState: 'active' as const, spent: true },
    { state: 'held' as const, posted: 1, endsOn: before, poolState: 'active' as const, spent: false },
    { state: 'held' as const, posted: 0, endsOn: later, poolState: 'active' as const, spent: false },
    { state: 'promised' as const, posted: 0, endsOn: later, poolState: 'closed' as const, spent: true },
    { state: 'ended' as const, posted: 0, endsOn: before, poolState: 'active' as const, spent: false },
  ])('$state with $posted until $endsOn in a pool that is $poolState: over $spent', ({ spent, posted, ...each }) =>
    expect(isSpent({ ...each, posted: pence(posted) }, today)).toBe(spent),
  );
});
