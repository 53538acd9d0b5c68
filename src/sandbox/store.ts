import { Journal } from './journal.js';

/** What every stored thing has. Rows are never changed in place: a change is a new row under the same id. */
export interface Row {
  readonly id: string;
}

type Written = readonly [table: string, part: string, row: Row];

/** What a transaction has written so far, and what was there before. */
interface Open {
  readonly written: Written[];
  readonly before: (Row | undefined)[];
}

/** The rows of one table that belong to one owner, in the order in which they were first written. */
export class Part<T extends Row> {
  readonly rows: T[] = [];
  private readonly places = new Map<string, number>();

  get(id: string): T | undefined {
    const place = this.places.get(id);
    return place === undefined ? undefined : this.rows[place];
  }

  placeOf(id: string): number | undefined {
    return this.places.get(id);
  }

  /** Writes the row, answering what was there before. */
  set(row: T): T | undefined {
    const place = this.places.get(row.id);
    if (place === undefined) {
      this.places.set(row.id, this.rows.length);
      this.rows.push(row);
      return undefined;
    }
    const before = this.rows[place];
    this.rows[place] = row;
    return before;
  }

  /** Takes back the newest row. */
  dropLast(): void {
    const row = this.rows.pop();
    if (row) this.places.delete(row.id);
  }
}

/** All that the sandbox knows: tables of rows in memory, kept by the journal. */
export class Store {
  private readonly tables = new Map<string, Map<string, Part<Row>>>();
  private readonly listeners = new Map<string, ((row: Row, part: string) => void)[]>();
  private journal!: Journal;
  private open: Open | null = null;

  /** Calls `hear` for each row of `table` once it is committed, and again on replay. Listen before `load`. */
  listen<T extends Row>(table: string, hear: (row: T, part: string) => void): void {
    this.listeners.set(table, [...(this.listeners.get(table) ?? []), hear as (row: Row, part: string) => void]);
  }

  async load(folder: string): Promise<void> {
    this.journal = await Journal.open(folder, (record) => {
      const { rows } = record as { rows: Written[] };
      for (const [table, part, row] of rows) this.part(table, part).set(row);
      this.tell(rows);
    });
  }

  part<T extends Row>(table: string, owner = ''): Part<T> {
    let parts = this.tables.get(table);
    if (!parts) this.tables.set(table, (parts = new Map()));
    let part = parts.get(owner);
    if (!part) parts.set(owner, (part = new Part()));
    return part as Part<Row> as Part<T>;
  }

  partNames(table: string): string[] {
    return [...(this.tables.get(table)?.keys() ?? [])];
  }

  put<T extends Row>(table: string, owner: string, row: T): T {
    if (!this.open) throw new Error('a row is written only inside a transaction');
    this.open.written.push([table, owner, row]);
    this.open.before.push(this.part(table, owner).set(row));
    return row;
  }

  /** Runs `work` whole or not at all. It is synchronous, so no two run at once; one inside another joins it. */
  transaction<T>(work: () => T): T {
    if (this.open) return work();
    const open: Open = { written: [], before: [] };
    this.open = open;
    try {
      const result = work();
      if (open.written.length > 0) this.journal.append({ rows: open.written });
      this.open = null;
      this.tell(open.written);
      return result;
    } catch (error) {
      if (this.open === open) this.undo(open.written, open.before);
      this.open = null;
      throw error;
    }
  }

  durable(): Promise<void> {
    return this.journal.durable();
  }

  close(): Promise<void> {
    return this.journal.close();
  }

  private undo(written: readonly Written[], before: readonly (Row | undefined)[]): void {
    for (let i = written.length - 1; i >= 0; i--) {
      const [table, owner] = written[i]!;
      const old = before[i];
      if (old) this.part(table, owner).set(old);
      else this.part(table, owner).dropLast();
    }
  }

  private tell(rows: readonly Written[]): void {
    for (const [table, part, row] of rows) for (const hear of this.listeners.get(table) ?? []) hear(row, part);
  }
}
