import { formatDay, formatPounds, NO_PENCE, plus, sumPence, type LocalDate, type Pence } from '../../kernel/index.js';
import type { BookProof } from '../../reconciliation/index.js';
import { html, type Printable } from '../../platform/index.js';
import { counted, money, stateTag, type StateTagOptions, type TableOptions } from '../blocks/index.js';
import { paths } from '../paths.js';
import { accountWords, kindWords } from './statements.words.js';

/** The proof of a book as a page prints it. */
export interface ProofPageView {
  readonly state: StateTagOptions;
  /** Two or three sides that must be equal. */
  readonly sides: TableOptions;
  /** Each difference in a sentence. */
  readonly differences: readonly string[];
  readonly owned: TableOptions;
  readonly inFlight: TableOptions;
  readonly hasInFlight: boolean;
  readonly date: string;
}

const figure = (proof: BookProof, name: string): Pence => proof.figures[name] ?? NO_PENCE;
const negated = (sum: Pence): Pence => -sum as Pence;

/** What people own less what they owe, in the order people read it. */
const OWNED = ['line', 'share', 'payable', 'remitting', 'unallocated'] as const;

export function proofPageView(proof: BookProof): ProofPageView {
  const isCash = proof.basis === 'cash';
  return {
    state: proofState(proof),
    sides: isCash ? cashSides(proof) : allocationSides(proof),
    differences: proof.differences.map((each) => each.words),
    owned: isCash ? ownedTable(proof) : becameTable(proof),
    inFlight: inFlightTable(proof),
    hasInFlight: isCash,
    date: formatDay(proof.provedOn),
  };
}

/** In a few words, for the home page too. */
export function proofState(proof: BookProof): StateTagOptions {
  const against =
    proof.basis === 'allocation'
      ? 'against its own ledger'
      : proof.statementOn
        ? `against the bank statement of ${formatDay(proof.statementOn)}`
        : 'without a bank statement yet';
  if (proof.ok)
    return {
      state: proof.basis === 'cash' && !proof.statementOn ? 'The books agree with themselves' : 'Everything agrees, to the penny',
      tone: proof.basis === 'cash' && !proof.statementOn ? 'waiting' : 'good',
      reason: `Proved on ${formatDay(proof.provedOn)} ${against}.`,
    };
  return {
    state: `${counted(proof.differences.length, 'difference', 'differences')} found`,
    tone: 'stopped',
    reason: proof.differences.map((each) => each.words).join(' '),
  };
}

function cashSides(proof: BookProof): TableOptions {
  const statement = proof.statementOn;
  const bank = figure(proof, 'bankOnDay');
  const owned = ownedSum(proof);
  const cash = plus(figure(proof, 'bank'), figure(proof, 'clearing'));
  return {
    caption: 'Three sides that must agree',
    head: [{ text: 'Side' }, { text: 'On' }, { text: 'Sum', isNumber: true }, { text: 'Difference', isNumber: true }],
    rows: [
      ['1. The bank’s statement', statement ? formatDay(statement) : 'No statement yet', statement ? money(figure(proof, 'statementClosing')) : '–', ''],
      [
        '2. Our books: in the bank',
        statement ? formatDay(statement) : formatDay(proof.provedOn),
        money(bank),
        differenceCell(statement ? ((figure(proof, 'statementClosing') - bank) as Pence) : NO_PENCE),
      ],
      ['Our books: in the bank and on its way', formatDay(proof.provedOn), money(cash), ''],
      ['3. What people own in all', formatDay(proof.provedOn), money(owned), differenceCell((cash - owned) as Pence)],
    ],
    hasRowHeaders: true,
  };
}

const differenceCell = (sum: Pence): Printable =>
  sum === NO_PENCE ? stateTag({ state: 'None', tone: 'good' }) : html`${stateTag({ state: 'Differs', tone: 'stopped' })} ${money(sum, { signed: true })}`;

function allocationSides(proof: BookProof): TableOptions {
  const agreed = plus(figure(proof, 'agreed'), figure(proof, 'receivable'));
  const became = sumPence([...OWNED, 'spent'].map((kind) => figure(proof, kind)));
  return {
    caption: 'Two sides that must agree',
    head: [{ text: 'Side' }, { text: 'On' }, { text: 'Sum', isNumber: true }, { text: 'Difference', isNumber: true }],
    rows: [
      ['1. What was agreed', formatDay(proof.provedOn), money(agreed), ''],
      ['2. What became of it', formatDay(proof.provedOn), money(became), differenceCell((agreed - became) as Pence)],
    ],
    hasRowHeaders: true,
  };
}

const ownedSum = (proof: BookProof): Pence =>
  sumPence([...OWNED.map((kind) => figure(proof, kind)), negated(figure(proof, 'receivable')), negated(figure(proof, 'fees-due'))]);

const ownedTable = (proof: BookProof): TableOptions => ({
  caption: 'What people own, and where it is',
  head: [{ text: 'Where' }, { text: 'Sum', isNumber: true }],
  rows: [
    ...OWNED.map((kind): Printable[] => [accountWords(kind), money(figure(proof, kind))]),
    [`Less: ${accountWords('receivable').toLowerCase()}`, money(negated(figure(proof, 'receivable')))],
    [`Less: ${accountWords('fees-due').toLowerCase()}`, money(negated(figure(proof, 'fees-due')))],
  ],
  foot: ['What people own in all', money(ownedSum(proof))],
  hasRowHeaders: true,
});

const becameTable = (proof: BookProof): TableOptions => ({
  caption: 'What became of the money agreed',
  head: [{ text: 'Where' }, { text: 'Sum', isNumber: true }],
  rows: [...OWNED, 'spent' as const].map((kind): Printable[] => [accountWords(kind), money(figure(proof, kind))]),
  foot: ['Together', money(sumPence([...OWNED, 'spent'].map((kind) => figure(proof, kind))))],
  hasRowHeaders: true,
});

/** Money between our books and the bank: by bank item by item, with Stripe as one sum. */
function inFlightTable(proof: BookProof): TableOptions {
  const items = proof.inFlight.map((item): Printable[] => [
    isPayment(item.kind) ? html`<a href="${paths.payment(item.id)}">${kindWords(item.kind)}</a>` : kindWords(item.kind),
    money(item.pence, { signed: true }),
  ]);
  const stripe = figure(proof, 'clearingStripe');
  return {
    caption: 'On its way between our books and the bank',
    head: [{ text: 'Item' }, { text: 'Sum', isNumber: true }],
    rows: [...items, ...(stripe === NO_PENCE ? [] : [['In the balance at Stripe', money(stripe, { signed: true })]])],
    foot: ['On its way', money(figure(proof, 'clearing'), { signed: true })],
    hasRowHeaders: true,
    empty: 'Nothing is on its way.',
  };
}

const isPayment = (kind: string): boolean => kind === 'payment' || kind === 'payment-return';

/** When the nightly proof last ran. */
export const lastWords = (
  last: { readonly onDay: LocalDate; readonly ok: boolean; readonly differences: readonly { readonly pence: number; readonly words: string }[] } | null,
): string => {
  if (!last) return 'The nightly proof has not run yet. This page works the proof out at the moment you open it.';
  return last.ok
    ? `The last nightly proof, on ${formatDay(last.onDay)}, agreed.`
    : `The last nightly proof, on ${formatDay(last.onDay)}, did not agree: ${last.differences.map((each) => `${formatPounds(BigInt(each.pence) as Pence)}. ${each.words}`).join(' ')}`;
};
