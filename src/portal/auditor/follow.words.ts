import type { PennyStep } from '../../insight/index.js';
import { formatDay } from '../../kernel/index.js';

/** Who reads: officers and auditors, or the person whose money it is. */
export type Voice = 'staff' | 'holder';

const TITLES: Readonly<Record<string, readonly [staff: string, holder: string]>> = {
  agreed: ['Agreed by the funder', 'This money was agreed'],
  'agreed-less': ['Agreed no longer', 'Less money was agreed'],
  arrival: ['Came into the bank account', 'Money came into the account'],
  allocated: ['Given to the budget line', 'It became yours'],
  contribution: ['Put into a pool', 'Put into a pool'],
  returned: ['Went back to the budget line', 'Came back from a pool'],
  'remittance-sent': ['Sent to another book', 'Sent on its way'],
  'remittance-arrived': ['Arrived there, so it left this book', 'It left the account'],
  'remittance-received': ['Received from another book', 'It arrived'],
  'pay-in': ['Paid in by card or Direct Debit', 'Paid in'],
  'set-aside': ['Set aside', 'Promised'],
  freed: ['No longer set aside', 'Not promised any longer'],
  invoice: ['Owed for an invoice', 'A bill came'],
  payment: ['Paid', 'The bill was paid'],
  'payment-returned': ['The payment came back', 'The payment came back'],
  refund: ['Given back by the payee', 'Money was given back'],
  receivable: ['Owed by the member', 'Money to return'],
  'receivable-settled': ['A debt was settled', 'Money was returned'],
  correction: ['Put right', 'A mistake was put right'],
  fee: ['A fee', 'A fee'],
  'bank-line': ['On the bank statement', 'Seen by the bank'],
};

/** Steps of money that no budget line is behind: a funder's, or a person's own. */
const FUNDERS: readonly { readonly kind: string; readonly from?: string; readonly to?: string; readonly title: string }[] = [
  { kind: 'agreed', to: 'share', title: 'Put in by the funder, out of its own budget' },
  { kind: 'allocated', to: 'share', title: 'Given to the funder’s share of a pool' },
  { kind: 'returned', from: 'share', to: 'owed', title: 'Not needed, so it is owed to the funder' },
  { kind: 'agreed-less', from: 'share', title: 'Not needed, so the funder has it back' },
  // A person's own money, which no funder gave.
  { kind: 'returned', from: 'line', to: 'owed', title: 'On its way home to the person' },
  { kind: 'returned', from: 'owed', to: 'line', title: 'Not sent home after all' },
  { kind: 'payment', to: 'home', title: 'Paid to the person’s own bank account' },
];

/** What a step is, in a few words. */
export function titleOf(step: Pick<PennyStep, 'kind' | 'seen' | 'forDay' | 'from' | 'to'>, voice: Voice): string {
  const { seen } = step;
  if (seen?.by === 'bank') return voice === 'staff' ? `On the bank statement: number ${seen.statement}, line ${seen.place}` : 'The bank statement shows it';
  if (seen?.by === 'payer') return voice === 'staff' ? `In the payer’s own report: ${seen.status}` : 'The payer’s report shows it';
  if (seen?.by === 'stripe') return voice === 'staff' ? `At Stripe: ${seen.reference}` : 'The card payment shows it';
  const ofFunder = FUNDERS.find(({ kind, from, to }) => kind === step.kind && (from ?? step.from) === step.from && (to ?? step.to) === step.to);
  if (ofFunder) return ofFunder.title;
  const title = TITLES[step.kind]?.[voice === 'staff' ? 0 : 1] ?? 'Moved';
  return step.kind === 'set-aside' && step.forDay ? `${title} for ${formatDay(step.forDay)}` : title;
}

const PLACES: Readonly<Record<string, readonly [staff: string, holder: string]>> = {
  line: ['free in the budget line', 'still yours, free to spend'],
  share: ['free in the pool share', 'in the pool and still yours'],
  reserved: ['set aside', 'promised'],
  owed: ['owed, and not paid yet', 'on a bill that is not paid yet'],
  'on-the-way': ['on its way to another book', 'on its way'],
  arrived: ['arrived, and nobody’s yet', 'arrived'],
  left: ['sent', 'sent'],
  came: ['arrived', 'arrived'],
  payee: ['with the payee', 'with the provider'],
  home: ['home with its person', 'home, in your own bank account'],
  crossing: ['in a book that is not shown here', 'between two accounts'],
  debt: ['owed by the member', 'to be returned'],
  funder: ['back with the funder', 'back with the funder'],
  out: ['out of this book', 'paid out'],
  in: ['outside', 'outside'],
};

/** Where money is that has not gone on. */
export const placeWords = (place: string, voice: Voice): string => PLACES[place]?.[voice === 'staff' ? 0 : 1] ?? 'here';

/** Where money came from that is in no earlier step. */
const SOURCES: Readonly<Record<string, readonly [staff: string, holder: string]>> = {
  funder: ['what the funder agreed', 'what was agreed'],
  in: ['outside the book', 'outside'],
  arrived: ['money that had arrived and was nobody’s', 'money that had arrived'],
  crossing: ['a book that is not shown here', 'another account'],
  payee: ['a payment in a book that is not shown here', 'the provider'],
  debt: ['a debt that is not paid back yet', 'money to return'],
};
export const sourceWords = (place: string, voice: Voice): string => SOURCES[place]?.[voice === 'staff' ? 0 : 1] ?? 'before the first movement shown';

/** How money is followed, said on every page that follows it. */
export const RULE: Readonly<Record<Voice, string>> = {
  staff:
    'A penny in an account has no label. Inside one share or line we count first in, first out: the money that came first is used first. Between accounts nothing is guessed: each movement says whose line it is and what it is for. At every step, what came in is what went on and what is still here, to the penny.',
  holder:
    'Pennies have no names. So we count like this: the money that came first is used first. At each step, what came in is what went out and what is still there.',
};

const ASIDES: Readonly<Record<string, string>> = {
  correction: 'A correction',
  receivable: 'A debt of the member, because the bank took money back',
  'receivable-settled': 'The debt was settled',
  fee: 'A fee, owed by whoever the agreement names',
};
export const asideWords = (kind: string): string => ASIDES[kind] ?? TITLES[kind]?.[0] ?? kind;
