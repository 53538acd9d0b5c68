/** Several devices write in one note, each out of reach of the others for as long as it likes. Whatever arrives, in whatever order and however
 *  often, the note is the same, and no sentence is gone that nobody knowingly wrote over. */
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { mergedNote, type NoteEdit, type NotePart } from '../../src/brokers/index.js';

const PARTS = ['who', 'next', 'p1', 'p2'] as const;

type Step =
  | { readonly do: 'write'; readonly device: number; readonly part: number; readonly isEmpty: boolean }
  | { readonly do: 'send'; readonly device: number; readonly order: number }
  | { readonly do: 'open'; readonly device: number };

const DEVICES = 3;
const device = fc.nat(DEVICES - 1);
const steps = fc.array(
  fc.oneof(
    { weight: 4, arbitrary: fc.record({ do: fc.constant('write' as const), device, part: fc.nat(PARTS.length - 1), isEmpty: fc.boolean() }) },
    { weight: 2, arbitrary: fc.record({ do: fc.constant('send' as const), device, order: fc.nat(99) }) },
    { weight: 1, arbitrary: fc.record({ do: fc.constant('open' as const), device }) },
  ),
  { maxLength: 40 },
);

interface Device {
  /** What its screen shows as written over, by part. */
  bases: Map<string, readonly string[]>;
  unsent: NoteEdit[];
}

/** Lives the steps: what the server has at last, and what was on the screen of whoever wrote each edit. */
function lived(all: readonly Step[]): NoteEdit[] {
  const devices: Device[] = Array.from({ length: DEVICES }, () => ({ bases: new Map(), unsent: [] }));
  const server: NoteEdit[] = [];
  all.forEach((step, n) => {
    const at = devices[step.device]!;
    if (step.do === 'write') {
      const part = PARTS[step.part]!;
      const id = `e${String(n).padStart(3, '0')}`;
      at.unsent.push({ id, part, base: at.bases.get(part) ?? [], words: step.isEmpty ? '' : `Sentence ${n}.` });
      at.bases.set(part, [id]);
    } else if (step.do === 'send') {
      // One of the unsent goes, not the first written; what was sent may be sent again.
      const [edit] = at.unsent.splice(step.order % Math.max(1, at.unsent.length), 1);
      if (edit) server.push(edit, ...(step.order % 3 === 0 ? [edit] : []));
    } else if (at.unsent.length === 0) for (const { part, base } of mergedNote(server)) at.bases.set(part, base);
  });
  return [...server, ...devices.flatMap(({ unsent }) => unsent)];
}

const shuffled = fc.tuple(steps, fc.integer()).map(([all, seed]) => {
  const edits = lived(all);
  const sent = [...edits, ...edits.filter((_, n) => (n + seed) % 2 === 0)];
  return {
    edits,
    sent: sent
      .map((edit, n) => [edit, (n * 7919 + seed) % 104729] as const)
      .sort((a, b) => a[1] - b[1])
      .map(([edit]) => edit),
  };
});

const standing = (parts: readonly NotePart[], part: string): string[] => parts.find((each) => each.part === part)?.now.map(({ words }) => words) ?? [];

describe('a note written on several devices', () => {
  it('is the same in whatever order and however often its edits arrive', () =>
    fc.assert(
      fc.property(shuffled, ({ edits, sent }) => expect(mergedNote(sent)).toEqual(mergedNote(edits))),
      { numRuns: 300 },
    ));

  it('still has every sentence: it stands, or somebody who saw it wrote over it and it is kept as before', () =>
    fc.assert(
      fc.property(steps, (all) => {
        const edits = lived(all);
        const parts = mergedNote(edits);
        for (const { id, part, words } of edits) {
          const found = parts.find((each) => each.part === part)!;
          expect([...found.now, ...found.before].map((each) => each.words)).toContain(words);
          const wasSeen = edits.some((later) => later.part === part && later.base.includes(id));
          if (!wasSeen) expect(standing(parts, part)).toContain(words);
        }
      }),
      { numRuns: 300 },
    ));

  it('has something standing in each part that was ever written, and what stands is what the next edit is over', () =>
    fc.assert(
      fc.property(steps, (all) => {
        for (const { now, base } of mergedNote(lived(all))) {
          expect(now.length).toBeGreaterThan(0);
          expect([...base].sort()).toEqual(now.flatMap(({ ids }) => ids).sort());
        }
      }),
      { numRuns: 200 },
    ));
});
