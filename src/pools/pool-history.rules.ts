import type { PersonId } from '../kernel/index.js';
import { dayOf } from '../kernel/index.js';

/** One thing that happened in a pool, as its history keeps it. */
export interface PoolHappening {
  readonly noun: string;
  readonly action: string;
  readonly to: string;
  readonly personId: PersonId | null;
  /** Of agreements. */
  readonly version: number | null;
}

/** Who did something, as a sentence takes it. */
interface Who {
  /** At the beginning of a sentence: `Asha`, `You`, `Asha and you`. */
  readonly name: string;
  /** Elsewhere: `Asha`, `you`. */
  readonly object: string;
  readonly was: string;
  readonly is: string;
  readonly brings: string;
  readonly they: string;
  readonly their: string;
  readonly pays: string;
}

interface Told {
  readonly who: Who;
  readonly version: string;
}

/** What can happen, in words without sums: how much somebody put in is theirs to tell. */
const SENTENCES: Readonly<Record<string, (told: Told) => string>> = {
  'pool:propose': () => 'The pool was proposed.',
  'pool:start': () => 'Everyone had agreed, and the pool started.',
  'pool:freeze': () => 'The pool was stopped for now.',
  'statement:sign': () => 'A statement was signed.',
  'pool:change-holder': () => 'The one who held the money closes. The one the agreement names takes over.',
  'pool:lose-holder': () => 'The one who held the money closes. Each person’s money goes to their own account.',
  'pool:move-money': () => 'Everyone’s money has arrived where it is kept from now on.',
  'pool:extend-freeze': () => 'The pool stays stopped for longer, for a new reason.',
  'pool:unfreeze': () => 'The pool went on.',
  'pool:empty': () => 'The last member left.',
  'pool:close': () => 'The pool ended.',
  'pool:wind-up': () => 'Everyone agreed to end the pool.',
  'pool:funder-put-in': () => 'A funder put money beside yours.',
  'member:invite': ({ who }) => `${who.name} ${who.was} invited.`,
  'member:invite-without-money': ({ who }) => `${who.name} ${who.was} invited to join without putting money in.`,
  'member:invite-again': ({ who }) => `${who.name} ${who.was} invited again.`,
  'member:join': ({ who }) => `${who.name} joined.`,
  'member:leave': ({ who }) => `${who.name} left, with an exit statement.`,
  'member:decline': ({ who }) => `${who.name} chose not to join.`,
  'member:die': ({ who }) => `${who.name} ${who.is} no longer in the pool.`,
  'member:wind-up': ({ who }) => `${who.name} had an exit statement, because the pool was wound up.`,
  'agreement:offer': ({ version }) => `Version ${version} of the agreement was offered to everyone.`,
  'agreement:assent': ({ who, version }) => `${who.name} agreed to version ${version}.`,
  'agreement:bring-into-force': ({ version }) => `Version ${version} of the agreement came into force.`,
  'decision:raise': ({ who }) => `${who.name} asked everyone to decide something together.`,
  'agreement:review': () => 'It was time to look at the agreement again.',
  'decision:carry': () => 'The group decided something together.',
  'decision:turn-down': () => 'The group decided against something.',
  'decision:find-too-few': () => 'Too few voted to decide something.',
  'decision:hand-to-broker': () => 'Two people did not agree, and a broker was asked to help.',
  'decision:withdraw': () => 'A question was taken back.',
  'review:talk': () => 'The group talked about how things go.',
  'review:conditions': () => 'The group agreed on how to go on.',
  'review:pause': () => 'The group agreed on some time apart.',
  'review:settle': () => 'The group found a way to go on.',
  'pool:take-on': () => 'A broker began to help the pool.',
  'gift:offer-time': ({ who }) => `${who.name} ${who.brings} some time.`,
  'gift:offer-skill': ({ who }) => `${who.name} ${who.brings} a skill.`,
  'gift:offer-space': ({ who }) => `${who.name} ${who.brings} a place to meet.`,
  'gift:offer-transport': ({ who }) => `${who.name} ${who.brings} a way to get there.`,
  'gift:take-back': ({ who }) => `${who.name} took back something ${who.they} brought.`,
  'pledge:ask': ({ who }) => `${who.name} asked everyone to pledge money for something.`,
  'pledge:give': ({ who }) => `${who.name} pledged some money.`,
  'pledge:change': ({ who }) => `${who.name} changed what ${who.they} pledged.`,
  'pledge:take-back': ({ who }) => `${who.name} took ${who.their} pledge back.`,
  'pledge:let-go': () => 'One pledge no longer counts.',
  'pledge:reach': () => 'Enough was pledged, and the money went into the pool.',
  'pledge:shrink': () => 'Less was pledged than you hoped for. The group goes on with what there is.',
  'pledge:extend': () => 'Not enough was pledged yet. There is more time.',
  'pledge:release': () => 'Pledging ended, and what was pledged is free again.',
  'pledge:withdraw': () => 'The request to pledge money was taken back.',
  'contribution:type-in': ({ who }) => `${who.name} signed a paper to put money in, and the broker typed it in.`,
  'member:choose-on-paper': ({ who }) => `${who.name} signed a paper to choose a quote, and the broker typed it in.`,
  'contribution:send': ({ who }) => `${who.name} sent money to the pool.`,
  'contribution:arrive': ({ who }) => `Money from ${who.object} arrived.`,
  'contribution:arrive-own': ({ who }) => (who.object === 'you' ? 'You put in some of your own money.' : `Money from ${who.object} arrived.`),
  'contribution:take-back-own': ({ who }) =>
    who.object === 'you' ? 'You took some of your own money back out.' : `${who.name} took some of ${who.their} money back out.`,
  'member:pay': ({ who }) => `${who.name} ${who.pays} ${who.their} part from now on.`,
  'contribution:fail': ({ who }) => `Money from ${who.object} did not arrive.`,
};

