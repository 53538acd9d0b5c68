import { formatDay } from '../../kernel/index.js';
import type { ProviderId } from '../../kernel/index.js';
import type { FoundPaper, QuotePaper } from '../../purchasing/index.js';
import { QUOTE_SIGNERS } from '../../purchasing/index.js';
import { SIGNERS } from '../../pools/index.js';
import type { SummaryRow } from '../blocks/index.js';
import { quoteRows } from './quotes.view.js';
import type { PoolFacts } from './pool-facts.js';
import { CHOICE_WORDS, SIGNER_WORDS, sourceName, sourceWords } from './signed-papers.form.js';

/** What changes while a sheet lies on a table is not printed on it. */
const NOT_PRINTED = ['Who has said yes', 'Who could not live with it', 'What is missing'];

/** Sheets with the quotes on offer, each quote with its number and everything that stands on the page where it is chosen. */
export const quoteSheets = (papers: readonly QuotePaper[], facts: PoolFacts) =>
  papers.map((paper) => ({
    paper,
    quotes: paper.quotes.flatMap((each, index) =>
      facts.quotes
        .filter((quote) => quote.id === each.id)
        .map((quote) => ({ number: index + 1, rows: quoteRows(quote, facts).filter((row) => !NOT_PRINTED.includes(row.key)) as SummaryRow[] })),
    ),
  }));

/** The quotes of a sheet by the numbers that are printed on it. */
export const numbered = (paper: QuotePaper, providers: ReadonlyMap<ProviderId, string>): { value: string; text: string; isOnOffer: boolean }[] =>
  paper.quotes.map((quote, index) => ({
    value: quote.id,
    text: `Number ${index + 1}: ${providers.get(quote.providerId) ?? 'A provider'}, ${quote.service}`,
    isOnOffer: quote.isOnOffer,
  }));

/** Why a signed sheet cannot be typed in, before anybody types; null where it can. */
export function whyOld(found: FoundPaper | undefined): string | null {
  if (found?.kind === 'agreement' && !found.paper.isNewest)
    return 'This is an old version. Nobody can agree to it any more. Print the new one, and read it together.';
  if ((found?.kind === 'money' || found?.kind === 'quote') && !found.paper.isCurrent)
    return `This paper is old: it could be typed in until ${formatDay(found.paper.lastDay)}, and only while its agreement was in force and the person in the group. Print a new one, and ask again.`;
  if (found?.kind === 'quote' && !found.paper.quotes.some((quote) => quote.isOnOffer))
    return 'No quote on this paper can be chosen any more. Print a new one with those on offer.';
  return null;
}

/** What the form of a signed sheet offers to choose from. */
export const signedItems = (found: FoundPaper | undefined, quotes: ReturnType<typeof numbered>) => ({
  sources: found?.kind === 'money' ? found.paper.sources.map((each) => ({ value: sourceName(each), text: sourceWords(each, found.paper.sources) })) : [],
  quotes: quotes.filter((quote) => quote.isOnOffer).map(({ value, text }) => ({ value, text })),
  choices: found?.kind === 'quote' && found.paper.mayObject ? Object.entries(CHOICE_WORDS).map(([value, text]) => ({ value, text })) : [],
  signers: (found?.kind === 'quote' ? QUOTE_SIGNERS : SIGNERS).map((value) => ({ value, text: SIGNER_WORDS[value]! })),
});
