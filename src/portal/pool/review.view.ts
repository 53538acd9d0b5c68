import { dayOf, formatDay } from '../../kernel/index.js';
import type { AskView, ReviewState, ReviewView, Says, Stage, StageOutcome, StageView } from '../../pools/index.js';
import type { ChoiceItem, StateTagOptions } from '../blocks/index.js';
import { paths } from '../paths.js';

type Tag = Pick<StateTagOptions, 'state' | 'tone'>;

const REVIEW_WORDS: Readonly<Record<ReviewState, Tag>> = {
  open: { state: 'We are talking', tone: 'waiting' },
  settled: { state: 'A way to go on was found', tone: 'good' },
  left: { state: 'Over', tone: 'quiet' },
  gone: { state: 'Over', tone: 'quiet' },
  'set-aside': { state: 'Over: it goes on as before', tone: 'good' },
};

/** What the pages of talks are called. */
export const TALKS = 'When things are hard';

export const STAGE_WORDS: Readonly<Record<Stage, string>> = {
  talk: 'Talking',
  conditions: 'What we agreed',
  pause: 'A time apart',
  leave: 'Staying or leaving',
};

const SAYS_WORDS: Readonly<Record<Says, string>> = {
  stay: 'All is well. We can stop talking about it',
  continue: 'Go on as we do now',
  conditions: 'We need clear words that everyone keeps to',
  pause: 'We need some time apart',
  leave: 'They cannot stay in the group',
};

/** What may be said at this stage, from the mildest on. */
export const saysItems = (says: readonly Says[]): ChoiceItem[] => says.map((each) => ({ value: each, text: SAYS_WORDS[each] }));

/** What came out of a stage, to the member. */
const TO_MEMBER: Readonly<Record<StageOutcome, string>> = {
  'too-few': 'Nothing was decided. Your broker goes on talking with all of you.',
  settle: 'The others are happy to go on with you.',
  'go-on': 'It goes on as it is now. Your broker says what comes next.',
  'go-further': '',
};
const TO_OTHERS: Readonly<Record<StageOutcome, string>> = {
  'too-few': 'Fewer than three people said something. So nothing is decided, and the broker goes on talking.',
  settle: 'Most said that all is well.',
  'go-on': 'It goes on as it is now.',
  'go-further': '',
};
const FURTHER: Readonly<Record<Stage, readonly [toMember: string, toOthers: string]>> = {
  talk: ['The others ask for clear words that everyone keeps to.', 'Most ask for clear words that everyone keeps to.'],
  conditions: ['The others ask for some time apart.', 'Most ask for some time apart.'],
  pause: ['The others ask for a talk about whether you can stay.', 'Most ask for a talk about staying or leaving.'],
  leave: ['The others ask you to leave the group.', 'Two of three of you at least ask them to leave.'],
};

function outcomeOf(stage: StageView, isMember: boolean): string[] {
  if (stage.state === 'dropped') return ['This ended before the last day. What people had said was opened to nobody.'];
  if (!stage.outcome) return [];
  if (stage.asked === 0) return ['The broker talked with each of you.'];
  const words = stage.outcome === 'go-further' ? FURTHER[stage.stage][isMember ? 0 : 1] : (isMember ? TO_MEMBER : TO_OTHERS)[stage.outcome];
  return [words];
}

/** What a stage is about, while it lasts and afterwards. */
function aboutStage({ stage, untilOn, placeHeld }: StageView, isMember: boolean, firstName: string): string[] {
  const day = untilOn ? formatDay(untilOn) : '';
  if (stage === 'talk') return [isMember ? `Your broker talks with you on ${day}. Somebody you trust can come along.` : `The broker talks with ${firstName}.`];
  if (stage === 'conditions') return [`This is agreed until ${day}.`];
  if (stage === 'pause')
    return [
      isMember ? `You stay away from the group until ${day}. Your money is safe, and it stays yours.` : `${firstName} stays away until ${day}.`,
      ...(isMember
        ? [
            placeHeld
              ? 'Your place is kept, and your part of it is paid, as the agreement says.'
              : 'You pay for no day on which you do not come, as the agreement says.',
          ]
        : []),
    ];
  return [isMember ? 'The others are asked if you can stay. Whatever they say, your money goes home with you.' : `You are asked if ${firstName} can stay.`];
}

