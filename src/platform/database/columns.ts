import { invariant } from '../../kernel/index.js';

/** Columns of rows as PostgreSQL's own bytes of an array (`array_send`): for statements that write many rows. As text, each value is escaped
 *  here and picked apart there, letter by letter, which was a tenth of what a batch of entries cost; and a statement that takes columns may be
 *  prepared, since how many rows there are is no part of its plan. The parameter's type has to be said in the statement (`$1::uuid[]`). */
export type Column = Buffer;

type Value<T> = T | null | undefined;

const HEAD = 20;
const LENGTH = 4;

/** `most` bytes are the most a value can need; `write` answers how many it did. */
const column =
  <T>(type: number, most: (value: T) => number, write: (to: Buffer, at: number, value: T) => number) =>
  (values: readonly Value<T>[]): Column => {
    let room = HEAD;
    for (const value of values) room += LENGTH + (value === null || value === undefined ? 0 : most(value));
    const bytes = Buffer.allocUnsafe(room);
    let at = HEAD;
    let holes = 0;
    let before: Value<T>;
    let begin = 0;
    for (const value of values) {
      if (value === null || value === undefined) {
        holes = 1;
        bytes.fill(255, at, at + LENGTH);
        at += LENGTH;
      } else if (value === before) {
        const end = begin + LENGTH + bytes.readInt32BE(begin); // many columns say the same of every row
        bytes.copyWithin(at, begin, end);
        at += end - begin;
      } else {
        begin = at;
        const size = write(bytes, at + LENGTH, value);
        bytes.writeInt32BE(size, at);
        at += LENGTH + size;
        before = value;
      }
    }
    bytes.writeInt32BE(values.length === 0 ? 0 : 1, 0); // dimensions
    bytes.writeInt32BE(holes, 4);
    bytes.writeInt32BE(type, 8);
    if (values.length === 0) return bytes.subarray(0, HEAD - 8);
    bytes.writeInt32BE(values.length, 12);
    bytes.writeInt32BE(1, 16); // the place of the first
    return bytes.subarray(0, at);
  };

/** What a letter stands for in base 16, by its code; 16 for letters that stand for nothing. */
const HEX = Uint8Array.from({ length: 128 }, (_, code) => {
  const digit = '0123456789abcdef'.indexOf(String.fromCharCode(code).toLowerCase());
  return digit < 0 ? 16 : digit;
});

function writeUuid(to: Buffer, at: number, id: string): number {
  let [from, bad] = [0, id.length === 36 ? 0 : 16];
  for (let n = 0; n < 16; n++) {
    if (id.charCodeAt(from) === 45) from += 1;
    const [high, low] = [HEX[id.charCodeAt(from)] ?? 16, HEX[id.charCodeAt(from + 1)] ?? 16];
    bad |= high | low;
    to[at + n] = (high << 4) | low;
    from += 2;
  }
  invariant(bad < 16 && from === 36, 'an id that is a UUID');
  return 16;
}

const FIRST_DAY = Date.UTC(2000, 0, 1);
const DAY_MS = 86_400_000;

/** The day asked for last: those of a batch are mostly one. */
let lastDay = { day: '2000-01-01', number: 0 };

function daysSince2000(day: string): number {
  if (day === lastDay.day) return lastDay.number;
  const ms = Date.parse(day);
  invariant(day.length === 10 && !Number.isNaN(ms) && new Date(ms).toISOString().startsWith(day), 'a day as year, month and day');
  lastDay = { day, number: (ms - FIRST_DAY) / DAY_MS };
  return lastDay.number;
}

/** A letter of UTF-16 needs three bytes of UTF-8 at most. */
const roomOf = (text: string): number => text.length * 3;
const writeText = (to: Buffer, at: number, text: string): number => to.write(text, at);
const writeBigint = (to: Buffer, at: number, value: bigint): number => to.writeBigInt64BE(value, at) - at;

/** UUIDs. */
export const uuids = column<string>(2950, () => 16, writeUuid);
export const texts = column<string>(25, roomOf, writeText);
/** Whole numbers of 64 bits: pence. */
export const bigints = column<bigint>(20, () => 8, writeBigint);
/** Whole numbers of 32 bits. */
export const ints = column<number>(
  23,
  () => 4,
  (to, at, value) => to.writeInt32BE(value, at) - at,
);
/** Days without a time, as year, month and day. */
export const days = column<string>(
  1082,
  () => 4,
  (to, at, day) => to.writeInt32BE(daysSince2000(day), at) - at,
);
/** Moments, to the millisecond. */
export const moments = column<Date>(
  1184,
  () => 8,
  (to, at, moment) => writeBigint(to, at, BigInt(moment.getTime() - FIRST_DAY) * 1000n),
);
export const bytesOf = column<Buffer>(
  17,
  (bytes) => bytes.length,
  (to, at, bytes) => bytes.copy(to, at),
);
/** Anything, as `jsonb`. */
export const jsons = (values: readonly unknown[]): Column => jsonTexts(values.map(asJson));

/** Anything, as `json`: kept as it was written. For what is only ever read whole; taking it apart costs PostgreSQL more than the rest of such a row. */
export const writtenJsons = (values: readonly unknown[]): Column => writtenTexts(values.map(asJson));

const asJson = (value: unknown): string => JSON.stringify(value) ?? 'null';

/** The text goes after a byte that says the version of its form. */
const jsonTexts = column<string>(
  3802,
  (text) => roomOf(text) + 1,
  (to, at, text) => {
    to[at] = 1;
    return 1 + writeText(to, at + 1, text);
  },
);
const writtenTexts = column<string>(114, roomOf, writeText);
