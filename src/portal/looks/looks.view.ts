import type { Look } from '../../audit/index.js';
import type { TimelineItem } from '../blocks/index.js';
import { paths } from '../paths.js';

const NOUNS: Readonly<Record<string, string>> = {
  'good-life': 'what a good life is for you',
  goal: 'your goals',
  offer: 'what you can offer',
  person: 'your details',
  budget: 'your money',
  'budget-line': 'your money',
  plan: 'your plan',
  card: 'your card',
  pool: 'a pool you are in',
  session: 'a session',
  contribution: 'money you put in',
  payment: 'a payment',
  'audit-sample': 'your money, for an audit',
  decision: 'a decision about you',
  debt: 'what you owe an account',
  authority: 'who acts for you',
  appointment: 'your broker’s help',
  letter: 'a letter, email or text to you',
  'visit-note': 'notes of a broker’s visits to you',
  advice: 'options put side by side for you',
  'phone-call': 'notes of phone calls about you',
  'hand-over': 'what your next broker should know',
};

/** What was done, by the action the audit kept. Whatever is not here is still shown, in general words. */
const DOINGS: Readonly<Record<string, string>> = {
  'person:register': 'wrote down your details',
  'person:move': 'wrote down where you live',
  'holder:register': 'wrote down that you have a budget',
  'grant:give': 'gave somebody a right over your record',
  'grant:end': 'ended a right over your record',
  'plan:write': 'wrote a plan for you',
  'plan:agree': 'agreed your plan',
  'plan:review': 'wrote down a review of your plan',
  'plan:stop': 'decided that your plan ends',
  'budget:agree': 'agreed your money',
  'goal:write': 'wrote down a goal for you',
  'card:write': 'changed your card',
  'card:open': 'opened your card',
  'card:say': 'wrote down what you would like',
  'card:agree': 'wrote down which goals you agreed to',
  'card:mute': 'muted a reason for you',
  'friend-code:make': 'made a code for you to give to somebody you know',
  'invitation:make': 'made an invitation for you',
  'invitation:accept': 'said yes to somebody you know, for you',
  'invitation:answer': 'wrote down your answer to an invitation',
  'invitation:withdraw': 'took an invitation back for you',
  'introduction:plan-meeting': 'planned a first meeting for you',
  'decision:record': 'wrote down a decision about you',
  'account:open': 'opened a direct-payment account for you',
  'account:name-holder': 'wrote down who holds your direct-payment account',
  'nominee:ask': 'asked for somebody to manage your direct payment',
  'nominee:withdraw': 'took back who was to manage your direct payment',
  'nominee:turn-down': 'answered whom you want to manage your direct payment',
  'nominee:record': 'wrote down who manages your direct payment for you',
  'nominee:end': 'ended that somebody manages your direct payment for you',
  'debt:payBack': 'wrote down that you paid back what you owed',
  'debt:cover': 'covered what you owe an account',
  'card:take-down': 'took your card down',
  'card:block': 'asked for you that you and somebody are not shown to each other',
  'card:unblock': 'asked for you that you and somebody may be shown to each other again',
  'introduction:answer': 'wrote down an answer for you',
  'appointment:make': 'signed a broker for you',
  'visit:write': 'wrote about a visit to you',
  'advice:record': 'put options side by side for you',
  'advice:answer': 'wrote down what you chose',
  'advice:withdraw': 'took options back',
  'call:log': 'wrote down a phone call about you',
  'follow-up:make': 'wrote down who does what next for you',
  'follow-up:end': 'ended something that was to be done for you',
  'pack:make': 'made sheets to print for a visit to you',
  'pack:type-back': 'typed in what you wrote on paper',
  'pack:take-back': 'took sheets for you back',
  'hand-over:write': 'wrote what your next broker should know',
  'pool:invite': 'asked you to join a pool',
  'letter:post': 'posted a letter to you',
  'letter:return': 'wrote down that a letter to you came back',
  'address:write': 'wrote down where your letters go',
  'post:try-again': 'sent a message to you again',
  'post:send-as-letter': 'put a message to you into a letter',
  'post:hand-over': 'phoned you with a message',
};

export interface LooksView {
  readonly items: readonly TimelineItem[];
  readonly first: string | null;
  readonly next: string | null;
}

export function looksView(found: { looks: readonly Look[]; names: ReadonlyMap<string, string>; next: string | null }, isFirst: boolean): LooksView {
  return {
    items: found.looks.map((look) => ({
      when: look.at,
      text: sentenceOf(look, found.names.get(look.actor) ?? 'Somebody who works here'),
      ...(look.why && look.why !== look.noun ? { detail: `Why: ${look.why}` } : {}),
    })),
    first: isFirst ? null : paths.looks,
    next: found.next ? `${paths.looks}?before=${found.next}` : null,
  };
}

export function sentenceOf(look: Pick<Look, 'action' | 'noun'>, who: string): string {
  const noun = NOUNS[look.noun] ?? 'your record';
  if (look.action === 'record:viewed') return `${who} looked at ${noun}.`;
  return `${who} ${DOINGS[look.action] ?? `did something with ${noun}`}.`;
}
