import type { PennyStep } from '../../insight/index.js';
import type { Pence } from '../../kernel/index.js';

/** One step as a box. Places are in the picture's own units. */
export interface FlowBox {
  readonly n: number;
  readonly x: number;
  readonly y: number;
  readonly amount: Pence;
  readonly isStart: boolean;
  /** What stays here; drawn as a mark on the box. */
  readonly stays: Pence;
}

export interface FlowLine {
  readonly d: string;
  readonly width: number;
}

export interface FlowPicture {
  readonly width: number;
  readonly height: number;
  readonly boxes: readonly FlowBox[];
  readonly lines: readonly FlowLine[];
}

export const BOX = { width: 96, height: 40, gapX: 12, gapY: 26 } as const;
/** Beyond this a picture helps nobody; the list and the table say it better. Our judgement, November 2026. */
const MOST_BOXES = 45;
const WIDEST_LINE = 10;
const LEAST_WIDTH = 320;

/** Steps from above to below, each under those it came from, with lines as wide as their sums; undefined when there are too many to draw. */
export function flowPicture(steps: readonly PennyStep[]): FlowPicture | undefined {
  if (steps.length === 0 || steps.length > MOST_BOXES) return undefined;
  const rows = rowsOf(steps);
  const across = Math.max(...rows.map((row) => row.length));
  const width = Math.max(LEAST_WIDTH, across * (BOX.width + BOX.gapX) + BOX.gapX);
  const numbers = new Map(steps.map((step, index) => [step.id, index + 1]));
  const boxes = new Map<string, FlowBox>();
  rows.forEach((row, level) => {
    const left = (width - row.length * BOX.width - (row.length - 1) * BOX.gapX) / 2;
    row.forEach((step, place) =>
      boxes.set(step.id, {
        n: numbers.get(step.id)!,
        x: Math.round(left + place * (BOX.width + BOX.gapX)),
        y: 6 + level * (BOX.height + BOX.gapY),
        amount: step.amount,
        isStart: step.isStart,
        stays: step.stillHere,
      }),
    );
  });
  const most = steps.reduce((top, step) => (step.amount > top ? step.amount : top), 1n as Pence);
  const lines = steps.flatMap((step) =>
    step.next.flatMap((edge) => {
      const [from, to] = [boxes.get(step.id)!, boxes.get(edge.id)];
      return to ? [{ d: curve(from, to), width: Math.max(1.5, Number((edge.amount * 100n) / most) * (WIDEST_LINE / 100)) }] : [];
    }),
  );
  return { width, height: 12 + rows.length * (BOX.height + BOX.gapY) - BOX.gapY, boxes: [...boxes.values()].sort((a, b) => a.n - b.n), lines };
}

function rowsOf(steps: readonly PennyStep[]): PennyStep[][] {
  const levels = new Map<string, number>();
  const rows: PennyStep[][] = [];
  for (const step of steps) {
    const level = 1 + Math.max(-1, ...step.before.map((edge) => levels.get(edge.id) ?? -1));
    levels.set(step.id, level);
    (rows[level] ??= []).push(step);
  }
  return rows.filter((row) => row.length > 0);
}

function curve(from: FlowBox, to: FlowBox): string {
  const [x1, y1, x2, y2] = [from.x + BOX.width / 2, from.y + BOX.height, to.x + BOX.width / 2, to.y];
  const bend = Math.round((y2 - y1) / 2);
  return `M${x1} ${y1}C${x1} ${y1 + bend} ${x2} ${y2 - bend} ${x2} ${y2}`;
}
