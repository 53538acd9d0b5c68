import type { StateTone } from '../blocks/index.js';

export interface SessionRow {
  readonly device: string;
  readonly began: Date;
  readonly seen: Date;
  readonly state: { readonly state: string; readonly tone: StateTone };
}

const BROWSERS: readonly (readonly [RegExp, string])[] = [
  [/Edg\//, 'Edge'],
  [/Firefox\//, 'Firefox'],
  [/Chrome\//, 'Chrome'],
  [/Safari\//, 'Safari'],
];
const SYSTEMS: readonly (readonly [RegExp, string])[] = [
  [/iPhone/, 'an iPhone'],
  [/iPad/, 'an iPad'],
  [/Android/, 'an Android phone or tablet'],
  [/Windows/, 'a Windows computer'],
  [/Mac OS X|Macintosh/, 'a Mac'],
  [/Linux/, 'a Linux computer'],
];

/** A browser's name for itself in plain words; what we do not know is called a device. */
export function deviceWords(agent: string | null): string {
  const browser = BROWSERS.find(([form]) => form.test(agent ?? ''))?.[1];
  const system = SYSTEMS.find(([form]) => form.test(agent ?? ''))?.[1];
  if (browser && system) return `${browser} on ${system}`;
  return browser ?? (system ? `A browser on ${system}` : 'A device we do not know by name');
}

export const sessionRows = (sessions: readonly { beganAt: Date; seenAt: Date; device: string | null; ended: boolean }[]): SessionRow[] =>
  sessions.map((session) => ({
    device: deviceWords(session.device),
    began: session.beganAt,
    seen: session.seenAt,
    state: session.ended ? { state: 'Ended', tone: 'quiet' } : { state: 'Signed in', tone: 'good' },
  }));
