import type { FieldFault, LocalDate, Pence } from '../../kernel/index.js';
import { DomainError, formatDay, formatPounds, parsePounds } from '../../kernel/index.js';
import { readCommand } from '../../platform/index.js';
import type { PaperSource } from '../../pools/index.js';
import { TypeContribution } from '../../pools/index.js';
import type { FoundPaper } from '../../purchasing/index.js';
import { TypeQuoteChoice } from '../../purchasing/index.js';
import type { DateParts, SummaryRow } from '../blocks/index.js';
import { dateParts } from '../blocks/index.js';
import type { FormBody } from '../form-body.js';
import { dayOfParts, textOf } from '../form-body.js';
import { renamed } from '../shell/index.js';

/** What was typed from a sheet that somebody signed, for the page to show and to send again. */
export interface SignedTyped {
  readonly amount: string;
  /** `line.plan-line`. */
  readonly source: string;
  readonly quote: string;
  readonly choice: string;
  readonly signedBy: string;
  readonly signedOn: DateParts;
  readonly readBack: boolean;
}

export const typedSigned = (body: Readonly<FormBody>): SignedTyped => ({
  amount: textOf(body, 'amount'),
  source: textOf(body, 'source'),
  quote: textOf(body, 'quote'),
  choice: textOf(body, 'choice'),
  signedBy: textOf(body, 'signedBy'),
  signedOn: dateParts('signedOn', body),
  readBack: textOf(body, 'readBack') === 'yes',
});

export const SIGNER_WORDS: Readonly<Record<string, string>> = {
  member: 'The person themselves',
  representative: 'Somebody who represents them',
  nominee: 'Their nominee, who looks after their money',
};

export const sourceName = ({ lineId, planLineId }: PaperSource): string => `${lineId}.${planLineId}`;
/** A line is named only where two of them pay for the same service. */
export const sourceWords = (source: PaperSource, all: readonly PaperSource[]): string =>
  all.filter((each) => each.service === source.service).length > 1 ? `${source.service}, from ${source.lineName}` : source.service;

interface Read<Command> {
  readonly command: Command;
  readonly faults: readonly FieldFault[];
  /** What is read back before it goes in. Only of what has no faults. */
  readonly rows: () => readonly SummaryRow[];
}

const signedRows = ({ signedBy, signedOn }: SignedTyped): SummaryRow[] => {
  const day = dayOfParts(signedOn);
  return [
    { key: 'Who signed it', value: SIGNER_WORDS[signedBy] ?? '' },
    { key: 'The day beside the name', value: day === undefined ? '' : formatDay(day as LocalDate) },
  ];
};

const signedFields = ({ signedBy, signedOn, readBack }: SignedTyped): object => {
  const day = dayOfParts(signedOn);
  return { readBack, ...(signedBy === '' ? {} : { signedBy }), ...(day === undefined ? {} : { signedOn: day }) };
};

/** A fault of the form beside those of the command, the form's own words first. */
const withOwn = (own: readonly FieldFault[], faults: readonly FieldFault[]): FieldFault[] => [
  ...own,
  ...faults
    .filter((fault) => !own.some((mine) => mine.field === fault.field))
    .map((fault) => (fault.field === 'signedOn' ? { ...fault, message: 'Enter the day that stands beside the name, like 20 11 2026' } : fault)),
];

function sumOf(text: string): Pence | undefined {
  try {
    const sum = parsePounds(text);
    return sum > 0n ? sum : undefined;
  } catch (error) {
    if (error instanceof DomainError) return undefined;
    throw error;
  }
}

export function readMoneySheet(reference: string, typed: SignedTyped, { paper }: Extract<FoundPaper, { kind: 'money' }>): Read<TypeContribution> {
  const { sources } = paper;
  const sum = sumOf(typed.amount);
  const source = sources.find((each) => sourceName(each) === typed.source);
  const read = readCommand(TypeContribution, {
    reference,
    ...(sum === undefined ? {} : { amountPence: sum }),
    ...(source ? { lineId: source.lineId, planLineId: source.planLineId } : {}),
    ...signedFields(typed),
  });
  const own = [
    ...(sum === undefined ? [{ field: 'amount', message: 'Enter the amount on the paper, like 120 or 120.50' }] : []),
    ...(sources.length > 0 && !source ? [{ field: 'source', message: 'Choose what the paper says it is for' }] : []),
  ];
  return {
    command: read.command,
    faults: withOwn(own, renamed(read.faults, { amountPence: 'amount', lineId: 'source', planLineId: 'source' })),
    rows: () => [
      { key: 'Whose money', value: paper.firstName },
      { key: 'How much', value: sum === undefined ? '' : formatPounds(sum) },
      ...(source ? [{ key: 'What it is for', value: sourceWords(source, sources) }] : []),
      ...signedRows(typed),
    ],
  };
}

export const CHOICE_WORDS = { yes: 'They choose this', object: 'They could not live with this' } as const;

export function readQuoteSheet(
  reference: string,
  typed: SignedTyped,
  { paper }: Extract<FoundPaper, { kind: 'quote' }>,
  wordsOf: (quoteId: string) => string,
): Read<TypeQuoteChoice> {
  const quote = paper.quotes.find((each) => each.id === typed.quote);
  const choice = paper.mayObject ? typed.choice : 'yes';
  const read = readCommand(TypeQuoteChoice, {
    reference,
    ...(quote ? { quoteId: quote.id } : {}),
    ...(choice === '' ? {} : { choice }),
    ...signedFields(typed),
  });
  const own = quote ? [] : [{ field: 'quote', message: 'Choose the quote that is ticked' }];
  return {
    command: read.command,
    faults: withOwn(own, renamed(read.faults, { quoteId: 'quote' })),
    rows: () => [
      { key: 'Who', value: paper.firstName },
      { key: 'What is ticked', value: quote ? wordsOf(quote.id) : '' },
      { key: 'What they say', value: choice === 'object' ? CHOICE_WORDS.object : CHOICE_WORDS.yes },
      ...signedRows(typed),
    ],
  };
}
