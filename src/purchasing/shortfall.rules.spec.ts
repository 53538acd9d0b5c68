import { describe, expect, it } from '@jest/globals';
import { SHORTFALL_ANSWERS } from '../pools/index.js';
import { checkShortfallAnswer } from './shortfall.rules.js';

describe('what a group does when money does not reach', () => {
  it.each(SHORTFALL_ANSWERS.filter((answer) => answer !== 'bridge'))('%s needs nothing else', (answer) =>
    expect(() => checkShortfallAnswer(answer, { bridge: undefined })).not.toThrow(),
  );
  it.each(['promised', 'held'] as const)('a bridge is a funder’s money that is %s', (bridge) =>
    expect(() => checkShortfallAnswer('bridge', { bridge })).not.toThrow(),
  );
  it.each([undefined, 'ended' as const])('refuses: bridge-not-known (%s)', (bridge) =>
    expect(() => checkShortfallAnswer('bridge', { bridge })).toThrow(expect.objectContaining({ code: 'bridge-not-known' })),
  );
});
