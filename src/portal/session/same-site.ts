import type { FastifyRequest } from 'fastify';
import { forbidden } from '../../kernel/index.js';

/** A form must come from a page of ours: browsers say so in Sec-Fetch-Site or Origin, and neither may name another site. */
export function requireSameSite(request: FastifyRequest): void {
  const site = request.headers['sec-fetch-site'];
  if (typeof site === 'string' && site !== 'same-origin' && site !== 'none') throw forbidden('This form came from another site, so nothing was done.');
  const { origin } = request.headers;
  if (origin && origin !== 'null' && URL.canParse(origin) && new URL(origin).host !== request.host)
    throw forbidden('This form came from another site, so nothing was done.');
}
