import { ChoiceField, IntField, ListField, TextField } from '../../platform/index.js';
import type { SheetAnswer } from './session-paper.rules.js';
import { SHEET_ANSWERS } from './session-paper.rules.js';

export class TypedLine {
  @IntField({ min: 1, max: 100_000, what: 'member', description: 'By the order of joining.' })
  member!: number;

  @ChoiceField(SHEET_ANSWERS, { description: 'There and as agreed; there and not as agreed; not there.' })
  said!: SheetAnswer;
}

export class TypeSession {
  @TextField({ max: 40, what: 'reference on the paper', description: 'Like SES-7K3M-9QXA.' })
  reference!: string;

  @ListField(() => TypedLine)
  lines!: TypedLine[];

  @TextField({ max: 1000, optional: true, what: 'what was not right', description: 'Needed where somebody says that it was not as agreed.' })
  why?: string;
}
