import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { LogController } from 'fastify';
import type { FastifyBaseLogger, FastifyReply, FastifyRequest } from 'fastify';
import { LazyChild } from '../log/lazy-child.js';
import { type Logger, pathOf } from '../log/logger.js';
import { Metrics } from '../metrics/metrics.js';
import { installCompression } from './compression.js';
import { ErrorFilter } from './error.filter.js';
import { ErrorPages } from './error-pages.js';
import { CommandPipe } from './read-command.js';
import { dataHeaders, securityHeaders } from './security-headers.js';

export interface AdapterOptions {
  readonly logger: Logger;
  /** A load balancer of ours stands in front: its `X-Forwarded-For` and `X-Request-Id` are believed. */
  readonly trustProxy: boolean;
}

/** The body of a form or of JSON, in bytes; files come in parts, with limits of their own. Our judgement, November 2026. */
const BODY_LIMIT = 1_000_000;
/** Levels at which each answered request has its line; others are spared the cost. */
const INFORMS: ReadonlySet<string> = new Set(['info', 'debug', 'trace']);
/** What programs ask, and no browser shows. */
const DATA = /^\/(api\/v1|health)\//;
const REQUEST_ID = /^[\w-]{8,64}$/;

/** Fastify as we use it. Pass it to `NestFactory.create(AppModule, httpAdapter(…), { rawBody: true, logger: new NestLog(logger) })`. */
export function httpAdapter({ logger, trustProxy }: AdapterOptions): FastifyAdapter {
  return new FastifyAdapter({
    trustProxy,
    bodyLimit: BODY_LIMIT,
    // An open stream of events would otherwise hold up the end of the process.
    forceCloseConnections: true,
    loggerInstance: logger as unknown as FastifyBaseLogger,
    logController: new LogController({ disableRequestLogging: true, requestIdLogLabel: 'requestId' }),
    genReqId: (request: IncomingMessage) => {
      const given = request.headers['x-request-id'];
      return trustProxy && typeof given === 'string' && REQUEST_ID.test(given) ? given : randomUUID();
    },
  });
}

/** Everything all requests share: headers, request id, the check of commands, errors, the line in the log, durations.
 *  Call it after `create` and before `init` or `listen`. Nothing here is only for pages: sessions and forms bring their own. */
export function installHttp(app: NestFastifyApplication, { publicUrl }: { readonly publicUrl: string }): void {
  app.useGlobalPipes(new CommandPipe());
  app.useGlobalFilters(new ErrorFilter(() => provided(app, ErrorPages)));
  const ofPages = securityHeaders(publicUrl);
  const ofData = dataHeaders(publicUrl);
  const metrics = provided(app, Metrics);
  const fastify = app.getHttpAdapter().getInstance();
  fastify.setChildLoggerFactory((parent, bindings) => new LazyChild(parent as unknown as Logger, bindings) as unknown as FastifyBaseLogger);
  installCompression(fastify);
  fastify.addHook('onRequest', (request: FastifyRequest, reply: FastifyReply, done: () => void) => {
    reply.headers(DATA.test(request.url) ? ofData : ofPages);
    reply.header('x-request-id', request.id);
    done();
  });
  fastify.addHook('onResponse', (request: FastifyRequest, reply: FastifyReply, done: () => void) => {
    answered(request, reply, metrics);
    done();
  });
}

function answered(request: FastifyRequest, reply: FastifyReply, metrics: Metrics | undefined): void {
  const route = request.routeOptions.url ?? 'unknown';
  metrics?.answered(request.method, route, reply.statusCode, reply.elapsedTime);
  if (!INFORMS.has(request.log.level)) return;
  const actorId = (request as { actor?: { id: string } }).actor?.id;
  request.log.info({ actorId, method: request.method, path: pathOf(request.url), status: reply.statusCode, ms: Math.round(reply.elapsedTime) }, 'answered');
}

/** A provider of any module, or undefined where nobody provides it. */
function provided<T>(app: NestFastifyApplication, token: abstract new (...parts: never[]) => T): T | undefined {
  try {
    return app.get(token as new () => T, { strict: false });
  } catch {
    return undefined;
  }
}
