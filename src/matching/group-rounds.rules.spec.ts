import { describe, expect, it } from '@jest/globals';
import { roundsOf } from './group-rounds.rules.js';

describe('the rounds in which groups are found', () => {
  it('are one when nobody blocked anybody who may be asked', () => {
    const { first, second } = roundsOf(['a', 'b', 'c'], [['a', 'x']]);
    expect(first).toEqual(['a', 'b', 'c']);
    expect(second(['a'])).toEqual([]);
  });

  it('let who blocked wait until the blocked is together with others', () => {
    const { first, second } = roundsOf(['ann', 'raj', 'mei', 'tom', 'zoe'], [['ann', 'raj']]);
    expect(first).toEqual(['raj', 'mei', 'tom', 'zoe']);
    expect(second(['raj', 'mei', 'tom'])).toEqual(['ann', 'zoe']);
  });

  it('let the blocked who found nobody wait for another night', () => {
    const { second } = roundsOf(['ann', 'raj', 'mei'], [['ann', 'raj']]);
    expect(second([])).toEqual(['ann', 'mei']);
  });

  it('let two who blocked each other both have a second turn', () => {
    const { first, second } = roundsOf(
      ['ann', 'raj', 'mei'],
      [
        ['ann', 'raj'],
        ['raj', 'ann'],
      ],
    );
    expect(first).toEqual(['mei']);
    expect(second([])).toEqual(['ann', 'raj', 'mei']);
  });
});
