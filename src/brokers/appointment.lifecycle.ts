import type { Lifecycle } from '../kernel/index.js';

export type AppointmentState = 'in-force' | 'ended';
export type AppointmentAction = 'end';

export const appointmentLifecycle = {
  'in-force': { end: { to: 'ended', event: 'appointmentEnded' } },
  ended: {},
} as const satisfies Lifecycle<AppointmentState, AppointmentAction>;
