import type { PostBy, PostReason, ReturnReason } from '../../notifications/index.js';

export const WAY_WORDS: Readonly<Record<PostBy, string>> = { letter: 'Letters', email: 'Emails', text: 'Texts', phone: 'Calls' };
export const ONE_WORDS: Readonly<Record<PostBy, string>> = { letter: 'Letter', email: 'Email', text: 'Text', phone: 'Call' };

/** Why it failed or came back, and what an operator can do. */
export const REASON_WORDS: Readonly<Record<PostReason, string>> = {
  'no-address': 'We do not know the address or number. Send it as a letter, or ask the care co-ordinator.',
  refused: 'It was refused for good: there is no such mailbox or number, or it takes nothing from us. Send it as a letter, or ask the care co-ordinator.',
  'gave-up': 'It was tried five times and never taken.',
  'person-died': 'The person has died. Nothing is sent any more.',
  'gone-away': 'It came back: gone away.',
  'not-accepted': 'It came back: not accepted.',
  damaged: 'It came back damaged.',
};

export const RETURN_ITEMS: readonly { readonly value: ReturnReason; readonly text: string; readonly hint?: string }[] = [
  { value: 'gone-away', text: 'Gone away, or not known there', hint: 'No more letters go to this address until somebody puts it right.' },
  { value: 'not-accepted', text: 'Not accepted' },
  { value: 'damaged', text: 'Damaged on its way' },
];

export const FORMAT_WORDS: Readonly<Record<string, string>> = {
  standard: 'Standard',
  'large-print': 'Large print',
  'easy-read': 'Easy Read',
  audio: 'Audio',
  braille: 'Braille',
};

/** Formats that a printer cannot make: somebody has them made from the sheet. */
export const isMadeElsewhere = (format: string): boolean => format === 'audio' || format === 'braille';
