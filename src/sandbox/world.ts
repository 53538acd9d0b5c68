import type { Agenda } from './agenda.js';
import type { Store } from './store.js';
import type { Switches } from './switches.js';

/** What every part of the sandbox is given. */
export interface World {
  readonly store: Store;
  readonly agenda: Agenda;
  readonly switches: Switches;
  now(): Date;
  /** Where people's browsers find the sandbox, without a slash at the end. */
  publicUrl(): string;
  /** The request being answered, for `event.request`; null when something happens by itself. */
  request: { readonly id: string; readonly key: string | null } | null;
}

/** Whole seconds since 1970, as Stripe writes times. */
export const unix = (instant: Date): number => Math.floor(instant.getTime() / 1000);

export const later = (instant: Date, milliseconds: number): Date => new Date(instant.getTime() + milliseconds);
