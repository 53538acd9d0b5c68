import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { fastify, type FastifyInstance } from 'fastify';
import { Readable } from 'node:stream';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { encodingFor, installCompression } from './compression.js';

const PAGE = `<!DOCTYPE html><p>${'Ten pounds, like £10. '.repeat(200)}</p>`;

describe('encodingFor', () => {
  it.each([
    [undefined, undefined],
    ['', undefined],
    ['identity', undefined],
    ['gzip, deflate, br, zstd', 'br'],
    ['gzip', 'gzip'],
    ['br;q=0, gzip', 'gzip'],
    ['gzip;q=1.0, br;q=0.5', 'gzip'],
    ['*', 'br'],
    ['br;q=0, *;q=0.1', 'gzip'],
    ['gzip;q=0', undefined],
  ])('%p: %p', (accepted, encoding) => expect(encodingFor(accepted)).toBe(encoding));
});

describe('answers', () => {
  let app: FastifyInstance;
  const get = (url: string, headers: Record<string, string> = { 'accept-encoding': 'gzip, br' }) => app.inject({ url, headers });

  beforeAll(async () => {
    app = fastify();
    installCompression(app);
    app.get('/page', (_request, reply) => reply.type('text/html; charset=utf-8').send(PAGE));
    app.get('/json', (_request, reply) => reply.send({ items: Array.from({ length: 300 }, (_, id) => ({ id })) }));
    app.get('/small', (_request, reply) => reply.send({ status: 'live' }));
    app.get('/ready-made', (_request, reply) => reply.type('text/css').header('content-encoding', 'gzip').send(Buffer.alloc(5_000)));
    app.get('/file', (_request, reply) => reply.type('application/pdf').send(Buffer.alloc(5_000)));
    app.get('/stream', (_request, reply) => reply.type('text/csv').send(Readable.from(['a,b\n'.repeat(1_000)])));
    await app.ready();
  });
  afterAll(() => app.close());

  it('are compressed as the browser likes best, and come out as they were', async () => {
    const brotli = await get('/page');
    expect(brotli.headers).toMatchObject({
      'content-encoding': 'br',
      vary: 'accept-encoding, sec-fetch-site',
      'content-length': String(brotli.rawPayload.length),
    });
    expect(brotliDecompressSync(brotli.rawPayload).toString()).toBe(PAGE);
    const gzip = await get('/page', { 'accept-encoding': 'gzip' });
    expect(gunzipSync(gzip.rawPayload).toString()).toBe(PAGE);
    expect(brotli.rawPayload.length).toBeLessThan(PAGE.length / 10);
    expect((await get('/json')).headers['content-encoding']).toBe('br');
  });

  it('stay as they are when the browser takes no other', async () => {
    const answer = await get('/page', {});
    expect([answer.headers['content-encoding'], answer.headers['vary'], answer.payload]).toEqual([undefined, 'accept-encoding, sec-fetch-site', PAGE]);
  });

  it.each(['/small', '/file', '/stream'])('of %s are left alone', async (url) => {
    const { headers } = await get(url);
    expect([headers['content-encoding'], headers['vary']]).toEqual([undefined, undefined]);
  });

  it('compressed before are not compressed again', async () => expect((await get('/ready-made')).rawPayload).toHaveLength(5_000));

  it.each(['cross-site', 'same-site'])('that a %s page made the browser ask for do not tell their size', async (site) => {
    const headers = { 'accept-encoding': 'br', 'sec-fetch-site': site };
    expect((await get('/page', headers)).headers['content-encoding']).toBeUndefined();
    expect((await get('/page', { ...headers, 'sec-fetch-site': 'same-origin' })).headers['content-encoding']).toBe('br');
  });

  it('to HEAD carry no encoding', async () => {
    const answer = await app.inject({ method: 'HEAD', url: '/page', headers: { 'accept-encoding': 'br' } });
    expect([answer.statusCode, answer.headers['content-encoding']]).toEqual([200, undefined]);
  });
});
