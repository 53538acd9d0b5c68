import { Html } from '../../platform/index.js';

/** Our own drawings on a grid of 24, strokes only, so that they take the colour of the words beside them.
 *  An icon never stands alone: it is hidden from those who listen, and words always say the same. */
const PATHS = {
  tick: 'M4 12.5l5 5L20 6.5',
  cross: 'M6 6l12 12M18 6L6 18',
  clock: 'M12 3a9 9 0 1 0 0 18a9 9 0 1 0 0-18M12 7v5.5l3.5 2',
  stop: 'M8 3h8l5 5v8l-5 5H8l-5-5V8zM12 7.5v5.5M12 16v.5',
  question: 'M12 3a9 9 0 1 0 0 18a9 9 0 1 0 0-18M9.3 9.5a2.7 2.7 0 1 1 3.7 2.5c-.7.3-1 .8-1 1.7M12 16.6v.4',
  info: 'M12 3a9 9 0 1 0 0 18a9 9 0 1 0 0-18M12 11v5.5M12 7.4v.2',
  people: 'M8.5 5a3 3 0 1 0 0 6a3 3 0 1 0 0-6M2.5 20c0-4 2.5-6.5 6-6.5s6 2.5 6 6.5M16 6a2.6 2.6 0 0 1 0 5.2M17.5 14c2.5.6 4 2.9 4 6',
  person: 'M12 4a3.5 3.5 0 1 0 0 7a3.5 3.5 0 1 0 0-7M4.5 20.5c0-4.3 3-7 7.5-7s7.5 2.7 7.5 7',
  pound: 'M17 7.5A4 4 0 0 0 9.5 9.5c0 3 1 5-2.5 9.5h10.5M6.5 13h7',
  calendar: 'M4 6h16v14H4zM4 10.5h16M8.5 3.5v4M15.5 3.5v4',
  place: 'M12 21c4.5-5 7-8.3 7-11.5a7 7 0 0 0-14 0C5 12.700 7.500 16 12 21M12 7a2.5 2.5 0 1 0 0 5a2.500 2.500 0 1 0 0-5',
  heart: 'M12 20C6 15.500 3 12.300 3 8.700A4.600 4.600 0 0 1 12 7a4.600 4.600 0 0 1 9 1.700C21 12.300 18 15.500 12 20',
  speech: 'M4 5h16v11h-8.500L7 20v-4H4z',
  eye: 'M2.500 12C5 7.500 8.200 5.500 12 5.500s7 2 9.500 6.500c-2.500 4.500-5.700 6.500-9.500 6.500S5 16.500 2.500 12M12 9a3 3 0 1 0 0 6a3 3 0 1 0 0-6',
  lock: 'M6 11h12v9H6zM8.500 11V8a3.500 3.500 0 0 1 7 0v3',
  house: 'M3.500 11.500L12 4l8.500 7.500M6 10v10h12V10M10 20v-5.500h4V20',
  arrow: 'M4 12h15M13 6l6 6-6 6',
  list: 'M9 6.500h11M9 12h11M9 17.500h11M4.500 6.500h.1M4.500 12h.1M4.500 17.500h.1',
  dot: 'M12 9.500a2.500 2.500 0 1 0 0 5a2.500 2.500 0 1 0 0-5',
  leaf: 'M5 19C5 9.500 10.500 5 20 5c0 9.500-4.500 14-12 14-1.500 0-2.500-.700-3-2M4 21c2.500-6 6-9 11-11',
} as const;

export type IconName = keyof typeof PATHS;

const ready = new Map<IconName, Html>();

export function icon(name: IconName): Html {
  let markup = ready.get(name);
  if (!markup) {
    markup = new Html(`<svg class="cp-icon" viewBox="0 0 24 24" width="24" height="24" aria-hidden="true" focusable="false"><path d="${PATHS[name]}"/></svg>`);
    ready.set(name, markup);
  }
  return markup;
}
