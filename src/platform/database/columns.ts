import { invariant } from '../../kernel/index.js';

/** Columns of rows as PostgreSQL's own bytes of an array (`array_send`): for statements that write many rows. As text, each value is escaped
 *  here and picked apart there, letter by letter, which was a tenth of what a batch of entries cost; and a statement that takes columns may be
 *  prepared, since how many rows there are is no part of its plan. The parameter's type has to be said in the statement (`$1::uuid[]`). */
export type Column = Buffer;

type Value<T> = T | null | undefined;

const HEAD = 20;
const LENGTH = 4;

const column =
  <T>(type: number, sizeOf: (value: T) => number, write: (to: Buffer, at: number, value: T) => void) =>
  (values: readonly Value<T>[]): Column => {
    const sizes = values.map((value) => (value === null || value === undefined ? -1 : sizeOf(value)));
    const bytes = Buffer.allocUnsafe(values.length === 0 ? HEAD - 8 : sizes.reduce((sum, size) => sum + LENGTH + Math.max(0, size), HEAD));
    bytes.writeInt32BE(values.length === 0 ? 0 : 1, 0); // dimensions
    bytes.writeInt32BE(sizes.includes(-1) ? 1 : 0, 4);
    bytes.writeInt32BE(type, 8);
    if (values.length === 0) return bytes;
    bytes.writeInt32BE(values.length, 12);
    bytes.writeInt32BE(1, 16); // the place of the first
    let at = HEAD;
    values.forEach((value, n) => {
      const size = sizes[n]!;
      bytes.writeInt32BE(size, at);
      at += LENGTH;
      if (size < 0) return;
      write(bytes, at, value as T);
      at += size;
    });
    return bytes;
  };

/** What a letter stands for in base 16, by its code; 16 for letters that stand for nothing. */
const HEX = Uint8Array.from({ length: 128 }, (_, code) => {
  const digit = '0123456789abcdef'.indexOf(String.fromCharCode(code).toLowerCase());
  return digit < 0 ? 16 : digit;
});

function writeUuid(to: Buffer, at: number, id: string): void {
  let [from, bad] = [0, id.length === 36 ? 0 : 16];
  for (let n = 0; n < 16; n++) {
    if (id.charCodeAt(from) === 45) from += 1;
    const [high, low] = [HEX[id.charCodeAt(from)] ?? 16, HEX[id.charCodeAt(from + 1)] ?? 16];
    bad |= high | low;
    to[at + n] = (high << 4) | low;
    from += 2;
  }
  invariant(bad < 16 && from === 36, 'an id that is a UUID');
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

const writeText = (to: Buffer, at: number, text: string): void => void to.write(text, at);
const writeBigint = (to: Buffer, at: number, value: bigint): void => void to.writeBigInt64BE(value, at);

/** UUIDs. */
export const uuids = column<string>(2950, () => 16, writeUuid);
export const texts = column<string>(25, (text) => Buffer.byteLength(text), writeText);
/** Whole numbers of 64 bits: pence. */
export const bigints = column<bigint>(20, () => 8, writeBigint);
/** Whole numbers of 32 bits. */
export const ints = column<number>(
  23,
  () => 4,
  (to, at, value) => void to.writeInt32BE(value, at),
);
/** Days without a time, as year, month and day. */
export const days = column<string>(
  1082,
  () => 4,
  (to, at, day) => void to.writeInt32BE(daysSince2000(day), at),
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
  (to, at, bytes) => void bytes.copy(to, at),
);
/** Anything, as `jsonb`. */
export function jsons(values: readonly unknown[]): Column {
  return jsonTexts(values.map((value) => JSON.stringify(value) ?? 'null'));
}

/** The text goes after a byte that says the version of its form. */
const jsonTexts = column<string>(
  3802,
  (text) => Buffer.byteLength(text) + 1,
  (to, at, text) => {
    to[at] = 1;
    writeText(to, at + 1, text);
  },
);
