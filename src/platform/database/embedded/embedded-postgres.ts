import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { refused } from '../../../kernel/index.js';
import { exists, freeBytes, secretFile } from './files.js';
import { holderName, isLastOut, type Role, takeLocks } from './holders.js';
import { isInitialised, sweepLitter } from './initialise.js';
import { choosePlace, type Place } from './place.js';
import { isPassing, type Running, startCluster, stopServer } from './start-cluster.js';

export interface EmbeddedOptions {
  /** DATA_DIR. Made when missing. */
  readonly dataDir: string;
  readonly role: Role;
  /** Takes one plain sentence at a time, for the log or the terminal. */
  readonly log: (line: string) => void;
  /** Called once if the server is lost and does not come back on its port: shut down in order. */
  readonly onLost?: (error: Error) => void;
  /** False for throw-away clusters in tests only. True when not given. */
  readonly durable?: boolean;
  /** Where root keeps what user `postgres` must reach, when DATA_DIR is closed to it. */
  readonly systemHome?: string;
}

/** PostgreSQL on this machine, running, and ours to use until `stop`. */
export interface EmbeddedCluster {
  /** An address of this machine, or the folder that holds a socket. */
  readonly host: string;
  readonly port: number;
  readonly dataDir: string;
  /** As superuser, in database `postgres`. Never for the app. */
  readonly superuserUrl: string;
  /** The address of a database for a role with its password. */
  url(database: string, role: string, password: string): string;
  /** Leaves. The last one out stops the server; close every pool first. Safe to call twice. */
  stop(): Promise<void>;
}

const littleSpace = 500_000_000;

/** Starts PostgreSQL for DATA_DIR, or adopts it when it runs already. The first start makes the cluster (about a second).
 *  Throws a refusal when another owner holds the folder, and an `unavailable` that quotes the log when it cannot start. */
export async function startEmbedded(options: EmbeddedOptions): Promise<EmbeddedCluster> {
  const place = await choosePlace(options.dataDir, options.log, options.systemHome);
  await sweepLitter(place);
  const free = await freeBytes(place.base);
  if (free < littleSpace) options.log(`Only ${Math.floor(free / 1_000_000)} MB are free on the disk of ${place.base}. PostgreSQL stops when none are left.`);
  const password = await superuserPassword(place);
  return await new Holding(place, password, options).begin();
}

/** Made before the cluster, always: a cluster without it can no longer be opened, and a new one would not fit. */
async function superuserPassword(place: Place): Promise<string> {
  const path = join(place.dataDir, 'postgres.secret');
  if (!(await exists(path)) && (await isInitialised(place))) {
    throw refused('postgres-secret-missing', `There is a database in ${place.data} but its password is gone: ${path}. Put that file back from a copy.`);
  }
  return await secretFile(path);
}

/** Our hold on a running cluster: one kept connection with the locks on it. */
class Holding implements EmbeddedCluster {
  private running: Running | undefined;
  private leaving: Promise<void> | undefined;
  private recovering: Promise<void> = Promise.resolve();

  constructor(
    private readonly place: Place,
    private readonly password: string,
    private readonly options: EmbeddedOptions,
  ) {}

  get host(): string {
    return this.running?.host ?? '';
  }

  get port(): number {
    return this.running?.port ?? 0;
  }

  get dataDir(): string {
    return this.place.dataDir;
  }

  get superuserUrl(): string {
    return this.url('postgres', 'postgres', this.password);
  }

  url(database: string, role: string, password: string): string {
    return `postgresql://${encodeURIComponent(role)}:${encodeURIComponent(password)}@${encodeURIComponent(this.host)}:${this.port}/${encodeURIComponent(database)}`;
  }

  async begin(): Promise<this> {
    await this.attach();
    return this;
  }

  stop(): Promise<void> {
    this.leaving ??= this.leave();
    return this.leaving;
  }

  /** Starts or adopts, and takes the locks; again while the server is being stopped by one who is leaving. */
  private async attach(): Promise<void> {
    const until = Date.now() + 60_000;
    for (;;) {
      const running = await startCluster(this.place, {
        password: this.password,
        durable: this.options.durable ?? true,
        name: holderName(this.options.role),
        port: this.port,
        say: this.options.log,
      });
      try {
        const locks = await takeLocks(running.client, this.options.role);
        if (!locks.taken) throw this.inUse(locks.ownerPid, running.port);
        running.client.once('end', () => this.recover());
        this.running = running;
        return;
      } catch (error) {
        await running.client.end().catch(() => undefined);
        if (!isPassing(error) || Date.now() > until) throw error;
        await sleep(100);
      }
    }
  }

  /** The kept connection ended: the server crashed or was stopped. Bring it back on the same port, so that the pools of
   *  this process find it again, and take the locks again. */
  private recover(): void {
    if (this.leaving) return;
    const before = this.port;
    this.options.log('The connection to PostgreSQL was lost; bringing it back.');
    this.recovering = this.attach().then(
      () => {
        if (this.port !== before) this.lost(new Error(`PostgreSQL came back on port ${this.port} instead of ${before}. Start Commonpurse again.`));
      },
      (error: unknown) => this.lost(error as Error),
    );
  }

  private lost(error: Error): void {
    this.options.log(error.message);
    this.options.onLost?.(error);
  }

  private async leave(): Promise<void> {
    await this.recovering;
    const client = this.running?.client;
    if (!client) return;
    try {
      if (await isLastOut(client)) await stopServer(this.place);
    } catch {
      // The server is gone already, or going: there is no light left to turn off.
    }
    await client.end().catch(() => undefined);
  }

  private inUse(pid: number, port: number): Error {
    const who = pid ? `process ${pid}` : 'another process';
    return refused(
      'data-folder-in-use',
      `Another Commonpurse (${who}) is running on the folder ${this.place.dataDir}; its PostgreSQL is on port ${port}. Stop it first, or set another DATA_DIR and PORT for this one.`,
      { folder: this.place.dataDir, pid, port },
    );
  }
}