/** What several people do one after another is told once. */
const TOLD_TOGETHER = ['member:invite', 'member:join', 'agreement:assent', 'contribution:send', 'contribution:arrive', 'pledge:give'];

/** What happened, newest first, as sentences for one reader (features.md, C17): people by first name, the reader as `you`. What says nothing new is left
 *  out; the same thing done by several people on one day is one sentence. */
export function historyTold<Row extends PoolHappening & { readonly at: Date }>(
  rows: readonly Row[],
  firstName: (person: PersonId) => string,
  reader: PersonId,
): { readonly at: Date; readonly sentence: string }[] {
  const groups: Row[][] = [];
  for (const row of rows.filter((each) => SENTENCES[keyOf(each)] !== undefined)) {
    const last = groups.at(-1);
    if (last && goTogether(last[0]!, row)) last.push(row);
    else groups.push([row]);
  }
  return groups.map((group) => {
    const people = [...new Set(group.flatMap((row) => row.personId ?? []))].reverse();
    return { at: group[0]!.at, sentence: SENTENCES[keyOf(group[0]!)]!({ who: whoOf(people, firstName, reader), version: String(group[0]!.version ?? '') }) };
  });
}

const keyOf = ({ noun, action }: PoolHappening): string => `${noun}:${action}`;

const goTogether = (one: PoolHappening & { readonly at: Date }, other: PoolHappening & { readonly at: Date }): boolean =>
  keyOf(one) === keyOf(other) && TOLD_TOGETHER.includes(keyOf(one)) && one.version === other.version && dayOf(one.at) === dayOf(other.at);

function whoOf(people: readonly PersonId[], firstName: (person: PersonId) => string, reader: PersonId): Who {
  const others = people.filter((person) => person !== reader).map(firstName);
  const names = people.includes(reader) ? [...others, 'you'] : others.length > 0 ? others : ['somebody'];
  const object = names.length === 1 ? names[0]! : `${names.slice(0, -1).join(', ')} and ${names.at(-1)!}`;
  const isOne = names.length === 1 && names[0] !== 'you';
  return {
    name: object[0]!.toUpperCase() + object.slice(1),
    object,
    was: isOne ? 'was' : 'were',
    is: isOne ? 'is' : 'are',
    brings: isOne ? 'brings' : 'bring',
    they: object === 'you' ? 'you' : 'they',
    their: object === 'you' ? 'your' : 'their',
    pays: isOne ? 'pays' : 'pay',
  };
}
