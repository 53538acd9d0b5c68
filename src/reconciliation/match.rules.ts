import type { LocalDate, Pence } from '../kernel/index.js';
import { sumPence, workingDayAfter } from '../kernel/index.js';
import { endingRuns, LEAST_CUT, namesOf, namesPayee, squashed, statedReferences, wordRuns } from './match-words.rules.js';
import type { ItemFacts, LineFacts, LinePart, MatchRule, Proposal } from './match.types.js';

/** Bacs takes three working days; a line may also be booked before our own record (our judgement, November 2026). */
const WORKING_DAYS = 3;

const SCORES: Readonly<Record<Exclude<MatchRule, 'by-hand' | 'budget-line'>, number>> = {
  reference: 100,
  'reference-in-words': 98,
  'batch-parts': 98,
  'batch-reference': 96,
  'reference-cut': 92,
  'batch-total': 88,
  'name-and-day': 85,
};

/** Which items each line is, where that is certain enough to post: surest rules first, each line and item used once, and a rule that
 *  finds two answers gives none. The same lines and items in any order give the same answer. Amounts must be equal to the penny. */
export function certainMatches(lines: readonly LineFacts[], items: readonly ItemFacts[]): Proposal[] {
  const table = new Table(lines, items);
  table.pairs('reference', (line, index) => index.named(statedReferences(line)), 'The reference is the same');
  table.pairs('reference-in-words', (line, index) => index.named(wordRuns(line)), 'The reference stands among the words');
  table.batches();
  table.pairs('reference-cut', (line, index) => index.beginning(endingRuns(line)), 'The words end in the beginning of the reference');
  table.totals();
  table.byName();
  return table.proposals.sort((a, b) => (a.line < b.line ? -1 : 1));
}

/** Items by what they are called and by their sum. */
export class ItemIndex {
  private readonly byName = new Map<string, ItemFacts[]>();
  private readonly byBeginning = new Map<string, { readonly name: string; readonly item: ItemFacts }[]>();
  private readonly bySum: Map<string, ItemFacts[]>;

  constructor(items: readonly ItemFacts[]) {
    this.bySum = grouped(items, sumKey);
    for (const item of items) {
      for (const name of namesOf(item)) {
        push(this.byName, name, item);
        if (name.length > LEAST_CUT) push(this.byBeginning, name.slice(0, LEAST_CUT), { name, item });
      }
    }
  }

  /** All that a line may be at all: of its sum, or named in it. */
  candidates(line: LineFacts): ItemFacts[] {
    return unique([...(this.bySum.get(sumKey(line)) ?? []), ...this.named([...statedReferences(line), ...wordRuns(line)])]);
  }

  named(names: readonly string[]): ItemFacts[] {
    return unique(names.flatMap((name) => this.byName.get(name) ?? []));
  }

  /** Items of whose reference one of the runs is the beginning. */
  beginning(runs: readonly string[]): ItemFacts[] {
    return unique(
      runs.flatMap((run) =>
        (this.byBeginning.get(run.slice(0, LEAST_CUT)) ?? []).filter(({ name }) => name.length > run.length && name.startsWith(run)).map(({ item }) => item),
      ),
    );
  }
}

class Table {
  readonly proposals: Proposal[] = [];
  private readonly takenLines = new Set<string>();
  private readonly takenItems = new Set<string>();
  private readonly index: ItemIndex;

  constructor(
    private readonly lines: readonly LineFacts[],
    private readonly items: readonly ItemFacts[],
  ) {
    this.index = new ItemIndex(items);
  }

  /** One line, one item: the line finds one item only, and that item is found by this line only. */
  pairs(rule: keyof typeof SCORES, find: (line: LineFacts, index: ItemIndex) => readonly ItemFacts[], reason: string): void {
    const found = this.openLines().map((line) => ({ line, items: find(line, this.index).filter((item) => this.fits(line, item)) }));
    const claims = countOf(found.flatMap(({ items }) => items.map(keyOf)));
    for (const { line, items } of found) {
      const [only] = items;
      if (only && items.length === 1 && claims.get(keyOf(only)) === 1) this.take(rule, line, [only], [`${reason}.`, 'The amount is the same to the penny.']);
    }
  }

  /** One line, several items: each part of the line names an item, or the line names the file that its items left in. */
  batches(): void {
    const byParts = this.openLines().flatMap((line) => {
      const items = this.itemsOfParts(line);
      return items && sumPence(items.map((item) => item.amount)) === line.amount ? [{ line, items }] : [];
    });
    this.takeUndisputed('batch-parts', byParts, (items) => [`Each of its ${items.length} parts names one of our payments.`, 'The parts add up to the line.']);
    const open = this.openBatches();
    const byReference = this.openLines().flatMap((line) => {
      const names = [...new Set([...statedReferences(line), ...wordRuns(line)])];
      const whole = open.filter(
        ({ references, items }) => this.isWhole(line, items) && references.some((reference) => names.some((name) => isSameOrCut(name, reference))),
      );
      return whole.length === 1 ? [{ line, items: whole[0]!.items }] : [];
    });
    this.takeUndisputed('batch-reference', byReference, (items) => [
      'It names the file that these payments left in.',
      `The file's ${items.length} open payments add up to the line.`,
    ]);
  }

  /** Takes what no two lines claim. */
  private takeUndisputed(
    rule: keyof typeof SCORES,
    found: readonly { line: LineFacts; items: readonly ItemFacts[] }[],
    reasons: (items: readonly ItemFacts[]) => string[],
  ): void {
    const claims = countOf(found.flatMap(({ items }) => items.map(keyOf)));
    for (const { line, items } of found) if (items.every((item) => claims.get(keyOf(item)) === 1)) this.take(rule, line, items, reasons(items));
  }

