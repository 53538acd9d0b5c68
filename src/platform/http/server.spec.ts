import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Body, Controller, Get, HttpException, Module, Param, Post, Res } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyReply } from 'fastify';
import 'reflect-metadata';
import type { Pence } from '../../kernel/index.js';
import { DomainError, forbidden, invariant, notFound, refused } from '../../kernel/index.js';
import { HealthModule, Readiness } from '../health/index.js';
import { createLogger, NestLog } from '../log/index.js';
import { Metrics, MetricsModule } from '../metrics/index.js';
import { ErrorPages, FormInvalid } from './error-pages.js';
import type { PageAnswer } from './error-pages.js';
import { ListField, PenceField, TextField } from './fields.js';
import { idOf } from './id-of.js';
import type { Problem } from './problem.js';
import { httpAdapter, installHttp } from './server.js';

class Line {
  @PenceField() pricePence!: Pence;
}

class MakePool {
  @TextField({ max: 10 }) name!: string;
  @ListField(() => Line) lines!: Line[];
}

const sqlError = (code: string): Error => Object.assign(new Error('deadlock detected: secret'), { driverError: { code } });

/** What each address throws. */
const THROWS: Readonly<Record<string, () => unknown>> = {
  refused: () => refused('not-enough-free', 'Only £80.00 is free.', { freePence: 8000 }),
  forbidden: () => forbidden(),
  missing: () => notFound('This pool'),
  conflict: () => new DomainError('conflict', 'pool-is-closed', 'The pool is closed.'),
  unauthenticated: () => new DomainError('unauthenticated', 'unauthenticated', 'Sign in first.'),
  'too-many': () => new DomainError('too-many', 'too-many-tries', 'Wait.', [], { retryAfterSeconds: 7 }),
  unavailable: () => new DomainError('unavailable', 'stripe-is-away', 'The payment provider does not answer.'),
  deadlock: () => sqlError('40P01'),
  'no-text': () => sqlError('22021'),
  'names-nothing': () => sqlError('23503'),
  timeout: () => sqlError('57014'),
  full: () => sqlError('53300'),
  duplicate: () => sqlError('23505'),
  bug: () => new Error('secret detail'),
  stripe: () => Object.assign(new Error('No such customer: secret'), { name: 'StripeInvalidRequestError', statusCode: 404, code: 'resource_missing' }),
  teapot: () => new HttpException('secret words', 418),
  nothing: () => undefined,
};

@Controller('api/v1')
class ApiController {
  @Post('pools')
  make(@Body() command: MakePool): object {
    return { name: command.name, isBig: typeof command.lines[0]?.pricePence === 'bigint' };
  }

  @Get('pools/:id')
  show(@Param('id') id: string): object {
    return { id: idOf(id) };
  }

  @Get('throws/:what')
  throws(@Param('what') what: string): never {
    throw THROWS[what]!();
  }
}

@Controller('pages')
class PagesController {
  @Get('throws/:what')
  throws(@Param('what') what: string): never {
    throw THROWS[what]!();
  }

  @Post('form')
  form(@Body() body: Record<string, string>): never {
    throw new FormInvalid('pool/contribute.njk', { amount: body['amount'] });
  }

  @Get('broken-form')
  brokenForm(): never {
    throw new FormInvalid('broken', {});
  }

  @Get('stream')
  stream(@Res() reply: FastifyReply): void {
    reply.raw.writeHead(200, { 'content-type': 'text/event-stream' });
    reply.raw.write('data: 1\n\n');
    invariant(false, 'broke in the middle');
  }
}

class TestPages extends ErrorPages {
  async error(problem: Problem): Promise<PageAnswer> {
    await Promise.resolve();
    if (problem.status === 401) return { redirectTo: '/sign-in' };
    return `<h1>${problem.title}</h1><p>${problem.detail}</p>`;
  }

  async form(failed: FormInvalid): Promise<PageAnswer> {
    await Promise.resolve();
    if (failed.view === 'broken') throw new Error('template broke');
    return `<form>${failed.view} ${JSON.stringify(failed.model)}</form>`;
  }
}

@Module({ imports: [HealthModule, MetricsModule], controllers: [ApiController, PagesController] })
class BareModule {}

@Module({ imports: [BareModule], providers: [{ provide: ErrorPages, useClass: TestPages }] })
class WithPagesModule {}

let logged = '';
const logger = createLogger({ level: 'info', program: 'test', destination: { write: (line: string) => void (logged += line) } });

async function start(module: new () => object): Promise<NestFastifyApplication> {
  const app = await NestFactory.create<NestFastifyApplication>(module, httpAdapter({ logger, trustProxy: true }), {
    rawBody: true,
    logger: new NestLog(logger),
    abortOnError: false,
  });
  installHttp(app, { publicUrl: 'https://pool.example' });
  await app.init();
  await app.getHttpAdapter().getInstance().ready();
  return app;
}

