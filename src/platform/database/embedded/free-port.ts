import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:net';

/** Below what systems hand out for outgoing connections (32768 and more on Linux, 49152 and more elsewhere). A server on one of those loses its
 *  port for good when it ends for a moment and somebody's connection is given it. */
const FIRST = 15_000;
const LAST = 32_000;

const TRIES = 100;

/** A port on 127.0.0.1 where nothing listens, and which nobody is given by chance before, or while, it is opened again. Throws what the system
 *  says when none can be opened. */
export async function freePort(): Promise<number> {
  for (let tries = 1; ; tries += 1) {
    const port = randomInt(FIRST, LAST);
    const server = createServer().listen(port, '127.0.0.1');
    try {
      await once(server, 'listening');
    } catch (error) {
      if (tries >= TRIES) throw error;
      continue;
    }
    server.close();
    await once(server, 'close');
    return port;
  }
}