  /** One line, a whole file of at least two payments: nothing is named, but the sum and the days fit no other line and no other file. */
  totals(): void {
    const batches = this.openBatches().filter(({ items }) => items.length > 1);
    const lines = grouped(this.openLines(), sumKey);
    const bySum = grouped(batches, ({ items }) => sumKey({ direction: items[0]!.direction, amount: sumPence(items.map((item) => item.amount)) }));
    for (const [sum, same] of bySum) {
      for (const { items } of same) {
        const near = (lines.get(sum) ?? []).filter((line) => !this.takenLines.has(line.id) && isNear(line.day, items[0]!.day) && this.isWhole(line, items));
        const others = same.filter((other) => near[0] && isNear(near[0].day, other.items[0]!.day));
        if (near.length !== 1 || others.length !== 1) continue;
        this.take('batch-total', near[0]!, items, [
          `The ${items.length} open payments of one file add up to the line.`,
          'No other line and no other file has this sum within three working days.',
        ]);
      }
    }
  }

  /** Name, amount and day, where each side has one candidate only, and the line names nothing else of ours. */
  byName(): void {
    const byAmount = grouped(
      this.items.filter((item) => this.isOpen(item) && item.name !== null),
      (item) => `${sumKey(item)} ${beginningOf(item.name!)}`,
    );
    const found = this.openLines().map((line) => ({
      line,
      items: (byAmount.get(`${sumKey(line)} ${beginningOf(line.counterparty ?? line.words)}`) ?? []).filter(
        (item) => isNear(line.day, item.day) && namesPayee(line, item.name!),
      ),
      namesOther: this.index.named([...statedReferences(line), ...wordRuns(line)]).length > 0,
    }));
    const claims = countOf(found.flatMap(({ items }) => items.map(keyOf)));
    for (const { line, items, namesOther } of found) {
      const [only] = items;
      if (!only || items.length !== 1 || claims.get(keyOf(only)) !== 1 || namesOther) continue;
      this.take(
        'name-and-day',
        line,
        [only],
        [
          'The name is the same, as banks write it.',
          'The amount is the same to the penny.',
          'The days are at most three working days apart, and nothing else fits.',
        ],
      );
    }
  }

  private itemsOfParts(line: LineFacts): ItemFacts[] | undefined {
    if (line.parts.length < 2) return undefined;
    const used = new Set<string>();
    const items: ItemFacts[] = [];
    for (const part of line.parts) {
      const found = this.index
        .named([...statedReferences(part), ...wordRuns(part)])
        .filter((item) => !used.has(keyOf(item)) && this.isOpen(item) && item.direction === line.direction && partFits(part, item));
      if (found.length !== 1) return undefined;
      used.add(keyOf(found[0]!));
      items.push(found[0]!);
    }
    return items;
  }

  private openBatches(): { references: readonly string[]; items: ItemFacts[] }[] {
    const batches = new Map<string, { references: readonly string[]; items: ItemFacts[] }>();
    for (const item of this.items) {
      if (!item.batch || !this.isOpen(item)) continue;
      const batch = batches.get(item.batch.id) ?? { references: namesOf(item.batch), items: [] };
      batch.items.push(item);
      batches.set(item.batch.id, batch);
    }
    return [...batches.values()];
  }

  private isWhole = (line: LineFacts, items: readonly ItemFacts[]): boolean =>
    items.every((item) => item.direction === line.direction) && sumPence(items.map((item) => item.amount)) === line.amount;
  private fits = (line: LineFacts, item: ItemFacts): boolean =>
    this.isOpen(item) && item.direction === line.direction && item.amount === line.amount && (item.until === null || line.day <= item.until);
  private isOpen = (item: ItemFacts): boolean => !this.takenItems.has(keyOf(item));
  private openLines = (): LineFacts[] => this.lines.filter((line) => !this.takenLines.has(line.id));

  private take(rule: keyof typeof SCORES, line: LineFacts, items: readonly ItemFacts[], reasons: readonly string[]): void {
    this.takenLines.add(line.id);
    for (const item of items) this.takenItems.add(keyOf(item));
    this.proposals.push({ line: line.id, items, rule, score: SCORES[rule], reasons });
  }
}

const partFits = (part: LinePart, item: ItemFacts): boolean => part.amount === null || part.amount === item.amount;

/** The whole of a file's reference, or its beginning, as banks cut it. */
const isSameOrCut = (name: string, reference: string): boolean => name === reference || (name.length >= 12 && reference.startsWith(name));

export const keyOf = (item: Pick<ItemFacts, 'kind' | 'id' | 'attempt'>): string => `${item.kind}:${item.id}:${item.attempt}`;

/** At most three working days apart, either way. */
export function isNear(a: LocalDate, b: LocalDate): boolean {
  const [earlier, later] = a < b ? [a, b] : [b, a];
  return later <= workingDayAfter(earlier, WORKING_DAYS);
}

const sumKey = ({ direction, amount }: { direction: string; amount: Pence }): string => `${direction} ${amount}`;

/** Names that may be the same begin with the same six signs; see `isNameCut`. */
const beginningOf = (name: string): string => squashed(name).slice(0, 6);

function countOf(keys: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1);
  return counts;
}

function grouped<T>(list: readonly T[], key: (each: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const each of list) push(groups, key(each), each);
  return groups;
}

function push<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const list = map.get(key);
  if (list) list.push(value);
  else map.set(key, [value]);
}

function unique(items: readonly ItemFacts[]): ItemFacts[] {
  const seen = new Set<string>();
  return items.filter((item) => !seen.has(keyOf(item)) && seen.add(keyOf(item)));
}
