import { Logger } from '@nestjs/common';
import pg from 'pg';

const RECONNECT_MS = 1_000;

/** Listens for `NOTIFY <channel>` on a connection of its own and rings with what was said. A lost connection is made again;
 *  `isListening` is false until then, for whoever must not miss a ring. */
export class Bell {
  private readonly log = new Logger('bell');
  private client: pg.Client | undefined;
  private timer: NodeJS.Timeout | undefined;
  private isStopped = false;
  private isUp = false;

  constructor(
    private readonly databaseUrl: string,
    private readonly channel: string,
    /** Called with the payload, and with '' whenever the connection was made, since rings may have been missed. */
    private readonly ring: (payload: string) => void,
  ) {}

  get isListening(): boolean {
    return this.isUp;
  }

  async start(): Promise<void> {
    if (this.isStopped) return;
    const client = new pg.Client({ connectionString: this.databaseUrl, application_name: `bell-${this.channel}`, keepAlive: true });
    this.client = client;
    client.on('notification', ({ payload }) => this.ring(payload ?? ''));
    client.on('error', (error) => this.again(client, error));
    client.on('end', () => this.again(client));
    try {
      await client.connect();
      await client.query(`listen ${client.escapeIdentifier(this.channel)}`);
      this.isUp = true;
      this.ring('');
    } catch (error) {
      this.again(client, error as Error);
    }
  }

  async stop(): Promise<void> {
    this.isStopped = true;
    this.isUp = false;
    clearTimeout(this.timer);
    const { client } = this;
    this.client = undefined;
    await client?.end().catch(() => undefined);
  }

  private again(client: pg.Client, error?: Error): void {
    if (this.isStopped || this.client !== client) return;
    this.client = undefined;
    this.isUp = false;
    this.log.warn(`lost the connection that listens to ${this.channel}${error ? `: ${error.message}` : ''}; making it again`);
    client.end().catch(() => undefined);
    this.timer = setTimeout(() => void this.start(), RECONNECT_MS);
    this.timer.unref();
  }
}
