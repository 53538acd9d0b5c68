import { isLocalDate } from '../../kernel/index.js';
import type { LocalDate } from '../../kernel/index.js';

export interface JsonObject {
  readonly [name: string]: unknown;
}

export const isObject = (value: unknown): value is JsonObject => typeof value === 'object' && value !== null && !Array.isArray(value);

/** The field's text without its spaces; numbers become text; null for everything else and for blanks. */
export function textOf(node: JsonObject, ...names: readonly string[]): string | null {
  for (const name of names) {
    const value = Object.hasOwn(node, name) ? node[name] : null;
    if (typeof value === 'number' && Number.isFinite(value)) return String(value);
    if (typeof value === 'string' && value.trim() !== '') return value.trim();
  }
  return null;
}

/** The objects in a list field; a single object counts as a list of one. */
export function listOf(node: JsonObject, name: string): JsonObject[] {
  const value = Object.hasOwn(node, name) ? node[name] : null;
  return (Array.isArray(value) ? value : [value]).filter(isObject);
}

export const objectOf = (node: JsonObject, name: string): JsonObject | null => listOf(node, name)[0] ?? null;

export function numberOf(node: JsonObject, name: string): number | null {
  const text = textOf(node, name);
  const value = text === null ? Number.NaN : Number(text);
  return Number.isFinite(value) ? value : null;
}

/** The day of a date or an instant, as written; null for what is no real day. */
export function dayAt(node: JsonObject, name: string): LocalDate | null {
  const day = textOf(node, name)?.slice(0, 10);
  return isLocalDate(day) ? day : null;
}

/** An address that a browser may follow: http or https, and nothing else. */
export function webAddress(node: JsonObject, ...names: readonly string[]): string | null {
  const text = textOf(node, ...names);
  return text !== null && /^https?:\/\/[^\s<>"]+$/i.test(text) ? text : null;
}
