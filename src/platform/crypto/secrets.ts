import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto';

/** One key of the ring, split in two so that no key serves two purposes. */
interface RingKey {
  readonly kid: string;
  readonly cipherKey: Buffer;
  readonly lookupKey: Buffer;
}

const VERSION = 1;
const IV_BYTES = 12;
const TAG_BYTES = 16;
const KEY_PART = /^([A-Za-z0-9_-]{1,20}):([A-Za-z0-9+/]+={0,2})$/;

/** Text that was encrypted cannot be read: wrong context, a changed byte, or a key we no longer have. Never says which text. */
export class CannotDecrypt extends Error {
  constructor(reason: string) {
    super(`cannot decrypt: ${reason}`);
    this.name = 'CannotDecrypt';
  }
}

/** Encrypts personal columns (NHS numbers, bank details, keys of others) and makes keyed hashes to look them up by.
 *  Keys come as `kid:base64-of-32-bytes`, newest first: the first encrypts, all decrypt. A key is added in front and the
 *  old ones stay until every row is written again.
 *  Bytes stored: version (1), length of kid (1), kid, iv (12), tag (16), ciphertext; AES-256-GCM. */
export class Secrets {
  private constructor(private readonly ring: readonly RingKey[]) {}

  /** Reads ENCRYPTION_KEYS. Throws one error that names every fault, and no key. */
  static from(text: string): Secrets {
    const faults: string[] = [];
    const ring: RingKey[] = [];
    text.split(',').forEach((part, index) => {
      const [, kid, encoded] = KEY_PART.exec(part.trim()) ?? [];
      const master = Buffer.from(encoded ?? '', 'base64');
      if (!kid || master.length !== 32) faults.push(`key ${index + 1} must be a name, a colon and 32 bytes in base64`);
      else if (ring.some((key) => key.kid === kid)) faults.push(`the name ${kid} is given to two keys`);
      else ring.push({ kid, cipherKey: derive(master, 'encrypt'), lookupKey: derive(master, 'lookup') });
    });
    if (faults.length > 0) throw new Error(`ENCRYPTION_KEYS: ${faults.join('; ')}`);
    return new Secrets(ring);
  }

  /** Text in, bytes out, different each time. `context` binds them to their place (`person.nhs_number:<id>`): bytes moved
   *  to another row or column do not decrypt there. */
  encrypt(text: string, context: string): Buffer {
    const { kid, cipherKey } = this.ring[0]!;
    const head = headOf(kid);
    const iv = randomBytes(IV_BYTES);
    const cipher = createCipheriv('aes-256-gcm', cipherKey, iv, { authTagLength: TAG_BYTES }).setAAD(boundTo(head, context));
    const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
    return Buffer.concat([head, iv, cipher.getAuthTag(), body]);
  }

  /** The text again. Throws `CannotDecrypt` for another context, a changed byte or an unknown key. */
  decrypt(bytes: Uint8Array, context: string): string {
    const stored = Buffer.from(bytes);
    const key = this.keyOf(stored);
    const head = headOf(key.kid);
    if (stored.length < head.length + IV_BYTES + TAG_BYTES) throw new CannotDecrypt('too short');
    const iv = stored.subarray(head.length, head.length + IV_BYTES);
    const tag = stored.subarray(head.length + IV_BYTES, head.length + IV_BYTES + TAG_BYTES);
    const body = stored.subarray(head.length + IV_BYTES + TAG_BYTES);
    const decipher = createDecipheriv('aes-256-gcm', key.cipherKey, iv, { authTagLength: TAG_BYTES });
    decipher.setAuthTag(tag).setAAD(boundTo(head, context));
    try {
      return decipher.update(body, undefined, 'utf8') + decipher.final('utf8');
    } catch {
      throw new CannotDecrypt('changed, or not from this place');
    }
  }

  /** A keyed hash (HMAC-SHA256, 32 bytes), the same for the same text and purpose, for a unique column to search by.
   *  Made with the oldest key of the ring, so that it stays the same when a newer key is put in front. Before the oldest
   *  key is dropped, every hash is made again. Normalise the text first. */
  lookup(text: string, purpose: string): Buffer {
    const { lookupKey } = this.ring.at(-1)!;
    return createHmac('sha256', lookupKey).update(purpose).update('\0').update(text).digest();
  }

  /** True when the bytes were made with a key that is no longer first: time to write them again. */
  isOld(bytes: Uint8Array): boolean {
    return this.keyOf(Buffer.from(bytes)).kid !== this.ring[0]!.kid;
  }

  private keyOf(stored: Buffer): RingKey {
    if (stored.length < 2 || stored[0] !== VERSION) throw new CannotDecrypt('not in a form we know');
    const kid = stored.subarray(2, 2 + stored[1]!).toString('latin1');
    const key = this.ring.find((each) => each.kid === kid);
    if (!key) throw new CannotDecrypt('its key is not in ENCRYPTION_KEYS');
    return key;
  }
}

const derive = (master: Buffer, purpose: string): Buffer => Buffer.from(hkdfSync('sha256', master, '', `commonpurse:${purpose}`, 32));
const headOf = (kid: string): Buffer => Buffer.from([VERSION, kid.length, ...Buffer.from(kid, 'latin1')]);
const boundTo = (head: Buffer, context: string): Buffer => Buffer.concat([head, Buffer.from(context, 'utf8')]);
