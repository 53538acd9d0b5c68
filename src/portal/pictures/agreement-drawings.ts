/** What an agreement is about, drawn like the rest: on a grid of 96, one stroke. Every path is ours, November 2026. */
export const AGREEMENT_DRAWINGS = {
  'sharing-cost': ['a coin in equal parts', 'M48 16a32 32 0 1 0 0 64a32 32 0 1 0 0-64M48 48V16M48 48l28 16M48 48L20 64'],
  purse: ['a purse', 'M14 36h68v44H14zM24 36c0-14 10-22 24-22s24 8 24 22M60 52h22v14H60zM69 59h.1'],
  'empty-chair': ['an empty chair', 'M28 12v70M28 50h40v32M28 20h14v22H28'],
  ballot: ['a paper that goes into a box', 'M14 48h68v36H14zM34 48h28M38 48V14h20v34M43 28l4 4 8-9'],
  'way-out': ['a door and the way out', 'M16 12h40v72H16zM46 48h.1M62 48h26M78 38l10 10-10 10'],
  'bank-card': ['a bank card', 'M10 24h76v50H10zM10 38h76M18 60h18'],
  'given-money': [
    'a hand that gives money',
    'M10 66c10-6 18-8 26-4l14 4c6 2 4 8-2 8H34M10 84h26c16 0 24-6 44-20-4-6-10-4-16 0l-12 6M58 14a14 14 0 1 0 0 28a14 14 0 1 0 0-28M58 22v12',
  ],
  calendar: ['a calendar', 'M14 22h68v60H14zM14 38h68M30 12v18M66 12v18M30 52h8M46 52h8M62 52h8M30 68h8M46 68h8'],
  question: ['a question', 'M48 12a36 36 0 1 0 0 72a36 36 0 1 0 0-72M36 40c0-18 24-18 24-3 0 10-12 10-12 20M48 68h.1'],
  newcomer: ['a new person', 'M36 18a11 11 0 1 0 0 22a11 11 0 1 0 0-22M12 84c0-24 10-36 24-36s24 12 24 36M76 30v24M64 42h24'],
  'empty-pocket': ['an empty pocket', 'M20 18h56v42c0 14-12 24-28 24S20 74 20 60zM20 32h56M40 48l16 16M56 48L40 64'],
  'going-home': ['money on its way home', 'M20 36a12 12 0 1 0 0 24a12 12 0 1 0 0-24M36 48h14M44 42l6 6-6 6M54 52l17-16 17 16M60 48v28h22V48'],
  coin: ['a coin', 'M48 18a30 30 0 1 0 0 60a30 30 0 1 0 0-60M57 38c-2-8-15-8-15 2v20M36 50h14M36 62h22'],
} as const satisfies Readonly<Record<string, readonly [name: string, path: string]>>;
