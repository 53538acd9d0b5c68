import type { FormTree } from './form-body.js';
import { badRequest, missingParam, unknownParam } from './stripe-errors.js';

/** The parameters of a request, read one by one with Stripe's complaints. Amounts are whole pence. */
export class Params {
  constructor(
    private readonly tree: FormTree,
    private readonly path = '',
  ) {}

  /** Refuses any name that is not listed, as Stripe does; `expand` is always allowed. */
  allow(...names: string[]): this {
    for (const name of Object.keys(this.tree)) if (name !== 'expand' && !names.includes(name)) throw unknownParam(this.name(name));
    return this;
  }

  has(name: string): boolean {
    return this.tree[name] !== undefined;
  }

  /** Text, or null when absent or empty (an empty value clears). */
  text(name: string): string | null {
    const value = this.tree[name];
    if (value === undefined || value === '') return null;
    if (typeof value !== 'string') throw badRequest(`Invalid string: ${this.name(name)}`, { param: this.name(name) });
    return value;
  }

  needText(name: string): string {
    const value = this.text(name);
    if (value === null) throw missingParam(this.name(name));
    return value;
  }

  integer(name: string): number | null {
    const value = this.text(name);
    if (value === null) return null;
    const number = +value;
    if (!/^-?\d+$/.test(value) || !Number.isSafeInteger(number)) {
      throw badRequest(`Invalid integer: ${value}`, { code: 'parameter_invalid_integer', param: this.name(name) });
    }
    return number;
  }

  /** A sum of at least `least` pence. */
  amount(name: string, least = 1): number | null {
    const value = this.integer(name);
    if (value === null) return null;
    if (value < 1) throw badRequest('This value must be greater than or equal to 1.', { code: 'parameter_invalid_integer', param: this.name(name) });
    if (value < least) throw badRequest(`Amount must be at least ${least} pence.`, { code: 'amount_too_small', param: this.name(name) });
    if (value > 99_999_999) throw badRequest('Amount must be no more than £999,999.99', { code: 'amount_too_large', param: this.name(name) });
    return value;
  }

  needAmount(name: string, least = 1): number {
    const value = this.amount(name, least);
    if (value === null) throw missingParam(this.name(name));
    return value;
  }

  /** Sterling is all there is here. */
  needPounds(name = 'currency'): 'gbp' {
    const value = this.needText(name).toLowerCase();
    if (value !== 'gbp') throw badRequest(`Invalid currency: ${value}. This account supports gbp.`, { param: this.name(name) });
    return 'gbp';
  }

  flag(name: string): boolean {
    const value = this.text(name);
    if (value !== null && value !== 'true' && value !== 'false') throw badRequest(`Invalid boolean: ${value}`, { param: this.name(name) });
    return value === 'true';
  }

  /** Names and texts, as in `metadata[payment]=…`. */
  map(name: string): Record<string, string> {
    const value = this.tree[name];
    if (value === undefined || value === '') return {};
    if (typeof value === 'string') throw badRequest(`Invalid object: ${this.name(name)}`, { param: this.name(name) });
    return Object.fromEntries(Object.entries(value).filter((pair): pair is [string, string] => typeof pair[1] === 'string' && pair[1] !== ''));
  }

  child(name: string): Params | null {
    const value = this.tree[name];
    return typeof value === 'object' ? new Params(value, this.name(name)) : null;
  }

  children(name: string): Params[] {
    const value = this.tree[name];
    if (typeof value !== 'object') return [];
    return Object.entries(value).map(([key, child]) => {
      if (typeof child !== 'object') throw badRequest(`Invalid object: ${this.name(name)}[${key}]`, { param: this.name(name) });
      return new Params(child, `${this.name(name)}[${key}]`);
    });
  }

  texts(name: string): string[] {
    const value = this.tree[name];
    if (value === undefined || value === '') return [];
    return typeof value === 'string' ? [value] : Object.values(value).filter((each): each is string => typeof each === 'string');
  }

  private name(name: string): string {
    return this.path ? `${this.path}[${name}]` : name;
  }
}
