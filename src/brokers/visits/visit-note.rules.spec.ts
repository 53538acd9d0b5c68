import { describe, expect, it } from '@jest/globals';
import type { NoteEdit } from './visit-note.rules.js';
import { hasCircle, isShown, isUnsettled, mergedNote, saysSomething, wordsIn } from './visit-note.rules.js';

const edit = (id: string, part: string, base: string[], words: string): NoteEdit => ({ id, part, base, words });
const stands = (edits: NoteEdit[]): [string, string[]][] => mergedNote(edits).map(({ part, now }) => [part, now.map(({ words }) => words)]);

describe('a visit note', () => {
  it.each<[string, NoteEdit[], [string, string[]][]]>([
    ['begins with nothing', [], []],
    ['takes a part as it was written', [edit('1', 'who', [], 'Ana')], [['who', ['Ana']]]],
    ['lets words give way to those written over them', [edit('1', 'who', [], 'Ana'), edit('2', 'who', ['1'], 'Ana, Ben')], [['who', ['Ana, Ben']]]],
    [
      'joins different parts of two devices',
      [edit('1', 'who', [], 'Ana'), edit('2', 'next', [], 'Phone the pool')],
      [
        ['who', ['Ana']],
        ['next', ['Phone the pool']],
      ],
    ],
    [
      'keeps both where the same part was changed on two devices',
      [edit('1', 'p', [], 'Swims'), edit('2', 'p', ['1'], 'Swims daily'), edit('3', 'p', ['1'], 'Swam once')],
      [['p', ['Swims daily', 'Swam once']]],
    ],
    ['takes the same words of two devices for one', [edit('1', 'who', [], 'Ana'), edit('2', 'who', [], 'Ana')], [['who', ['Ana']]]],
    [
      'is settled by an edit over both',
      [edit('1', 'p', [], 'Swims daily'), edit('2', 'p', [], 'Swam once'), edit('3', 'p', ['1', '2'], 'Swam once, wants to daily')],
      [['p', ['Swam once, wants to daily']]],
    ],
    [
      'keeps what a third device writes while it is settled',
      [edit('1', 'p', [], 'a'), edit('2', 'p', [], 'b'), edit('3', 'p', ['1', '2'], 'ab'), edit('4', 'p', ['2'], 'b2')],
      [['p', ['ab', 'b2']]],
    ],
    [
      'keeps a paragraph changed here and taken out there',
      [edit('1', 'p', [], 'Swims'), edit('2', 'p', ['1'], ''), edit('3', 'p', ['1'], 'Swims daily')],
      [['p', ['', 'Swims daily']]],
    ],
    ['knows a later edit of a device before its earlier one', [edit('2', 'p', ['1'], 'Swims daily')], [['p', ['Swims daily']]]],
    ['loses nothing to edits that name each other in a circle', [edit('1', 'p', ['2'], 'a'), edit('2', 'p', ['1'], 'b')], [['p', ['a', 'b']]]],
    ['loses nothing to an edit that names itself', [edit('1', 'p', ['1'], 'a')], [['p', ['a']]]],
    [
      'minds only edits of the same part',
      [edit('1', 'p', [], 'a'), edit('2', 'q', ['1'], 'b')],
      [
        ['p', ['a']],
        ['q', ['b']],
      ],
    ],
  ])('%s', (_what, edits, expected) => {
    expect(stands(edits)).toEqual(expected);
    expect(stands([...edits].reverse())).toEqual(expected);
    expect(stands([...edits, ...edits])).toEqual(expected);
  });

  it('has its named parts first, then paragraphs as they were begun', () =>
    expect(mergedNote(['018f2', 'next', '018f1', 'day', 'who'].map((part) => edit(part, part, [], 'x'))).map(({ part }) => part)).toEqual([
      'day',
      'who',
      'next',
      '018f1',
      '018f2',
    ]));

  it('names what the next edit is written over, and keeps what was before', () => {
    const [part] = mergedNote([edit('1', 'p', [], 'a'), edit('2', 'p', ['1'], 'b'), edit('3', 'p', ['1'], 'c')]);
    expect(part).toMatchObject({ base: ['2', '3'], before: [{ ids: ['1'], words: 'a' }] });
    expect([isUnsettled(part!), isShown(part!), wordsIn([part!], 'p')]).toEqual([true, true, undefined]);
  });

  it.each<[NoteEdit[], boolean]>([
    [[edit('1', 'p', ['1'], 'a')], true],
    [[edit('1', 'p', ['3'], 'a'), edit('2', 'p', ['1'], 'b'), edit('3', 'p', ['2'], 'c')], true],
    [[edit('1', 'p', [], 'a'), edit('2', 'p', ['1'], 'b'), edit('3', 'p', ['1', '2'], 'c')], false],
  ])('knows edits that go in a circle', (edits, expected) => expect(hasCircle(edits)).toBe(expected));

  it.each<[string, NoteEdit, boolean]>([
    ['a part that nobody touched', edit('9', 'p', ['1'], 'a'), false],
    ['a new part left empty', edit('9', 'q', [], ''), false],
    ['a new part', edit('9', 'q', [], 'x'), true],
    ['other words', edit('9', 'p', ['1'], 'b'), true],
    ['a part taken out', edit('9', 'p', ['1'], ''), true],
    ['one of two that are to be settled', edit('9', 'p', ['1', '2'], 'a'), true],
    ['over what has not arrived', edit('9', 'p', ['7'], 'a'), true],
    ['over another part', edit('9', 'q', ['1'], 'a'), true],
  ])('knows whether an edit changes anything: %s', (_what, sent, expected) =>
    expect(saysSomething(sent, new Map([edit('1', 'p', [], 'a'), edit('2', 'p', [], 'b')].map((each) => [each.id, each])))).toBe(expected),
  );

  it('does not show a part that was taken out', () => {
    const parts = mergedNote([edit('1', 'p', [], 'a'), edit('2', 'p', ['1'], '')]);
    expect([isShown(parts[0]!), isUnsettled(parts[0]!), wordsIn(parts, 'p'), wordsIn(parts, 'who')]).toEqual([false, false, '', undefined]);
  });
});