describe('the door', () => {
  let app: NestFastifyApplication;
  beforeAll(async () => (app = await start(WithPagesModule)));
  afterAll(() => app.close());

  const get = (url: string) => app.inject({ method: 'GET', url });
  const problemAt = async (url: string): Promise<Problem> => {
    const answer = await get(url);
    expect(answer.headers['content-type']).toBe('application/problem+json; charset=utf-8');
    return answer.json<Problem>();
  };

  it.each([
    ['refused', 409, 'not-enough-free'],
    ['forbidden', 403, 'forbidden'],
    ['missing', 404, 'not-found'],
    ['conflict', 409, 'pool-is-closed'],
    ['unauthenticated', 401, 'unauthenticated'],
    ['too-many', 429, 'too-many-tries'],
    ['unavailable', 503, 'stripe-is-away'],
    ['deadlock', 503, 'unavailable'],
    ['no-text', 400, 'bad-request'],
    ['names-nothing', 422, 'unknown-id'],
    ['timeout', 503, 'unavailable'],
    ['full', 503, 'unavailable'],
    ['duplicate', 500, 'fault-of-ours'],
    ['bug', 500, 'fault-of-ours'],
    ['stripe', 500, 'fault-of-ours'],
    ['teapot', 418, 'bad-request'],
    ['nothing', 500, 'fault-of-ours'],
  ])('answers a throw of %s with %i and the code %s', async (what, status, code) => {
    const answer = await get(`/api/v1/throws/${what}`);
    expect([answer.statusCode, answer.json<Problem>().code]).toEqual([status, code]);
    expect(answer.payload).not.toContain('secret');
  });

  it('says all of a refusal', async () => {
    const problem = await problemAt('/api/v1/throws/refused');
    expect(problem).toEqual({
      type: '/problems/not-enough-free',
      title: 'This cannot be done',
      status: 409,
      detail: 'Only £80.00 is free.',
      code: 'not-enough-free',
      fields: [],
      facts: { freePence: 8000 },
      requestId: expect.stringMatching(/^[0-9a-f-]{36}$/),
    });
  });

  it.each([
    ['too-many', '7'],
    ['deadlock', '2'],
    ['unavailable', '2'],
  ])('says after %s how long to wait', async (what, seconds) => {
    expect((await get(`/api/v1/throws/${what}`)).headers['retry-after']).toBe(seconds);
  });

  it('reads a command as its class', async () => {
    const answer = await app.inject({ method: 'POST', url: '/api/v1/pools', payload: { name: 'Swimming', lines: [{ pricePence: 5 }] } });
    expect([answer.statusCode, answer.json()]).toEqual([201, { name: 'Swimming', isBig: true }]);
  });

  it('names every field at fault', async () => {
    const answer = await app.inject({ method: 'POST', url: '/api/v1/pools', payload: { name: '', lines: [{ pricePence: '5' }], role: 'admin' } });
    expect(answer.statusCode).toBe(422);
    expect(answer.json<Problem>().fields.map((fault) => fault.field)).toEqual(['role', 'name', 'lines.0.pricePence']);
  });

  it.each<[string, number, Record<string, string>, string]>([
    ['broken JSON', 400, { 'content-type': 'application/json' }, '{"name":'],
    ['a poisoned prototype', 400, { 'content-type': 'application/json' }, '{"__proto__":{"admin":true}}'],
    ['an empty JSON body', 400, { 'content-type': 'application/json' }, ''],
    ['an unknown content type', 415, { 'content-type': 'application/x-secret' }, 'x'],
    ['too much', 413, { 'content-type': 'application/json' }, JSON.stringify({ name: 'x'.repeat(1_000_001) })],
    ['a list', 422, { 'content-type': 'application/json' }, '[]'],
    ['a number', 422, { 'content-type': 'application/json' }, '3'],
    ['null', 422, { 'content-type': 'application/json' }, 'null'],
  ])('refuses %s with %i', async (_what, status, headers, payload) => {
    const answer = await app.inject({ method: 'POST', url: '/api/v1/pools', headers, payload });
    expect([answer.statusCode, answer.headers['content-type']]).toEqual([status, 'application/problem+json; charset=utf-8']);
    expect(answer.payload).not.toMatch(/FST_|JSON at|secret/);
  });

  it.each(['/api/v1/none?secret=1', '/api/v1/pools/no-id', '/webhooks/none', '/health/none', '/open-referral/none'])(
    'answers 404 as a problem at %s',
    async (url) => {
      const problem = await problemAt(url);
      expect([problem.status, problem.code]).toEqual([404, 'not-found']);
      expect(JSON.stringify(problem)).not.toContain('secret');
    },
  );

  it('answers people with a page', async () => {
    const answer = await get('/nowhere');
    expect([answer.statusCode, answer.headers['content-type']]).toEqual([404, 'text/html; charset=utf-8']);
    expect(answer.payload).toContain('<h1>Not found</h1>');
    expect((await get('/apiary')).headers['content-type']).toBe('text/html; charset=utf-8');
    expect((await get('/pages/throws/bug')).payload).not.toContain('secret');
  });

  it('shows a form again, with what was typed, as 422', async () => {
    const answer = await app.inject({
      method: 'POST',
      url: '/pages/form',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      payload: 'amount=ten',
    });
    expect([answer.statusCode, answer.payload]).toEqual([422, '<form>pool/contribute.njk {"amount":"ten"}</form>']);
  });

  it('still answers when the page of an error breaks', async () => {
    const answer = await get('/pages/broken-form');
    expect([answer.statusCode, answer.headers['content-type']]).toEqual([500, 'text/plain; charset=utf-8']);
    expect(answer.payload).not.toContain('template broke');
  });

  it('sends someone who is not signed in to sign in', async () => {
    const answer = await get('/pages/throws/unauthenticated');
    expect([answer.statusCode, answer.headers['location']]).toEqual([303, '/sign-in']);
  });

  it('ends an open stream that breaks', async () => {
    const answer = await get('/pages/stream');
    expect([answer.statusCode, answer.payload]).toEqual([200, 'data: 1\n\n']);
  });

  it.each(['/api/v1/none', '/nowhere', '/health/live', '/api/v1/throws/bug'])('puts the security headers and the request id on %s', async (url) => {
    const { headers } = await get(url);
    expect(headers).toMatchObject({
      'x-content-type-options': 'nosniff',
      'cache-control': 'no-store',
      'strict-transport-security': expect.any(String),
      'x-request-id': expect.any(String),
    });
    expect(headers['content-security-policy']).toContain("frame-ancestors 'none'");
    expect(headers).not.toHaveProperty('x-powered-by');
  });

  it('keeps the request id of our load balancer, and no other text', async () => {
    const withId = (id: string) => app.inject({ url: '/health/live', headers: { 'x-request-id': id } });
    expect((await withId('abcdef-12345')).headers['x-request-id']).toBe('abcdef-12345');
    expect((await withId('a b; DROP')).headers['x-request-id']).toMatch(/^[0-9a-f-]{36}$/);
  });

  it('logs a refusal as information and a bug as an error, with the request id and without the query', async () => {
    logged = '';
    await get('/api/v1/throws/refused?name=Ada');
    const answer = await get('/api/v1/throws/bug?name=Ada');
    const lines = logged
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(lines.map((line) => [line['level'], line['msg'], line['code'] ?? line['status']])).toEqual([
      ['info', 'refused', 'not-enough-free'],
      ['info', 'answered', 409],
      ['error', 'fault', 'fault-of-ours'],
      ['info', 'answered', 500],
    ]);
    expect(lines[2]).toMatchObject({ requestId: answer.headers['x-request-id'], err: { message: 'secret detail' } });
    expect(logged).not.toContain('Ada');
  });

  it('says that it is alive and whether it is ready', async () => {
    expect((await get('/health/live')).json()).toEqual({ status: 'live' });
    const readiness = app.get(Readiness);
    expect((await get('/health/ready')).statusCode).toBe(200);
    readiness.add('database', () => Promise.reject(new Error('secret')));
    const answer = await get('/health/ready');
    expect([answer.statusCode, answer.json<{ status: string }>().status]).toEqual([503, 'not-ready']);
    expect(answer.payload).not.toContain('secret');
  });

  it('shows durations by route, and the gauges of rooms', async () => {
    const metrics = app.get(Metrics);
    metrics.gauge('outbox_lag_seconds', 'Age of the oldest event not yet delivered', () => [{ value: 3 }]);
    metrics.gauge('jobs', 'Jobs by state', () => [{ value: 2, labels: { state: 'failed' } }], ['state']);
    metrics.gauge('broken', 'Never read', () => Promise.reject(new Error('x')));
    metrics.counter('refusals_total', 'Refusals', ['code'])({ code: 'x' });
    await get('/api/v1/pools/018f4e7a-0000-7000-8000-000000000001');
    const answer = await get('/metrics');
    expect(answer.headers['content-type']).toMatch(/^text\/plain; version=0\.0\.4/);
    expect(answer.payload).toContain('route="/api/v1/pools/:id",status="200"');
    expect(answer.payload).toContain('commonpurse_outbox_lag_seconds 3');
    expect(answer.payload).toContain('commonpurse_jobs{state="failed"} 2');
    expect(answer.payload).toContain('commonpurse_refusals_total{code="x"} 1');
    expect(answer.payload).not.toContain('018f4e7a');
  });
});

describe('before the portal is there', () => {
  let app: NestFastifyApplication;
  beforeAll(async () => (app = await start(BareModule)));
  afterAll(() => app.close());

  it('answers people in plain text', async () => {
    const answer = await app.inject({ url: '/nowhere' });
    expect([answer.statusCode, answer.headers['content-type']]).toEqual([404, 'text/plain; charset=utf-8']);
    expect(answer.payload).toMatch(/^Error: Not found\n\n.*\n\nReference: [0-9a-f-]{36}\n$/);
    expect((await app.inject({ method: 'POST', url: '/pages/form', payload: {} })).statusCode).toBe(422);
  });
});
