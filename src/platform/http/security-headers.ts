/** What pages may load: our own files and nothing else; no inline script or style; nobody may frame us. */
const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self'",
  "font-src 'self'",
  "connect-src 'self'",
  "form-action 'self'",
  "manifest-src 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** Two years, our judgement (November 2026), the length browsers ask for. */
const HSTS = 'max-age=63072000; includeSubDomains';

const ofAll = (publicUrl: string): Readonly<Record<string, string>> => ({
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'cache-control': 'no-store',
  ...(publicUrl.startsWith('https:') ? { 'strict-transport-security': HSTS } : {}),
});

/** The headers every page and file carries, made once. Nothing is kept by browsers or caches unless a route says otherwise, as
 *  everything here may be about someone's health. HSTS only where the service is reached by https. */
export const securityHeaders = (publicUrl: string): Readonly<Record<string, string>> => ({
  ...ofAll(publicUrl),
  'content-security-policy': POLICY,
  'cross-origin-opener-policy': 'same-origin',
  'permissions-policy': 'camera=(), microphone=(), geolocation=(), payment=(), usb=(), interest-cohort=()',
});

/** The same for data, which is no document: it loads nothing, and what only documents heed is left out. */
export const dataHeaders = (publicUrl: string): Readonly<Record<string, string>> => ({
  ...ofAll(publicUrl),
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
});
