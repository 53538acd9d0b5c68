import { v7 } from 'uuid';
import { randomSlice } from './random.js';

declare const idBrand: unique symbol;

/** A UUID that names one kind of thing: `Id<'pool'>`. */
export type Id<Noun extends string> = string & { readonly [idBrand]: Noun };

export type PersonId = Id<'person'>;
export type OrganisationId = Id<'organisation'>;
export type BookId = Id<'book'>;
export type AccountId = Id<'account'>;
export type EntryId = Id<'entry'>;
export type ReservationId = Id<'reservation'>;
export type BudgetLineId = Id<'budget-line'>;
export type PlanLineId = Id<'plan-line'>;
export type PoolId = Id<'pool'>;
export type ProviderId = Id<'provider'>;
export type PaymentId = Id<'payment'>;

const RANDOM_BYTES = 16;
let latest = 0;
let sequence = 0;

/** A new time-ordered UUID (version 7), made before the insert. Within this process each comes after the one before (RFC 9562, section 6.2: a
 *  counter that begins anywhere in each millisecond). */
export function newId<Noun extends string>(): Id<Noun> {
  const random = randomSlice(RANDOM_BYTES);
  const now = Date.now();
  if (now > latest) {
    latest = now;
    sequence = ((random[6]! & 0x7f) << 24) | (random[7]! << 16) | (random[8]! << 8) | random[9]!;
  } else if (sequence === 0x7fff_ffff) {
    latest += 1;
    sequence = 0;
  } else sequence += 1;
  return v7({ random, msecs: latest, seq: sequence }) as Id<Noun>;
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

export const isId = (text: unknown): text is Id<string> => typeof text === 'string' && UUID.test(text);

/** Letters and digits that are hard to mistake when read aloud: no I, L, O, S, U, 0, 1. 29 of them, a prime,
 *  so that the check character catches every single mistake and every swap of neighbours. */
const SPOKEN = 'ABCDEFGHJKMNPQRTVWXYZ23456789';

/** A short reference people can read aloud, from an id: `PAY-7K3M-9QXA`. The last character checks the others.
 *  Seven characters carry 34 bits, so a unique column still guards it. Our judgement, November 2026. */
export function spokenReference(prefix: string, id: string): string {
  let rest = BigInt(`0x${id.replaceAll('-', '').slice(-20)}`);
  let text = '';
  for (let i = 0; i < 7; i++) {
    text += SPOKEN[Number(rest % BigInt(SPOKEN.length))];
    rest /= BigInt(SPOKEN.length);
  }
  const whole = text + checkCharacter(text);
  return `${prefix}-${whole.slice(0, 4)}-${whole.slice(4)}`;
}

/** True when the check character fits: catches every single wrong character and every swap of neighbours. */
export function isSpokenReference(reference: string): boolean {
  const text = reference.toUpperCase().split('-').slice(1).join('');
  return text.length === 8 && [...text].every((c) => SPOKEN.includes(c)) && checkCharacter(text.slice(0, 7)) === text[7];
}

/** A reference as it is stored, from how people type it or read it out: any case, with or without dashes and spaces, and, where only one kind is asked for,
 *  with or without its letters in front. Undefined for what cannot be one, or is of another kind. */
export function typedReference(text: string, prefix?: string): string | undefined {
  const bare = text.toUpperCase().replace(/[^A-Z0-9]/g, '');
  const [named, letters] = [bare.slice(0, -8) || (prefix ?? ''), bare.slice(-8)];
  if (!/^[A-Z]{3}$/.test(named) || (prefix !== undefined && named !== prefix)) return undefined;
  const reference = `${named}-${letters.slice(0, 4)}-${letters.slice(4)}`;
  return isSpokenReference(reference) ? reference : undefined;
}

function checkCharacter(text: string): string {
  let sum = 0;
  [...text].forEach((character, index) => {
    sum += SPOKEN.indexOf(character) * (index + 2);
  });
  return SPOKEN[sum % SPOKEN.length]!;
}
