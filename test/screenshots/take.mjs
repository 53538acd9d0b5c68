/** `npm run screenshots [-- name…]`: starts the compiled app in a folder of its own with the invented district, signs in as each
 *  person and photographs the main pages at phone and desk width into docs/screenshots/. Set SCREENSHOTS_URL to use a running copy. */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';
import { build } from '../../config/build.mjs';
import { unpackChromium } from '../support/unpack-chromium.mjs';

const top = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
const WIDTHS = { phone: 375, desk: 1280 };

/** The main pages: who looks, and the way there as links to follow, each a pattern of its address. */
const SHOTS = [
  { name: 'sign-in', way: ['/sign-in'] },
  { name: 'holder-home', as: 'holder', way: ['/'] },
  { name: 'good-life', as: 'holder', way: ['/', /\/good-life$/] },
  { name: 'suggestions', as: 'holder', way: ['/', /\/suggestions$/] },
  { name: 'friends', as: 'holder', way: ['/', /\/suggestions$/, /\/friends$/] },
  { name: 'groups', as: 'holder', way: ['/', /\/suggestions$/, /\/groups$/] },
  { name: 'workbench', as: 'broker', way: ['/', /\/workbench$/] },
  { name: 'decisions', as: 'holder', way: ['/pools', /\/pools\/[0-9a-f-]{36}$/, /\/decisions$/] },
  { name: 'money', as: 'holder', way: ['/', /\/money$/] },
  { name: 'budget-line', as: 'holder', way: ['/', /\/money$/, /\/money\/[0-9a-f-]{36}$/] },
  { name: 'pool', as: 'holder', way: ['/pools', /\/pools\/[0-9a-f-]{36}$/] },
  { name: 'agreement', as: 'holder', way: ['/pools', /\/pools\/[0-9a-f-]{36}$/, /\/agreement$/] },
  { name: 'agreement-pictures', as: 'holder', way: ['/pools', /\/pools\/[0-9a-f-]{36}$/, /\/agreement$/, /\/agreement\/easy-read$/] },
  { name: 'pledges', as: 'holder', way: ['/pools', /\/pools\/[0-9a-f-]{36}$/, /\/pledges$/] },
  { name: 'if-holder-fails', as: 'holder', way: ['/pools', /\/pools\/[0-9a-f-]{36}$/, /\/pools\/[0-9a-f-]{36}\/money$/, /\/if-holder-fails$/] },
  { name: 'what-happened', as: 'holder', way: ['/pools', /\/pools\/[0-9a-f-]{36}$/, /\/history$/] },
  { name: 'put-in', as: 'holder', way: ['/pools', /\/pools\/[0-9a-f-]{36}$/, /\/put-in$/] },
  { name: 'own-money', as: 'holder', way: ['/pools', /\/pools\/[0-9a-f-]{36}$/, /\/put-in$/, /\/own-money$/] },
  { name: 'broker-home', as: 'broker', way: ['/'] },
  { name: 'broker-people', as: 'broker', way: ['/caseload'] },
  { name: 'broker-waiting', as: 'broker', way: ['/chasing'] },
  { name: 'my-brokers', as: 'holder', way: ['/', /\/brokers$/] },
  { name: 'options', as: 'holder', way: ['/', /\/brokers$/, /\/options$/, /\/options\/[0-9a-f-]{36}$/] },
  { name: 'visit', as: 'holder', way: ['/', /\/brokers$/, /\/visits$/, /\/visits\/[0-9a-f-]{36}$/] },
  { name: 'provider-home', as: 'provider', way: ['/'] },
  { name: 'finance-home', as: 'finance-checker', way: ['/'] },
  { name: 'pay-run', as: 'finance-checker', way: ['/pay-runs', /\/pay-runs\/[0-9a-f-]{36}$/] },
  { name: 'statement', as: 'finance-maker', way: ['/statements', /\/statements\/[0-9a-f-]{36}$/] },
  { name: 'proof', as: 'finance-maker', way: ['/proof'] },
  { name: 'debts', as: 'finance-maker', way: ['/debts'] },
  { name: 'coordinator-home', as: 'coordinator', way: ['/'] },
  { name: 'operator-jobs', as: 'operator', way: ['/jobs'] },
  { name: 'auditor-home', as: 'auditor', way: ['/'] },
  { name: 'penny', as: 'auditor', way: ['/payments?show=done', /\/payments\/[0-9a-f-]{36}$/, /\/follow\//] },
  { name: 'funder-money', as: 'auditor', way: ['/', /\/funder-money$/] },
  { name: 'funder-penny', as: 'auditor', way: ['/', /\/funder-money$/, /\/follow\/funder-share\//] },
  { name: 'my-penny', as: 'holder', way: ['/', /\/money$/, /\/money\/[0-9a-f-]{36}$/, /\/follow$/] },
  { name: 'journal', as: 'auditor', way: ['/', /\/journal$/] },
];

const freePort = () =>
  new Promise((resolve, reject) => {
    const server = createServer()
      .once('error', reject)
      .listen(0, '127.0.0.1', () => {
        const { port } = server.address();
        server.close(() => resolve(port));
      });
  });

async function startApp() {
  if (process.env.SCREENSHOTS_URL) return { url: process.env.SCREENSHOTS_URL, stop: async () => undefined };
  await build();
  const folder = await mkdtemp(join(tmpdir(), 'commonpurse-screenshots-'));
  await chmod(folder, 0o755);
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const child = spawn(process.execPath, [join(top, 'dist', 'src', 'start.js')], {
    cwd: top,
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { ...process.env, PORT: String(port), DATA_DIR: folder, HOST: '127.0.0.1', PUBLIC_URL: url },
  });
  for (let i = 0; i < 1200 && child.exitCode === null; i++) {
    if ((await fetch(`${url}/health/ready`).catch(() => undefined))?.status === 200) {
      return {
        url,
        stop: async () => {
          const ended = new Promise((resolve) => child.once('exit', resolve));
          child.kill('SIGTERM');
          await ended;
          await rm(folder, { recursive: true, force: true });
        },
      };
    }
    await sleep(250);
  }
  throw new Error('the app did not start');
}

async function launch() {
  const folder = process.env.CHROMIUM_PATH ? undefined : await unpackChromium();
  const executablePath = process.env.CHROMIUM_PATH ?? (folder ? join(folder, 'chromium') : ['/usr/bin/chromium', '/usr/bin/google-chrome'].find(existsSync));
  const env = folder ? { ...process.env, LD_LIBRARY_PATH: join(folder, 'al2023', 'lib'), FONTCONFIG_PATH: join(folder, 'fonts') } : process.env;
  return chromium.launch({ executablePath, env, args: ['--no-sandbox', '--disable-dev-shm-usage', '--disable-gpu', '--font-render-hinting=none'] });
}

/** Follows the way: an address is opened, a pattern is the first link on the page whose address fits. */
async function goTo(page, url, way) {
  for (const step of way) {
    if (typeof step === 'string') await page.goto(`${url}${step}`);
    else {
      const hrefs = await page.locator('main a[href], nav a[href]').evaluateAll((links) => links.map((link) => link.getAttribute('href').split('?')[0]));
      const found = hrefs.find((href) => step.test(href));
      if (!found) throw new Error(`${page.url()} has no link like ${step}`);
      await page.goto(`${url}${found}`);
    }
  }
}

const wanted = process.argv.slice(2);
const { DEMO_PASSWORD } = await import('../../dist/src/seed/index.js').catch(async () => {
  await build();
  return import('../../dist/src/seed/index.js');
});
const app = await startApp();
const browser = await launch();
const out = join(top, 'docs', 'screenshots');
await mkdir(out, { recursive: true });
let failed = 0;
for (const shot of SHOTS.filter(({ name }) => wanted.length === 0 || wanted.includes(name))) {
  for (const [device, width] of Object.entries(WIDTHS)) {
    const context = await browser.newContext({
      viewport: { width, height: device === 'phone' ? 812 : 900 },
      deviceScaleFactor: 1,
      locale: 'en-GB',
      timezoneId: 'Europe/London',
    });
    const page = await context.newPage();
    try {
      if (shot.as) {
        await page.goto(`${app.url}/sign-in`);
        await page.fill('[name=username]', shot.as);
        await page.fill('[name=password]', DEMO_PASSWORD);
        await Promise.all([page.waitForNavigation(), page.click('main button[type=submit]')]);
      }
      await goTo(page, app.url, shot.way);
      await page.screenshot({ path: join(out, `${shot.name}-${device}.png`), fullPage: true });
      process.stdout.write(`${shot.name}-${device}.png\n`);
    } catch (error) {
      failed += 1;
      process.stderr.write(`${shot.name} (${device}): ${error.message.split('\n')[0]}\n`);
    } finally {
      await context.close();
    }
  }
}
await browser.close();
await app.stop();
process.exitCode = failed === 0 ? 0 : 1;
