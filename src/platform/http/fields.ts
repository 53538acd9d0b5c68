import { applyDecorators } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import type { ApiPropertyOptions } from '@nestjs/swagger';
import { Transform, Type } from 'class-transformer';
import { ArrayMaxSize, ArrayMinSize, IsArray, IsOptional, ValidateBy, ValidateNested } from 'class-validator';
import type { ValidationArguments } from 'class-validator';
import { isId, isLocalDate } from '../../kernel/index.js';
import { wordsOf } from './field-words.js';

/** What every field may say. A field is needed unless `optional`; null and nothing are the same. */
export interface FieldOptions {
  readonly optional?: boolean;
  /** What it is, in a sentence after "Enter the …"; otherwise made from the property's name. */
  readonly what?: string;
  /** The whole sentence that says how to put a fault right, instead of ours. */
  readonly message?: string;
  /** For the API's description. */
  readonly description?: string;
}

interface Kind {
  readonly name: string;
  readonly accepts: (value: unknown) => boolean;
  /** How to put a fault right; `what` is the field in words. */
  readonly message: (what: string) => string;
  readonly schema: ApiPropertyOptions;
  /** Before the check, on what was sent; answers what it cannot read unchanged, for the check to refuse. */
  readonly read?: (sent: unknown) => unknown;
}

/** One decorator for reading, checking and describing a field, so that the three cannot disagree. */
function field(kind: Kind, options: FieldOptions): PropertyDecorator {
  const read = kind.read ?? ((sent: unknown) => sent);
  const sentence = (whole: ValidationArguments): string => options.message ?? kind.message(options.what ?? wordsOf(whole.property));
  return applyDecorators(
    ...(options.optional ? [IsOptional()] : []),
    // `obj` holds what was sent: class-transformer would already have spoilt `value` where the property's type is bigint.
    Transform(({ obj, key }) => readOr(read, (obj as Record<string, unknown>)[key]), { toClassOnly: true }),
    ValidateBy({ name: kind.name, validator: { validate: kind.accepts, defaultMessage: (whole) => sentence(whole!) } }),
    ApiProperty({ ...kind.schema, required: !options.optional, ...(options.description ? { description: options.description } : {}) } as ApiPropertyOptions),
  );
}

const readOr = (read: (sent: unknown) => unknown, sent: unknown): unknown => (sent === null || sent === undefined ? undefined : read(sent));

/** A sum in whole pence: JSON sends a whole number, forms a bigint from `parsePounds`; the command holds `Pence`.
 *  More than zero unless `orZero`. Refuses fractions, text, and numbers past 2^53. */
export function PenceField(options: FieldOptions & { readonly orZero?: boolean } = {}): PropertyDecorator {
  const least = options.orZero ? 0n : 1n;
  return field(
    {
      name: 'pence',
      read: (sent) => (typeof sent === 'number' && Number.isSafeInteger(sent) ? BigInt(sent) : sent),
      accepts: (value) => typeof value === 'bigint' && value >= least && value <= BigInt(Number.MAX_SAFE_INTEGER),
      message: (what) => `Enter the ${what} as a whole number of pence${options.orZero ? '' : ', more than 0'}, like 12050 for £120.50.`,
      schema: { type: 'integer', format: 'int64', minimum: options.orZero ? 0 : 1, example: 12050 },
    },
    options,
  );
}

/** A calendar day, `2027-03-27`. */
export function LocalDateField(options: FieldOptions = {}): PropertyDecorator {
  return field(
    {
      name: 'localDate',
      accepts: isLocalDate,
      message: (what) => `Enter a real date for ${what}, like 2027-03-27.`,
      schema: { type: 'string', format: 'date', example: '2027-03-27' },
    },
    options,
  );
}

/** The id of one thing of ours. */
export function IdField(options: FieldOptions = {}): PropertyDecorator {
  return field({ name: 'id', accepts: isId, message: (what) => `Choose the ${what} by its id.`, schema: { type: 'string', format: 'uuid' } }, options);
}

