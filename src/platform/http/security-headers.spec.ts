import { describe, expect, it } from '@jest/globals';
import { dataHeaders, securityHeaders } from './security-headers.js';

/** Each header that helmet 8 sets or removes: what we do about it, and why where we differ. */
const HELMET: Readonly<Record<string, RegExp | string>> = {
  'content-security-policy': /^default-src 'none'; script-src 'self';/,
  'cross-origin-opener-policy': /^same-origin$/,
  'cross-origin-resource-policy': /^same-origin$/,
  'origin-agent-cluster': 'left out: no other service shares our origin, and browsers now do it by default',
  'referrer-policy': /^same-origin$/,
  'strict-transport-security': /^max-age=63072000; includeSubDomains$/,
  'x-content-type-options': /^nosniff$/,
  'x-dns-prefetch-control': 'left out: our pages name no other host',
  'x-download-options': 'left out: for Internet Explorer 8 only',
  'x-frame-options': "left out: frame-ancestors 'none' says it to every browser with a policy",
  'x-permitted-cross-domain-policies': 'left out: for Flash and old Acrobat only',
  'x-powered-by': 'left out: Fastify never sends it',
  'x-xss-protection': 'left out: helmet turns it off, and we never turn it on',
};

describe('the security headers', () => {
  const headers = securityHeaders('https://pool.example');

  it.each(Object.entries(HELMET))('answers helmet’s %s', (name, expected) => {
    if (typeof expected === 'string') expect(headers).not.toHaveProperty(name);
    else expect(headers[name]).toMatch(expected);
  });

  it('allows nothing inline, no eval, no other host, and no wildcard', () => {
    expect(headers['content-security-policy']).not.toMatch(/unsafe|\*|https?:|data:|blob:/);
    for (const directive of ['form-action', 'connect-src', 'img-src', 'style-src', 'font-src', 'manifest-src'])
      expect(headers['content-security-policy']).toContain(`${directive} 'self'`);
    for (const directive of ['base-uri', 'frame-ancestors']) expect(headers['content-security-policy']).toContain(`${directive} 'none'`);
  });

  it('lets data load nothing, be framed by nobody and be kept nowhere', () => {
    const ofData = dataHeaders('https://pool.example');
    expect(ofData['content-security-policy']).toBe("default-src 'none'; frame-ancestors 'none'");
    for (const name of ['x-content-type-options', 'referrer-policy', 'cross-origin-resource-policy', 'cache-control', 'strict-transport-security'])
      expect(ofData[name]).toBe(headers[name]);
    expect(dataHeaders('http://localhost:3000')).not.toHaveProperty('strict-transport-security');
  });

  it('promises https only when it is served by https', () => {
    expect(securityHeaders('http://localhost:3000')).not.toHaveProperty('strict-transport-security');
  });

  it('lets nothing be kept by caches unless a route says so', () => {
    expect(headers['cache-control']).toBe('no-store');
  });
});
