import { describe, expect, it } from '@jest/globals';
import type { LocalDate, Pence, PoolId } from '../../kernel/index.js';
import { newId } from '../../kernel/index.js';
import type { OwnPledge, PledgeRoundView, RoundId } from '../../pools/index.js';
import { pledgeBarWords } from '../blocks/index.js';
import { readPledge, readRound, readThreshold, typedRound } from './pledge.form.js';
import {
  barOf,
  endingSentences,
  firmSentence,
  outcomeSentences,
  ownSentences,
  roundFacts,
  roundItem,
  roundWords,
  seenSentence,
  stoppedSentence,
  whoSentence,
} from './pledge.view.js';

const day = (text: string): LocalDate => text as LocalDate;
const pounds = (n: number): Pence => BigInt(n * 100) as Pence;
const round: PledgeRoundView = {
  id: newId<'pledge-round'>() as RoundId,
  poolId: newId<'pool'>() as PoolId,
  purpose: 'A hoist',
  words: '',
  state: 'open',
  ending: 'release',
  raisedBy: 'Asha',
  isMine: false,
  raisedAt: new Date('2026-11-20T10:00:00Z'),
  threshold: pounds(300),
  smallest: null,
  most: null,
  pledged: pounds(120),
  freeUntil: day('2026-12-01'),
  reachBy: day('2026-12-15'),
  extendTo: null,
  lastDay: day('2026-12-15'),
  isOpen: true,
  isFirm: false,
  members: 5,
  pledgers: ['Asha', 'Bola'],
  mine: null,
  mayPledge: true,
  maySetUp: false,
};
const mine: OwnPledge = {
  id: newId<'pledge'>(),
  state: 'open',
  because: null,
  amount: pounds(40),
  lineId: newId<'budget-line'>(),
  planLineId: newId<'plan-line'>(),
  service: 'Swimming',
  by: null,
  helpedBy: null,
  isGivenByOther: false,
  givenAt: new Date('2026-11-21T10:00:00Z'),
  contributionId: null,
};

describe('how pledges stand', () => {
  it('is said in words beside the bar, with who is in and never how much each gave', () => {
    expect(pledgeBarWords(barOf(round))).toBe('£120.00 of £300.00 pledged');
    expect(pledgeBarWords(barOf({ ...round, state: 'reached' }))).toBe('£120.00 of £300.00 went into the pool');
    expect(whoSentence(round)).toBe('Asha and Bola have pledged. That is 2 of 5 people.');
    expect(whoSentence({ ...round, pledgers: ['Asha'], members: 1 })).toBe('Asha has pledged. That is 1 of 1 person.');
    expect(whoSentence({ ...round, pledgers: [] })).toBe('Nobody has pledged yet.');
    expect(whoSentence({ ...round, state: 'shrunk', isOpen: false })).toBe('Asha and Bola have put in what they pledged.');
    expect(roundItem(round).line).toBe('Until 15 December 2026. Asha and Bola have pledged. That is 2 of 5 people. You have not pledged.');
    expect(roundItem({ ...round, mine }).line).toContain('You have pledged.');
  });

  it('names both days, wherever it is asked', () => {
    const facts = roundFacts({ ...round, extendTo: day('2027-01-05'), most: pounds(50) }).map(({ key, value }) => `${key}: ${value}`);
    expect(facts).toEqual([
      'Asked by: Asha, on 20 November 2026',
      'What we need together: £300.00',
      'The most one person can pledge: £50.00',
      'You can change your mind until: 1 December 2026',
      'There has to be enough by: 15 December 2026',
      'If there is more time, until: 5 January 2027',
    ]);
    expect(firmSentence(round)).toMatch(/^You can change your mind until 1 December 2026\./);
    expect(firmSentence({ ...round, isFirm: true })).toMatch(/A pledge you make now is firm/);
  });

  it.each([
    [{}, ['If there is not enough by 15 December 2026, everyone’s money is free again. Nobody pays anything.']],
    [
      { ending: 'shrink' as const, smallest: pounds(100) },
      [
        'If there is not enough by 15 December 2026, but £100.00 or more, the group goes on with what there is.',
        'If there is less than £100.00, everyone’s money is free again. Nobody pays anything.',
      ],
    ],
    [{ ending: 'extend' as const, extendTo: day('2027-01-05') }, [/more time, once: until 5 January 2027/]],
    [
      { state: 'extended' as const, ending: 'extend' as const, extendTo: day('2027-01-05') },
      [/so there is more time\. If there is not enough by 5 January 2027/],
    ],
  ])('tells beforehand what happens: %j', (over, sentences) => {
    const [enough, ...rest] = endingSentences({ ...round, ...over });
    expect(enough).toContain('everyone’s pledge goes into the pool at the same time');
    expect(rest).toEqual(sentences.map((each) => (typeof each === 'string' ? each : expect.stringMatching(each))));
  });

  it('says afterwards what came of it, and of one’s own pledge why', () => {
    for (const state of ['reached', 'shrunk', 'released', 'withdrawn'] as const) {
      const over = { ...round, state, isOpen: false };
      expect([outcomeSentences(over).length, roundWords(over).state.length > 0]).toEqual([1, true]);
    }
    expect(outcomeSentences(round)).toEqual([]);
    expect(ownSentences(null)).toEqual([]);
    expect(ownSentences({ ...mine, helpedBy: 'my sister' })).toContain('Help came from my sister.');
    expect(ownSentences({ ...mine, isGivenByOther: true })).toContain('Somebody who acts for you said it.');
    expect(ownSentences({ ...mine, state: 'released', because: 'line-suspended' }).at(-1)).toMatch(/suspended/);
    const stopped = ownSentences({ ...mine, state: 'released', because: 'part-stopped' }).at(-1)!;
    expect(stopped).toMatch(/Your part of this pool was stopped/);
    expect(stopped).not.toMatch(/owe|debt/);
    expect(stoppedSentence({ mine }, true)).toMatch(/Your part of this pool is stopped/);
    expect([stoppedSentence({ mine }, false), stoppedSentence({ mine: null }, true), stoppedSentence({ mine: { ...mine, state: 'called' } }, true)]).toEqual([
      null,
      null,
      null,
    ]);
    expect(ownSentences({ ...mine, state: 'taken-back' })).toEqual(['You took your pledge back.']);
    expect([seenSentence(round), seenSentence({ ...round, mine })]).toEqual([null, expect.stringMatching(/so few, they can work it out/)]);
    expect(seenSentence({ ...round, mine, pledgers: ['Asha', 'Bola', 'Carys'] })).toBe(
      'The others see what all of you pledged together, and not what you pledged.',
    );
    expect(roundWords({ ...round, mine }).tone).toBe('waiting');
  });
});

