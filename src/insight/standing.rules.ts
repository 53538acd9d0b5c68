import type { LocalDate } from '../kernel/index.js';
import { addDays, invalid, startOfDay } from '../kernel/index.js';
import type { AsOf } from '../ledger/index.js';

/** Which question is asked of a day: what was true when it ended, what counts up to it in the periods, what the ledger knew when it ended. */
export const ASKED_BY = ['effective', 'booked', 'known'] as const;
export type AskedBy = (typeof ASKED_BY)[number];

export interface AskedMoment {
  readonly on?: LocalDate | undefined;
  readonly by?: AskedBy | undefined;
  /** An instant, `2026-04-30T10:00:00Z`. */
  readonly at?: string | undefined;
}

const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,3})?)?(Z|[+-]\d{2}:\d{2})$/;

/** The question about the past that was asked; with neither a day nor a moment, what the ledger knows now. Refuses: moment-not-understood, one-moment. */
export function asOfAsked({ on, by = 'effective', at }: AskedMoment, now: Date): AsOf {
  if (at !== undefined && on !== undefined) throw wrong('one-moment', 'Give a day or a moment, not both.');
  if (at !== undefined) {
    const moment = new Date(at);
    if (!INSTANT.test(at) || Number.isNaN(moment.getTime())) throw wrong('moment-not-understood', 'Give a moment like 2026-04-30T10:00:00Z.');
    return { knownAt: moment };
  }
  if (on === undefined) return { knownAt: now };
  if (by === 'effective') return { effectiveOn: on };
  if (by === 'booked') return { bookedOn: on };
  return { knownAt: new Date(startOfDay(addDays(on, 1)).getTime() - 1) };
}

const wrong = (code: string, message: string): Error => invalid(code, message, [{ field: 'at', message }]);
