import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:net';

/** Below what systems hand out to whoever asks for any port (32768 and more on Linux, 49152 and more elsewhere): a port that nobody is given
 *  by chance between being found free here and being opened by the program it was found for. */
const FIRST = 15_000;
const LAST = 32_000;

/** A port on 127.0.0.1 where nothing listens. Two who ask at the same moment get different ones, but for one chance in seventeen thousand. */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = randomInt(FIRST, LAST);
    const server = createServer().listen(port, '127.0.0.1');
    const isFree = await once(server, 'listening').then(
      () => true,
      () => false,
    );
    if (!isFree) continue;
    server.close();
    await once(server, 'close');
    return port;
  }
}
