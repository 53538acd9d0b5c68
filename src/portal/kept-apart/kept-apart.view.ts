import type { BlockView, IntroductionState } from '../../introductions/index.js';
import { dayOf, formatDay } from '../../kernel/index.js';
import type { Whose } from '../acting-for/whose.js';
import { inARow } from '../blocks/index.js';
import { paths } from '../paths.js';
import type { Flashes } from '../shell/index.js';

export const KEPT_APART_DONE: Flashes = {
  apart: { kind: 'done', title: 'You are not shown to each other any more', text: 'They are not told. You can change it back here.' },
  back: { kind: 'done', title: 'You may be shown to each other again', text: 'They are not told.' },
};

const KNOWN_BY = ['card', 'invitation', 'introduction'] as const;
export type KnownBy = (typeof KNOWN_BY)[number];
export const isKnownBy = (by: string): by is KnownBy => (KNOWN_BY as readonly string[]).includes(by);

/** Whom a person asks not to be shown to, as they know them. */
export type AskedApart =
  | { readonly by: 'card'; readonly id: string; readonly name: null; readonly area: string; readonly goals: readonly string[] }
  | { readonly by: 'invitation'; readonly id: string; readonly name: string }
  | { readonly by: 'introduction'; readonly id: string; readonly name: string; readonly state: IntroductionState };

export interface AskApartView {
  readonly title: string;
  /** Who it is about, when they have no name. */
  readonly about: string | null;
  /** What it means, one thing a line. */
  readonly means: readonly string[];
  readonly action: string;
  readonly list: string;
  readonly back: { readonly href: string; readonly text: string };
}

export function askView(whose: Whose, asked: AskedApart): AskApartView {
  const them = asked.name ?? 'this person';
  const ends = asked.by === 'introduction' && asked.state === 'introduced';
  const meanings = {
    card: ['To them it looks as if the card had been taken down.'],
    invitation: [`It counts as a no. To ${them} it looks as if nobody had answered.`],
    introduction: [
      ends ? `You step back. ${them} sees that it has ended, and no reason. Nobody can send more messages.` : `${them} sees no change.`,
      ...(asked.by === 'introduction' && asked.state === 'became-pool' ? ['You both stay in the pool that you share.'] : []),
    ],
  };
  return {
    title: `Never show ${whose.isMine ? 'you' : whose.name} and ${them} to each other again?`,
    about: asked.by === 'card' ? `Someone ${asked.area} who likes ${inARow(asked.goals)}` : null,
    means: [
      `${whose.isMine ? 'You' : whose.name} and ${them} do not see each other’s cards any more.`,
      `We do not ask you both about the same group.`,
      ...meanings[asked.by],
      `We do not tell ${them}, and we do not ask you why.`,
      'You can change it back.',
    ],
    action: paths.keepApart(whose.id, asked.by, asked.id),
    list: paths.keptApart(whose.id),
    back: { href: backTo(whose, asked), text: 'No, go back' },
  };
}

function backTo(whose: Whose, asked: AskedApart): string {
  if (asked.by === 'card') return paths.suggestions(whose.id);
  return asked.by === 'invitation' ? paths.friends(whose.id) : paths.introduction(whose.id, asked.id);
}

export interface KeptApartRow {
  readonly words: string;
  readonly action: string;
}

/** By first name where it had been told; else by the day on which the card was put away. */
export const keptApartRow = (whose: Whose, block: BlockView): KeptApartRow => ({
  words: block.firstName ?? `Someone whose card ${whose.isMine ? 'you' : whose.name} saw on ${formatDay(dayOf(block.madeAt))}`,
  action: paths.takeBackApart(whose.id, block.id),
});
