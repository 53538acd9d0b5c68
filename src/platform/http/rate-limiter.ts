import { DomainError } from '../../kernel/index.js';

/** A bucket of tries: `burst` at once, then `perMinute` more as time passes. */
export interface RateLimit {
  readonly burst: number;
  readonly perMinute: number;
}

/** Our judgement, November 2026: a household or day centre shares one address, so an address is given more than an account. */
export const SIGN_IN_BY_ADDRESS: RateLimit = { burst: 30, perMinute: 15 };
export const SIGN_IN_BY_ACCOUNT: RateLimit = { burst: 6, perMinute: 1 };

/** Tries come back in fractions; ten tenths must make a whole. */
const ONE_TRY = 1 - 1e-9;

interface Bucket {
  tries: number;
  /** Milliseconds on a clock that never goes back. */
  filledAtMs: number;
  limit: RateLimit;
}

/** Token buckets in this process's memory, by a name and a key. Each web process counts for itself: with two, a guesser has
 *  twice the tries, which the limits allow for. Full buckets are forgotten, so memory is bounded by `maxBuckets`. */
export class RateLimiter {
  private readonly buckets = new Map<string, Bucket>();

  constructor(
    private readonly nowMs: () => number = () => performance.now(),
    private readonly maxBuckets = 50_000,
  ) {}

  /** Takes one try of `name` for `key`. Refuses `too-many-tries`, with the seconds to wait. */
  take(name: string, key: string, limit: RateLimit): void {
    const bucket = this.filled(`${name} ${key}`, limit);
    if (bucket.tries >= ONE_TRY) {
      bucket.tries -= 1;
      return;
    }
    const retryAfterSeconds = Math.max(1, Math.ceil(((1 - bucket.tries) * 60) / limit.perMinute));
    throw new DomainError('too-many', 'too-many-tries', 'That was too many tries. Wait a while, then try again.', [], { retryAfterSeconds });
  }

  /** One try to sign in, from an address and for an account: both must have one left. A right password gives the account's back with `forgive`. */
  takeSignIn(ip: string, account: string): void {
    this.take('sign-in address', networkOf(ip), SIGN_IN_BY_ADDRESS);
    this.take('sign-in account', account.trim().toLowerCase(), SIGN_IN_BY_ACCOUNT);
  }

  /** After a sign-in that succeeded, so that a person who signs in often is never locked out. */
  forgive(account: string): void {
    this.buckets.delete(`sign-in account ${account.trim().toLowerCase()}`);
  }

  get size(): number {
    return this.buckets.size;
  }

  private filled(name: string, limit: RateLimit): Bucket {
    const now = this.nowMs();
    let bucket = this.buckets.get(name);
    if (!bucket) {
      if (this.buckets.size >= this.maxBuckets) this.forget(now);
      bucket = { tries: limit.burst, filledAtMs: now, limit };
      this.buckets.set(name, bucket);
    }
    bucket.tries = triesAt(bucket, now);
    bucket.filledAtMs = now;
    return bucket;
  }

  /** Drops full buckets, then the oldest, until a tenth is free: a flood of new keys costs memory only once. */
  private forget(now: number): void {
    for (const [name, bucket] of this.buckets) if (triesAt(bucket, now) >= bucket.limit.burst) this.buckets.delete(name);
    const surplus = this.buckets.size - Math.floor(this.maxBuckets * 0.9);
    for (const name of [...this.buckets.keys()].slice(0, Math.max(0, surplus))) this.buckets.delete(name);
  }
}

const triesAt = ({ tries, filledAtMs, limit }: Bucket, now: number): number => Math.min(limit.burst, tries + ((now - filledAtMs) / 60_000) * limit.perMinute);

/** An IPv6 subscriber has a /64 of addresses: they count as one. */
export function networkOf(ip: string): string {
  if (!ip.includes(':') || /^::ffff:\d+\./i.test(ip)) return ip.replace(/^::ffff:/i, '');
  const [head = '', tail] = ip.toLowerCase().split('%')[0]!.split('::');
  const left = head ? head.split(':') : [];
  const right = tail ? tail.split(':') : [];
  const zeros = tail === undefined ? [] : Array.from({ length: Math.max(0, 8 - left.length - right.length) }, () => '0');
  return [...left, ...zeros, ...right]
    .slice(0, 4)
    .map((part) => part.replace(/^0+(?=.)/, ''))
    .join(':');
}
