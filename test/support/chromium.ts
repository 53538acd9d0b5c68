import { existsSync, statfsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { type Browser, chromium } from 'playwright-core';
import { unpackChromium } from './unpack-chromium.mjs';

/** Memory that processes share, where there is enough of it. A browser that is told not to use it, as Playwright tells it unless asked not to,
 *  writes each picture of a page into files of the temporary folder. */
function hasSharedMemory(): boolean {
  if (!existsSync('/dev/shm')) return false;
  const { bavail, bsize } = statfsSync('/dev/shm');
  return bavail * bsize > 512 * 2 ** 20;
}

/** What the browser leaves be. `RenderDocument` makes a new frame for each page of the same site, compositor and all, which doubled what
 *  following a link costs (docs/decisions/029-the-browser-of-the-tests.md). The rest are those of Playwright's own list that concern us: of two
 *  lists the browser heeds the last. */
const WITHOUT = [
  'RenderDocument',
  'AvoidUnnecessaryBeforeUnloadCheckSync',
  'DestroyProfileOnBrowserClose',
  'HttpsUpgrades',
  'HttpsFirstBalancedModeAutoEnable',
  'MediaRouter',
  'PaintHolding',
  'ThirdPartyStoragePartitioning',
  'AvoidCorsURLLoaderRestartOnRedirect',
  'OptimizationHints',
  'NetworkTimeServiceQuerying',
];

/** The packaged browser's own arguments switch web security off, and tests of security would lie: so only ours. No page lives long enough to earn
 *  back what optimising its scripts costs, by either of the two compilers that do. */
const args = ['--no-sandbox', '--disable-gpu', '--font-render-hinting=none', `--disable-features=${WITHOUT.join(',')}`, '--js-flags=--no-opt,--no-maglev'];
const ignoreDefaultArgs = hasSharedMemory() ? ['--disable-dev-shm-usage'] : [];

const systemNames = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome.exe'];
const systemPaths = ['/Applications/Chromium.app/Contents/MacOS/Chromium', '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome'];

/** A headless browser: the one CHROMIUM_PATH names, else the packaged one (the same version for everyone), else the
 *  system's. Close it yourself. Throws when this machine has none that starts. */
export async function launchChromium(): Promise<Browser> {
  const problems: string[] = [];
  for (const { executablePath, env } of await candidates()) {
    try {
      return await chromium.launch({ executablePath, args, ignoreDefaultArgs, env });
    } catch (error) {
      problems.push(`${executablePath}: ${(error as Error).message.split('\n').slice(0, 3).join(' ')}`);
    }
  }
  throw new Error(`No browser for the tests. Install Chromium, or name one in CHROMIUM_PATH.\n${problems.join('\n')}`);
}

interface Candidate {
  readonly executablePath: string;
  readonly env: Record<string, string>;
}

async function candidates(): Promise<Candidate[]> {
  const env = Object.fromEntries(Object.entries(process.env).filter((entry): entry is [string, string] => entry[1] !== undefined));
  const named = process.env['CHROMIUM_PATH'];
  if (named) return [{ executablePath: named, env }];
  const folder = await unpackChromium();
  const packaged = folder
    ? [{ executablePath: join(folder, 'chromium'), env: { ...env, LD_LIBRARY_PATH: join(folder, 'al2023', 'lib'), FONTCONFIG_PATH: join(folder, 'fonts') } }]
    : [];
  const onPath = (process.env['PATH'] ?? '').split(delimiter).flatMap((place) => systemNames.map((name) => join(place, name)));
  return [...packaged, ...[...onPath, ...systemPaths].filter(existsSync).map((executablePath) => ({ executablePath, env }))];
}
