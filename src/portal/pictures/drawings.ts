import { Html } from '../../platform/index.js';
import { AGREEMENT_DRAWINGS } from './agreement-drawings.js';

/** Our own line drawings on a grid of 96, one stroke for all, so that they look like one hand's: a person is a round head on a bent line,
 *  ground and water are level lines. Every path is ours, November 2026. Words always stand beside a drawing; the drawing has a name for those who listen. */
const DRAWINGS = {
  ...AGREEMENT_DRAWINGS,
  // Areas of the Care Act.
  'area-a': [
    'a person holding their head high',
    'M48 14a10 10 0 1 0 0 20a10 10 0 1 0 0-20M48 34v28M48 62L36 84M48 62l12 22M48 42L30 56M48 42l18 14M70 18l4 8 9 1-7 6 2 9-8-5-8 5 2-9-7-6 9-1z',
  ],
  'area-b': ['a heart with a beat', 'M48 80C26 62 14 50 14 34a18 18 0 0 1 34-8a18 18 0 0 1 34 8c0 16-12 28-34 46M20 46h16l6-12 10 24 7-12h17'],
  'area-c': ['a shield', 'M48 12l30 10v22c0 20-12 32-30 40-18-8-30-20-30-40V22zM34 46l10 10 18-20'],
  'area-d': [
    'a sun and a clock for my day',
    'M34 30a18 18 0 1 0 0 36a18 18 0 1 0 0-36M34 38v10l8 5M70 14v8M70 42v8M52 32h8M80 32h8M57 19l6 6M83 19l-6 6M83 45l-6-6M70 24a8 8 0 1 0 0 16a8 8 0 1 0 0-16M14 82h68',
  ],
  'area-e': [
    'a book and a ball',
    'M14 26c12-4 24-4 34 4v44c-10-8-22-8-34-4zM48 30c8-6 16-8 26-6v28M72 58a12 12 0 1 0 0 24a12 12 0 1 0 0-24M62 64c6 4 14 4 20 0M62 76c6-4 14-4 20 0',
  ],
  'area-f': [
    'two people and a coin',
    'M26 26a9 9 0 1 0 0 18a9 9 0 1 0 0-18M10 80c0-18 6-28 16-28s16 10 16 28M70 26a9 9 0 1 0 0 18a9 9 0 1 0 0-18M54 80c0-18 6-28 16-28s16 10 16 28M48 8a9 9 0 1 0 0 18a9 9 0 1 0 0-18M51 13a4 4 0 0 0-6 2c0 3 1 4-1 7h8',
  ],
  'area-g': [
    'three people close together',
    'M48 18a10 10 0 1 0 0 20a10 10 0 1 0 0-20M30 82c0-24 8-36 18-36s18 12 18 36M20 40a8 8 0 1 0 0 16a8 8 0 1 0 0-16M8 82c0-14 4-20 12-20 4 0 7 1 9 4M76 40a8 8 0 1 0 0 16a8 8 0 1 0 0-16M88 82c0-14-4-20-12-20-4 0-7 1-9 4',
  ],
  'area-h': ['a house with a door', 'M12 46L48 14l36 32M20 40v42h56V40M40 82V58h16v24M62 52h8v8h-8z'],
  'area-i': [
    'a hand giving a flower',
    'M10 70c10-6 18-8 26-4l14 4c6 2 4 8-2 8H34M10 86h26c16 0 22-4 44-18-4-6-10-4-16 0l-12 6M58 54V34M58 44c-6 0-9-3-9-8 5 0 8 3 9 8M58 34a6 6 0 1 0-6-8a6 6 0 1 0 12 0a6 6 0 1 0-6 8',
  ],
  // Things to do.
  swimming: [
    'a person swimming',
    'M66 34a9 9 0 1 0 0 18a9 9 0 1 0 0-18M20 56l22-18 16 16M42 38l-12-8M10 64c7 6 13 6 19 0s13-6 19 0 13 6 19 0 13-6 19 0M10 80c7 6 13 6 19 0s13-6 19 0 13 6 19 0 13-6 19 0',
  ],
  walking: [
    'a person walking',
    'M50 10a9 9 0 1 0 0 18a9 9 0 1 0 0-18M48 32l-4 26M44 58l14 12 4 16M44 58L34 72 24 84M48 36l14 10 10-2M46 38L32 46l-4 12M12 88h72',
  ],
  cycling: [
    'a bicycle',
    'M24 50a16 16 0 1 0 0 32a16 16 0 1 0 0-32M72 50a16 16 0 1 0 0 32a16 16 0 1 0 0-32M24 66l14-30h24l10 30M38 36l10 30 14-30M24 66h24M32 36h12M62 36l-3-10h10',
  ],
  dancing: [
    'a person dancing',
    'M48 10a9 9 0 1 0 0 18a9 9 0 1 0 0-18M48 28c-4 10-4 20 2 30M50 58l14 14-6 14M50 58L34 66l-12 18M46 38L28 30l-6-14M48 38l20-4 10 12M80 14v14a4 4 0 1 1-3-4M80 14l8 3',
  ],
  'keep-fit': ['a weight to lift', 'M8 40h8v16H8zM16 32h10v32H16zM26 48h44M70 32h10v32H70zM80 40h8v16h-8z'],
  football: ['a football', 'M48 12a36 36 0 1 0 0 72a36 36 0 1 0 0-72M48 34l13 10-5 15H40l-5-15zM48 34V13M61 44l21-5M56 59l12 17M40 59L28 76M35 44l-21-5'],
  'being-outdoors': [
    'a tree on a hill',
    'M6 82c20-14 62-14 84 0M48 72V44M48 56l12-10M26 40a14 14 0 0 1 8-22a16 16 0 0 1 28 0a14 14 0 0 1 8 22a14 14 0 0 1-22 6a14 14 0 0 1-22-6',
  ],
  calm: [
    'a person sitting still',
    'M48 12a10 10 0 1 0 0 20a10 10 0 1 0 0-20M48 34c-12 4-14 16-14 28h28c0-12-2-24-14-28M34 62L16 76c12 8 52 8 64 0L62 62M36 44L22 64M60 44l14 20M8 88h80',
  ],
  'eating-well': [
    'an apple and a fork',
    'M36 36c-16-8-26 4-24 20 2 18 14 30 24 24 10 6 22-6 24-24 2-16-8-28-24-20M36 36c0-10 4-16 12-20M78 14v68M70 14v16c0 8 16 8 16 0V14',
  ],
  'using-the-bus': [
    'a bus',
    'M12 22h66a6 6 0 0 1 6 6v42H12zM12 48h72M32 22v26M54 22v26M26 66a8 8 0 1 0 0 16a8 8 0 1 0 0-16M68 66a8 8 0 1 0 0 16a8 8 0 1 0 0-16',
  ],
  'phones-and-computers': ['a phone and a computer', 'M8 22h54v38H8zM2 72h66l-6-12H8zM70 30h20v46H70zM77 70h6'],
  cooking: [
    'a pot on the fire',
    'M18 40h56v28a10 10 0 0 1-10 10H28a10 10 0 0 1-10-10zM10 48h8M74 48h8M14 40h64M36 30c-4-5 4-8 0-14M48 30c-4-5 4-8 0-14M60 30c-4-5 4-8 0-14M24 88h44',
  ],
  shopping: ['a shopping bag', 'M18 34h60l6 50H12zM34 44V26a14 14 0 0 1 28 0v18'],
  gardening: ['a plant in a pot', 'M28 58h40l-6 28H34zM24 50h48v8H24zM48 50V24M48 40c-14 0-20-8-20-18 12 0 20 6 20 18M48 32c12 0 18-6 18-16-12 0-18 6-18 16'],
  art: [
    'a brush and colours',
    'M44 18c-22 0-34 14-34 32s14 32 32 32c8 0 8-6 5-10-4-6 0-12 8-12h10c6 0 9-4 9-10 0-18-12-32-30-32M28 38h.1M44 32h.1M60 40h.1M24 54h.1M88 10L66 44M88 10c-4 14-12 26-20 36',
  ],
  singing: [
    'a person singing',
    'M34 18a16 16 0 1 0 0 32a16 16 0 1 0 0-32M28 30h.1M40 30h.1M30 40a4 5 0 0 0 8 0zM12 84c0-20 8-28 22-28s22 8 22 28M66 50V22l18-4v26M66 50a6 5 0 1 1-6-5a6 5 0 0 1 6 5M84 44a6 5 0 1 1-6-5a6 5 0 0 1 6 5',
  ],
  'playing-music': [
    'a guitar',
    'M78 8l10 10-8 8-10-10zM74 22L50 46M50 42c-6-6-16-4-18 4-2 6-8 4-14 10-8 8-8 18 0 26s18 8 26 0c6-6 4-12 10-14 8-2 10-12 4-18zM36 56a6 6 0 1 0 0 12a6 6 0 1 0 0-12',
  ],
  films: [
    'a cinema screen',
    'M10 14h76v44H10zM42 28l14 8-14 8zM22 68a8 8 0 1 0 0 16a8 8 0 1 0 0-16M48 68a8 8 0 1 0 0 16a8 8 0 1 0 0-16M74 68a8 8 0 1 0 0 16a8 8 0 1 0 0-16',
  ],
  reading: [
    'an open book',
    'M48 26C38 16 24 14 8 18v56c16-4 30-2 40 8 10-10 24-12 40-8V18c-16-4-30-2-40 8M48 26v56M18 32c8-1 14 0 20 4M18 46c8-1 14 0 20 4M78 32c-8-1-14 0-20 4M78 46c-8-1-14 0-20 4',
  ],
  knitting: [
    'wool and needles',
    'M44 34a24 24 0 1 0 0 48a24 24 0 1 0 0-48M26 44c12 4 26 14 34 32M22 56c10 2 22 10 28 26M34 36c14 4 26 12 32 24M60 74c12 6 22 2 28 8M50 30L84 8M40 28L62 6M84 8h.1M62 6h.1',
  ],
  'board-games': [
    'dice and a counter',
    'M10 38l26-14 26 14v30L36 84 10 68zM10 38l26 14 26-14M36 52v32M36 38h.1M22 56h.1M24 66h.1M48 58h.1M50 68h.1M76 44a8 8 0 1 0 0 16a8 8 0 1 0 0-16M68 84c0-14 3-24 8-24s8 10 8 24z',
  ],
  'a-course': [
    'a person at a desk with a board',
    'M10 12h54v36H10zM20 24h24M20 34h34M74 42a8 8 0 1 0 0 16a8 8 0 1 0 0-16M60 86c0-16 5-24 14-24s14 8 14 24M8 86h44M30 48v38',
  ],
  'finding-work': [
    'a person with a bag for work',
    'M36 10a9 9 0 1 0 0 18a9 9 0 1 0 0-18M36 30v28M36 58L26 86M36 58l10 28M36 38L20 50M36 38l18 16M52 56h32v24H52zM62 56v-6h12v6M52 66h32',
  ],
  'looking-after-money': [
    'coins and a purse',
    'M14 38h56a8 8 0 0 1 8 8v30a8 8 0 0 1-8 8H14zM14 38l44-16v16M62 56h16v12H62a6 6 0 0 1 0-12M80 10a9 9 0 1 0 0 18a9 9 0 1 0 0-18',
  ],
  'coffee-and-a-chat': [
    'a cup of tea',
    'M16 40h50v22a18 18 0 0 1-18 18H34a18 18 0 0 1-18-18zM66 46h8a10 10 0 0 1 0 20h-8M30 30c-4-5 4-8 0-14M42 30c-4-5 4-8 0-14M54 30c-4-5 4-8 0-14M8 88h68',
  ],
  'eating-out': [
    'a plate with knife and fork',
    'M48 24a26 26 0 1 0 0 52a26 26 0 1 0 0-52M48 36a14 14 0 1 0 0 28a14 14 0 1 0 0-28M12 20v60M6 20v14c0 6 12 6 12 0V20M84 80V20c-8 4-8 26 0 30',
  ],
  'making-friends': [
    'two people side by side, waving',
    'M32 20a9 9 0 1 0 0 18a9 9 0 1 0 0-18M64 20a9 9 0 1 0 0 18a9 9 0 1 0 0-18M32 40v26M64 40v26M32 66L24 86M32 66l8 20M64 66l-8 20M64 66l8 20M32 46l16 10 16-10M32 46L16 30M64 46l16-16',
  ],
  dating: [
    'two people and a heart',
    'M26 38a9 9 0 1 0 0 18a9 9 0 1 0 0-18M70 38a9 9 0 1 0 0 18a9 9 0 1 0 0-18M10 86c0-16 6-26 16-26s16 10 16 26M54 86c0-16 6-26 16-26s16 10 16 26M48 34c-8-6-12-10-12-15a6 6 0 0 1 12-3a6 6 0 0 1 12 3c0 5-4 9-12 15',
  ],
  'family-time': [
    'a family',
    'M26 14a9 9 0 1 0 0 18a9 9 0 1 0 0-18M70 14a9 9 0 1 0 0 18a9 9 0 1 0 0-18M12 86V56c0-12 6-18 14-18s14 6 14 18v30M56 86V56c0-12 6-18 14-18s14 6 14 18v30M48 48a6 6 0 1 0 0 12a6 6 0 1 0 0-12M40 86c0-14 3-20 8-20s8 6 8 20',
  ],
  'sharing-breaks': [
    'the sea, the sun and a case',
    'M70 12a12 12 0 1 0 0 24a12 12 0 1 0 0-24M6 50c7 6 13 6 19 0s13-6 19 0 13 6 19 0 13-6 19 0M14 62h40v24H14zM26 62v-6h16v6M26 62v24M42 62v24M60 86h28',
  ],
  'a-home-of-my-own': ['a house with a key', 'M8 44L40 14l32 30M16 38v44h48V38M32 82V58h16v24M78 50a9 9 0 1 0 0 18a9 9 0 1 0 0-18M78 68v20M78 80h8M78 86h6'],
  'making-home-nice': [
    'a chair and a lamp',
    'M14 44a8 8 0 0 1 16 0v12h24V44a8 8 0 0 1 16 0v26H14zM20 36V28c0-8 44-8 44 0v8M20 70v12M64 70v12M84 86V34M74 34l5-18h10l5 18z',
  ],
  animals: [
    'a dog',
    'M48 24c-16 0-22 12-22 28s10 28 22 28 22-12 22-28-6-28-22-28M30 32c-10-8-18 2-18 14s4 16 10 13l5-8M66 32c10-8 18 2 18 14s-4 16-10 13l-5-8M40 46h.1M56 46h.1M43 57h10l-5 6zM48 63v5M48 68c0 5-8 5-9 0M48 68c0 5 8 5 9 0',
  ],
  volunteering: [
    'a hand held out with a heart',
    'M10 66c10-6 18-8 26-4l14 4c6 2 4 8-2 8H34M10 84h26c16 0 24-6 46-20-4-6-10-4-16 0l-14 8M56 46C44 36 38 30 38 22a9 9 0 0 1 18-4a9 9 0 0 1 18 4c0 8-6 14-18 24',
  ],
  'looking-after-nature': [
    'a bird on a branch',
    'M8 74c24-6 56-4 80 4M28 70c-6-20 6-38 26-38a12 12 0 0 1 22 2l10 4-10 6c0 16-14 28-32 28M54 32c-4 12-14 22-26 24M68 34h.1M40 72v6M50 74v6',
  ],
  // Answers.
  yes: ['a thumb up', 'M16 44h16v38H16zM32 48l14-20V14c8-4 14 2 12 12l-4 14h22c8 0 10 8 6 12 4 4 2 10-2 12 2 4 0 8-4 10 1 4-2 8-8 8H46l-14-4'],
  no: ['a thumb down', 'M16 14h16v38H16zM32 48l14 20v14c8 4 14-2 12-12l-4-14h22c8 0 10-8 6-12 4-4 2-10-2-12 2-4 0-8-4-10 1-4-2-8-8-8H46l-14 4'],
  one: [
    'two people',
    'M32 22a10 10 0 1 0 0 20a10 10 0 1 0 0-20M14 84c0-24 8-36 18-36s18 12 18 36M66 22a10 10 0 1 0 0 20a10 10 0 1 0 0-20M50 84c0-24 6-36 16-36s18 12 18 36',
  ],
  few: [
    'four people',
    'M20 30a8 8 0 1 0 0 16a8 8 0 1 0 0-16M8 80c0-18 4-28 12-28s12 10 12 28M40 20a8 8 0 1 0 0 16a8 8 0 1 0 0-16M32 80c0-26 2-38 8-38s10 12 10 38M58 20a8 8 0 1 0 0 16a8 8 0 1 0 0-16M50 80c0-26 2-38 8-38s10 12 10 38M78 30a8 8 0 1 0 0 16a8 8 0 1 0 0-16M66 80c0-18 4-28 12-28s12 10 12 28',
  ],
  many: [
    'many people',
    'M16 20a6 6 0 1 0 0 12a6 6 0 1 0 0-12M36 14a6 6 0 1 0 0 12a6 6 0 1 0 0-12M58 14a6 6 0 1 0 0 12a6 6 0 1 0 0-12M80 20a6 6 0 1 0 0 12a6 6 0 1 0 0-12M26 44a7 7 0 1 0 0 14a7 7 0 1 0 0-14M48 40a7 7 0 1 0 0 14a7 7 0 1 0 0-14M70 44a7 7 0 1 0 0 14a7 7 0 1 0 0-14M14 84c0-16 4-24 12-24s11 8 11 24M37 82c0-18 3-26 11-26s11 8 11 26M59 84c0-16 3-24 11-24s12 8 12 24',
  ],
  gentle: [
    'a snail: gently',
    'M52 28a20 20 0 1 0 0 40a20 20 0 1 0 0-40M52 40a9 9 0 1 0 8 12M8 76c6-6 14-8 24-8h44c8 0 12-4 12-12V38M82 38l-4-12M90 38l2-12M8 76h72',
  ],
  lively: [
    'a hare: lively',
    'M14 66c4-18 20-28 38-24l14 4 12-6 8 12-10 10-12 2-6 16M14 66c-4 8 0 14 8 14l16-10M60 44L52 14c8 4 14 14 16 26M66 40l2-28c6 6 8 18 4 28M74 50h.1',
  ],
} as const satisfies Readonly<Record<string, readonly [name: string, path: string]>>;

export type DrawingName = keyof typeof DRAWINGS;

/** What a drawing shows, for those who listen. */
export const nameOfDrawing = (name: DrawingName): string => DRAWINGS[name][0];

/** A drawing with its name. Beside words that say the same it is silent (`isBesideWords`), so that nothing is heard twice. */
export function drawing(name: DrawingName, isBesideWords = false): Html {
  const [title, path] = DRAWINGS[name];
  const heard = isBesideWords ? 'aria-hidden="true"' : `role="img" aria-label="${title}"`;
  return new Html(`<svg class="cp-drawing" viewBox="0 0 96 96" width="96" height="96" ${heard} focusable="false"><path d="${path}"/></svg>`);
}
