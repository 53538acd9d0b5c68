import { Injectable } from '@nestjs/common';

/** Throws when not ready. What it throws as `NotReady` is shown; any other message stays in the log. */
export type ReadyCheck = () => Promise<void> | void;

/** Why a part is not ready, in words that may be shown to anyone. */
export class NotReady extends Error {}

export interface CheckAnswer {
  readonly name: string;
  readonly ok: boolean;
  readonly tookMs: number;
  readonly problem?: string;
}

export interface ReadyAnswer {
  readonly status: 'ready' | 'not-ready';
  readonly checks: readonly CheckAnswer[];
}

/** Our judgement, November 2026: a part that does not answer in two seconds is not ready, and one answer serves a second,
 *  so that asking often costs the database nothing. */
const PATIENCE_MS = 2_000;
const KEPT_MS = 1_000;

/** What must work before this process is given requests. Rooms add their checks at start. */
@Injectable()
export class Readiness {
  private readonly checks = new Map<string, ReadyCheck>();
  private kept: { readonly atMs: number; readonly answer: Promise<ReadyAnswer> } | undefined;
  private isStopping = false;

  /** Adds a check, or replaces the one of that name. */
  add(name: string, check: ReadyCheck): void {
    this.checks.set(name, check);
    this.kept = undefined;
  }

  /** From now on not ready: the load balancer sends no more requests while open ones are finished. */
  stop(): void {
    this.isStopping = true;
    this.kept = undefined;
  }

  /** All checks at once. Askers in the same second share one answer. */
  ask(nowMs: number = performance.now()): Promise<ReadyAnswer> {
    if (!this.kept || nowMs - this.kept.atMs >= KEPT_MS) this.kept = { atMs: nowMs, answer: this.askAll() };
    return this.kept.answer;
  }

  private async askAll(): Promise<ReadyAnswer> {
    if (this.isStopping) return { status: 'not-ready', checks: [{ name: 'running', ok: false, tookMs: 0, problem: 'This process is stopping.' }] };
    const checks = await Promise.all([...this.checks].map(([name, check]) => answerOf(name, check)));
    return { status: checks.every((each) => each.ok) ? 'ready' : 'not-ready', checks };
  }
}

async function answerOf(name: string, check: ReadyCheck): Promise<CheckAnswer> {
  const beganAt = performance.now();
  const took = (): number => Math.round(performance.now() - beganAt);
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new NotReady(`No answer in ${PATIENCE_MS / 1000} seconds.`)), PATIENCE_MS);
  });
  try {
    await Promise.race([Promise.resolve().then(check), late]);
    return { name, ok: true, tookMs: took() };
  } catch (error) {
    return { name, ok: false, tookMs: took(), problem: error instanceof NotReady ? error.message : 'It failed; see the log.' };
  } finally {
    clearTimeout(timer);
  }
}
