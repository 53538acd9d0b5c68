import type { LoggerService } from '@nestjs/common';
import type { DestinationStream, Logger } from 'pino';
import { pino } from 'pino';

export type { Logger } from 'pino';

/** Injection token for the process's `Logger`. */
export const LOGGER = Symbol('logger');

/** Never in a log, wherever it stands: what opens a door, and what names a person. */
const SECRET_NAMES = [
  'password',
  'token',
  'secret',
  'authorization',
  'cookie',
  'nhsNumber',
  'accountNumber',
  'sortCode',
  'email',
  'phone',
  'address',
  'dateOfBirth',
];
const REDACTED = SECRET_NAMES.flatMap((name) => [name, `*.${name}`, `*.*.${name}`]);

export interface LogOptions {
  readonly level: string;
  /** Which program speaks: `web`, `worker`, `start`, `cli`. */
  readonly program: string;
  /** Standard output otherwise. */
  readonly destination?: DestinationStream;
}

/** One JSON line per fact. Ids only: no names, no text people wrote, no query strings, no SQL parameters. */
export function createLogger({ level, program, destination }: LogOptions): Logger {
  const options = {
    level,
    base: { program },
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label: string) => ({ level: label }) },
    redact: { paths: REDACTED, censor: '[left out]' },
    serializers: { err: describeError, error: describeError, req: describeRequest },
  };
  return destination ? pino(options, destination) : pino(options);
}

interface ErrorFacts {
  readonly name: string;
  readonly message: string;
  readonly code: string | undefined;
  readonly constraint: string | undefined;
  readonly stack: string | undefined;
  readonly cause?: ErrorFacts;
}

/** An error without what libraries hang on it: SQL and its parameters, request bodies, the values PostgreSQL quotes. */
export function describeError(error: unknown): ErrorFacts {
  if (!(error instanceof Error))
    return { name: typeof error, message: 'something was thrown that is no error', code: undefined, constraint: undefined, stack: undefined };
  const driver = (error as { driverError?: unknown }).driverError ?? error;
  const { code, constraint } = driver as { code?: unknown; constraint?: unknown };
  return {
    name: error.name,
    message: withoutValues(error.message),
    code: typeof code === 'string' ? code : undefined,
    constraint: typeof constraint === 'string' ? constraint : undefined,
    stack: error.stack === undefined ? undefined : withoutValues(error.stack),
    ...(error.cause instanceof Error && error.cause !== error ? { cause: describeError(error.cause) } : {}),
  };
}

/** `invalid input syntax for type date: "…"`: PostgreSQL quotes what was typed. */
const withoutValues = (text: string): string => text.replace(/(syntax for type [^:\n]+|out of range for type [^:\n]+|value [^:\n]+): "[^\n]*"/g, '$1: "…"');

/** A request's method and path. */
export function describeRequest(request: { readonly method?: string; readonly url?: string }): { readonly method: string | undefined; readonly path: string } {
  return { method: request.method, path: pathOf(request.url ?? '') };
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** An address without its query, and without parts that look like a key (a link to sign in): long, and no id of ours. */
export function pathOf(url: string): string {
  return url
    .split(/[?#]/, 1)[0]!
    .split('/')
    .map((part) => (part.length >= 24 && !UUID.test(part) ? '[left out]' : part))
    .join('/');
}

/** Nest's own messages through the same logger. */
export class NestLog implements LoggerService {
  constructor(private readonly logger: Logger) {}

  log(message: unknown, ...rest: unknown[]): void {
    this.write('info', message, rest);
  }

  warn(message: unknown, ...rest: unknown[]): void {
    this.write('warn', message, rest);
  }

  debug(message: unknown, ...rest: unknown[]): void {
    this.write('debug', message, rest);
  }

  verbose(message: unknown, ...rest: unknown[]): void {
    this.write('trace', message, rest);
  }

  /** Nest passes a message, maybe a stack, and a context; or an error itself. */
  error(message: unknown, ...rest: unknown[]): void {
    const texts = rest.filter((each) => typeof each === 'string');
    const stack = texts.length > 1 || texts[0]?.includes('\n    at ') ? texts[0] : undefined;
    this.write('error', message, rest, stack === undefined ? {} : { stack: withoutValues(stack) });
  }

  fatal(message: unknown, ...rest: unknown[]): void {
    this.write('fatal', message, rest);
  }

  private write(level: 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'trace', message: unknown, rest: readonly unknown[], more: object = {}): void {
    const last = rest.at(-1);
    const context = typeof last === 'string' && !last.includes('\n') ? { context: last } : {};
    if (message instanceof Error) this.logger[level]({ ...context, ...more, err: message }, withoutValues(message.message));
    else this.logger[level]({ ...context, ...more }, typeof message === 'string' ? message : JSON.stringify(message));
  }
}
