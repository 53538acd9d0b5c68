import type { IntroductionState, IntroductionView, MessageView, Step } from '../../introductions/index.js';
import { dayOf, formatDay, type LocalDate } from '../../kernel/index.js';
import type { Whose } from '../acting-for/whose.js';
import { inARow, type Reason, sentence, type StateTone, type TimelineItem } from '../blocks/index.js';
import { reasonOf } from '../card/card.words.js';
import { paths } from '../paths.js';
import type { Flashes } from '../shell/index.js';

export const INTRODUCTION_DONE: Flashes = {
  sent: { kind: 'done', title: 'Your message is sent' },
  step: { kind: 'done', title: 'The day is saved', text: 'You both can see it and change it.' },
  back: { kind: 'done', title: 'You have stepped back', text: 'We do not ask why. You can still read what was said.' },
};

const STATES: Readonly<Record<IntroductionState, { state: string; tone: StateTone }>> = {
  introduced: { state: 'Introduced', tone: 'good' },
  'stepped-back': { state: 'Ended', tone: 'quiet' },
  'became-pool': { state: 'You made a pool', tone: 'good' },
};

export const STEP_WORDS: Readonly<Record<Step, string>> = {
  meet: 'Meet for the first time',
  trial: 'Try something together',
  review: 'Look back: is it good?',
};

export interface IntroductionCard {
  readonly name: string;
  readonly area: string;
  readonly looksFor: string;
  readonly hello: string;
  readonly reasons: readonly Reason[];
  readonly href: string;
  readonly state: { readonly state: string; readonly tone: StateTone };
  readonly since: string;
}

export function introductionCard(whose: Whose, introduction: IntroductionView): IntroductionCard {
  const { other } = introduction;
  const goalWords = (id: string): string => other.goals.find((goal) => goal.id === id)?.words ?? id.replaceAll('-', ' ');
  return {
    name: other.firstName,
    area: `In ${other.placeName}`,
    looksFor: sentence(inARow(other.goals.map((goal) => goal.words))),
    hello: other.words,
    reasons: introduction.reasons.flatMap((code) => reasonOf(code, goalWords) ?? []),
    href: paths.introduction(whose.id, introduction.id),
    state: STATES[introduction.state],
    since: formatDay(dayOf(introduction.madeAt)),
  };
}

export interface OneIntroductionView {
  readonly whose: Whose;
  readonly card: IntroductionCard;
  readonly isOngoing: boolean;
  readonly steps: readonly TimelineItem[];
  readonly stepKinds: readonly { readonly value: Step; readonly text: string }[];
  readonly messages: readonly { readonly isMine: boolean; readonly from: string; readonly words: readonly string[]; readonly at: Date }[];
  readonly older: string | null;
  readonly here: string;
  readonly stepBack: string;
  readonly newPool: string | null;
}

export function oneIntroduction(
  whose: Whose,
  introduction: IntroductionView,
  messages: { items: readonly MessageView[]; next: string | null },
  today: LocalDate,
): OneIntroductionView {
  const card = introductionCard(whose, introduction);
  const here = paths.introduction(whose.id, introduction.id);
  return {
    whose,
    card,
    isOngoing: introduction.state !== 'stepped-back',
    here,
    stepBack: paths.stepBack(whose.id, introduction.id),
    steps: introduction.steps.map((step) => ({
      when: step.onDay,
      text: STEP_WORDS[step.kind],
      isAhead: step.onDay >= today,
      ...(step.words ? { detail: step.words } : {}),
    })),
    stepKinds: (Object.keys(STEP_WORDS) as Step[]).map((value) => ({ value, text: STEP_WORDS[value] })),
    messages: [...messages.items].reverse().map((message) => ({
      isMine: message.isMine,
      from: message.isMine ? (whose.isMine ? 'You' : whose.name) : card.name,
      words: message.words.split('\n').filter((line) => line.trim() !== ''),
      at: message.sentAt,
    })),
    older: messages.next ? `${here}?before=${messages.next}` : null,
    newPool: introduction.state === 'introduced' ? `${paths.newPool}?introduction=${introduction.id}` : null,
  };
}
