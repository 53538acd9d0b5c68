import { dayOf, formatDay, formatPounds } from '../../kernel/index.js';
import type { OwnPledge, PledgeReleasedBecause, PledgeRoundView, RoundState } from '../../pools/index.js';
import type { PledgeBarOptions, StateTagOptions, SummaryRow } from '../blocks/index.js';
import { paths } from '../paths.js';

const ROUND_WORDS: Readonly<Record<RoundState, Pick<StateTagOptions, 'state' | 'tone'>>> = {
  open: { state: 'You can pledge now', tone: 'attention' },
  extended: { state: 'There is more time', tone: 'attention' },
  reached: { state: 'Enough was pledged', tone: 'good' },
  shrunk: { state: 'Going on with less', tone: 'good' },
  released: { state: 'It did not come together', tone: 'quiet' },
  withdrawn: { state: 'Taken back', tone: 'quiet' },
};

/** How a round stands, as a tag. Who has pledged, or may not, is not asked again. */
export function roundWords(round: PledgeRoundView): Pick<StateTagOptions, 'state' | 'tone'> {
  if (!round.isOpen) return ROUND_WORDS[round.state];
  return round.mayPledge && round.mine?.state !== 'open' ? ROUND_WORDS[round.state] : { state: 'People are pledging', tone: 'waiting' };
}

export const barOf = (round: PledgeRoundView): PledgeBarOptions => ({
  id: `round-${round.id}`,
  label: round.purpose,
  pledged: round.pledged,
  threshold: round.threshold,
  isCalled: round.state === 'reached' || round.state === 'shrunk',
});

/** First names of who is in, never with their sums. */
export function whoSentence({ pledgers, members, isOpen, state }: PledgeRoundView): string {
  if (pledgers.length === 0) return isOpen ? 'Nobody has pledged yet.' : 'Nobody’s money was used.';
  const names = pledgers.length === 1 ? pledgers[0]! : `${pledgers.slice(0, -1).join(', ')} and ${pledgers.at(-1)}`;
  const has = pledgers.length === 1 ? 'has' : 'have';
  if (state === 'reached' || state === 'shrunk') return `${names} ${has} put in what they pledged.`;
  return `${names} ${has} pledged. That is ${pledgers.length} of ${members === 1 ? '1 person' : `${members} people`}.`;
}

/** What happens when the sum is there, and what was chosen for when it is not. */
export function endingSentences(round: PledgeRoundView): string[] {
  const { ending, reachBy, extendTo, smallest, state, freeUntil } = round;
  const back = 'everyone’s money is free again. Nobody pays anything.';
  const enough = `As soon as nobody can change their mind any more (after ${formatDay(freeUntil)}) and there is enough, everyone’s pledge goes into the pool at the same time.`;
  if (state === 'extended')
    return [enough, `There was not enough on ${formatDay(reachBy)}, so there is more time. If there is not enough by ${formatDay(extendTo!)}, ${back}`];
  if (ending === 'extend')
    return [
      enough,
      `If there is not enough by ${formatDay(reachBy)}, there is more time, once: until ${formatDay(extendTo!)}. If there is still not enough then, ${back}`,
    ];
  if (ending === 'shrink')
    return [
      enough,
      `If there is not enough by ${formatDay(reachBy)}, but ${formatPounds(smallest!)} or more, the group goes on with what there is.`,
      `If there is less than ${formatPounds(smallest!)}, ${back}`,
    ];
  return [enough, `If there is not enough by ${formatDay(reachBy)}, ${back}`];
}

/** What came of it, in sentences; none while it goes on. */
export function outcomeSentences({ state, pledged, threshold, reachBy, lastDay }: PledgeRoundView): string[] {
  switch (state) {
    case 'reached':
      return [`Enough was pledged: ${formatPounds(pledged)}. Each pledge is in the pool now, or on its way. It stays that person’s money until it is spent.`];
    case 'shrunk':
      return [
        `By ${formatDay(reachBy)} ${formatPounds(pledged)} of ${formatPounds(threshold)} was pledged. The group goes on with that, as was said beforehand.`,
      ];
    case 'released':
      return [`There was not enough by ${formatDay(lastDay)}, or the pool was stopped. Everyone’s money is free again.`];
    case 'withdrawn':
      return ['It was taken back. Everyone’s money is free again.'];
    default:
      return [];
  }
}

