import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { fastify, type FastifyInstance } from 'fastify';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { assetUrl, registerAssets } from './assets.js';

let app: FastifyInstance;

beforeAll(async () => {
  app = fastify();
  await registerAssets(app);
});
afterAll(() => app.close());

const get = (url: string, encoding = '') => app.inject({ url, headers: { 'accept-encoding': encoding } });

describe('assets', () => {
  it.each([
    ['theme.css', 'text/css'],
    ['start.js', 'javascript'],
    ['components.js', 'javascript'],
    ['icon.svg', 'image/svg+xml'],
    ['nhsuk/nhsuk-frontend.min.js', 'javascript'],
  ])('serves %s for ever under its hash', async (name, type) => {
    const reply = await get(assetUrl(name));
    expect(reply.statusCode).toBe(200);
    expect(reply.headers['content-type']).toContain(type);
    expect(reply.headers['cache-control']).toBe('public, max-age=31536000, immutable');
    expect((await get(`/assets/${name}?v=old`)).headers['cache-control']).toBe('public, max-age=300');
  });

  it('serves the same content compressed', async () => {
    const plain = (await get('/assets/start.js')).rawPayload;
    const br = await get('/assets/start.js', 'gzip, br');
    const gzip = await get('/assets/start.js', 'gzip');
    expect(br.headers['content-encoding']).toBe('br');
    expect(brotliDecompressSync(br.rawPayload).equals(plain)).toBe(true);
    expect(gunzipSync(gzip.rawPayload).equals(plain)).toBe(true);
    expect(Number(br.headers['content-length'])).toBe(br.rawPayload.length);
  });

  it.each([
    '/assets/',
    '/assets/theme.scss',
    '/assets/_shell.scss',
    '/assets/../shell/layout.njk',
    '/assets/%2e%2e/shell/layout.njk',
    '/assets/nhsuk/index.mjs',
    '/assets/nhsuk/assets/images/favicon.svg',
    '/assets/unknown.css',
  ])('does not serve %s', async (url) => expect((await get(url)).statusCode).toBe(404));

  it('names no host outside, and no mark or typeface that is not ours', async () => {
    const css = (await get('/assets/theme.css')).body;
    expect(css).not.toMatch(/frutiger|nhs\.uk|https?:\/\/(?!www\.w3\.org)/i);
  });

  it('refuses an asset that does not exist', () => expect(() => assetUrl('nothing.css')).toThrow('no such asset'));
});
