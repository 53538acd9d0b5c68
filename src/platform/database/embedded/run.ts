import { spawn } from 'node:child_process';

/** The system user a program runs as; undefined means the one we are. */
export interface Account {
  readonly uid: number;
  readonly gid: number;
}

export interface Outcome {
  readonly code: number;
  /** Standard output and error together. */
  readonly output: string;
}

/** What PostgreSQL may see of our environment. Our keys and secrets are not in it, nor are PG* or library paths. */
const passedOn = ['PATH', 'SystemRoot', 'windir', 'ComSpec', 'TEMP', 'TMP', 'TMPDIR'];

function environment(): NodeJS.ProcessEnv {
  const kept = passedOn.flatMap((name) => (process.env[name] === undefined ? [] : [[name, process.env[name]]]));
  return { ...Object.fromEntries(kept), LC_ALL: 'C', TZ: 'UTC' };
}

/** Runs a program from the root folder (ours may be closed to the other user) and waits for its end. Never throws:
 *  a program that cannot be started has code 127 and the reason as its output. */
export function run(file: string, args: readonly string[], account?: Account): Promise<Outcome> {
  return new Promise((resolve) => {
    const child = spawn(file, args, { cwd: '/', env: environment(), stdio: ['ignore', 'pipe', 'pipe'], windowsHide: true, ...account });
    let output = '';
    const gather = (part: Buffer): void => {
      output = (output + part.toString()).slice(-20_000);
    };
    child.stdout.on('data', gather);
    child.stderr.on('data', gather);
    child.on('error', (error) => resolve({ code: 127, output: error.message }));
    child.on('close', (code) => resolve({ code: code ?? 1, output }));
    // A server left running could hold the pipes open: wait for them no longer than this.
    child.on('exit', (code) => setTimeout(() => resolve({ code: code ?? 1, output }), 500).unref());
  });
}

/** The last lines of a text, for a message. */
export const lastLines = (text: string, count = 4): string => text.trim().split('\n').slice(-count).join('\n');
