import { Readable } from 'node:stream';
import { commands } from '../../src/cli/commands.js';
import { runCommand } from '../../src/cli/run-command.js';

export interface Said {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** What `work` reads from standard input, piped in. */
export async function withTyped<T>(lines: readonly string[], work: () => Promise<T>): Promise<T> {
  const stdin = Object.getOwnPropertyDescriptor(process, 'stdin')!;
  Object.defineProperty(process, 'stdin', { configurable: true, value: Readable.from(lines.map((line) => `${line}\n`)) });
  try {
    return await work();
  } finally {
    Object.defineProperty(process, 'stdin', stdin);
  }
}

/** Runs an operators' command in this process, with the settings given and nothing else of the environment's, and catches what it prints. */
export async function commandLine(settings: Readonly<Record<string, string>>, ...argv: readonly string[]): Promise<Said> {
  const said = { out: '', err: '' };
  const [before, stdout, stderr] = [{ ...process.env }, process.stdout.write.bind(process.stdout), process.stderr.write.bind(process.stderr)];
  const caught = (into: 'out' | 'err') => (text: string | Uint8Array) => {
    said[into] += String(text);
    return true;
  };
  Object.assign(process.env, settings);
  process.stdout.write = caught('out') as typeof process.stdout.write;
  process.stderr.write = caught('err') as typeof process.stderr.write;
  try {
    return { code: await runCommand(commands, argv), ...said };
  } finally {
    process.stdout.write = stdout;
    process.stderr.write = stderr;
    for (const name of Object.keys(settings)) if (before[name] === undefined) delete process.env[name];
    Object.assign(process.env, before);
  }
}
