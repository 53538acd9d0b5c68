import type { Flash } from '../shell/index.js';

/** What is said once after something was done, by the short code in the address. */
const FLASHES: Readonly<Record<string, Flash>> = {
  listed: { kind: 'done', title: 'You are in the directory', text: 'Groups and brokers can find you now. Check once a year that everything is still right.' },
  recorded: {
    kind: 'done',
    title: 'The session is recorded',
    text: 'The members are asked if it happened. When one of them has said yes, you can invoice it.',
  },
  quoted: { kind: 'done', title: 'Your quote is with the group', text: 'They choose together. We tell you when they have.' },
  withdrawn: { kind: 'done', title: 'Your quote is taken back', text: 'The group can no longer choose it. You can send another one.' },
  billed: { kind: 'done', title: 'Your invoice is accepted', text: 'It is shared out over the members, to the penny. Below you see where the money is.' },
};

export const providerFlash = (code: string | undefined): { readonly flash?: Flash } =>
  code !== undefined && Object.hasOwn(FLASHES, code) ? { flash: FLASHES[code]! } : {};
