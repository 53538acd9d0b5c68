import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import type { Socket } from 'node:net';
import { connect, createServer } from 'node:net';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';
import { freePort } from '../../src/platform/database/embedded/index.js';
import { testDatabase } from './database.js';
import { dataFolder, plainEnvironment } from './program.js';
import { queueBackends } from './queue-backends.js';

const top = join(dirname(fileURLToPath(import.meta.url)), '..', '..');

interface Service {
  readonly command: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  readonly restart: string;
  readonly deploy?: { readonly replicas: number };
}

/** One process of a service, which can be killed and is started again, as `restart: unless-stopped` does. */
export class Container {
  private child: ChildProcess | undefined;
  private said = '';

  constructor(
    readonly name: string,
    private readonly argv: readonly string[],
    private readonly environment: Record<string, string>,
    /** Where it answers when it is ready; a worker has no door. */
    readonly door?: { readonly port: number; readonly path: string },
  ) {}

  start(): void {
    const [program, ...args] = this.argv;
    if (program !== 'node') throw new Error(`${this.name} is started by ${program}, not by node`);
    this.child = spawn(process.execPath, args, { cwd: top, env: plainEnvironment(this.environment), stdio: ['ignore', 'pipe', 'pipe'] });
    for (const stream of [this.child.stdout!, this.child.stderr!]) stream.on('data', (text: Buffer) => void (this.said += text.toString()));
  }

  get output(): string {
    return `${this.name}:\n${this.said}`;
  }

  get isRunning(): boolean {
    return this.child !== undefined && this.child.exitCode === null && this.child.signalCode === null;
  }

  /** Waits for its end; answers the exit code. */
  async ended(): Promise<number | null> {
    if (this.isRunning) await once(this.child!, 'exit');
    return this.child!.exitCode;
  }

  async kill(signal: NodeJS.Signals): Promise<void> {
    if (!this.isRunning) return;
    this.child!.kill(signal);
    await this.ended();
  }

  /** Waits until its healthcheck passes; throws what it printed if it ends first. */
  async healthy(withinMs = 60_000): Promise<void> {
    for (const until = Date.now() + withinMs; Date.now() < until; await sleep(100)) {
      if (!this.isRunning) throw new Error(`it ended. ${this.output}`);
      if (!this.door) return;
      const answer = await fetch(`http://127.0.0.1:${this.door.port}${this.door.path}`).catch(() => undefined);
      if (answer?.ok) return;
    }
    throw new Error(`it did not become healthy. ${this.output}`);
  }
}

/** Hands each connection to the next of the processes, as the name of a service with replicas does; one that is down is passed over, and is not knocked
 *  at, since another program of this machine may have its port by then. */
class Balancer {
  private turn = 0;
  /** How many connections each process took. */
  readonly served: number[];
  private readonly server = createServer((from) => this.pass(from, this.ports.length));

  private constructor(
    private readonly ports: readonly number[],
    private readonly isUp: (place: number) => boolean,
  ) {
    this.served = ports.map(() => 0);
  }

  static async before(ports: readonly number[], port: number, isUp: (place: number) => boolean): Promise<Balancer> {
    const balancer = new Balancer(ports, isUp);
    balancer.server.listen(port, '127.0.0.1');
    await once(balancer.server, 'listening');
    return balancer;
  }

  close(): void {
    this.server.close();
  }

  private pass(from: Socket, tries: number): void {
    const next = this.turn++ % this.ports.length;
    if (!this.isUp(next) && tries > 1) return this.pass(from, tries - 1);
    const to = connect(this.ports[next]!, '127.0.0.1');
    to.once('connect', () => {
      this.served[next]! += 1;
      from.pipe(to).pipe(from);
    });
    to.on('error', () => ((to.connecting || to.bytesRead === 0) && tries > 1 ? this.pass(from, tries - 1) : from.destroy()));
    from.on('error', () => to.destroy());
  }
}

/** What docker-compose.yml would run, as processes of this machine: its own commands and environments, with only addresses, ports and
 *  folders of containers put into those of the test. */
export class Composed {
  private readonly leaves: (() => Promise<void> | void)[] = [];
  readonly containers = new Map<string, Container[]>();
  balancer!: Balancer;
  url = '';
  /** As superuser, whom no wall stops. */
  databaseUrl = '';

