/** A program that holds a sandbox, for a test to fork and to kill: `sandbox-holder.mjs FOLDER`. It tells its parent the port. */
import { startSandbox } from '../../dist/src/sandbox/index.js';

const sandbox = await startSandbox({
  folder: process.argv[2],
  bankAccounts: [{ sortCode: '108800', accountNumber: '10000001', name: 'Pool', openingPence: 10_000_000 }],
});
process.send({ port: sandbox.port });
