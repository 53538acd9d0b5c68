import { DomainError } from './kernel/index.js';
import { BadSettings } from './platform/index.js';

/** How long an orderly end may take before the process leaves anyway. */
const PATIENCE_MS = 20_000;

/** Runs a program until it is told to stop (a signal, a lost parent, a lost database), then closes what it opened, in order.
 *  A start that fails says why on standard error and exits with 1. */
export async function runProgram(name: string, start: (life: { stopping: (error: Error) => void }) => Promise<() => Promise<void>>): Promise<void> {
  let close: (() => Promise<void>) | undefined;
  let isStopping = false;
  const stop = (why: string, code: number): void => {
    if (isStopping) return;
    isStopping = true;
    process.stderr.write(`${name}: stopping (${why})\n`);
    setTimeout(() => process.exit(code || 1), PATIENCE_MS).unref();
    (close?.() ?? Promise.resolve()).then(
      () => process.exit(code),
      (error: unknown) => {
        process.stderr.write(`${name}: could not stop in order: ${(error as Error).message}\n`);
        process.exit(1);
      },
    );
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => stop(signal, 0));
  watchParent(() => stop('the process that started this one is gone', 0));
  try {
    close = await start({ stopping: (error) => stop(error.message, 1) });
    if (isStopping) await close();
  } catch (error) {
    process.stderr.write(`${sentenceOf(name, error)}\n`);
    process.exit(1);
  }
}

/** A refusal or a bad setting speaks for itself; anything else is a fault of ours, with its stack. */
const sentenceOf = (name: string, error: unknown): string =>
  error instanceof BadSettings || error instanceof DomainError ? error.message : `${name} could not start: ${(error as Error).stack ?? String(error)}`;

/** npm passes a signal to a shell that dies alone: a changed parent means that we were told to stop. */
function watchParent(onGone: () => void): void {
  const parent = process.ppid;
  if (parent <= 1) return;
  setInterval(() => {
    if (process.ppid !== parent) onGone();
  }, 1000).unref();
}
