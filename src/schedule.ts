import type { ScheduledJob } from './platform/index.js';

/** Every recurring job, in London time. */
export const schedule: readonly ScheduledJob[] = [
  { name: 'outbox-sweep', cron: '20 3 * * *', what: 'Removes events whose effects have all been recorded for 30 days.' },
  { name: 'providers-lapse', cron: '40 3 * * *', what: 'Listings that nobody confirmed in time step back, and services long unseen leave the searches.' },
  { name: 'brokers-count-served', cron: '50 3 * * *', what: 'Counts the people each broker served in a year, as the public register may show it.' },
  { name: 'introductions-pair-answers', cron: '0 18 * * *', what: 'Introduces people who both said yes. The hour is also in pairing.rules.ts.' },
  {
    name: 'introductions-reveal-groups',
    cron: '0 18 * * *',
    what: 'Reveals proposed groups on their day to those who said yes. The hour is also in group.rules.ts.',
  },
  { name: 'introductions-end-invitations', cron: '15 0 * * *', what: 'Ends invitations that nobody accepted within six weeks, and codes that are over.' },
  {
    name: 'matching-suggest',
    cron: '10 2 * * *',
    what: 'Suggests to people others nearby who want similar things, and asks those who agreed to it about groups.',
  },
  { name: 'purchasing.expire-reservations', cron: '10 3 * * *', what: 'Frees money set aside for sessions that nobody invoiced within 60 days.' },
  { name: 'pools.close-decisions', cron: '10 0 * * *', what: 'Says what came out of questions that groups voted on, when their last day is over.' },
  { name: 'pools.review-agreements', cron: '0 7 * * *', what: 'Tells groups on the day on which they said they would look at their agreement again.' },
  { name: 'pools.close-reviews', cron: '12 0 * * *', what: 'Closes stages of talks about how things go with a member, when their last day is over.' },
  { name: 'pools.thaw', cron: '12 0 * * *', what: 'Ends stops of pools whose last day is over, and tells people of those about to end.' },
  { name: 'pools.close-pledges', cron: '12 0 * * *', what: 'Calls in what groups pledged when the sum is there, and lets it go when the day is over.' },
  {
    name: 'pools.copy-holders',
    cron: '30 0 * * 1',
    what: 'Copies where every penny of each pool is with the body that holds it, for the day on which it fails.',
  },
  { name: 'pools.tidy', cron: '25 3 * * *', what: 'Gives funders back what their money was not needed for, and closes pools that are empty.' },
  { name: 'commissioning-end', cron: '5 0 * * *', what: 'Ends plans that were stopped and budget lines whose last day is over.' },
  { name: 'insight-track', cron: '30 1 * * *', what: 'Proves the four numbers of every line against the ledger, then forecasts and alerts.' },
  { name: 'insight-reviews', cron: '45 2 * * *', what: 'Reminds co-ordinators of reviews, counted from the first payment.' },
  { name: 'payments-resolve-unknown', cron: '*/10 * * * *', what: 'Asks Stripe what became of every payment whose answer never came.' },
  {
    name: 'post-carry',
    cron: '*/5 * * * *',
    what: 'Hands over emails and texts that wait, outside quiet hours, and counts posted letters as delivered on their day.',
  },
  { name: 'reconciliation.match', cron: '15 4 * * *', what: 'Looks again at statement lines that nothing explained yet.' },
  { name: 'reconciliation.prove', cron: '30 4 * * *', what: 'Holds every book against its bank: what is in it, what is on its way, what people own.' },
  { name: 'ledger-seal', cron: '*/5 * * * *', what: 'Sets the seals of the ledger that a worker, which does so every few seconds, has not set.' },
  { name: 'ledger-prove-seals', cron: '45 4 * * *', what: 'Proves every seal of every book from its rows, and names the first that is broken.' },
  { name: 'checks-nightly', cron: '0 5 * * *', what: 'Looks whether everything that must always be true is true.' },
];
