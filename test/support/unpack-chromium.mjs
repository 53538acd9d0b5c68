/** Unpacks the headless Chromium of `@sparticuz/chromium` (Linux on x64, 200 MB, 4 seconds) into `.cache`, where it stays. */
import { execFile } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const top = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
const manifest = join(top, 'node_modules', '@sparticuz', 'chromium', 'package.json');

/** Where the unpacked browser lies: `chromium`, `fonts`, and `al2023/lib` with libraries a bare machine lacks. */
export const chromiumFolder = () => (existsSync(manifest) ? join(top, '.cache', `chromium-${JSON.parse(readFileSync(manifest, 'utf8')).version}`) : undefined);

/** The folder, or undefined where this machine cannot use it. Safe when several unpack at once: each does it aside. */
export async function unpackChromium() {
  const folder = chromiumFolder();
  if (!folder || process.platform !== 'linux' || process.arch !== 'x64') return undefined;
  if (existsSync(join(folder, 'chromium'))) return folder;
  const aside = `${folder}.${process.pid}`;
  await rm(aside, { recursive: true, force: true });
  await mkdir(aside, { recursive: true });
  // In a process of its own: the package writes to TMPDIR and changes the environment of whoever imports it. The name of
  // a cloud function's runtime makes it unpack its own libraries too.
  const program = "import('@sparticuz/chromium').then((found) => found.default.executablePath())";
  await promisify(execFile)(process.execPath, ['-e', program], {
    cwd: top,
    env: { ...process.env, TMPDIR: aside, AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs20.x' },
  });
  await writeFile(join(aside, 'fonts', 'fonts.conf'), fontsConf(folder)); // the package's own names folders of its own
  await rename(aside, folder).catch(() => rm(aside, { recursive: true, force: true }));
  return folder;
}

const fontsConf = (folder) => `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir>${join(folder, 'fonts')}</dir>
  <dir>/usr/share/fonts</dir>
  <cachedir>${join(folder, 'fonts-cache')}</cachedir>
</fontconfig>
`;
