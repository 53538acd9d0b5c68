import type { FastifyRequest } from 'fastify';

/** The session's token, out of reach of scripts. */
export const SESSION_COOKIE = 'cp_session';
/** For forms shown before anybody has signed in. */
export const VISITOR_COOKIE = 'cp_visitor';

export function readCookie(request: FastifyRequest, name: string): string | undefined {
  for (const part of (request.headers.cookie ?? '').split(';')) {
    const at = part.indexOf('=');
    if (at > 0 && part.slice(0, at).trim() === name) return part.slice(at + 1).trim();
  }
  return undefined;
}

/** A cookie for this site alone. `secure` unless the site is plain http; an empty value takes it away. */
export const cookieOf = (name: string, value: string, isSecure: boolean): string =>
  `${name}=${value}; Path=/; HttpOnly; SameSite=Lax${isSecure ? '; Secure' : ''}${value === '' ? '; Max-Age=0' : ''}`;
