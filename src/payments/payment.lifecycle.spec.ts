import { describe, expect, it } from '@jest/globals';
import type { Edge } from '../kernel/index.js';
import { localDate } from '../kernel/index.js';
import { LEAVING, PAY_IN, PAY_OUT } from './payment.lifecycle.js';
import { wordsOfState } from './payment.words.js';

const edges = (table: Record<string, Record<string, Edge<string>>>): [string, string, string][] =>
  Object.entries(table).flatMap(([from, actions]) => Object.entries(actions).map(([action, edge]): [string, string, string] => [from, action, edge.to]));

describe('the lifecycle of payments', () => {
  it('reaches every state, and leads only to states it knows', () => {
    for (const table of [PAY_OUT, PAY_IN]) {
      const reached = new Set(edges(table).map(([, , to]) => to));
      expect(Object.keys(table).filter((state) => state !== 'planned' && !reached.has(state))).toEqual([]);
      expect([...reached].filter((state) => !(state in table))).toEqual([]);
    }
  });

  it('has one way to being approved and none around it to leaving', () => {
    expect(edges(PAY_OUT).filter(([, , to]) => to === 'approved')).toEqual([
      ['prepared', 'approve', 'approved'],
      ['sending', 'fall-back', 'approved'],
    ]);
    expect(
      edges(PAY_OUT)
        .filter(([, , to]) => to === 'sending' || to === 'in-file')
        .map(([from]) => from),
    ).toEqual(['approved', 'approved', 'reconciled']);
  });

  it('never sends again what it does not know', () => {
    expect(Object.keys(PAY_OUT.unknown).sort()).toEqual(['fail', 'made']);
  });

  it('counts as leaving exactly what is decided and not stopped', () => {
    const stopped = ['planned', 'prepared', 'held', 'returned', 'recalled', 'failed'];
    expect([...LEAVING, ...stopped].sort()).toEqual(Object.keys(PAY_OUT).sort());
  });

  it('says every state in plain words, with who acts next and by when', () => {
    for (const state of [...Object.keys(PAY_OUT), ...Object.keys(PAY_IN)] as never[])
      expect(wordsOfState(state, localDate('2026-11-20')).words).toMatch(/^[A-Z].*\.$/);
    expect(wordsOfState('prepared', localDate('2026-12-24'))).toEqual({
      words: 'One person has prepared it; a second person has to approve it.',
      owner: 'finance',
      nextOn: '2026-12-30',
    });
  });
});
