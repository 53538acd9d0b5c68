import type { Lifecycle } from '../../kernel/index.js';

export type GiftState = 'offered' | 'taken-back' | 'ended';
export type GiftAction = 'take-back' | 'end';

/** What somebody brings beside money. It ends when they take it back, and with their leaving. */
export const GIFT = {
  offered: { 'take-back': { to: 'taken-back' }, end: { to: 'ended' } },
  'taken-back': {},
  ended: {},
} as const satisfies Lifecycle<GiftState, GiftAction>;
