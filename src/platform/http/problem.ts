import { HttpException } from '@nestjs/common';
import type { FieldFault, RefusalKind } from '../../kernel/index.js';
import { DomainError } from '../../kernel/index.js';
import { sqlStateOf } from '../database/database.js';

/** What went wrong, as RFC 9457 problem details. Never holds personal data or the words of a library. */
export interface Problem {
  /** `/problems/<code>`. */
  readonly type: string;
  readonly title: string;
  readonly status: number;
  /** A sentence for the person who asked. */
  readonly detail: string;
  /** Stable, kebab-case, for machines. */
  readonly code: string;
  readonly fields: readonly FieldFault[];
  readonly facts: Readonly<Record<string, string | number>>;
  readonly requestId: string;
}

/** A problem and how to treat it: `info` is a refusal, `warn` a pause of ours, `error` a bug that someone must look at. */
export interface Fault {
  readonly problem: Problem;
  readonly severity: 'info' | 'warn' | 'error';
  /** Seconds after which it is worth trying again. */
  readonly retryAfter: number | undefined;
}

const KINDS: Readonly<Record<RefusalKind, { readonly status: number; readonly title: string }>> = {
  invalid: { status: 422, title: 'Some of this needs to be put right' },
  refused: { status: 409, title: 'This cannot be done' },
  conflict: { status: 409, title: 'Something changed in the meantime' },
  forbidden: { status: 403, title: 'You are not allowed to do this' },
  'not-found': { status: 404, title: 'Not found' },
  unauthenticated: { status: 401, title: 'Sign in first' },
  'too-many': { status: 429, title: 'Too many tries' },
  unavailable: { status: 503, title: 'Not available just now' },
};

/** What libraries refuse, in our words: code, title, sentence. */
const STATUSES: Readonly<Record<number, readonly [string, string, string]>> = {
  400: ['bad-request', 'This could not be read', 'What was sent could not be read. Check its form, for example that JSON is complete.'],
  401: ['unauthenticated', KINDS.unauthenticated.title, 'Sign in, then try again.'],
  403: ['forbidden', KINDS.forbidden.title, 'You are not allowed to do this. If you filled in a form, open it again and send it once more.'],
  404: ['not-found', KINDS['not-found'].title, 'This was not found, or you may not see it.'],
  405: ['method-not-allowed', 'This cannot be done here', 'This address does not take that method.'],
  406: ['not-acceptable', 'No such form', 'This is not offered in the form you asked for.'],
  408: ['too-slow', 'This took too long to arrive', 'What was sent took too long to arrive. Try again.'],
  413: ['too-large', 'This is too large', 'What was sent is too large. Send a smaller file or less text.'],
  414: ['address-too-long', 'This address is too long', 'The address is too long. Ask for less at once.'],
  415: ['unsupported-media-type', 'This kind of content is not taken here', 'Send JSON, or a form, with the content type that says so.'],
  429: ['too-many', KINDS['too-many'].title, 'That was a lot at once. Wait a minute, then try again.'],
  431: ['headers-too-large', 'Too much in the headers', 'The headers of this request are too large. Clearing cookies may help.'],
};

/** PostgreSQL saying "not now": deadlock, statement timeout, too many connections, serialization failure, lock timeout, and
 *  a server that is stopping or starting. Also the socket of a server that is away. */
const NOT_NOW = new Set(['40P01', '57014', '53300', '40001', '55P03', '57P01', '57P02', '57P03', '08006', '08001']);
const AWAY = new Set(['ECONNREFUSED', 'ECONNRESET']);
/** PostgreSQL keeps no text with the character 0 in it, as an address may bring it (`%00`). */
const NO_TEXT = '22021';

/** An id that was sent names no row of its kind, and no rule of ours had looked: a foreign key did. Whoever asked can put it right; that a rule
 *  is missing is for us to see, so it stands in the log as a fault. */
const NAMES_NOTHING = '23503';
const UNKNOWN_ID = [
  'unknown-id',
  KINDS.invalid.title,
  'One of the ids that were sent names nothing here. Nothing was changed. Check them, then send it again.',
] as const;

/** Seconds a busy server asks for; our judgement, November 2026. */
const BUSY_SECONDS = 2;

/** What to answer to a throw, whatever it was. What is not a refusal is a bug: 500 without details. */
export function faultOf(error: unknown, requestId: string): Fault {
  if (error instanceof DomainError) return refusal(error, requestId);
  const status = statusOf(error);
  const known = status === undefined ? undefined : (STATUSES[status] ?? (status < 500 ? STATUSES[400] : undefined));
  if (status !== undefined && known) return fault(status, known, requestId, 'info', status === 429 ? 60 : undefined);
  const code = sqlStateOf(error ?? {}) ?? '';
  if (code === NO_TEXT) return fault(400, STATUSES[400]!, requestId, 'info');
  if (code === NAMES_NOTHING) return fault(422, UNKNOWN_ID, requestId, 'error');
  const busy = ['unavailable', KINDS.unavailable.title, 'This is busy just now. Nothing was changed. Try again in a moment.'] as const;
  if (NOT_NOW.has(code) || AWAY.has(code) || status === 503) return fault(503, busy, requestId, AWAY.has(code) ? 'error' : 'warn', BUSY_SECONDS);
  return fault(
    500,
    ['fault-of-ours', 'Something went wrong here', 'This is a fault of ours, and nothing you did. It has been noted. Please try again later.'],
    requestId,
    'error',
  );
}

function refusal(error: DomainError, requestId: string): Fault {
  const { status, title } = KINDS[error.kind];
  const seconds = error.facts['retryAfterSeconds'];
  const retryAfter = typeof seconds === 'number' ? seconds : error.kind === 'unavailable' ? BUSY_SECONDS : undefined;
  const problem = {
    type: `/problems/${error.code}`,
    title,
    status,
    detail: error.message,
    code: error.code,
    fields: error.fields,
    facts: error.facts,
    requestId,
  };
  return { problem, severity: 'info', retryAfter };
}

function fault(
  status: number,
  [code, title, detail]: readonly [string, string, string],
  requestId: string,
  severity: Fault['severity'],
  retryAfter?: number,
): Fault {
  return { problem: { type: `/problems/${code}`, title, status, detail, code, fields: [], facts: {}, requestId }, severity, retryAfter };
}

/** The status that Nest or Fastify chose. Other errors may carry a `statusCode` too (Stripe's do), and that is not ours to pass on. */
function statusOf(error: unknown): number | undefined {
  if (error instanceof HttpException) return error.getStatus();
  const { name, code, statusCode } = (error ?? {}) as { name?: unknown; code?: unknown; statusCode?: unknown };
  const isFastify = name === 'FastifyError' || name === 'SyntaxError' || (typeof code === 'string' && code.startsWith('FST_'));
  return isFastify && typeof statusCode === 'number' ? statusCode : undefined;
}
