import type { Pence, PersonId } from '../../kernel/index.js';

/** One of the ideas that a group could spend money on. */
export interface CostedIdea {
  readonly id: string;
  readonly cost: Pence;
  /** Who would like it. */
  readonly wantedBy: readonly PersonId[];
}

export interface Allocation {
  /** Ideas that get their money, in the order in which they were chosen. */
  readonly funded: readonly string[];
  readonly spent: Pence;
  /** Who wanted something and gets nothing that they wanted. */
  readonly leftOut: readonly PersonId[];
}

/** A fraction with a positive denominator; sums of money are shared without rounding. */
interface Fraction {
  readonly over: bigint;
  readonly under: bigint;
}

const whole = (number: bigint): Fraction => ({ over: number, under: 1n });
const isLess = (a: Fraction, b: Fraction): boolean => a.over * b.under < b.over * a.under;
const least = (a: Fraction, b: Fraction): Fraction => (isLess(b, a) ? b : a);

function reduced(over: bigint, under: bigint): Fraction {
  let [a, b] = [over, under];
  while (b !== 0n) [a, b] = [b, a % b];
  const common = a < 0n ? -a : a;
  return common === 0n ? whole(0n) : { over: over / common, under: under / common };
}

const minus = (a: Fraction, b: Fraction): Fraction => reduced(a.over * b.under - b.over * a.under, a.under * b.under);
const plus = (a: Fraction, b: Fraction): Fraction => reduced(a.over * b.under + b.over * a.under, a.under * b.under);
const sumOf = (all: readonly Fraction[]): Fraction => all.reduce(plus, whole(0n));

/** What each who wants an idea pays for it at most, so that together they pay its cost: those who have less than that pay all they have.
 *  Undefined when together they have too little. */
function mostPaid(cost: Pence, purses: readonly Fraction[]): Fraction | undefined {
  if (isLess(sumOf(purses), whole(cost))) return undefined;
  const byLeast = [...purses].sort((a, b) => (isLess(a, b) ? -1 : isLess(b, a) ? 1 : 0));
  let rest = whole(cost);
  for (const [at, purse] of byLeast.entries()) {
    const each = reduced(rest.over, rest.under * BigInt(byLeast.length - at));
    if (!isLess(purse, each)) return each;
    rest = minus(rest, purse);
  }
  return undefined;
}

/** First the one for which each pays least beside what it costs; then the cheaper, the more wanted, the one named first. */
function choose(ideas: readonly CostedIdea[], purses: ReadonlyMap<PersonId, Fraction>): { idea: CostedIdea; each: Fraction } | undefined {
  let best: { idea: CostedIdea; each: Fraction; perPenny: Fraction } | undefined;
  for (const idea of ideas) {
    const each = mostPaid(
      idea.cost,
      idea.wantedBy.map((person) => purses.get(person)!),
    );
    if (!each) continue;
    const perPenny = reduced(each.over, each.under * idea.cost);
    const isBetter =
      !best ||
      isLess(perPenny, best.perPenny) ||
      (!isLess(best.perPenny, perPenny) && (idea.cost < best.idea.cost || (idea.cost === best.idea.cost && idea.wantedBy.length > best.idea.wantedBy.length)));
    if (isBetter) best = { idea, each, perPenny };
  }
  return best;
}

function fundedWith(share: Fraction, ideas: readonly CostedIdea[], members: readonly PersonId[]): readonly CostedIdea[] {
  const purses = new Map(members.map((person) => [person, share]));
  let open = ideas;
  const funded: CostedIdea[] = [];
  for (let next = choose(open, purses); next; next = choose(open, purses)) {
    const { idea, each } = next;
    for (const person of idea.wantedBy) purses.set(person, minus(purses.get(person)!, least(purses.get(person)!, each)));
    funded.push(idea);
    open = open.filter((other) => other !== idea);
  }
  return funded;
}

const costOf = (ideas: readonly CostedIdea[]): Pence => ideas.reduce((sum, idea) => sum + idea.cost, 0n) as Pence;

function allocation(funded: readonly CostedIdea[], ideas: readonly CostedIdea[]): Allocation {
  const wanted = new Set(ideas.flatMap((idea) => idea.wantedBy));
  const served = new Set(funded.flatMap((idea) => idea.wantedBy));
  return { funded: funded.map((idea) => idea.id), spent: costOf(funded), leftOut: [...wanted].filter((person) => !served.has(person)) };
}

/** By how much each member's purse grows while money is left over, in pence: one pound, as cities add one unit of their currency, or a fiftieth of an
 *  equal part where that is more, so that a large sum takes no more steps than a small one. Our judgement, November 2026. */
const LEAST_STEP = 100n;
const STEPS_OF_A_PART = 50n;

/** The Method of Equal Shares (D. Peters, G. Pierczyński, P. Skowron, "Proportional Participatory Budgeting with Additive Utilities", NeurIPS 2021;
 *  approval ballots, satisfaction by cost): the money is divided alike between all members, and an idea is paid by those who want it. Nobody's
 *  part goes to what they did not want. The next idea is the one whose supporters pay least beside its cost. What is left is then used as cities
 *  do ("Add1"): every purse grows by a pound or more, as long as what is chosen together costs no more than there is; and last come those that
 *  still fit, the most wanted first.
 *  `members` are all who may vote, each once. Ideas that cost nothing or more than there is are refused before. */
export function byEqualShares(budget: Pence, ideas: readonly CostedIdea[], members: readonly PersonId[]): Allocation {
  if (members.length === 0) return allocation([], ideas);
  const size = BigInt(members.length);
  const wanted = ideas.filter((idea) => idea.wantedBy.length > 0);
  const ofAPart = budget / size / STEPS_OF_A_PART;
  const step = ofAPart > LEAST_STEP ? ofAPart : LEAST_STEP;
  let funded = fundedWith(reduced(budget, size), wanted, members);
  // Whose part is the whole sum could pay for any idea alone: more would change nothing but which one is paid by whom.
  for (let part = reduced(budget, size); funded.length < wanted.length && isLess(part, whole(budget)); ) {
    part = plus(part, whole(step));
    const more = fundedWith(part, wanted, members);
    if (costOf(more) > budget) break;
    funded = more;
  }
  const rest = byVotes(
    (budget - costOf(funded)) as Pence,
    ideas.filter((idea) => !funded.includes(idea)),
  );
  return allocation([...funded, ...ideas.filter((idea) => rest.funded.includes(idea.id))], ideas);
}

/** The most wanted first, each that still fits: what most people mean by counting votes. Shown beside the other. Ties: the cheaper, then the
 *  one named first. */
export function byVotes(budget: Pence, ideas: readonly CostedIdea[]): Allocation {
  const funded: CostedIdea[] = [];
  let left = budget as bigint;
  const inOrder = [...ideas].sort((a, b) => b.wantedBy.length - a.wantedBy.length || (a.cost < b.cost ? -1 : a.cost > b.cost ? 1 : 0));
  for (const idea of inOrder) {
    if (idea.wantedBy.length === 0 || idea.cost > left) continue;
    funded.push(idea);
    left -= idea.cost;
  }
  return allocation(funded, ideas);
}