const BECAUSE: Readonly<Record<PledgeReleasedBecause, string>> = {
  'not-reached': 'There was not enough, so your money is free again.',
  withdrawn: 'It was taken back, so your money is free again.',
  'line-suspended': 'This money is suspended, so your pledge does not count any more. Your care co-ordinator can tell you why.',
  'line-ended': 'This part of your budget is over, so your pledge does not count any more.',
  'not-possible': 'Your pledge could not go into the pool, so your money is free again. You may owe something. Your care co-ordinator can tell you more.',
  left: 'You left, so your money is free again.',
  died: 'The money is free again.',
  'pool-stopped': 'The pool was stopped, so your money is free again.',
  'part-stopped':
    'Your part of this pool was stopped when enough was pledged, so your pledge did not go in. Your money is free again. The others do not see why.',
};

/** What the person at this place pledged, and what became of it: nobody else sees it. */
export function ownSentences(mine: OwnPledge | null): string[] {
  if (!mine) return [];
  const said = `You pledged ${formatPounds(mine.amount)} for ${mine.service}, on ${formatDay(dayOf(mine.givenAt))}.`;
  const how = [...(mine.isGivenByOther ? ['Somebody who acts for you said it.'] : []), ...(mine.helpedBy ? [`Help came from ${mine.helpedBy}.`] : [])];
  switch (mine.state) {
    case 'open':
      return [said, ...how, 'The money is set aside in your budget. It has not gone anywhere yet.'];
    case 'called':
      return [said, ...how, 'It went into the pool.'];
    case 'released':
      return [said, ...how, BECAUSE[mine.because!]];
    default:
      return ['You took your pledge back.'];
  }
}

/** What a stop of one's own part means for what one pledged: read by nobody else. Null where there is none. */
export const stoppedSentence = ({ mine }: Pick<PledgeRoundView, 'mine'>, isStopped: boolean): string | null =>
  isStopped && mine?.state === 'open'
    ? 'Your part of this pool is stopped. What you pledged stays set aside. If your part is still stopped when the money is collected, your pledge is let go, and your money is free again.'
    : null;

/** What the others learn of one's own pledge: of one or two pledges the sum of all tells it. */
export function seenSentence({ mine, pledgers }: PledgeRoundView): string | null {
  if (mine?.state !== 'open' && mine?.state !== 'called') return null;
  const together = 'The others see what all of you pledged together, and not what you pledged.';
  return pledgers.length > 2 ? together : `${together} As you are so few, they can work it out.`;
}

/** Until when a mind can be changed, or that it no longer can: said above the button. */
export function firmSentence({ isFirm, freeUntil }: PledgeRoundView): string {
  return isFirm
    ? `People could change their mind until ${formatDay(freeUntil)}. A pledge you make now is firm: you can make it larger, but not smaller, and you cannot take it back. If you leave the group, it ends.`
    : `You can change your mind until ${formatDay(freeUntil)}. After that your pledge is firm: you can make it larger, but not smaller, and you cannot take it back.`;
}

/** Both days, the sum, and who asked. */
export function roundFacts(round: PledgeRoundView): SummaryRow[] {
  return [
    { key: 'Asked by', value: `${round.raisedBy}, on ${formatDay(dayOf(round.raisedAt))}` },
    { key: 'What we need together', value: formatPounds(round.threshold) },
    ...(round.most === null ? [] : [{ key: 'The most one person can pledge', value: formatPounds(round.most) }]),
    { key: 'You can change your mind until', value: formatDay(round.freeUntil) },
    { key: 'There has to be enough by', value: formatDay(round.reachBy) },
    ...(round.extendTo === null ? [] : [{ key: 'If there is more time, until', value: formatDay(round.extendTo) }]),
  ];
}

export interface RoundListItem {
  readonly href: string;
  readonly purpose: string;
  readonly words: Pick<StateTagOptions, 'state' | 'tone'>;
  readonly bar: PledgeBarOptions | null;
  readonly line: string;
}

export const roundItem = (round: PledgeRoundView): RoundListItem => ({
  href: paths.pledgeRound(round.poolId, round.id),
  purpose: round.purpose,
  words: roundWords(round),
  bar: round.isOpen || round.pledged > 0n ? barOf(round) : null,
  line: lineOf(round),
});

function lineOf(round: PledgeRoundView): string {
  if (!round.isOpen) return outcomeSentences(round)[0]!;
  const mine = round.mine?.state === 'open' ? 'You have pledged.' : round.mayPledge ? 'You have not pledged.' : '';
  return `Until ${formatDay(round.lastDay)}. ${whoSentence(round)} ${mine}`.trim();
}
