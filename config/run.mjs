/** Runs one of the compiled programs (start, main, worker, cli …), building first when sources are newer. */
import { build } from './build.mjs';

const [program, ...rest] = process.argv.slice(2);
await build();
process.argv = [process.argv[0], program, ...rest];
await import(`../dist/src/${program}.js`);
