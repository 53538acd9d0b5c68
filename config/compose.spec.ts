import { describe, expect, it } from '@jest/globals';
import { Ajv } from 'ajv';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';
import { loadConfig, SETTINGS } from '../src/platform/config/index.js';

const top = join(dirname(fileURLToPath(import.meta.url)), '..');
const read = (name: string): string => readFileSync(join(top, name), 'utf8');

interface Service {
  readonly image?: string;
  readonly build?: string;
  readonly environment?: Readonly<Record<string, string>>;
  readonly depends_on?: Readonly<Record<string, { readonly condition: string; readonly required?: boolean }>>;
  readonly volumes?: readonly string[];
  readonly configs?: readonly { readonly source: string }[];
  readonly deploy?: { readonly replicas: number };
  readonly command?: readonly string[];
  readonly healthcheck?: object;
}

interface Compose {
  readonly services: Readonly<Record<string, Service>>;
  readonly volumes: Readonly<Record<string, unknown>>;
  readonly configs: Readonly<Record<string, { readonly content: string }>>;
}

const compose = parse(read('docker-compose.yml'), { merge: true }) as Compose;
const services = Object.entries(compose.services);
const ours = services.filter(([, service]) => service.build !== undefined);

/** Compose's own schema, as dclint carries it; ajv does not know the https form of its marker. */
function schemaFaults(file: unknown): unknown[] {
  const path = join(dirname(createRequire(import.meta.url).resolve('dclint/package.json')), 'schemas', 'compose.schema.json');
  const schema = JSON.parse(readFileSync(path, 'utf8')) as Record<string, unknown>;
  delete schema['$schema'];
  const accepts = new Ajv({ strict: false, allErrors: true, validateFormats: false }).compile(schema);
  return accepts(file) ? [] : accepts.errors!.map((fault) => fault.params);
}

/** `${NAME:-value}` and `${NAME-value}` become their value, `${NAME:?sentence}` and `${NAME}` a stand-in. */
const filledIn = (text: string): string =>
  text.replace(
    /\$\{(\w+)(?::?-([^}]*)|:\?[^}]*)?\}/g,
    (_, name: string, value?: string) => value ?? (name === 'ENCRYPTION_KEYS' ? `k1:${Buffer.alloc(32).toString('base64')}` : 'x'),
  );

describe('docker-compose.yml', () => {
  it('keeps to the schema of Compose', () => {
    expect(schemaFaults(compose)).toEqual([]);
    expect(schemaFaults({ services: { web: { depends_onn: [] } } })).toContainEqual({ additionalProperty: 'depends_onn' });
  });

  it('runs PostgreSQL, Redis, two web and two worker processes', () => {
    expect(compose.services['postgres']!.image).toMatch(/^postgres:18/);
    expect(compose.services['redis']!.image).toMatch(/^redis:/);
    expect([compose.services['web']!.deploy!.replicas, compose.services['worker']!.deploy!.replicas]).toEqual([2, 2]);
    expect(compose.services['postgres']!.volumes).toContain('postgres:/var/lib/postgresql');
  });

  it.each(services)('%s waits only for services that are there and can say that they are ready', (_name, service) => {
    for (const [other, { condition }] of Object.entries(service.depends_on ?? {})) {
      expect(compose.services).toHaveProperty(other);
      if (condition === 'service_healthy') expect(compose.services[other]).toHaveProperty('healthcheck');
    }
    for (const volume of service.volumes ?? []) expect(compose.volumes).toHaveProperty(volume.split(':')[0]!);
    for (const { source } of service.configs ?? []) expect(compose.configs).toHaveProperty(source);
  });

  it.each(ours)('%s is given only settings we know, and such as the program accepts', (_name, service) => {
    expect(Object.keys(service.environment ?? {}).filter((name) => !(SETTINGS as readonly string[]).includes(name))).toEqual([]);
    const environment = Object.fromEntries(Object.entries(service.environment ?? {}).map(([name, value]) => [name, filledIn(value)]));
    expect(() => loadConfig(environment)).not.toThrow();
  });

  it('gives the owner of the tables only to what finishes first', () => {
    expect(ours.filter(([, service]) => service.environment?.['DATABASE_ADMIN_URL']).map(([name]) => name)).toEqual(['prepare']);
    for (const name of ['web', 'worker', 'sandbox'])
      expect(compose.services[name]!.depends_on!['prepare']).toEqual({ condition: 'service_completed_successfully' });
  });

  it('pays through the simulated Stripe, unless it is told not to, and the load of the district keeps its books itself', () => {
    expect(ours.filter(([, service]) => service.environment?.['STRIPE_API_URL']).map(([name]) => name)).toEqual(['web', 'worker']);
    expect(compose.services['web']!.depends_on!['sandbox']).toEqual({ condition: 'service_healthy', required: false });
    const live = { MODE: 'live', STRIPE_SECRET_KEY: 'sk_live_x', STRIPE_WEBHOOK_SECRET: 'whsec_x', STRIPE_API_URL: '' };
    const environment = Object.fromEntries(Object.entries(compose.services['web']!.environment!).map(([name, value]) => [name, filledIn(value)]));
    expect(loadConfig({ ...environment, ...live }).stripe.apiUrl).toBeUndefined();
  });

  it('holds no secret: each must be given, or the file is refused', () => {
    const text = read('docker-compose.yml');
    for (const name of ['POSTGRES_PASSWORD', 'OWNER_PASSWORD', 'APP_PASSWORD', 'ENCRYPTION_KEYS']) {
      expect(text).toContain(`\${${name}:?`);
      expect(text).not.toMatch(new RegExp(`\\$\\{${name}:?-`));
    }
    expect(text).not.toMatch(/(sk|rk|whsec)_/);
  });

  it('makes roles that cannot pass row-level security by', () => {
    const roles = compose.configs['roles']!.content.split('\n').filter((line) => line.startsWith('create role'));
    expect(roles).toHaveLength(2);
    for (const role of roles) expect(role).toContain('nosuperuser nobypassrls');
  });
});

describe('sample.env', () => {
  const lines = read('config/sample.env')
    .split('\n')
    .filter((line) => /^#?[A-Z_]+=/.test(line));

  it('shows every setting once, and none we do not know', () => {
    expect(lines.map((line) => line.replace(/^#?([A-Z_]+)=.*/, '$1')).sort()).toEqual([...SETTINGS].sort());
  });

  it('is accepted as it stands', () => {
    const environment = Object.fromEntries(lines.filter((line) => !line.startsWith('#')).map((line) => line.split('=', 2) as [string, string]));
    expect(() => loadConfig({ ...environment, ENCRYPTION_KEYS: `k1:${Buffer.alloc(32).toString('base64')}` })).not.toThrow();
  });
});
