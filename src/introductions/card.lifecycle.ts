import type { Lifecycle } from '../kernel/index.js';

export type CardState = 'draft' | 'open' | 'taken-down';
export type CardAction = 'open' | 'take-down';

export const cardLifecycle = {
  draft: { open: { to: 'open', event: 'cardOpened' } },
  open: { 'take-down': { to: 'taken-down', event: 'cardTakenDown' } },
  'taken-down': { open: { to: 'open', event: 'cardOpened' } },
} as const satisfies Lifecycle<CardState, CardAction>;
