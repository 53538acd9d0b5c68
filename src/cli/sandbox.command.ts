import { DomainError } from '../kernel/index.js';
import { runProgram } from '../program.js';
import type { Call, Command } from './run-command.js';
import { print } from './run-command.js';

/** The simulated Stripe and bank as a process of its own, for demonstrations whose web and workers run beside each other. Their
 *  STRIPE_API_URL names it; a live installation refuses such an address. */
export const sandboxCommand: Command = {
  name: 'sandbox',
  usage: 'sandbox --folder DIR [--port 12111] [--host 127.0.0.1] [--public-url URL]',
  what: 'Runs the simulated Stripe and bank until it is stopped. Its books are kept in the folder; --public-url is where browsers find it.',
  values: ['folder', 'port', 'host', 'public-url'],
  run: async ({ options }) => {
    const { folder, port, host, publicUrl } = readOptions(options);
    await runProgram('sandbox', async () => {
      const { startSandbox } = await import('../sandbox/index.js');
      const sandbox = await startSandbox({ folder, port, host, ...(publicUrl === undefined ? {} : { publicUrl }) });
      print(`The simulated Stripe and bank are at ${sandbox.url}`);
      return () => sandbox.close();
    });
    // The program ends the process itself.
    return new Promise<number>(() => undefined);
  },
};

function readOptions(options: Call['options']): { folder: string; port: number; host: string; publicUrl: string | undefined } {
  const { folder, port = '12111', host = '127.0.0.1', 'public-url': publicUrl } = options as Record<string, string | undefined>;
  const bad = (message: string): DomainError => new DomainError('invalid', 'option-not-understood', message);
  if (!folder) throw bad('Say where its books are kept: --folder DIR');
  if (!/^\d{1,5}$/.test(port) || Number(port) > 65_535) throw bad(`--port takes a number from 0 to 65535, not "${port}"`);
  if (publicUrl !== undefined && !/^https?:\/\/[^/]+$/.test(publicUrl))
    throw bad('--public-url takes a scheme, host and port only, like http://localhost:12111');
  return { folder, port: Number(port), host, publicUrl };
}
