import { LaterDecisions } from '../../commissioning/index.js';
import type { Actor, Pence } from '../../kernel/index.js';
import { addDays, addMonths, pence } from '../../kernel/index.js';
import type { Life } from '../diary.js';
import type { Holder, World } from './world.js';

/** What the ICB decides after it agreed and funded: reviews of plans that go on, and for one person each a smaller sum, a sum asked back, a
 *  suspension that was lifted and one that was not, a line that stopped after notice, and a plan that stopped at once.
 *  `apart` have notional money and none of it in a pool; there are at least seven of them. */
export function decideLater(world: World, apart: readonly Holder[], trustHolder: Holder): Life {
  const { house, start, today } = world;
  const later = house.get(LaterDecisions);
  const [reviewed, cut, unspent, checked, noticed, gone, watched] = apart as [Holder, Holder, Holder, Holder, Holder, Holder, Holder];
  const coordinator = (who: Holder): Promise<Actor> => house.actor(who.icb.coordinator);
  const officer = (who: Holder): Promise<Actor> => house.actor(who.icb.officer);
  const day = (n: number): ReturnType<typeof addDays> => addDays(start, n);
  const part = (who: Holder, tenths: bigint): Pence => pence((who.agreed * tenths) / 10n);
  return async (until) => {
    for (const who of [reviewed, cut, unspent])
      await later.review(await coordinator(who), who.planId, {
        ground: 'first-months',
        nextReviewOn: addMonths(house.today, 9),
        reason: 'We met at home and went through the plan. It is still right.',
        said: 'It works. I would like to keep it.',
      });
    await until(day(97));
    await later.reduce(await officer(cut), cut.planId, {
      ground: 'still-enough',
      lineId: cut.lineId,
      amountPence: part(cut, 1n),
      reason: 'The course turned out cheaper; the smaller sum still covers every service in full.',
    });
    for (const [who, tenths] of [
      [unspent, 3n],
      [trustHolder, 1n],
    ] as const)
      await later.reclaim(await officer(who), who.planId, {
        ground: 'unspent',
        lineId: who.lineId,
        amountPence: part(who, tenths),
        answerBy: addDays(house.today, 42),
        reason: 'More than eight weeks of money lay unused at the review.',
        said: 'I was in hospital and could not go. I do not need it this year.',
      });
    await until(day(99));
    await later.suspend(await officer(checked), checked.planId, {
      ground: 'representative-unsuitable',
      lookAgainOn: addDays(house.today, 28),
      reason: 'Nobody can be reached who manages this money.',
    });
    await until(day(100));
    await later.stop(await officer(noticed), noticed.planId, {
      ground: 'needs-not-met',
      lineId: noticed.lineId,
      endsOn: day(128),
      reason: 'The needs are met by another service from then on.',
      said: 'I am glad about the new place.',
    });
    await until(day(110));
    await later.stop(await officer(gone), gone.planId, {
      ground: 'consent-withdrawn',
      endsOn: house.today,
      reason: 'They no longer want a personal health budget. Their care is arranged for them.',
      said: 'It is too much paper for me.',
    });
    await until(day(120));
    await later.resume(await officer(checked), checked.planId, { reason: 'Their sister manages the money now.' });
    await until(day(128), 1);
    await house.job('commissioning-end');
    await until(addDays(today, -1), 11);
    await later.suspend(await officer(watched), watched.planId, {
      ground: 'outside-plan',
      lookAgainOn: addDays(house.today, 14),
      reason: 'We ask first what the last two payments were for.',
    });
  };
}
