import { describe, expect, it } from '@jest/globals';
import { networkOf, RateLimiter, SIGN_IN_BY_ACCOUNT, SIGN_IN_BY_ADDRESS } from './rate-limiter.js';

const limit = { burst: 3, perMinute: 6 };

function limiterAt(): { limiter: RateLimiter; pass: (ms: number) => void } {
  let now = 0;
  return { limiter: new RateLimiter(() => now, 100), pass: (ms) => (now += ms) };
}

const tries = (limiter: RateLimiter, count: number, key = 'a'): number => {
  let allowed = 0;
  for (let i = 0; i < count; i++) {
    try {
      limiter.take('x', key, limit);
      allowed++;
    } catch {
      // counted by what is missing
    }
  }
  return allowed;
};

describe('RateLimiter', () => {
  it('allows a burst, then as many as time gives back, never more than the burst', () => {
    const { limiter, pass } = limiterAt();
    expect(tries(limiter, 5)).toBe(3);
    pass(9_000);
    expect(tries(limiter, 5)).toBe(0);
    pass(1_000);
    expect(tries(limiter, 5)).toBe(1);
    pass(3_600_000);
    expect(tries(limiter, 10)).toBe(3);
  });

  it('keeps keys and names apart', () => {
    const { limiter } = limiterAt();
    expect(tries(limiter, 5, 'a')).toBe(3);
    expect(tries(limiter, 5, 'b')).toBe(3);
    expect(() => limiter.take('y', 'a', limit)).not.toThrow();
  });

  it('says how long to wait', () => {
    const { limiter } = limiterAt();
    tries(limiter, 3);
    expect(() => limiter.take('x', 'a', limit)).toThrow(
      expect.objectContaining({ kind: 'too-many', code: 'too-many-tries', facts: { retryAfterSeconds: 10 } }),
    );
  });

  it('refuses many tries for one account from many addresses, and many accounts from one address', () => {
    const one = limiterAt().limiter;
    for (let i = 0; i < SIGN_IN_BY_ACCOUNT.burst; i++) one.takeSignIn(`10.0.0.${i}`, 'Ada');
    expect(() => one.takeSignIn('10.0.1.1', 'ada ')).toThrow('too many tries');
    one.forgive('ADA');
    expect(() => one.takeSignIn('10.0.1.1', 'ada')).not.toThrow();
    const other = limiterAt().limiter;
    for (let i = 0; i < SIGN_IN_BY_ADDRESS.burst; i++) other.takeSignIn('10.0.0.1', `person ${i}`);
    expect(() => other.takeSignIn('10.0.0.1', 'someone else')).toThrow('too many tries');
  });

  it('stays within its memory under a flood of keys', () => {
    const { limiter } = limiterAt();
    for (let i = 0; i < 1_000; i++) limiter.take('x', `key ${i}`, limit);
    expect(limiter.size).toBeLessThanOrEqual(100);
  });

  it.each([
    ['192.0.2.7', '192.0.2.7'],
    ['::ffff:192.0.2.7', '192.0.2.7'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2'],
    ['2001:db8:1:2::9', '2001:db8:1:2'],
    ['2001:0db8::1', '2001:db8:0:0'],
    ['::1', '0:0:0:0'],
    ['fe80::1%eth0', 'fe80:0:0:0'],
  ])('counts %s as %s', (ip, network) => {
    expect(networkOf(ip)).toBe(network);
  });
});
