import type { Flash } from '../shell/index.js';

/** What is said once after something was done, by the short code in the address. */
const FLASHES: Readonly<Record<string, Flash>> = {
  proposed: {
    kind: 'done',
    title: 'Your pool has begun',
    text: 'Everyone you named can see it now. Next, someone writes the agreement, and everyone reads it.',
  },
  invited: { kind: 'done', title: 'They have been asked', text: 'They can read about the pool and the agreement, and say yes or no.' },
  offered: { kind: 'done', title: 'Everyone can read the new agreement now', text: 'It counts once everyone has agreed to it.' },
  agreed: { kind: 'done', title: 'You agreed', text: 'We wrote down the day and the words you agreed to. When everyone has agreed, the pool can start.' },
  started: { kind: 'done', title: 'Everyone has agreed', text: 'The pool has started. Now money can go in.' },
  'put-in': { kind: 'done', title: 'Your money is in the pool', text: 'It stays yours until it is spent.' },
  sent: { kind: 'done', title: 'Your money is on its way', text: 'It counts in the pool when it has arrived. This page shows where it is.' },
  pay: { kind: 'note', title: 'One more step: pay by card', text: 'The money is kept for this now. It counts in the pool when you have paid.' },
  asked: { kind: 'done', title: 'We asked for a quote', text: 'It will show here when the provider answers.' },
  quoted: { kind: 'done', title: 'The quote is there', text: 'The members can see it and choose.' },
  chose: {
    kind: 'done',
    title: 'You said yes to this quote',
    text: 'When everyone has chosen the same one, the group can buy it. Until then you can change your mind.',
  },
  chosen: { kind: 'done', title: 'Everyone has chosen', text: 'Now the days can be set, and the money set aside.' },
  committed: { kind: 'done', title: 'The sessions are booked', text: 'Each person’s part is promised now: it is set aside for these days.' },
  recorded: { kind: 'done', title: 'The session is recorded', text: 'The members are asked if it happened.' },
  confirmed: { kind: 'done', title: 'Thank you: you said it happened', text: 'Now the provider can send the bill for it.' },
  disputed: {
    kind: 'note',
    title: 'You said it was not right',
    text: 'Nobody is paid for this session until it is sorted out. You can change your mind here.',
  },
};

/** For the parts of a page; nothing for a code nobody knows. */
export const poolFlash = (code: string | undefined): { readonly flash?: Flash } =>
  code !== undefined && Object.hasOwn(FLASHES, code) ? { flash: FLASHES[code]! } : {};
