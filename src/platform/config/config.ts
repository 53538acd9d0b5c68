import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { isAbsolute, join, resolve } from 'node:path';
import type { MailSettings } from './mail-settings.js';
import { readMail } from './mail-settings.js';

/** Every setting we know, by its name in the environment. docker-compose.yml and sample.env are checked against this list. */
export const SETTINGS = [
  'PORT',
  'HOST',
  'DATA_DIR',
  'MODE',
  'DATABASE_URL',
  'DATABASE_ADMIN_URL',
  'REDIS_URL',
  'STRIPE_SECRET_KEY',
  'STRIPE_WEBHOOK_SECRET',
  'STRIPE_API_URL',
  'OIDC_ISSUER',
  'OIDC_CLIENT_ID',
  'SMTP_URL',
  'MAIL_FROM',
  'ENCRYPTION_KEYS',
  'PUBLIC_URL',
  'LOG_LEVEL',
  'TRUST_PROXY',
] as const;

export type SettingName = (typeof SETTINGS)[number];
export type Environment = Readonly<Record<string, string | undefined>>;

export interface Config {
  readonly port: number;
  readonly host: string;
  /** Absolute path; the embedded database, keys made by us, and the sandbox's books live here. */
  readonly dataDir: string;
  readonly mode: 'demo' | 'live';
  /** The app's own role. Undefined: the embedded server's address is filled in at start. */
  readonly databaseUrl: string | undefined;
  /** The role that owns the tables; used by `migrate` alone. */
  readonly databaseAdminUrl: string | undefined;
  readonly redisUrl: string | undefined;
  readonly stripe: { readonly secretKey: string | undefined; readonly webhookSecret: string | undefined; readonly apiUrl: string | undefined };
  /** Undefined: nothing carries emails out of the house. */
  readonly mail: MailSettings | undefined;
  /** `kid:base64,…`: the first encrypts, all decrypt. */
  readonly encryptionKeys: string;
  readonly publicUrl: string;
  readonly logLevel: string;
  readonly trustProxy: boolean;
}

/** Injection token for `Config`. */
export const CONFIG = Symbol('config');

/** All faults of the settings together, so that one start shows them all. */
export class BadSettings extends Error {
  constructor(readonly faults: readonly string[]) {
    super(`These settings are wrong:\n${faults.map((fault) => `  - ${fault}`).join('\n')}`);
    this.name = 'BadSettings';
  }
}

const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'];

/** Reads and checks the environment. Throws `BadSettings` naming every fault; reads nothing else of the environment afterwards. */
export function loadConfig(env: Environment): Config {
  const faults: string[] = [];
  const read = (name: SettingName): string | undefined => env[name]?.trim() || undefined;
  const url = (name: SettingName, schemes: readonly string[]): string | undefined => {
    const text = read(name);
    if (text === undefined) return undefined;
    if (!URL.canParse(text) || !schemes.includes(new URL(text).protocol))
      faults.push(`${name} must be an address starting with ${schemes.map((s) => `${s}//`).join(' or ')}`);
    return text;
  };

  const portText = read('PORT') ?? '3000';
  const port = /^\d{1,5}$/.test(portText) ? Number(portText) : Number.NaN;
  if (!(port >= 0 && port <= 65_535)) faults.push(`PORT must be a number from 0 to 65535, not "${portText}"`);

  const mode = read('MODE') ?? 'demo';
  if (mode !== 'demo' && mode !== 'live') faults.push(`MODE must be demo or live, not "${mode}"`);

  const logLevel = read('LOG_LEVEL') ?? 'info';
  if (!LOG_LEVELS.includes(logLevel)) faults.push(`LOG_LEVEL must be one of ${LOG_LEVELS.join(', ')}, not "${logLevel}"`);

  const databaseUrl = url('DATABASE_URL', ['postgres:', 'postgresql:']);
  const databaseAdminUrl = url('DATABASE_ADMIN_URL', ['postgres:', 'postgresql:']);
  if (databaseAdminUrl && !databaseUrl) faults.push('DATABASE_ADMIN_URL is set but DATABASE_URL is not: set both, or neither for the embedded database');
  const redisUrl = url('REDIS_URL', ['redis:', 'rediss:']);
  const { mail, faults: mailFaults } = readMail(url('SMTP_URL', ['smtp:', 'smtps:']), read('MAIL_FROM'));
  faults.push(...mailFaults);
  const publicUrl = url('PUBLIC_URL', ['http:', 'https:']);
  const apiUrl = url('STRIPE_API_URL', ['http:', 'https:']);
  if (apiUrl && URL.canParse(apiUrl) && new URL(apiUrl).pathname !== '/') faults.push('STRIPE_API_URL takes a scheme, host and port only, no path');
  const secretKey = read('STRIPE_SECRET_KEY');
  if (secretKey && !/^(sk|rk)_(test|live)_/.test(secretKey)) faults.push('STRIPE_SECRET_KEY must start with sk_test_, sk_live_, rk_test_ or rk_live_');
  if (mode === 'live' && !secretKey) faults.push('MODE=live needs STRIPE_SECRET_KEY: the sandbox is for demonstrations only');
  if (mode === 'live' && apiUrl) faults.push('MODE=live does not take STRIPE_API_URL: live money goes to Stripe itself');
  const webhookSecret = read('STRIPE_WEBHOOK_SECRET');
  if (secretKey && !webhookSecret) faults.push('STRIPE_SECRET_KEY is set but STRIPE_WEBHOOK_SECRET is not: webhooks could not be checked');

  const dataDir = read('DATA_DIR') ?? '.data';
  const encryptionKeys = read('ENCRYPTION_KEYS');
  if (encryptionKeys) faults.push(...faultsOfKeys(encryptionKeys));
  else if (mode === 'live') faults.push('MODE=live needs ENCRYPTION_KEYS (kid:base64 of 32 bytes, comma between keys)');

  if (faults.length > 0) throw new BadSettings(faults);
  const folder = isAbsolute(dataDir) ? dataDir : resolve(dataDir);
  return {
    port,
    host: read('HOST') ?? '0.0.0.0',
    dataDir: folder,
    mode: mode as 'demo' | 'live',
    databaseUrl,
    databaseAdminUrl,
    redisUrl,
    stripe: { secretKey, webhookSecret, apiUrl },
    mail,
    encryptionKeys: encryptionKeys ?? keyMadeIn(folder),
    publicUrl: publicUrl ?? `http://localhost:${port}`,
    logLevel,
    trustProxy: read('TRUST_PROXY') === 'true',
  };
}

function faultsOfKeys(text: string): string[] {
  return text.split(',').flatMap((part, index) => {
    const match = /^([A-Za-z0-9_-]{1,20}):([A-Za-z0-9+/=]+)$/.exec(part.trim());
    if (!match || Buffer.from(match[2]!, 'base64').length !== 32) return [`ENCRYPTION_KEYS: key ${index + 1} must be a name, a colon and 32 bytes in base64`];
    return [];
  });
}

/** In demo mode a missing key is made once and kept in the data folder. */
function keyMadeIn(folder: string): string {
  const path = join(folder, 'encryption.keys');
  mkdirSync(folder, { recursive: true });
  if (!existsSync(path)) {
    try {
      writeFileSync(path, `demo:${randomBytes(32).toString('base64')}`, { mode: 0o600, flag: 'wx' });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
  }
  return readFileSync(path, 'utf8').trim();
}
