/** A group is from 2 people to 12: "club" scale in the examples of pooling. */
export const MOST_TOGETHER = 12;
/** The fewest that are put together, unless more are asked for: nobody is proposed to be alone. */
export const FEWEST_TOGETHER = 2;
/** No two are put together whose score is below this. Our judgement, November 2026: one goal that a third of people share, when the day, the
 *  pace, the size and the nearness fit as well; two such goals, or a rarer one, when they do not. Decision 27 has the figures. */
export const LEAST_SCORE = 45;
/** What one more person is worth to each of the others, in points: as much as a goal that many share, since costs are shared by more. Our judgement, November 2026. */
export const COMPANY = 40;

/** With how many, themselves included, people want to be at most, by what their card says. */
export const LARGEST: Readonly<Record<string, number>> = { one: 2, few: 6, many: MOST_TOGETHER, any: MOST_TOGETHER };

/** Who chose whom: an edge for every two of which each is among the 20 best of the other, of those who may be put into groups, with their score. Cards are numbered in the
 *  order of their ids. Everything matching keeps apart (age, distance of both, access, blocks) is kept apart here, having no edge. */
export interface MutualGraph {
  readonly size: number;
  /** Neighbours of card `n`, in order, from `starts[n]` up to `starts[n + 1]`. */
  readonly starts: Int32Array;
  readonly others: Int32Array;
  readonly scores: Int32Array;
  /** Days and wished size of each card; and its goals, from `goalStarts[n]`. */
  readonly days: Uint8Array;
  readonly largest: Uint8Array;
  readonly goalStarts: Int32Array;
  readonly goals: Uint16Array;
}

/** A group that is proposed: who, in order; and how well it fits all of them. */
export interface Group {
  readonly members: readonly number[];
  readonly fit: number;
}

/** How well a group fits everybody in it: the score of the two who suit each other least, and 40 points for each person past the second.
 *  The weakest tie counts, so that nobody is brought along for others' sake. */
export const fitOf = (weakest: number, people: number): number => weakest + COMPANY * (people - 2);

/** Stable groups. The definition, which groups.checker.ts is written from as well:
 *
 *  A set of cards is ALLOWED when it has 2 to 12 members (or fewer, as `most` and each member's wish say; or at least 3, as `least` may say); every two of them chose each other
 *  (MutualGraph) with a score of at least 45; and there is a day, and a goal, common to all. So a member of an allowed set
 *  suits every other by at least 45, and wherever among them they meet nobody goes further than they said.
 *  Each member LIKES allowed sets by their fit; of equal ones the larger; then the one whose ids come first. Being alone is liked least.
 *  Groups are STABLE when they are allowed, nobody is in two, and there is no allowed set that every member likes better than where they
 *  are (the core; since likings are strict it is the strict core, and so the contractual strict core as well).
 *
 *  They are found by forming the set that is liked best of all whose members are free, again and again. Proof: take a set everyone in it would
 *  rather form, and the first group formed that took one of its members. All of the set were free then, so that group was liked at least as much, by
 *  that member too: a contradiction. What a free card likes best only becomes less as others are taken, so the best known of each card is kept in a heap and
 *  looked at again only when it comes to the top and a member is gone. */
export function stableGroups(graph: MutualGraph, most = MOST_TOGETHER, least = FEWEST_TOGETHER): Group[] {
  const free = new Uint8Array(graph.size).fill(1);
  const search = new AroundSearch(graph, free, most, least);
  const heap = new GroupHeap();
  for (let card = 0; card < graph.size; card++) heap.push(search.best(card), card);
  const groups: Group[] = [];
  for (let top = heap.pop(); top; top = heap.pop()) {
    if (top.group.members.every((member) => free[member] === 1)) {
      groups.push(top.group);
      for (const member of top.group.members) free[member] = 0;
    } else if (free[top.card] === 1) heap.push(search.best(top.card), top.card);
  }
  return groups;
}

/** Below zero when `a` is liked better than `b`. */
function byLiking(a: Group, b: Group): number {
  if (a.fit !== b.fit) return b.fit - a.fit;
  if (a.members.length !== b.members.length) return b.members.length - a.members.length;
  const at = a.members.findIndex((member, n) => member !== b.members[n]);
  return at < 0 ? 0 : a.members[at]! - b.members[at]!;
}

/** Finds what a card likes best among those who are free, by trying sets of those it chose, and leaving out what cannot come first. */
class AroundSearch {
  private readonly near: number[] = [];
  private readonly rows: number[] = [];
  private readonly scores = new Int32Array(32 * 32);
  private readonly goals: number[] = [];
  private readonly chosen: number[] = [];
  private found: Group | undefined;

  constructor(
    private readonly graph: MutualGraph,
    private readonly free: Uint8Array,
    private readonly most: number,
    private readonly least: number,
  ) {}