describe('what is typed', () => {
  const good = {
    purpose: 'A hoist',
    threshold: '300',
    'freeUntil-day': '1',
    'freeUntil-month': '12',
    'freeUntil-year': '2026',
    'reachBy-day': '15',
    'reachBy-month': '12',
    'reachBy-year': '2026',
    ending: 'release',
  };
  const faultsOf = (body: object): string[] => readRound(typedRound({ ...good, ...body })).faults.map((fault) => fault.field);

  it('to ask for pledges', () => {
    expect(readRound(typedRound(good))).toMatchObject({
      faults: [],
      command: { thresholdPence: 30_000n, freeUntil: '2026-12-01', reachBy: '2026-12-15', ending: 'release' },
    });
    expect(faultsOf({ purpose: '', threshold: 'lots', ending: '', 'reachBy-day': '40' }).sort()).toEqual(['ending', 'purpose', 'reachBy', 'threshold']);
    expect(faultsOf({ ending: 'shrink' })).toEqual(['smallest']);
    expect(faultsOf({ ending: 'extend', 'extendTo-day': '99' })).toEqual(['extendTo']);
    expect(faultsOf({ most: 'all' })).toEqual(['most']);
    // What belongs to an ending that was not chosen is left aside.
    expect(readRound(typedRound({ ...good, smallest: '100' })).command).not.toHaveProperty('smallestPence', 10_000n);
  });

  it('to pledge, and to change the sum', () => {
    const source = {
      value: 'a.b',
      lineId: newId<'budget-line'>(),
      planLineId: newId<'plan-line'>(),
      service: 'Swimming',
      lineName: 'NHS',
      free: pounds(50),
      checked: '',
      travels: true,
    };
    expect(readPledge({ source: '', amount: '20', by: 'card', helpedBy: 'my sister' }, [source])).toMatchObject({
      faults: [],
      command: { lineId: source.lineId, planLineId: source.planLineId, amountPence: 2_000n, by: 'card', helpedBy: 'my sister' },
    });
    expect(readPledge({ source: '', amount: 'x', by: '', helpedBy: '' }, [source]).faults.map((fault) => fault.field)).toEqual(['amount', 'by']);
    expect([readThreshold('12.50').command.thresholdPence, readThreshold('much').faults[0]?.field]).toEqual([1_250n, 'threshold']);
  });
});
