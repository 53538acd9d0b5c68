import fastifyStatic from '@fastify/static';
import type { FastifyInstance } from 'fastify';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { encodingFor, nhsukFolder } from '../../platform/index.js';

const here = dirname(fileURLToPath(import.meta.url));
const own = join(here, '..', 'assets');
/** Where the build leaves the stylesheet when this runs from the sources, as tests do. */
const built = join(here, '..', '..', '..', 'dist', 'src', 'portal', 'assets');

/** Every file there is under /assets/: nothing else is served. */
const FILES: Readonly<Record<string, string>> = {
  'theme.css': existsSync(join(own, 'theme.css')) ? join(own, 'theme.css') : join(built, 'theme.css'),
  'start.js': join(own, 'start.js'),
  'components.js': join(own, 'components.js'),
  'visit-note.js': join(own, 'visit-note.js'),
  'icon.svg': join(own, 'icon.svg'),
  'nhsuk/nhsuk-frontend.min.js': join(nhsukFolder(), 'nhsuk', 'nhsuk-frontend.min.js'),
};

const hashes = new Map<string, string>();

/** The address of an asset with a hash of its content, so that it may be kept for ever. Without the hash while it is not built. */
export function assetUrl(name: string): string {
  const file = FILES[name];
  if (!file) throw new Error(`no such asset: ${name}`);
  let hash = hashes.get(name);
  if (hash === undefined) {
    if (!existsSync(file)) return `/assets/${name}`;
    hash = createHash('sha256').update(readFileSync(file)).digest('base64url').slice(0, 12);
    hashes.set(name, hash);
  }
  return `/assets/${name}?v=${hash}`;
}

interface Packed {
  readonly br: Buffer;
  readonly gzip: Buffer;
}

const packedBefore = new Map<string, Packed>();

/** A file compressed in both ways, once in the life of a process. */
function packed(file: string): Packed {
  const before = packedBefore.get(file);
  if (before) return before;
  const content = readFileSync(file);
  const made = { br: brotliCompressSync(content, { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } }), gzip: gzipSync(content, { level: 9 }) };
  packedBefore.set(file, made);
  return made;
}

/** Serves the assets under /assets/, compressed at the first start. Throws when one is missing. */
export async function registerAssets(app: FastifyInstance): Promise<void> {
  const ready = new Map(Object.entries(FILES).map(([name, file]) => [`/assets/${name}`, { url: assetUrl(name), ...packed(file) }]));
  await app.register(async (scope) => {
    scope.addHook('onSend', async (request, reply, payload) => {
      const [path] = request.url.split('?');
      const asset = ready.get(path!);
      if (!asset || (reply.statusCode !== 200 && reply.statusCode !== 304)) return payload;
      reply.header('cache-control', request.url === asset.url ? 'public, max-age=31536000, immutable' : 'public, max-age=300');
      reply.header('vary', 'accept-encoding').header('x-content-type-options', 'nosniff');
      const encoding = encodingFor(request.headers['accept-encoding']);
      if (!encoding || reply.statusCode !== 200 || request.method !== 'GET') return payload;
      if (payload instanceof Readable) payload.destroy();
      reply.header('content-encoding', encoding).header('content-length', asset[encoding].length);
      return asset[encoding];
    });
    const common = { decorateReply: false, index: false as const, dotfiles: 'ignore' as const, acceptRanges: false, cacheControl: false };
    await scope.register(fastifyStatic, {
      ...common,
      root: [own, ...(existsSync(built) && built !== own ? [built] : [])],
      prefix: '/assets/',
      allowedPath: (path) => ready.has(`/assets/${path.replace(/^\//, '')}`),
    });
    await scope.register(fastifyStatic, {
      ...common,
      root: join(nhsukFolder(), 'nhsuk'),
      prefix: '/assets/nhsuk/',
      allowedPath: (path) => path.replace(/^\//, '') === basename(FILES['nhsuk/nhsuk-frontend.min.js']!),
    });
  });
}
