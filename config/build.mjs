/** Compiles src/ and migrations/ into dist/ with swc, copies templates, and makes the stylesheet.
 *  Without --force it does nothing when dist/ is newer than every source file. Messages go to standard error. */
import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

const top = join(dirname(fileURLToPath(import.meta.url)), '..');
const stamp = join(top, 'dist', '.built');

function* filesIn(folder) {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) yield* filesIn(path);
    else yield path;
  }
}

const sources = () =>
  ['src', 'migrations']
    .map((name) => join(top, name))
    .filter(existsSync)
    .flatMap((folder) => [...filesIn(folder)]);

function isFresh() {
  if (!existsSync(stamp)) return false;
  const builtAt = statSync(stamp).mtimeMs;
  const watched = [...sources(), join(top, 'package.json'), join(top, '.swcrc')];
  return watched.every((path) => statSync(path).mtimeMs <= builtAt) && Number(readFileSync(stamp, 'utf8')) === sources().length;
}

/** Sass takes seconds, so the stylesheet is made again only when one of its sources changed. */
async function makeStylesheet(made, force) {
  const folder = join(top, 'src', 'portal', 'assets');
  const theme = join(folder, 'theme.scss');
  if (!existsSync(theme)) return;
  const target = join(top, 'dist', 'src', 'portal', 'assets', 'theme.css');
  made.add(target);
  const scss = [...filesIn(folder)].filter((path) => path.endsWith('.scss'));
  if (!force && existsSync(target) && scss.every((path) => statSync(path).mtimeMs <= statSync(target).mtimeMs)) return;
  const sass = await import('sass');
  mkdirSync(dirname(target), { recursive: true });
  try {
    writeFileSync(
      target,
      sass.compile(theme, { style: 'compressed', quietDeps: true, loadPaths: [join(top, 'node_modules')], silenceDeprecations: ['import'] }).css,
    );
  } catch (error) {
    if (force || !existsSync(target)) throw error;
    process.stderr.write(`the stylesheet was left as it was: ${error.message}\n`);
  }
}

/** Builds when needed; answers whether it did. Files of dist/ whose source is gone are removed. */
export async function build(force = false) {
  if (!force && isFresh()) return false;
  const swc = await import('@swc/core');
  const startedAt = new Date();
  const made = new Set([stamp]);
  for (const path of sources()) {
    const name = relative(top, path);
    if (/\.(spec|test)\.ts$/.test(name) || name.endsWith('.d.ts')) continue;
    const target = join(top, 'dist', name);
    mkdirSync(dirname(target), { recursive: true });
    if (name.endsWith('.ts')) {
      const { code, map } = await swc.transformFile(path, { configFile: join(top, '.swcrc'), filename: path });
      const js = target.replace(/\.ts$/, '.js');
      writeFileSync(js, `${code}\n//# sourceMappingURL=${js.split('/').pop()}.map\n`);
      writeFileSync(`${js}.map`, map ?? '{}');
      made.add(js).add(`${js}.map`);
    } else if (!name.endsWith('.scss')) {
      copyFileSync(path, target);
      made.add(target);
    }
  }
  await makeStylesheet(made, force);
  for (const path of [...filesIn(join(top, 'dist'))]) if (!made.has(path)) rmSync(path);
  writeFileSync(stamp, String(sources().length));
  process.stderr.write(`built ${made.size} files in ${Date.now() - startedAt.getTime()} ms\n`);
  return true;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await build(process.argv.includes('--force'));
