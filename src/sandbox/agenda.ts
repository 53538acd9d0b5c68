import { randomUUID } from 'node:crypto';
import type { Row, Store } from './store.js';

/** Something that happens later by itself: a debit succeeds, a pay-out arrives, a payment bounces. */
interface Appointment extends Row {
  readonly kind: string;
  /** Milliseconds since 1970, by the sandbox's clock. */
  readonly dueAt: number;
  readonly facts: Readonly<Record<string, string>>;
  readonly done: boolean;
  /** Why it could not be done; it is not tried again. */
  readonly fault?: string;
}

type Doer = (facts: Readonly<Record<string, string>>) => void;

/** What is still to happen. Kept in the journal, so a restart forgets nothing. */
export class Agenda {
  private readonly waiting = new Map<string, Appointment>();
  private readonly doers = new Map<string, Doer>();
  private running = false;
  /** No later than the earliest appointment. */
  private soonest = Infinity;

  constructor(
    private readonly store: Store,
    private readonly now: () => Date,
  ) {
    store.listen<Appointment>('agenda', (row) => {
      if (row.done) this.waiting.delete(row.id);
      else this.waiting.set(row.id, row);
      if (!row.done) this.soonest = Math.min(this.soonest, row.dueAt);
    });
  }

  on(kind: string, doer: Doer): void {
    this.doers.set(kind, doer);
  }

  add(kind: string, dueAt: Date, facts: Readonly<Record<string, string>>): void {
    this.store.put<Appointment>('agenda', '', { id: randomUUID(), kind, dueAt: dueAt.getTime(), facts, done: false });
  }

  /** Does all that is due, the earliest first; with `kind`, everything of that kind at once, due or not. */
  run(kind?: string): number {
    if (this.running || (!kind && this.now().getTime() < this.soonest)) return 0;
    this.running = true;
    let count = 0;
    try {
      for (let ready = this.ready(kind); ready.length > 0; ready = kind ? [] : this.ready()) {
        for (const appointment of ready) this.keep(appointment);
        count += ready.length;
      }
      this.soonest = [...this.waiting.values()].reduce((soonest, each) => Math.min(soonest, each.dueAt), Infinity);
    } finally {
      this.running = false;
    }
    return count;
  }

  /** Does one thing, whole or not at all. What fails is told, noted and left, so that it does not stop the rest. */
  private keep(appointment: Appointment): void {
    const done = { ...appointment, done: true };
    try {
      this.store.transaction(() => {
        this.store.put<Appointment>('agenda', '', done);
        this.doers.get(appointment.kind)?.(appointment.facts);
      });
    } catch (error) {
      process.stderr.write(`sandbox fault in ${appointment.kind}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
      this.store.transaction(() => this.store.put<Appointment>('agenda', '', { ...done, fault: error instanceof Error ? error.message : String(error) }));
    }
  }

  private ready(kind?: string): Appointment[] {
    const now = this.now().getTime();
    return [...this.waiting.values()].filter((each) => (kind ? each.kind === kind : each.dueAt <= now)).sort((a, b) => a.dueAt - b.dueAt);
  }
}
