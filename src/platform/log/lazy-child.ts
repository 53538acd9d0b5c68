import type { Logger } from './logger.js';

/** A logger for one request that is made only if something is said: most requests say nothing, and to make one costs more than to answer. */
export class LazyChild {
  private made: Logger | undefined;

  constructor(
    private readonly parent: Logger,
    private readonly bindings: Record<string, unknown>,
  ) {}

  get level(): string {
    return this.made?.level ?? this.parent.level;
  }

  child(bindings: Record<string, unknown>): LazyChild {
    return new LazyChild(this.parent, { ...this.bindings, ...bindings });
  }

  fatal(...said: unknown[]): void {
    this.say('fatal', said);
  }
  error(...said: unknown[]): void {
    this.say('error', said);
  }
  warn(...said: unknown[]): void {
    this.say('warn', said);
  }
  info(...said: unknown[]): void {
    this.say('info', said);
  }
  debug(...said: unknown[]): void {
    this.say('debug', said);
  }
  trace(...said: unknown[]): void {
    this.say('trace', said);
  }
  silent(): void {
    // Says nothing, as asked.
  }

  private say(level: 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'trace', said: unknown[]): void {
    if (!this.parent.isLevelEnabled(level)) return;
    this.made ??= this.parent.child(this.bindings);
    (this.made[level] as (...said: unknown[]) => void)(...said);
  }
}
