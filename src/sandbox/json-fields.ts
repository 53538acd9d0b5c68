import { type LocalDate, invalid, isLocalDate } from '../kernel/index.js';

const wrong = (name: string, message: string) => invalid('field-not-understood', `${name}: ${message}`, [{ field: name, message }]);

/** The fields of a JSON body, read one by one; refuses what has the wrong form, naming the field. */
export class Fields {
  private readonly tree: Readonly<Record<string, unknown>>;

  constructor(
    body: unknown,
    private readonly path = '',
  ) {
    if (body === null || typeof body !== 'object' || Array.isArray(body)) throw wrong(path || 'body', 'must be a JSON object');
    this.tree = body as Record<string, unknown>;
  }

  has(name: string): boolean {
    return this.tree[name] !== undefined && this.tree[name] !== null;
  }

  text(name: string): string {
    const value = this.tree[name];
    if (typeof value !== 'string' || value === '' || value.length > 2_000) throw wrong(this.name(name), 'must be text');
    return value;
  }

  textOr<T extends string | null>(name: string, other: T): string | T {
    return this.has(name) && this.tree[name] !== '' ? this.text(name) : other;
  }

  oneOf<T extends string>(name: string, choices: readonly T[]): T {
    const value = this.text(name);
    if (!choices.includes(value as T)) throw wrong(this.name(name), `must be one of ${choices.join(', ')}`);
    return value as T;
  }

  whole(name: string): number {
    const value = this.tree[name];
    if (typeof value !== 'number' || !Number.isSafeInteger(value)) throw wrong(this.name(name), 'must be a whole number');
    return value;
  }

  wholeOr<T extends number | null>(name: string, other: T): number | T {
    return this.has(name) ? this.whole(name) : other;
  }

  /** A sum above zero, in whole pence. */
  pence(name = 'pence'): number {
    const value = this.whole(name);
    if (value < 1) throw wrong(this.name(name), 'must be at least one penny');
    return value;
  }

  flag(name: string, other = false): boolean {
    const value = this.tree[name] ?? other;
    if (typeof value !== 'boolean') throw wrong(this.name(name), 'must be true or false');
    return value;
  }

  day(name: string): LocalDate | null {
    if (!this.has(name)) return null;
    const value = this.tree[name];
    if (!isLocalDate(value)) throw wrong(this.name(name), 'must be a date, like 2027-03-27');
    return value;
  }

  sortCode(name = 'sortCode'): string {
    const value = this.text(name).replaceAll('-', '');
    if (!/^\d{6}$/.test(value)) throw wrong(this.name(name), 'must be six digits');
    return value;
  }

  accountNumber(name = 'accountNumber'): string {
    const value = this.text(name);
    if (!/^\d{8}$/.test(value)) throw wrong(this.name(name), 'must be eight digits');
    return value;
  }

  child(name: string): Fields {
    return new Fields(this.tree[name], this.name(name));
  }

  children(name: string): Fields[] {
    const value = this.tree[name] ?? [];
    if (!Array.isArray(value) || value.length > 20_000) throw wrong(this.name(name), 'must be a list');
    return value.map((each, i) => new Fields(each, `${this.name(name)}.${i}`));
  }

  texts(name: string): string[] {
    const value = this.tree[name] ?? [];
    if (!Array.isArray(value) || !value.every((each): each is string => typeof each === 'string')) throw wrong(this.name(name), 'must be a list of texts');
    return value;
  }

  private name(name: string): string {
    return this.path ? `${this.path}.${name}` : name;
  }
}
