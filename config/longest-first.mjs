import Sequencer from '@jest/test-sequencer';

/** What takes longest, longest first (minutes down to seconds on two cores); the rest in Jest's own order. On a new machine Jest knows no
 *  durations and would begin with the longest text: a test of crashes that is short to read then runs alone at the end. */
const LONGEST = [
  'browser/pool.test',
  'browser/keyboard.test',
  'browser/staff.test',
  'browser/finding-others.test',
  'browser/broker-cases.test',
  'integration/compose.test',
  'browser/decisions.test',
  'browser/holder.test',
  'integration/seed.test',
  'browser/pool-places.test',
  'integration/crash.test',
  'browser/',
  'integration/crash-payments.test',
  'integration/payments.test',
  'integration/seals.test',
  'integration/staff-command.test',
  'integration/embedded.test',
  'integration/reconciliation.test',
  'properties/',
  'integration/',
  'stories/',
];

const rankOf = (path) => {
  const at = LONGEST.findIndex((part) => path.includes(`/test/${part}`));
  return at < 0 ? LONGEST.length : at;
};

export default class LongestFirst extends Sequencer {
  async sort(tests) {
    return [...(await super.sort(tests))].sort((a, b) => rankOf(a.path) - rankOf(b.path));
  }
}
