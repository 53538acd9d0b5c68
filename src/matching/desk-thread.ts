import { Worker } from 'node:worker_threads';
import { MatchingDesk } from './matching-desk.js';

type Asks = 'open' | 'take' | 'weigh' | 'refresh' | 'nextPairs' | 'groups';

export interface DeskQuestion {
  readonly id: number;
  readonly ask: Asks;
  readonly args: readonly unknown[];
}

export interface DeskAnswer {
  readonly id: number;
  readonly answer?: unknown;
  readonly fault?: string;
}

/** Answers a question put to a desk. */
export function answerAt(desk: MatchingDesk, { id, ask, args }: DeskQuestion): DeskAnswer {
  try {
    return { id, answer: Reflect.apply(desk[ask], desk, [...args]) as unknown };
  } catch (error) {
    return { id, fault: error instanceof Error ? error.message : String(error) };
  }
}

/** The compiled file that a thread runs; undefined where the sources are run as they stand, as tests do. */
const compiled = (): URL | undefined => (import.meta.url.endsWith('.js') ? new URL('./matching.thread.js', import.meta.url) : undefined);

/** A desk of matching in a thread of its own, so that who asks goes on answering others meanwhile. It is given cards and nothing else: no
 *  environment, no connection. Without a compiled file the same desk works in this thread. */
export class DeskThread {
  private readonly waiting = new Map<number, { resolve(answer: unknown): void; reject(error: Error): void }>();
  private asked = 0;
  private ended: Error | undefined;

  private constructor(
    private readonly worker: Worker | undefined,
    private readonly desk: MatchingDesk | undefined,
  ) {
    worker?.on('message', ({ id, answer, fault }: DeskAnswer) => {
      const waiting = this.waiting.get(id);
      this.waiting.delete(id);
      if (fault === undefined) waiting?.resolve(answer);
      else waiting?.reject(new Error(fault));
    });
    worker?.on('error', (error) => this.fail(error));
    worker?.on('exit', (code) => this.fail(new Error(`the thread of matching ended with code ${code}`)));
  }

  static start(file: URL | undefined = compiled()): DeskThread {
    return file ? new DeskThread(new Worker(file, { env: {}, execArgv: [] }), undefined) : new DeskThread(undefined, new MatchingDesk());
  }

  /** Rejects when the desk refuses, and when the thread ends. */
  ask<Ask extends Asks>(ask: Ask, ...args: Parameters<MatchingDesk[Ask]>): Promise<ReturnType<MatchingDesk[Ask]>> {
    const question: DeskQuestion = { id: (this.asked += 1), ask, args };
    return new Promise((resolve, reject) => {
      const settle = { resolve: (answer: unknown) => resolve(answer as ReturnType<MatchingDesk[Ask]>), reject };
      if (this.ended) reject(this.ended);
      else if (this.worker) {
        this.waiting.set(question.id, settle);
        this.worker.postMessage(question);
      } else {
        const { answer, fault } = answerAt(this.desk!, question);
        if (fault === undefined) settle.resolve(answer);
        else reject(new Error(fault));
      }
    });
  }

  /** Ends the thread, whatever it is at. */
  async close(): Promise<void> {
    await this.worker?.terminate();
  }

  private fail(error: Error): void {
    this.ended ??= error;
    for (const { reject } of this.waiting.values()) reject(error);
    this.waiting.clear();
  }
}
