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
  decision: 'a decision about you',
  appointment: 'your broker’s help',
};

/** What was done, by the action the audit kept. Whatever is not here is still shown, in general words. */
const DOINGS: Readonly<Record<string, string>> = {
  'person:register': 'wrote down your details',
  'holder:register': 'wrote down that you have a budget',
  'grant:give': 'gave somebody a right over your record',
  'grant:end': 'ended a right over your record',
  'plan:write': 'wrote a plan for you',
  'plan:agree': 'agreed your plan',
  'budget:agree': 'agreed your money',
  'goal:write': 'wrote down a goal for you',
  'card:write': 'changed your card',
  'card:open': 'opened your card',
  'decision:record': 'wrote down a decision about you',
  'card:take-down': 'took your card down',
  'introduction:answer': 'wrote down an answer for you',
  'appointment:make': 'signed a broker for you',
  'pool:invite': 'asked you to join a pool',
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
