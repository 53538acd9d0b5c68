import type { LocalDate } from '../../kernel/index.js';
import { ChoiceField, LocalDateField, ObjectField, TextField } from '../../platform/index.js';

export const WAITS_ON = ['broker', 'person', 'other'] as const;
export type WaitsOn = (typeof WAITS_ON)[number];
export const COMMENT_KINDS = ['comment', 'correction'] as const;
export type CommentKind = (typeof COMMENT_KINDS)[number];

export class MakeFollowUp {
  @TextField({ max: 300, what: 'next thing to do' })
  what!: string;

  @ChoiceField(WAITS_ON, { what: 'one who does it' })
  waitsOn!: WaitsOn;

  @LocalDateField({ what: 'day by which it is done' })
  byDay!: LocalDate;
}

export class LogCall {
  @LocalDateField({ what: 'day of the call' })
  onDay!: LocalDate;

  @TextField({ max: 120, what: 'one you spoke with' })
  withWhom!: string;

  @TextField({ max: 1_000, lines: true, what: 'words on what was agreed' })
  agreed!: string;

  @ObjectField(() => MakeFollowUp, { optional: true, what: 'what happens next' })
  next?: MakeFollowUp;
}

export class TypePackBack {
  @LocalDateField({ what: 'day on which it was filled in' })
  onDay!: LocalDate;

  @TextField({ max: 300, optional: true })
  who?: string;

  @TextField({ max: 3_900, lines: true, optional: true })
  matters?: string;

  @TextField({ max: 3_900, lines: true, optional: true })
  would?: string;

  @TextField({ max: 3_900, lines: true, optional: true })
  ask?: string;

  @TextField({ max: 4_000, lines: true, optional: true })
  next?: string;
}

export class WriteHandOver {
  @TextField({ max: 4_000, lines: true, what: 'note' })
  words!: string;
}

export class CommentHandOver {
  @ChoiceField(COMMENT_KINDS)
  kind!: CommentKind;

  @TextField({ max: 2_000, lines: true, what: 'words' })
  words!: string;
}
