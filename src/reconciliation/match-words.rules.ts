import { isSpokenReference } from '../kernel/index.js';
import type { ItemFacts, LineFacts, LinePart } from './match.types.js';

/** Letters and digits only, in capitals: what survives banks, forms and careless systems. */
export const squashed = (text: string): string =>
  text
    .normalize('NFKD')
    .toUpperCase()
    .replace(/[^A-Z0-9]/g, '');

/** A reference of fewer signs proves nothing (our judgement, November 2026). */
const LEAST_REFERENCE = 6;
/** How much of a cut reference must be left, prefix included: for our own, a check word of 5 signs, one in 20 million. */
export const LEAST_CUT = 8;
/** A reference is broken by banks into at most this many words. */
const MOST_WORDS = 4;

/** The names of an item that can be looked for. */
export const namesOf = (item: Pick<ItemFacts, 'references'>): string[] =>
  [...new Set(item.references.map(squashed))].filter((name) => name.length >= LEAST_REFERENCE);

/** What a line says outright in its reference fields. */
export function statedReferences({ reference, bankReference }: { reference: string | null; bankReference?: string | null }): string[] {
  return [reference, bankReference ?? null].flatMap((each) => (each ? [squashed(each)] : [])).filter((each) => each.length >= LEAST_REFERENCE);
}

/** Every run of one to four neighbouring words of a line's fields, joined: finds a reference among other words, and one that was split. */
export function wordRuns(line: Pick<LineFacts, 'reference' | 'counterparty' | 'words'> | LinePart): string[] {
  const runs = new Set<string>();
  for (const field of [line.reference, line.words, line.counterparty]) {
    const words = (field ?? '')
      .split(/[^A-Za-z0-9-]+/)
      .map(squashed)
      .filter((word) => word !== '');
    for (let from = 0; from < words.length; from++) {
      let run = '';
      for (let until = from; until < Math.min(words.length, from + MOST_WORDS); until++) {
        run += words[until]!;
        if (run.length >= LEAST_REFERENCE) runs.add(run);
      }
    }
  }
  return [...runs];
}

/** Runs that end where a field ends: where a bank that cuts would have cut. */
export function endingRuns(line: Pick<LineFacts, 'reference' | 'counterparty' | 'words'>): string[] {
  const runs = new Set<string>();
  for (const field of [line.reference, line.words]) {
    const words = (field ?? '')
      .split(/[^A-Za-z0-9-]+/)
      .map(squashed)
      .filter((word) => word !== '');
    let run = '';
    for (const word of words.slice(-MOST_WORDS).reverse()) {
      run = word + run;
      if (run.length >= LEAST_CUT) runs.add(run);
    }
  }
  return [...runs];
}

/** Of a shorter name a cut may be any name (our judgement, November 2026). */
const LEAST_NAME = 6;

/** Whether a name on a statement is a known one as banks write it: in capitals, without signs, cut after 10 to 35 characters. A name that
 *  is whole must be equal; one that is cut must begin the known name with at least ten signs. */
export function isNameCut(onStatement: string, known: string): boolean {
  const [shown, whole] = [squashed(onStatement), squashed(known)];
  if (shown.length < LEAST_NAME || whole.length < LEAST_NAME) return false;
  return shown === whole || (shown.length >= 10 && whole.startsWith(shown));
}

/** The known name among a line's counterparty and words. CSV files put both in one field, the name first. */
export function namesPayee(line: Pick<LineFacts, 'counterparty' | 'words'>, known: string): boolean {
  if (line.counterparty !== null) return isNameCut(line.counterparty, known);
  const words = line.words.split(/\s+/);
  for (let count = words.length; count > 0; count--) {
    if (isNameCut(words.slice(0, count).join(' '), known)) return true;
  }
  return false;
}

/** The budget line that a line names, as `LIN-7K3M-9QXA`, or the person's own money, as `OWN-7K3M-9QXA`, with or without its dashes and split or not; its check character must fit. */
export function budgetLineNamed(line: Pick<LineFacts, 'reference' | 'counterparty' | 'words'>): string | undefined {
  for (const run of wordRuns(line)) {
    const [, kind, first, second] = /^(LIN|OWN)(.{4})(.{4})$/.exec(run) ?? [];
    const reference = `${kind}-${first}-${second}`;
    if (first && isSpokenReference(reference)) return reference;
  }
  return undefined;
}

/** As banks word them, cut and split or not. */
const BANK_CHARGE = /ACCOUNTCHAR|ACCOUNTFEE|MONTHLYFEE|MONTHLYCHARGE|BANKCHARGE|SERVICECHARGE|OVERDRAFTFEE|OVERDRAFTINT|UNPAIDITEMFEE/;

/** Whether the words are a bank's own charge. A person decides. */
export const looksLikeBankCharge = (line: Pick<LineFacts, 'words' | 'counterparty' | 'direction'>): boolean =>
  line.direction === 'debit' && BANK_CHARGE.test(squashed(`${line.counterparty ?? ''} ${line.words}`));

/** Whether the words are a Stripe pay-out. A person decides. */
export const looksLikeStripePayout = (line: Pick<LineFacts, 'words' | 'counterparty' | 'direction'>): boolean =>
  line.direction === 'credit' && /\bstripe\b/i.test(`${line.counterparty ?? ''} ${line.words}`);
