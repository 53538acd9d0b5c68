/** T7 and T8: finding who suits whom among 200,000 cards (BENCH_CARDS for fewer), beside an exact scan of the grid that gives the same answers.
 *  pgvector is no anchor here: it is not in the database that comes with the service. */
import { median, spreadOf } from './figures.mjs';
import { anchorOf, askBoth, changedCards, engine, formGroups, makeCountry, millisecondsOf, percentile, recallByRules } from './matching-measure.mjs';

const CARDS = Number(process.env.BENCH_CARDS ?? 200_000);
const QUESTIONS = 2_000;
const BY_RULES = 20;
const CHECKED = 10_000;
const SCAN = 'exact scan of the grid';
const thousands = (number) => number.toLocaleString('en-GB');

export const matching = {
  name: 'MATCHING',
  /** It needs no database and no server. */
  standsAlone: true,
  async run({ repeats, say }) {
    const country = makeCountry(await engine(), CARDS);
    say(`matching: ${thousands(CARDS)} cards indexed in ${(country.built / 1_000).toFixed(1)} s`);
    const anchor = anchorOf(country);
    askBoth(country, anchor, QUESTIONS, 1);
    const asked = [];
    const refreshed = [];
    for (let turn = 0; turn < repeats; turn++) {
      const { ours, theirs, seen, recall } = askBoth(country, anchor, QUESTIONS, 2 + turn);
      if (recall < 1) throw new Error(`only ${recall} of the answers are those of the scan`);
      asked.push({ ours, theirs });
      const figures = (ms) => `p50 ${percentile(ms, 0.5).toFixed(3)} p99 ${percentile(ms, 0.99).toFixed(3)} ms`;
      say(
        `T7 turn ${turn + 1}: ours ${figures(ours)}; scan ${figures(theirs)}; in range ${percentile(seen, 0.5)}, at most ${Math.max(...seen)}; all answers the same`,
      );
    }
    const byRules = recallByRules(country, BY_RULES, 3);
    if (byRules < 1) throw new Error(`only ${byRules} of the answers are those of the rules`);
    for (let turn = 0; turn < repeats; turn++) {
      const scan = millisecondsOf(() => {
        for (let at = 0; at < CARDS; at++) anchor.best(at);
      });
      const ours = millisecondsOf(() => country.pairs.refresh());
      // Put back at once, so that every turn refreshes the same cards.
      const changed = changedCards(country, turn + 1);
      const before = new Map(country.cards.map((card) => [card.id, card]));
      const change = millisecondsOf(() => country.pairs.change({ put: changed }));
      country.pairs.change({ put: changed.map((card) => before.get(card.id)) });
      refreshed.push({ scan, ours, change });
      say(`T8 turn ${turn + 1}: refresh ${ours.toFixed(0)} ms; scan ${scan.toFixed(0)} ms; ${thousands(changed.length)} changed cards ${change.toFixed(0)} ms`);
    }
    const groups = formGroups(country, CHECKED);
    const sizes = [...groups.sizes].sort(([a], [b]) => a - b).map(([size, count]) => `${count} of ${size}`);
    say(`T8 groups: ${sizes.join(', ')}; ${(groups.covered * 100).toFixed(1)}% of cards; least fit ${groups.leastFit}; ${(groups.ms / 1_000).toFixed(1)} s`);
    say(
      `T8 groups: ${groups.faults} violations around ${thousands(groups.checked)} people; peak memory ${(process.resourceUsage().maxRSS / 1_024).toFixed(0)} MB with the anchor's`,
    );
    return resultsOf(asked, refreshed, groups);
  },
};

/** Ratios are anchor over ours: how many times as quick. */
function resultsOf(asked, refreshed, groups) {
  const p99 = (ms) => percentile(ms, 0.99);
  /** `many`: how many cards or questions a time is for, ours and the anchor's. */
  const row = (target, what, anchor, ratios, floor, goal, ours, theirs, p99Ms, many = [1, 1]) => ({
    target,
    app: 'ours',
    what,
    anchor,
    ratio: median(ratios),
    spread: spreadOf(ratios),
    floor,
    goal,
    rate: (many[0] * 1_000) / median(ours),
    anchorRate: (many[1] * 1_000) / median(theirs),
    p99Ms,
  });
  const take = (name) => refreshed.map((turn) => turn[name]);
  return [
    row(
      'T7',
      `the 20 best of one card among ${thousands(CARDS)}, 9 miles around, recall 1.0: p99, times as quick`,
      SCAN,
      asked.map(({ ours, theirs }) => p99(theirs) / p99(ours)),
      1 / 1.1,
      2,
      asked.flatMap(({ ours }) => ours),
      asked.flatMap(({ theirs }) => theirs),
      median(asked.map(({ ours }) => p99(ours))),
    ),
    row(
      'T8',
      `refresh of the best of all ${thousands(CARDS)} cards, times as quick`,
      SCAN,
      refreshed.map(({ scan, ours }) => scan / ours),
      1 / 0.8,
      1 / 0.35,
      take('ours'),
      take('scan'),
      Math.max(...take('ours')),
      [CARDS, CARDS],
    ),
    row(
      'T8',
      'cards changed, 1 in 100, times as quick',
      'own refresh',
      refreshed.map(({ ours, change }) => ours / change),
      10,
      1 / 0.03,
      take('change'),
      take('ours'),
      Math.max(...take('change')),
      [CARDS / 100, CARDS],
    ),
    row(
      'T8',
      `stable groups of 2 to 12: share of ${thousands(groups.checked)} people around whom the checker finds no violation`,
      'none',
      [1 - groups.faults / groups.checked],
      1,
      1,
      [groups.ms],
      [groups.ms],
      groups.ms,
    ),
  ];
}
