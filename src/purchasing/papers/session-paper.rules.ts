import type { PersonId } from '../../kernel/index.js';
import { invalid, refused } from '../../kernel/index.js';

/** What stands on the sheet beside a name; a line without a tick is `not-there`. */
export const SHEET_ANSWERS = ['right', 'not-right', 'not-there'] as const;
export type SheetAnswer = (typeof SHEET_ANSWERS)[number];

export interface SheetLine {
  /** By the order of joining. */
  readonly member: number;
  readonly said: SheetAnswer;
}

export interface SheetMember {
  readonly personId: PersonId;
  readonly joinOrder: number;
  readonly isMember: boolean;
}

export interface ReadSheet {
  readonly came: readonly PersonId[];
  readonly said: readonly { readonly person: PersonId; readonly answer: 'confirmed' | 'disputed' }[];
}

/** What a sheet says of each member. Refuses: sheet-empty (nobody came), member-unknown, member-twice, why-needed (where somebody says that it was not right). */
export function readSheet(lines: readonly SheetLine[], members: readonly SheetMember[], why: string | undefined): ReadSheet {
  if (new Set(lines.map((line) => line.member)).size < lines.length)
    throw invalid('member-twice', 'Somebody stands there twice.', fieldOf('lines', 'Give each person once'));
  const there = lines
    .filter((line) => line.said !== 'not-there')
    .map((line) => {
      const member = members.find((each) => each.joinOrder === line.member && each.isMember);
      if (!member) throw refused('member-unknown', 'Only members of the pool can say how a session was.');
      return { person: member.personId, answer: line.said === 'right' ? ('confirmed' as const) : ('disputed' as const) };
    });
  if (there.length === 0) throw invalid('sheet-empty', 'Nobody is ticked.', fieldOf('lines', 'Type in who came, and what they say'));
  if (there.some((each) => each.answer === 'disputed') && (why ?? '').trim() === '')
    throw invalid('why-needed', 'Say what was not right.', fieldOf('why', 'Type in what was not right, as it is written'));
  return { came: there.map((each) => each.person), said: there };
}

const fieldOf = (field: string, message: string) => [{ field, message }];