  best(card: number): Group | undefined {
    const { graph } = this;
    this.found = undefined;
    this.load(card);
    if (this.near.length > 1) this.extend(card, 2 ** (this.near.length - 1) - 1, Infinity, 1, Math.min(this.most, graph.largest[card]!), graph.days[card]!, -1);
    return this.found;
  }

  /** Those around a card and who of them chose whom. Its neighbours come first, best first; the card itself is the last. */
  private load(card: number): void {
    const { graph, near, rows, goals } = this;
    const edges: { other: number; score: number }[] = [];
    for (let at = graph.starts[card]!; at < graph.starts[card + 1]!; at++) {
      const other = graph.others[at]!;
      if (this.free[other] === 1 && graph.scores[at]! >= LEAST_SCORE) edges.push({ other, score: graph.scores[at]! });
    }
    edges.sort((a, b) => b.score - a.score);
    near.length = rows.length = goals.length = 0;
    for (const { other } of [...edges, { other: card }]) near.push(other);
    for (let a = 0; a < near.length; a++) {
      rows.push(0);
      goals.push(this.shared(card, near[a]!));
    }
    for (let a = 0; a < near.length; a++)
      for (let b = a + 1; b < near.length; b++) {
        const score = b === near.length - 1 ? edges[a]!.score : this.edge(near[a]!, near[b]!);
        if (score < LEAST_SCORE) continue;
        this.scores[a * 32 + b] = this.scores[b * 32 + a] = score;
        rows[a]! |= 1 << b;
        rows[b]! |= 1 << a;
      }
  }

  /** Adds each of the candidates in turn to the set so far. */
  private extend(card: number, candidates: number, weakest: number, people: number, room: number, days: number, goals: number): void {
    for (let left = candidates; left !== 0; left &= left - 1) {
      const at = 31 - Math.clz32(left & -left);
      const other = this.near[at]!;
      const [roomNow, daysNow, goalsNow] = [Math.min(room, this.graph.largest[other]!), days & this.graph.days[other]!, goals & this.goals[at]!];
      if (people + 1 > roomNow || daysNow === 0 || goalsNow === 0) continue;
      let weakestNow = Math.min(weakest, this.scores[at * 32 + this.near.length - 1]!);
      for (const member of this.chosen) weakestNow = Math.min(weakestNow, this.scores[at * 32 + member]!);
      const next = left & (left - 1) & this.rows[at]!;
      const mostPeople = Math.min(roomNow, people + 1 + bitsIn(next));
      if (this.found && fitOf(weakestNow, mostPeople) < this.found.fit) continue;
      this.chosen.push(at);
      if (people + 1 >= this.least) this.offer(card, fitOf(weakestNow, people + 1));
      this.extend(card, next, weakestNow, people + 1, roomNow, daysNow, goalsNow);
      this.chosen.pop();
    }
  }

  private offer(card: number, fit: number): void {
    if (this.found && fit < this.found.fit) return;
    const group = { members: [card, ...this.chosen.map((at) => this.near[at]!)].sort((a, b) => a - b), fit };
    if (!this.found || byLiking(group, this.found) < 0) this.found = group;
  }

  /** Which of a card's goals another has too, as bits. */
  private shared(card: number, other: number): number {
    const { goalStarts, goals } = this.graph;
    let bits = 0;
    for (let mine = goalStarts[card]!; mine < goalStarts[card + 1]!; mine++)
      for (let theirs = goalStarts[other]!; theirs < goalStarts[other + 1]!; theirs++)
        if (goals[mine] === goals[theirs]) bits |= 1 << (mine - goalStarts[card]!);
    return bits;
  }

  /** The score of two who chose each other; 0 of others. */
  private edge(a: number, b: number): number {
    const { starts, others, scores } = this.graph;
    for (let at = starts[a]!; at < starts[a + 1]!; at++) if (others[at] === b) return scores[at]!;
    return 0;
  }
}

function bitsIn(bits: number): number {
  let count = 0;
  for (let left = bits; left !== 0; left &= left - 1) count += 1;
  return count;
}

interface Liked {
  readonly group: Group;
  readonly card: number;
}

/** A heap of what each card likes best, the best of all on top. */
class GroupHeap {
  private readonly items: Liked[] = [];

  push(group: Group | undefined, card: number): void {
    if (!group) return;
    const { items } = this;
    const item = { group, card };
    let at = items.push(item) - 1;
    for (let up = (at - 1) >> 1; at > 0 && byLiking(group, items[up]!.group) < 0; at = up, up = (at - 1) >> 1) items[at] = items[up]!;
    items[at] = item;
  }

  pop(): Liked | undefined {
    const { items } = this;
    const top = items[0];
    const last = items.pop();
    if (items.length === 0 || !last) return top;
    let at = 0;
    for (let down = 1; down < items.length; down = 2 * at + 1) {
      if (down + 1 < items.length && byLiking(items[down + 1]!.group, items[down]!.group) < 0) down += 1;
      if (byLiking(last.group, items[down]!.group) <= 0) break;
      items[at] = items[down]!;
      at = down;
    }
    items[at] = last;
    return top;
  }
}
