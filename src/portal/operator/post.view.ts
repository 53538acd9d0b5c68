import type { Letter, PostOverview, RegisterRow } from '../../notifications/index.js';
import type { LocalDate } from '../../kernel/index.js';
import { formatDay, formatInstant } from '../../kernel/index.js';
import { counted, type NeedItem, type TableOptions } from '../blocks/index.js';
import { paths } from '../paths.js';
import { FORMAT_WORDS, isMadeElsewhere, ONE_WORDS, REASON_WORDS, WAY_WORDS } from './post.words.js';

const countOf = ({ counts }: PostOverview, by: string): PostOverview['counts'][number] => counts.find((count) => count.by === by)!;

export const countsTable = (overview: PostOverview): TableOptions => ({
  caption: 'What is under way',
  head: [
    { text: 'Way' },
    { text: 'Waiting', isNumber: true },
    { text: 'To be tried again', isNumber: true },
    { text: 'Posted, not yet there', isNumber: true },
    { text: 'Failed', isNumber: true },
    { text: 'Came back', isNumber: true },
  ],
  rows: overview.counts.map((count) => [WAY_WORDS[count.by], ...[count.waiting, count.again, count.posted, count.failed, count.returned].map(String)]),
  hasRowHeaders: true,
});

/** Who carries emails and texts, one sentence each; those nobody carries first. */
export const carrierNotes = (overview: PostOverview): { kind: 'care' | 'note'; text: string }[] =>
  overview.carriers
    .map(({ by, carrier, why }) =>
      carrier
        ? { kind: 'note' as const, text: `${WAY_WORDS[by]} go to ${carrier}.` }
        : {
            kind: 'care' as const,
            text: `Nobody carries ${WAY_WORDS[by].toLowerCase()}: ${why} ${counted(countOf(overview, by).waiting, 'waits', 'wait')} here. None is lost; send what matters as a letter.`,
          },
    )
    .sort((a, b) => (a.kind < b.kind ? -1 : 1));

export interface ItemView {
  readonly id: string;
  readonly title: string;
  readonly when: string;
  readonly reason: string;
  readonly canTryAgain: boolean;
  readonly canBeLetter: boolean;
}

/** An item without words or names: its reference is enough to talk about it. */
export const itemView = (row: RegisterRow): ItemView => ({
  id: row.itemId,
  title: `${ONE_WORDS[row.by]} ${row.reference ?? row.itemId.slice(0, 8)}`,
  when: `Written ${formatInstant(row.madeAt)}${row.attempts > 0 ? `, ${counted(row.attempts, 'attempt', 'attempts')}` : ''}`,
  reason: row.reason ? REASON_WORDS[row.reason] : 'It waits for a carrier.',
  canTryAgain: row.state === 'failed',
  canBeLetter: row.by !== 'letter',
});

/** What of the post an operator looks at on their home page. */
export const postNeeds = (overview: PostOverview): NeedItem[] => {
  const failed = overview.counts.reduce((sum, count) => sum + count.failed, 0);
  const [letters, calls] = [countOf(overview, 'letter').waiting, countOf(overview, 'phone').waiting];
  return [
    ...(overview.failed.length > 0
      ? [
          {
            text: `${counted(failed, 'message', 'messages')} could not be delivered`,
            href: `${paths.post}#failed`,
            hint: 'Read why, and send it again or as a letter.',
            isUrgent: true,
          },
        ]
      : []),
    ...overview.carriers
      .filter((each) => each.carrier === null && countOf(overview, each.by).waiting > 0)
      .map((each) => ({
        text: `${counted(countOf(overview, each.by).waiting, ONE_WORDS[each.by].toLowerCase(), WAY_WORDS[each.by].toLowerCase())} nobody carries`,
        href: `${paths.post}#stuck`,
        hint: each.why ?? '',
        isUrgent: true,
      })),
    ...(letters > 0
      ? [
          {
            text: `${counted(letters, 'letter', 'letters')} to print and post`,
            href: paths.letters,
            hint: 'A notice period starts only when they are delivered.',
          },
        ]
      : []),
    ...(calls > 0 ? [{ text: `${counted(calls, 'call', 'calls')} to make`, href: paths.calls, hint: 'These people asked to be phoned.' }] : []),
  ];
};

export interface SheetView {
  readonly id: string;
  readonly name: string;
  readonly address: readonly string[];
  readonly date: string;
  readonly reference: string | null;
  readonly format: string;
  /** Said above the words, for whoever makes it. */
  readonly maker: string | null;
  readonly subject: string;
  readonly paragraphs: readonly string[];
}

/** The letters that can be posted, as sheets. Those that a printer cannot make come last. */
export const sheetsOf = (letters: readonly Letter[], today: LocalDate): SheetView[] =>
  letters
    .filter((letter) => letter.hindrance === null)
    .sort((a, b) => Number(isMadeElsewhere(a.format)) - Number(isMadeElsewhere(b.format)))
    .map((letter) => ({
      id: letter.itemId,
      name: letter.name,
      address: letter.address ?? [],
      date: formatDay(today),
      reference: letter.reference,
      format: letter.format,
      maker: isMadeElsewhere(letter.format) ? `To be made in ${FORMAT_WORDS[letter.format]} before it is posted.` : null,
      subject: letter.subject,
      paragraphs: letter.body.split(/\n+/).filter((line) => line !== ''),
    }));

export interface LettersView {
  readonly ready: string;
  readonly readyCount: number;
  readonly formats: TableOptions;
  readonly hindered: readonly { readonly title: string; readonly why: string; readonly href: string }[];
}

export function lettersView(letters: readonly Letter[]): LettersView {
  const ready = letters.filter((letter) => letter.hindrance === null);
  return {
    ready: counted(ready.length, 'letter is', 'letters are'),
    readyCount: ready.length,
    formats: {
      caption: 'By format',
      head: [{ text: 'Format' }, { text: 'Letters', isNumber: true }],
      rows: Object.entries(FORMAT_WORDS).flatMap(([format, words]) => {
        const count = ready.filter((letter) => letter.format === format).length;
        return count === 0 ? [] : [[isMadeElsewhere(format) ? `${words} (have it made)` : words, String(count)]];
      }),
      hasRowHeaders: true,
    },
    hindered: letters
      .filter((letter) => letter.hindrance !== null)
      .map((letter) => ({
        title: `${letter.name}, ${letter.reference ?? 'no reference'}`,
        why:
          letter.hindrance === 'gone-away'
            ? 'A letter came back: gone away. Find out where this person lives now.'
            : 'Nobody has written down where this person’s letters go.',
        href: paths.letterAddress(letter.itemId),
      })),
  };
}