export interface TextOptions extends FieldOptions {
  /** The most characters, as people count them. */
  readonly max: number;
  readonly min?: number;
  /** The form it must have; give `message` too. */
  readonly matches?: RegExp;
  /** May hold line breaks. Off for whatever goes into a heading, a file or the subject of a letter. */
  readonly lines?: boolean;
}

const CONTROL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/;

function textKind(options: TextOptions): Kind {
  const { max, min = 1, matches, lines = false } = options;
  return {
    name: 'text',
    read: (sent) => (typeof sent === 'string' ? sent.replace(/\r\n?/g, '\n').trim().normalize('NFC') : sent),
    accepts: (value) => {
      if (typeof value !== 'string' || CONTROL.test(value) || (!lines && /[\n\t]/.test(value))) return false;
      const length = [...value].length;
      return length >= min && length <= max && (matches?.test(value) ?? true);
    },
    message: (what) =>
      min > 1 ? `Enter the ${what} in ${min} to ${max} characters.` : `Enter the ${what} in ${max} characters or fewer${lines ? '' : ', on one line'}.`,
    schema: { type: 'string', maxLength: max, minLength: min, ...(matches ? { pattern: matches.source } : {}) },
  };
}

/** Words people write: trimmed, and without control characters. Empty text in an optional field is nothing. */
export function TextField(options: TextOptions): PropertyDecorator {
  const kind = textKind(options);
  const read = (sent: unknown): unknown => {
    const text = kind.read!(sent);
    return options.optional && text === '' ? undefined : text;
  };
  return field({ ...kind, read }, options);
}

export interface IntOptions extends FieldOptions {
  readonly min?: number;
  readonly max?: number;
  /** Also takes digits as text, as an address (`?limit=20`) or a form sends them. */
  readonly fromText?: boolean;
}

/** A whole number. Never money: that is `PenceField`. */
export function IntField(options: IntOptions = {}): PropertyDecorator {
  const { min = Number.MIN_SAFE_INTEGER, max = Number.MAX_SAFE_INTEGER, fromText = false } = options;
  const range =
    options.min !== undefined && options.max !== undefined
      ? ` from ${min} to ${max}`
      : options.min !== undefined
        ? `, ${min} or more`
        : options.max !== undefined
          ? `, ${max} or less`
          : '';
  return field(
    {
      name: 'int',
      read: (sent) => (fromText && typeof sent === 'string' && /^-?\d{1,15}$/.test(sent.trim()) ? Number(sent) : sent),
      accepts: (value) => Number.isSafeInteger(value) && (value as number) >= min && (value as number) <= max,
      message: (what) => `Enter a whole number for ${what}${range}.`,
      schema: { type: 'integer', ...(options.min === undefined ? {} : { minimum: min }), ...(options.max === undefined ? {} : { maximum: max }) },
    },
    options,
  );
}

/** Yes or no. */
export function FlagField(options: FieldOptions & { readonly fromText?: boolean } = {}): PropertyDecorator {
  const words: Readonly<Record<string, boolean>> = { true: true, false: false, yes: true, no: false };
  return field(
    {
      name: 'flag',
      read: (sent) => (options.fromText && typeof sent === 'string' ? (Object.hasOwn(words, sent) ? words[sent] : sent) : sent),
      accepts: (value) => typeof value === 'boolean',
      message: (what) => `Say true or false for ${what}.`,
      schema: { type: 'boolean' },
    },
    options,
  );
}

/** One of a few known words. */
export function ChoiceField(choices: readonly string[], options: FieldOptions = {}): PropertyDecorator {
  return field(
    {
      name: 'choice',
      accepts: (value) => choices.includes(value as string),
      message: (what) => `Choose the ${what} from: ${choices.join(', ')}.`,
      schema: { type: 'string', enum: [...choices] },
    },
    options,
  );
}

