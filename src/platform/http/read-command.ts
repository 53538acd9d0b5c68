import type { ArgumentMetadata, PipeTransform } from '@nestjs/common';
import { ValidationPipe } from '@nestjs/common';
import { plainToInstance } from 'class-transformer';
import type { ValidationError } from 'class-validator';
import { validateSync } from 'class-validator';
import type { DomainError, FieldFault } from '../../kernel/index.js';
import { invalid } from '../../kernel/index.js';
import { keepRules } from './known-rules.js';

keepRules();

const RULES = { whitelist: true, forbidNonWhitelisted: true, forbidUnknownValues: true } as const;

/** Each fault with the path of its field, `lines.0.pricePence`, the first fault of a field only. */
export function faultsOf(errors: readonly ValidationError[], above = ''): FieldFault[] {
  return errors.flatMap((error) => {
    const field = above ? `${above}.${error.property}` : (error.property ?? '');
    const [kind, message] = Object.entries(error.constraints ?? {})[0] ?? [];
    const own = kind === undefined ? [] : [{ field, message: sentenceOf(kind, message!, error.property) }];
    return [...own, ...faultsOf(error.children ?? [], field)];
  });
}

/** class-validator's own words, where a check of ours does not speak. */
function sentenceOf(kind: string, message: string, property: string): string {
  if (kind === 'whitelistValidation') return `Leave out ${property}: it is not known here.`;
  if (kind === 'nestedValidation') return 'Give each as an object with its own fields.';
  if (kind === 'unknownValue') return 'Send an object with the fields of this request.';
  return /^[A-Z]/.test(message) ? message : `${message[0]?.toUpperCase() ?? ''}${message.slice(1)}.`;
}

/** The refusal that names every field at fault. */
export const badFields = (errors: readonly ValidationError[]): DomainError =>
  invalid('invalid-fields', 'Some of what was sent needs to be put right.', faultsOf(errors));

/** The global pipe: unknown fields are refused, commands are instances of their class, nothing is converted by guess. A body that is an object, as
 *  nearly all are, is checked at once, and texts pass: the promises and second looks of Nest's own pipe were half of what the check cost.
 *  Keys of prototypes never come so far: Fastify refuses them. */
export class CommandPipe implements PipeTransform {
  private readonly rest = new ValidationPipe({ ...RULES, transform: true, exceptionFactory: badFields });

  transform(value: unknown, metadata: ArgumentMetadata): unknown {
    const { type, metatype: Command } = metadata;
    if (type === 'custom' || !Command || (Command === String && typeof value === 'string')) return value;
    if (type !== 'body' || Command === Object || !isPlain(value)) return this.rest.transform(value, metadata);
    const { command, errors } = checked(Command as new () => object, value);
    if (errors.length > 0) throw badFields(errors);
    return command;
  }
}

/** The same check for pages: a command of `Command` from what a form gave, or every fault of its fields. */
export function readCommand<T extends object>(Command: new () => T, body: object): { readonly command: T; readonly faults: readonly FieldFault[] } {
  const { command, errors } = checked(Command, body);
  return { command, faults: faultsOf(errors) };
}

function checked<T extends object>(Command: new () => T, body: object): { readonly command: T; readonly errors: readonly ValidationError[] } {
  const command = plainToInstance(Command, body);
  return { command, errors: validateSync(command, RULES) };
}

const isPlain = (value: unknown): value is object => {
  if (typeof value !== 'object' || value === null) return false;
  const kind: unknown = Object.getPrototypeOf(value);
  return kind === Object.prototype || kind === null;
};