export interface StageItem {
  readonly title: string;
  readonly tag: Tag;
  readonly about: readonly string[];
  readonly words: string | null;
  readonly heard: readonly string[];
  readonly reasons: readonly string[];
}

export function stageItem(stage: StageView, { place, firstName }: Pick<ReviewView, 'place' | 'firstName'>): StageItem {
  const isMember = place === 'member';
  const open =
    stage.asked === 0
      ? []
      : [
          `${stage.given} of ${stage.asked} have said something. Nobody sees what they say before ${formatDay(stage.closesOn)} is over${isMember ? '' : ', and no name stands with it'}.`,
        ];
  const counts = Object.entries(stage.counts ?? {}).map(([says, count]) => `${SAYS_WORDS[says as Says]}: ${count}`);
  return {
    title: STAGE_WORDS[stage.stage],
    tag: stage.state === 'open' ? { state: 'Now', tone: 'waiting' } : { state: 'Over', tone: 'quiet' },
    about: aboutStage(stage, isMember, firstName),
    words: stage.words,
    heard: stage.state === 'open' ? open : [...outcomeOf(stage, isMember), ...(stage.asked === 0 ? [] : counts)],
    reasons: stage.reasons ?? [],
  };
}

/** Where it stands, in one line for the list. */
export function reviewItem(review: ReviewView): { readonly href: string; readonly text: string; readonly tag: Tag; readonly line: string } {
  const last = review.stages.at(-1);
  return {
    href: paths.poolReview(review.poolId, review.id),
    text: review.place === 'member' ? 'How things go with you' : `How things go with ${review.firstName}`,
    tag: review.may.say.length > 0 && !last?.mine ? { state: 'You can say something', tone: 'attention' } : REVIEW_WORDS[review.state],
    line: `${last ? STAGE_WORDS[last.stage] : ''}. It began on ${formatDay(dayOf(review.openedAt))}.`,
  };
}

export const reviewTag = (review: ReviewView): Tag => REVIEW_WORDS[review.state];

/** What the person at this place said, read back to them. */
export function ownVoice(review: ReviewView): string[] {
  const mine = review.stages.at(-1)?.mine;
  if (!mine) return [];
  return [
    `You said: ${SAYS_WORDS[mine.says]}.`,
    ...(mine.reason ? [`Your reason: ${mine.reason}`] : []),
    ...(mine.isBroughtByOther ? ['Somebody else brought it for you. If it is wrong, say it again: your own last word counts.'] : []),
  ];
}

/** To the member whom the others asked to leave. */
export function leavingWords({ place, leavesFrom, appeal, state }: ReviewView): string[] {
  if (!leavesFrom || state !== 'open' || place === 'other') return [];
  if (appeal && !appeal.answer) return ['An appeal waits for its answer. Until then nothing happens.'];
  return place === 'member'
    ? [
        `Nothing happens before ${formatDay(leavesFrom)}. Until then you can say that it is not right.`,
        'If you leave, you have a statement of your money first, and your money goes back to you.',
      ]
    : [
        `The member can appeal until ${formatDay(leavesFrom)}. From that day you can end the membership, as any leaving: with the statement, notice, and the money home.`,
      ];
}

const ASK_WORDS: Readonly<Record<AskView['state'], Tag>> = {
  waiting: { state: 'The broker reads it', tone: 'waiting' },
  'taken-up': { state: 'The broker talks with them', tone: 'good' },
  'turned-down': { state: 'Answered', tone: 'quiet' },
};

export const askItem = (ask: AskView, isBroker: boolean) => ({
  ...ask,
  tag: isBroker ? ({ state: 'Waits for you', tone: 'attention' } as const) : ASK_WORDS[ask.state],
  on: formatDay(dayOf(ask.at)),
});