  /** Starts everything in the order of `depends_on`. */
  static async up(): Promise<Composed> {
    const composed = new Composed();
    try {
      await composed.begin();
    } catch (error) {
      await composed.down();
      throw error;
    }
    return composed;
  }

  get(service: string, index = 0): Container {
    const found = this.containers.get(service)?.[index];
    if (!found) throw new Error(`there is no ${service} ${index}`);
    return found;
  }

  async down(): Promise<void> {
    await Promise.all([...this.containers.values()].flat().map((container) => container.kill('SIGTERM')));
    for (const leave of this.leaves.reverse()) await leave();
  }

  /** Runs one more command in the environment of a service, as `docker compose run` does. */
  async run(service: string, ...args: string[]): Promise<{ code: number | null; output: string }> {
    const container = new Container(service, ['node', ...args], this.environmentOf(service));
    container.start();
    return { code: await container.ended(), output: container.output };
  }

  private environmentOf!: (service: string, port?: number) => Record<string, string>;

  private async begin(): Promise<void> {
    const { services } = parse(readFileSync(join(top, 'docker-compose.yml'), 'utf8'), { merge: true }) as { services: Record<string, Service> };
    const [database, folder, queue] = [await testDatabase(), await dataFolder(), await queueBackends().at(-1)!.start()];
    this.databaseUrl = database.superuserUrl;
    this.leaves.push(
      () => database.drop(),
      () => rm(folder, { recursive: true, force: true }),
      () => queue.stop(),
    );
    const [sandbox, balanced, ...webs] = (await Promise.all(Array.from({ length: 2 + services['web']!.deploy!.replicas }, freePort))) as [
      number,
      number,
      ...number[],
    ];
    this.url = `http://127.0.0.1:${balanced}`;
    const places: readonly (readonly [inside: string, here: string])[] = [
      ['postgres://commonpurse_app:x@postgres:5432/commonpurse', database.appUrl],
      ['postgres://commonpurse_owner:x@postgres:5432/commonpurse', database.adminUrl],
      ['redis://redis:6379', queue.redisUrl ?? ''],
      ['http://sandbox:12111', `http://127.0.0.1:${sandbox}`],
      ['http://localhost:12111', `http://127.0.0.1:${sandbox}`],
      ['--port=12111', `--port=${sandbox}`],
      ['http://web:3000', this.url],
      ['http://localhost:3000', this.url],
      ['/data', folder],
      ['0.0.0.0', '127.0.0.1'],
    ];
    const here = (text: string): string => places.reduce((all, [inside, outside]) => all.replace(inside, outside), filledIn(text));
    this.environmentOf = (service, port) => ({
      ...Object.fromEntries(Object.entries(services[service]!.environment ?? {}).map(([name, value]) => [name, here(value)])),
      ...(port === undefined ? {} : { PORT: String(port) }),
    });
    const container = (service: string, port?: number, path = ''): Container =>
      new Container(service, services[service]!.command.map(here), this.environmentOf(service, port), port === undefined ? undefined : { port, path });

    this.balancer = await Balancer.before(webs, balanced, (place) => this.containers.get('web')?.[place]?.isRunning ?? true);
    this.leaves.push(() => this.balancer.close());
    this.containers.set('prepare', [container('prepare')]);
    this.containers.set('sandbox', [container('sandbox', sandbox, '/sandbox/health')]);
    this.containers.set(
      'web',
      webs.map((port) => container('web', port, '/health/ready')),
    );
    this.containers.set(
      'worker',
      Array.from({ length: services['worker']!.deploy!.replicas }, () => container('worker')),
    );
    for (const service of ['prepare', 'sandbox', 'web', 'worker']) {
      for (const each of this.containers.get(service)!) each.start();
      if (service !== 'prepare') await Promise.all(this.containers.get(service)!.map((each) => each.healthy()));
      else if ((await this.get('prepare').ended()) !== 0) throw new Error(this.get('prepare').output);
    }
  }
}

/** `${NAME:-value}` and `${NAME-value}` become their value, what must be given something that will do. */
const filledIn = (text: string): string =>
  text.replace(
    /\$\{(\w+)(?::?-([^}]*)|:\?[^}]*)?\}/g,
    (_, name: string, value?: string) => value ?? (name === 'ENCRYPTION_KEYS' ? `k1:${Buffer.alloc(32, 7).toString('base64')}` : 'x'),
  );
