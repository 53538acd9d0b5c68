import { type FileHandle, mkdir, open, readFile, truncate } from 'node:fs/promises';
import { join } from 'node:path';

interface Waiter {
  readonly upTo: number;
  resolve(): void;
  reject(error: Error): void;
}

const NEW_LINE = 0x0a;

/** An append-only file of JSON lines. Nothing is answered before its line is on disk (`durable`), so what was paid can be
 *  read back after the process was killed. Lines that wait together are written and synced together. */
export class Journal {
  private queue: string[] = [];
  private waiters: Waiter[] = [];
  private appended = 0;
  private synced = 0;
  private pumping = false;
  private failure: Error | null = null;

  private constructor(private readonly file: FileHandle) {}

  /** Opens the journal in `folder`, handing each stored line to `replay` in order. A torn last line is cut off;
   *  a damaged line before it throws, because then nothing that follows can be trusted. */
  static async open(folder: string, replay: (record: unknown) => void): Promise<Journal> {
    await mkdir(folder, { recursive: true });
    const path = join(folder, 'journal.jsonl');
    const bytes = await readFile(path).catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return Buffer.alloc(0);
      throw error;
    });
    const whole = replayLines(bytes, replay);
    if (whole < bytes.length) await truncate(path, whole);
    const file = await open(path, 'a');
    const parent = await open(folder, 'r');
    await parent.sync();
    await parent.close();
    return new Journal(file);
  }

  append(record: unknown): void {
    if (this.failure) throw this.failure;
    this.queue.push(`${JSON.stringify(record)}\n`);
    this.appended += 1;
    if (!this.pumping) void this.pump();
  }

  /** Resolves when everything appended so far is on disk; rejects if it could not be written. */
  durable(): Promise<void> {
    if (this.failure) return Promise.reject(this.failure);
    if (this.synced === this.appended) return Promise.resolve();
    return new Promise((resolve, reject) => this.waiters.push({ upTo: this.appended, resolve, reject }));
  }

  async close(): Promise<void> {
    await this.durable().catch(() => undefined);
    await this.file.close();
  }

  private async pump(): Promise<void> {
    this.pumping = true;
    await Promise.resolve();
    while (this.queue.length > 0 && !this.failure) {
      const batch = this.queue;
      this.queue = [];
      try {
        await this.file.appendFile(batch.join(''));
        await this.file.datasync();
        this.synced += batch.length;
      } catch (error) {
        this.failure = error as Error;
      }
      this.release();
    }
    this.pumping = false;
  }

  private release(): void {
    const ready = this.waiters.filter((waiter) => this.failure !== null || waiter.upTo <= this.synced);
    this.waiters = this.waiters.filter((waiter) => !ready.includes(waiter));
    for (const waiter of ready) {
      if (this.failure) waiter.reject(this.failure);
      else waiter.resolve();
    }
  }
}

/** Hands over every whole line; answers how many bytes of the file are good. */
function replayLines(bytes: Buffer, replay: (record: unknown) => void): number {
  let start = 0;
  while (start < bytes.length) {
    const end = bytes.indexOf(NEW_LINE, start);
    if (end < 0) return start;
    let record: unknown;
    try {
      record = JSON.parse(bytes.toString('utf8', start, end));
    } catch {
      if (end === bytes.length - 1) return start;
      throw new Error(`the sandbox journal is damaged at byte ${start}`);
    }
    replay(record);
    start = end + 1;
  }
  return start;
}
