import { Html, html } from '../../platform/index.js';

/** The looks of parts of a whole: each differs by pattern as well as by colour, on screen, in print and in greyscale. */
export type Pattern = 'solid' | 'stripes' | 'dots' | 'grid' | 'empty';

const SHAPES: Readonly<Record<Pattern, string>> = {
  solid: '',
  stripes: '<path class="cp-mark" d="M-2 10L10-2M-2 2L2-2M6 10L10 6"/>',
  dots: '<circle class="cp-mark cp-mark--filled" cx="4" cy="4" r="1.6"/>',
  grid: '<path class="cp-mark cp-mark--thin" d="M0 4H8M4 0V8"/>',
  empty: '',
};

/** Pattern definitions for one picture; ids begin with the picture's own id, so that two pictures on a page do not clash. */
export const patternDefs = (id: string, patterns: readonly Pattern[]): Html =>
  new Html(
    `<defs>${[...new Set(patterns)]
      .map(
        (each) =>
          `<pattern id="${idOf(id, each)}" width="8" height="8" patternUnits="userSpaceOnUse">` +
          `<rect class="cp-ground cp-ground--${each}" width="8" height="8"/>${SHAPES[each]}</pattern>`,
      )
      .join('')}</defs>`,
  );

/** The value of a `fill` attribute that uses one of them. */
export const fillOf = (id: string, pattern: Pattern): string => `url(#${idOf(id, pattern)})`;

/** A small square in that pattern, for a key. Carries its own definition. */
export const swatch = (id: string, pattern: Pattern): Html =>
  html`<svg class="cp-swatch" width="20" height="20" aria-hidden="true" focusable="false">${patternDefs(id, [pattern])}<rect class="cp-edge" x="1" y="1" width="18" height="18" rx="4" fill="${fillOf(id, pattern)}"/></svg>`;

const idOf = (id: string, pattern: Pattern): string => `${id.replace(/[^A-Za-z0-9_-]/g, '-')}-${pattern}`;
