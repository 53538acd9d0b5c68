import type { GoalView, GoodLifeView, OfferKind, OfferView } from '../../holders/index.js';
import { dayOf, formatDay } from '../../kernel/index.js';
import type { Whose } from '../acting-for/whose.js';
import type { GoalStripOptions } from '../blocks/index.js';
import { goalStripOf } from '../goals/goal-strip.js';
import { paths } from '../paths.js';
import type { Flashes } from '../shell/index.js';

export const OFFER_WORDS: Readonly<Record<OfferKind, string>> = {
  skill: 'Something I know how to do',
  time: 'Time',
  space: 'A room or a garden',
  lift: 'A lift',
};

export const GOOD_LIFE_DONE: Flashes = {
  words: { kind: 'done', title: 'Your words are saved', text: 'You can change them at any time. We keep what you wrote before.' },
  same: { kind: 'note', title: 'Nothing was changed', text: 'These are the same words as before.' },
  offer: { kind: 'done', title: 'Your offer is saved' },
  'offer-gone': { kind: 'done', title: 'Your offer is taken back' },
  goal: { kind: 'done', title: 'Your goal is saved', text: 'Next you can say how close you are to it.' },
};

export interface GoodLifePage {
  readonly whose: Whose;
  readonly mayWrite: boolean;
  /** The person's words by paragraph; none until something is written. */
  readonly words: readonly string[];
  /** Who wrote them and when. */
  readonly written: string | null;
  readonly strips: readonly GoalStripOptions[];
  readonly finished: readonly GoalStripOptions[];
  readonly offers: readonly { readonly id: string; readonly kind: string; readonly words: string }[];
  readonly links: { readonly words: string; readonly newGoal: string; readonly newOffer: string; readonly card: string };
}

export function goodLifeView(whose: Whose, mayWrite: boolean, goodLife: GoodLifeView, goals: readonly GoalView[], offers: readonly OfferView[]): GoodLifePage {
  const strips = goals.map((goal) => ({ goal, strip: goalStripOf(whose, goal) }));
  return {
    whose,
    mayWrite,
    words: paragraphs(goodLife.words ?? ''),
    written: writtenWords(whose, goodLife),
    strips: strips.filter(({ goal }) => goal.state === 'open').map(({ strip }) => strip),
    finished: strips.filter(({ goal }) => goal.state !== 'open').map(({ strip }) => strip),
    offers: offers.map((offer) => ({ id: offer.id, kind: OFFER_WORDS[offer.kind], words: offer.words })),
    links: { words: paths.goodLifeWords(whose.id), newGoal: paths.newGoal(whose.id), newOffer: paths.newOffer(whose.id), card: paths.card(whose.id) },
  };
}

export const paragraphs = (words: string): string[] =>
  words
    .split(/\n{1,}/)
    .map((line) => line.trim())
    .filter((line) => line !== '');

function writtenWords(whose: Whose, { writtenAt, isOwnHand, earlierWordings }: GoodLifeView): string | null {
  if (!writtenAt) return null;
  const hand = isOwnHand
    ? whose.isMine
      ? 'You wrote this'
      : `${whose.name} wrote this`
    : whose.isMine
      ? 'Somebody who acts for you wrote this'
      : `Somebody who acts for ${whose.name} wrote this`;
  const earlier =
    earlierWordings === 0 ? '' : earlierWordings === 1 ? ' We keep the words from before too.' : ` We keep the ${earlierWordings} wordings from before too.`;
  return `${hand} on ${formatDay(dayOf(writtenAt))}.${earlier}`;
}
