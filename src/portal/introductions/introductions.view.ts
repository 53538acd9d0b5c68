import type { IntroductionState, IntroductionView, MeetingPlan, MessageView, Step } from '../../introductions/index.js';
import { dayOf, formatDay, type LocalDate } from '../../kernel/index.js';
import type { Whose } from '../acting-for/whose.js';
import { inARow, type Reason, sentence, type StateTone, type SummaryRow, type TimelineItem } from '../blocks/index.js';
import { reasonOf } from '../card/card.words.js';
import { paths } from '../paths.js';
import type { Flashes } from '../shell/index.js';

export const INTRODUCTION_DONE: Flashes = {
  met: { kind: 'done', title: 'You have met here', text: 'Now you can write to each other, choose a day, and start something together.' },
  plan: { kind: 'done', title: 'The plan is saved' },
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
    area: other.placeName ? `In ${other.placeName}` : '',
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
  /** Null for a broker who carries the introduction: what two people write to each other is theirs. */
  readonly messages: readonly { readonly isMine: boolean; readonly from: string; readonly words: readonly string[]; readonly at: Date }[] | null;
  readonly older: string | null;
  /** Who comes to the first meeting, and this side's way home. */
  readonly plan: readonly SummaryRow[];
  readonly planMeeting: string | null;
  readonly here: string;
  readonly stepBack: string;
  /** To the page that asks whether never to be shown to each other again; null for whoever may not answer. */
  readonly apart: string | null;
  readonly newPool: string | null;
}

/** What is read beside the introduction itself. */
interface IntroductionFacts {
  readonly messages: { readonly items: readonly MessageView[]; readonly next: string | null } | null;
  readonly mayPropose: boolean;
  /** Undefined for whoever may not change it. */
  readonly meeting: MeetingPlan | undefined;
  readonly today: LocalDate;
}

export function oneIntroduction(
  whose: Whose,
  introduction: IntroductionView,
  { messages, mayPropose, meeting, today }: IntroductionFacts,
): OneIntroductionView {
  const card = introductionCard(whose, introduction);
  const here = paths.introduction(whose.id, introduction.id);
  return {
    whose,
    card,
    isOngoing: introduction.state !== 'stepped-back',
    here,
    stepBack: paths.stepBack(whose.id, introduction.id),
    apart: meeting ? paths.keepApart(whose.id, 'introduction', introduction.id) : null,
    steps: introduction.steps.map((step) => ({
      when: step.onDay,
      text: STEP_WORDS[step.kind],
      isAhead: step.onDay >= today,
      ...(step.words ? { detail: step.words } : {}),
    })),
    plan: meeting ? planRows(whose, card.name, meeting) : [],
    planMeeting: meeting && introduction.state !== 'stepped-back' ? paths.firstMeeting(whose.id, introduction.id) : null,
    stepKinds: (Object.keys(STEP_WORDS) as Step[]).map((value) => ({ value, text: STEP_WORDS[value] })),
    messages: messages && [...messages.items].reverse().map((message) => messageOf(whose, card, message)),
    older: messages?.next ? `${here}?before=${messages.next}` : null,
    newPool: mayPropose && introduction.state === 'introduced' ? `${paths.newPool}?introduction=${introduction.id}` : null,
  };
}

function planRows(whose: Whose, name: string, { company, othersCompany, wayHome }: MeetingPlan): SummaryRow[] {
  const row = (key: string, value: string): SummaryRow[] => (value === '' ? [] : [{ key, value }]);
  return [
    ...row(`Comes with ${whose.you}`, company),
    ...row(`Comes with ${name}`, othersCompany),
    ...row(whose.isMine ? 'My way home' : `${whose.my} way home`, wayHome === '' ? '' : `${wayHome} (${name} does not see this)`),
  ];
}

const messageOf = (whose: Whose, card: IntroductionCard, message: MessageView): NonNullable<OneIntroductionView['messages']>[number] => ({
  isMine: message.isMine,
  from: message.isMine ? (whose.isMine ? 'You' : whose.name) : card.name,
  words: message.words.split('\n').filter((line) => line.trim() !== ''),
  at: message.sentAt,
});
