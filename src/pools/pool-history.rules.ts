import type { PersonId } from '../kernel/index.js';

/** One thing that happened in a pool, as its history keeps it. */
export interface PoolHappening {
  readonly noun: string;
  readonly action: string;
  readonly to: string;
  readonly personId: PersonId | null;
  /** Of agreements. */
  readonly version: number | null;
}

/** What happened, as a sentence that names people by first name and no sums: how much somebody put in is theirs to tell.
 *  Answers nothing for steps that say nothing new to a reader. */
export function sentenceOf(happening: PoolHappening, firstName: (person: PersonId) => string): string | undefined {
  const who = happening.personId ? firstName(happening.personId) : 'Somebody';
  const version = happening.version === null ? '' : ` ${happening.version}`;
  switch (`${happening.noun}:${happening.action}`) {
    case 'pool:propose':
      return 'The pool was proposed.';
    case 'pool:start':
      return 'Everyone had agreed, and the pool started.';
    case 'pool:freeze':
      return 'The pool was stopped for now.';
    case 'statement:sign':
      return 'A statement was signed.';
    case 'pool:change-holder':
      return 'The one who held the money closes. The one the agreement names takes over.';
    case 'pool:lose-holder':
      return 'The one who held the money closes. Each person’s money goes to their own account.';
    case 'pool:extend-freeze':
      return 'The pool stays stopped for longer, for a new reason.';
    case 'pool:unfreeze':
      return 'The pool went on.';
    case 'pool:empty':
      return 'The last member left.';
    case 'pool:close':
      return 'The pool ended.';
    case 'pool:wind-up':
      return 'Everyone agreed to end the pool.';
    case 'pool:funder-put-in':
      return 'A funder put money beside yours.';
    case 'member:invite':
      return `${who} was invited.`;
    case 'member:invite-without-money':
      return `${who} was invited to join without putting money in.`;
    case 'member:join':
      return `${who} joined.`;
    case 'member:leave':
      return `${who} left, with an exit statement.`;
    case 'member:die':
      return `${who} is no longer in the pool.`;
    case 'member:wind-up':
      return `${who} had an exit statement, because the pool was wound up.`;
    case 'agreement:offer':
      return `Version${version} of the agreement was offered to everyone.`;
    case 'agreement:assent':
      return `${who} agreed to version${version}.`;
    case 'agreement:bring-into-force':
      return `Version${version} of the agreement came into force.`;
    case 'decision:raise':
      return `${who} asked everyone to decide something together.`;
    case 'agreement:review':
      return 'It was time to look at the agreement again.';
    case 'decision:carry':
      return 'The group decided something together.';
    case 'decision:turn-down':
      return 'The group decided against something.';
    case 'decision:find-too-few':
      return 'Too few voted to decide something.';
    case 'decision:hand-to-broker':
      return 'Two people did not agree, and a broker was asked to help.';
    case 'decision:withdraw':
      return 'A question was taken back.';
    case 'review:talk':
      return 'The group talked about how things go.';
    case 'review:conditions':
      return 'The group agreed on how to go on.';
    case 'review:pause':
      return 'The group agreed on some time apart.';
    case 'review:settle':
      return 'The group found a way to go on.';
    case 'pool:take-on':
      return 'A broker began to help the pool.';
    case 'gift:offer-time':
      return `${who} brings some time.`;
    case 'gift:offer-skill':
      return `${who} brings a skill.`;
    case 'gift:offer-space':
      return `${who} brings a place to meet.`;
    case 'gift:offer-transport':
      return `${who} brings a way to get there.`;
    case 'gift:take-back':
      return `${who} took back something they brought.`;
    case 'pledge:ask':
      return `${who} asked everyone to pledge money for something.`;
    case 'pledge:give':
      return `${who} pledged some money.`;
    case 'pledge:change':
      return `${who} changed what they pledged.`;
    case 'pledge:take-back':
      return `${who} took their pledge back.`;
    case 'pledge:let-go':
      return 'One pledge no longer counts.';
    case 'pledge:reach':
      return 'Enough was pledged, and the money went into the pool.';
    case 'pledge:shrink':
      return 'Less was pledged than you hoped for. The group goes on with what there is.';
    case 'pledge:extend':
      return 'Not enough was pledged yet. There is more time.';
    case 'pledge:release':
      return 'Pledging ended, and what was pledged is free again.';
    case 'pledge:withdraw':
      return 'The request to pledge money was taken back.';
    case 'contribution:send':
      return `${who} sent money to the pool.`;
    case 'contribution:arrive':
      return `Money from ${who} arrived.`;
    case 'contribution:fail':
      return `Money from ${who} did not arrive.`;
    default:
      return undefined;
  }
}
