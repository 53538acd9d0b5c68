import { parseArgs } from 'node:util';
import { BadSettings } from '../platform/index.js';
import { DomainError } from '../kernel/index.js';

export interface Call {
  readonly words: readonly string[];
  readonly options: Readonly<Record<string, string | boolean | undefined>>;
  /** For machines: one JSON document on standard output and nothing else there. */
  readonly json: boolean;
}

/** One operators' command. `run` answers the exit code. */
export interface Command {
  /** The words that name it: `statement inspect`. */
  readonly name: string;
  readonly usage: string;
  readonly what: string;
  /** Options that take a value; the others are flags. */
  readonly values?: readonly string[];
  readonly flags?: readonly string[];
  /** The exit code of a refusal, when it is not 1: of commands whose refusals are all about what was typed. */
  readonly exitOfRefusal?: 2;
  run(call: Call): Promise<number>;
}

export const print = (line: string): void => void process.stdout.write(`${line}\n`);
export const printJson = (value: unknown): void =>
  print(JSON.stringify(value, (_key, inner: unknown) => (typeof inner === 'bigint' ? Number(inner) : inner), 2));
const complain = (line: string): void => void process.stderr.write(`${line}\n`);

/** Finds the command by its words, reads its options, runs it. A refusal is a sentence on standard error and exit code 1;
 *  a call that is not understood is exit code 2. */
export async function runCommand(commands: readonly Command[], argv: readonly string[]): Promise<number> {
  const command = [...commands].sort((a, b) => b.name.length - a.name.length).find((each) => each.name.split(' ').every((word, place) => argv[place] === word));
  if (!command) {
    const wantsHelp = argv.length === 0 || ['--help', 'help', '-h'].includes(argv[0]!);
    (wantsHelp ? print : complain)(
      `${wantsHelp ? '' : `There is no command "${argv.join(' ')}".\n\n`}Commands:\n${commands.map((each) => `  ${each.usage.padEnd(64)} ${each.what}`).join('\n')}`,
    );
    return wantsHelp ? 0 : 2;
  }
  const rest = argv.slice(command.name.split(' ').length);
  const options = Object.fromEntries([
    ...(command.values ?? []).map((name) => [name, { type: 'string' as const }]),
    ...[...(command.flags ?? []), 'help', 'json'].map((name) => [name, { type: 'boolean' as const }]),
  ]);
  let parsed: { values: Record<string, string | boolean | undefined>; positionals: string[] };
  try {
    parsed = parseArgs({ args: [...rest], options, allowPositionals: true, strict: true }) as typeof parsed;
  } catch (error) {
    complain(`${(error as Error).message}\n\nUsage: npm run cli -- ${command.usage}`);
    return 2;
  }
  if (parsed.values['help']) {
    print(`npm run cli -- ${command.usage}\n\n${command.what}`);
    return 0;
  }
  try {
    return await command.run({ words: parsed.positionals, options: parsed.values, json: parsed.values['json'] === true });
  } catch (error) {
    return failed(error, parsed.values['json'] === true, command.exitOfRefusal ?? 1);
  }
}

function failed(error: unknown, json: boolean, exitOfRefusal: number): number {
  if (error instanceof DomainError) {
    const problem = { code: error.code, message: error.message, fields: error.fields, facts: error.facts };
    if (json) printJson({ problem });
    complain([error.message, ...error.fields.map((fault) => `  ${fault.field}: ${fault.message}`)].join('\n'));
    return exitOfRefusal;
  }
  complain(error instanceof BadSettings ? error.message : `Failed: ${(error as Error).stack ?? String(error)}`);
  return 1;
}