export interface ListOptions extends FieldOptions {
  readonly min?: number;
  /** Lists are always limited: 100 unless said otherwise. */
  readonly max?: number;
}

const howMany = ({ min = 0, max = 100 }: ListOptions): string => (min > 0 ? `${min} to ${max}` : `up to ${max}`);

/** A list of plain values, each checked alike; one value alone (as forms send a single tick) is a list of one. */
function plainList(kind: Kind, options: ListOptions): PropertyDecorator {
  const { min = 0, max = 100 } = options;
  const readEach = kind.read ?? ((sent: unknown) => sent);
  return field(
    {
      name: 'list',
      read: (sent) => (Array.isArray(sent) ? sent.map(readEach) : typeof sent === 'string' ? [readEach(sent)] : sent),
      accepts: (value) => Array.isArray(value) && value.length >= min && value.length <= max && value.every(kind.accepts),
      message: (what) => `Give ${howMany(options)} for ${what}. ${kind.message('each')}`,
      schema: { type: 'array', items: kind.schema as object, minItems: min, maxItems: max } as ApiPropertyOptions,
    },
    options,
  );
}

/** Ids, none twice. */
export function IdListField(options: ListOptions = {}): PropertyDecorator {
  return applyDecorators(
    plainList({ name: 'id', accepts: isId, message: () => 'Each is an id.', schema: { type: 'string', format: 'uuid' } }, options),
    ValidateBy({
      name: 'noneTwice',
      validator: {
        validate: (value) => !Array.isArray(value) || new Set(value).size === value.length,
        defaultMessage: (whole) => `Name each of ${options.what ?? wordsOf(whole!.property)} only once.`,
      },
    }),
  );
}

/** Several of a few known words. */
export function ChoiceListField(choices: readonly string[], options: ListOptions = {}): PropertyDecorator {
  return plainList(
    {
      name: 'choice',
      accepts: (value) => choices.includes(value as string),
      message: () => `Each is one of: ${choices.join(', ')}.`,
      schema: { type: 'string', enum: [...choices] },
    },
    options,
  );
}

/** Several short texts. */
export function TextListField(text: Pick<TextOptions, 'max' | 'min' | 'matches' | 'lines'>, options: ListOptions = {}): PropertyDecorator {
  return plainList({ ...textKind(text), message: () => `Each has ${text.max} characters or fewer.` }, options);
}

/** A list of objects of one class, each checked by its own fields; faults are named `lines.0.pricePence`. */
export function ListField(of: () => new () => object, options: ListOptions = {}): PropertyDecorator {
  const { min = 0, max = 100 } = options;
  const message = (whole: ValidationArguments): string =>
    options.message ?? `Give a list of ${howMany(options)} for ${options.what ?? wordsOf(whole.property)}.`;
  return applyDecorators(
    ...(options.optional ? [IsOptional()] : []),
    IsArray({ message }),
    ArrayMinSize(min, { message }),
    ArrayMaxSize(max, { message }),
    ValidateNested({ each: true }),
    Type(of),
    ApiProperty({
      type: () => of(), // swagger knows a class named later by this very name
      isArray: true,
      required: !options.optional,
      minItems: min,
      maxItems: max,
      ...(options.description ? { description: options.description } : {}),
    }),
  );
}

/** One object of a class, checked by its own fields. */
export function ObjectField(of: () => new () => object, options: FieldOptions = {}): PropertyDecorator {
  const present = ValidateBy({
    name: 'object',
    validator: {
      validate: (value) => typeof value === 'object' && value !== null && !Array.isArray(value),
      defaultMessage: (whole) => options.message ?? `Give ${options.what ?? wordsOf(whole!.property)} as an object with its own fields.`,
    },
  });
  return applyDecorators(
    ...(options.optional ? [IsOptional()] : []),
    present,
    ValidateNested(),
    Type(of),
    ApiProperty({ type: () => of(), required: !options.optional, ...(options.description ? { description: options.description } : {}) }),
  );
}
