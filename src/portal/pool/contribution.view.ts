import type { LocalDate } from '../../kernel/index.js';
import { dayOf, formatDay } from '../../kernel/index.js';
import type { PoolView } from '../../pools/index.js';
import type { IconName } from '../blocks/index.js';

export type Contribution = PoolView['contributions'][number];

/** What the remittance behind it says: the days of its way. */
export interface Travel {
  readonly sentOn: LocalDate;
  readonly arrivedOn: LocalDate | null;
}

export interface WayStep {
  readonly name: string;
  readonly words: string;
  readonly place: 'done' | 'now' | 'ahead' | 'stopped';
  readonly spoken: string;
  readonly icon: IconName | null;
}

const SPOKEN = { done: 'done', now: 'it is here now', ahead: 'not yet', stopped: 'it stopped here' } as const;
const ICON: Readonly<Record<WayStep['place'], IconName | null>> = { done: 'tick', now: 'clock', ahead: null, stopped: 'stop' };
const step = (name: string, words: string, place: WayStep['place']): WayStep => ({ name, words, place, spoken: SPOKEN[place], icon: ICON[place] });

/** Made, on its way, arrived: with the days we know. */
export function wayOf(contribution: Contribution, travel: Travel | undefined): WayStep[] {
  const { state, by } = contribution;
  const made = step('You put it in', `On ${formatDay(dayOf(new Date(contribution.madeAt)))}`, 'done');
  if (by === 'same-book') return [made, step('In the pool', 'It was there at once. It is ready to use.', 'done')];
  const waits =
    {
      card: 'It arrives when you have paid by card.',
      'bacs-debit': 'The bank collects it. This takes about 4 working days.',
      bank: 'It leaves your account with your next payments.',
    }[by] ?? 'It takes a few working days.';
  if (state === 'failed')
    return [
      made,
      step('On its way', 'It did not arrive. The money is back where it was.', 'stopped'),
      step('In the pool', 'You can put it in again.', 'ahead'),
    ];
  if (state === 'arrived')
    return [
      made,
      step('On its way', 'Done', 'done'),
      step('In the pool', travel?.arrivedOn ? `It arrived on ${formatDay(travel.arrivedOn)}. It is ready to use.` : 'It is ready to use.', 'done'),
    ];
  return [made, step('On its way', waits, 'now'), step('In the pool', 'Then the group can use it.', 'ahead')];
}
