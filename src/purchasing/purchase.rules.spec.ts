import { describe, expect, it } from '@jest/globals';
import type { BookId, Id, LocalDate, PersonId, ReservationId } from '../kernel/index.js';
import { DomainError, pence } from '../kernel/index.js';
import type { ShareId } from '../pools/index.js';
import type { OpenPart } from './purchase.rules.js';
import { checkRecord, decideInvoice, holdsUntil, numberKey, stateAfterAnswers } from './purchase.rules.js';

const codeOf = (work: () => unknown): string => {
  try {
    work();
    return 'allowed';
  } catch (error) {
    return (error as DomainError).code;
  }
};
const day = (text: string): LocalDate => text as LocalDate;
const days = ['2026-11-26', '2026-12-03', '2026-12-10'].map(day);
const today = day('2026-11-20');
const people = ['asha', 'bola', 'carys'] as PersonId[];

describe('sessions', () => {
  it.each([
    { latest: [], state: undefined },
    { latest: ['confirmed' as const], state: 'confirmed' },
    { latest: ['confirmed' as const, 'disputed' as const], state: 'disputed' },
  ])('$latest is $state', ({ latest, state }) => expect(stateAfterAnswers(latest)).toBe(state));

  it('are not recorded before their day', () => {
    expect(codeOf(() => checkRecord({ day: today }, today))).toBe('allowed');
    expect(codeOf(() => checkRecord({ day: day('2026-11-21') }, today))).toBe('session-not-yet');
  });

  it('have their money held for sixty days', () => expect(holdsUntil(day('2026-11-26'))).toBe('2027-01-25'));
});

describe('numberKey', () => {
  it.each([
    ['INV-0042', 'INV0042'],
    ['inv 0042', 'INV0042'],
    ['Inv/00.42', 'INV0042'],
    ['INV-42', 'INV42'],
  ])('%s is %s', (number, key) => expect(numberKey(number)).toBe(key));
});

describe('decideInvoice', () => {
  const session = (n: number): Id<'session'> => `session-${n}` as Id<'session'>;
  const open = (n: number, lefts: number[]): OpenPart[] =>
    lefts
      .map((left, place) => ({
        session: session(n),
        share: `${people[place]}'s` as ShareId,
        personId: people[place]!,
        book: (place === 0 ? 'n' : 't') as BookId,
        reservation: `r${n}-${place}` as ReservationId,
        forDay: days[n]!,
        left: pence(left),
      }))
      .filter((part) => part.left > 0n);
  const one = { sessions: [{ id: session(0), state: 'confirmed' as const }], price: pence(10000), open: open(0, [3334, 3333, 3333]) };
  const amounts = (decision: ReturnType<typeof decideInvoice>): bigint[] => decision.parts.map((part) => part.amount);

  it('splits the invoice of the worked life: 33.34, 33.33, 33.33, with its VAT', () => {
    const decision = decideInvoice(one, { amount: pence(10000), vat: pence(1667) });
    expect(amounts(decision)).toEqual([3334n, 3333n, 3333n]);
    expect(decision.parts.map((part) => part.vat)).toEqual([556n, 556n, 555n]);
    expect(decision.done).toEqual([session(0)]);
  });

  it('frees what a smaller invoice leaves over', () => {
    const decision = decideInvoice(one, { amount: pence(9900), vat: pence(0) });
    expect(amounts(decision)).toEqual([3300n, 3300n, 3300n]);
    expect(decision.parts.map((part) => part.freed.map((each) => each.amount))).toEqual([[34n], [33n], [33n]]);
    expect(decision.done).toEqual([session(0)]);
  });

  it('bills a leaver alone for a session in notice, and the session stays open for the others', () => {
    const decision = decideInvoice({ ...one, open: open(1, [3333, 3334, 3333]) }, { amount: pence(3333), vat: pence(0), forMembers: [people[2]!] });
    expect(decision.parts.map((part) => [part.personId, part.amount, part.freed.length])).toEqual([['carys', 3333n, 0]]);
    expect(decideInvoice({ ...one, open: open(0, [3334, 3333, 3333]) }, { amount: pence(3333), vat: pence(0), forMembers: [people[2]!] }).done).toEqual([]);
  });

  it('takes two sessions in one invoice, the earlier reservation first', () => {
    const two = {
      sessions: [...one.sessions, { id: session(1), state: 'confirmed' as const }],
      price: pence(10000),
      open: [0, 1, 2].flatMap((place) => [...open(0, [3334, 3333, 3333]), ...open(1, [3333, 3334, 3333])].filter((part) => part.personId === people[place])),
    };
    const decision = decideInvoice(two, { amount: pence(20000), vat: pence(0) });
    expect(amounts(decision)).toEqual([6667n, 6667n, 6666n]);
    expect(decision.parts[0]!.from).toEqual([
      { reservation: 'r0-0', amount: 3334n },
      { reservation: 'r1-0', amount: 3333n },
    ]);
  });

  it.each([
    { code: 'session-not-confirmed', change: { sessions: [{ id: session(0), state: 'recorded' as const }] }, invoice: { amount: 10000 } },
    { code: 'session-not-confirmed', change: { sessions: [{ id: session(0), state: 'invoiced' as const }] }, invoice: { amount: 10000 } },
    { code: 'session-not-confirmed', change: { sessions: [] }, invoice: { amount: 1 } },
    { code: 'more-than-price', change: {}, invoice: { amount: 10001 } },
    { code: 'more-than-set-aside', change: { open: open(0, [3334, 3333, 0]) }, invoice: { amount: 6668 } },
    { code: 'vat-too-large', change: {}, invoice: { amount: 10000, vat: 10001 } },
  ])('refuses $code', ({ code, change, invoice }) => {
    expect(codeOf(() => decideInvoice({ ...one, ...change }, { amount: pence(invoice.amount), vat: pence('vat' in invoice ? (invoice.vat ?? 0) : 0) }))).toBe(
      code,
    );
  });
});
