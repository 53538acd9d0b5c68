import type { LocalDate } from '../kernel/index.js';
import { ChoiceField, IdListField, LocalDateField, TextField } from '../platform/index.js';
import type { PostItemId, ReturnReason } from './post.types.js';
import { RETURN_REASONS } from './post.types.js';

export class PostLetters {
  @IdListField({ min: 1, max: 200, message: 'Tick at least one letter' })
  letters!: PostItemId[];

  @LocalDateField({ message: 'Enter the day on which you posted them, like 27 3 2027' })
  postedOn!: LocalDate;
}

export class LetterCameBack {
  @TextField({ max: 20, message: 'Enter the reference printed on the letter, like LET-7K3M-9QXA' })
  reference!: string;

  @ChoiceField(RETURN_REASONS, { message: 'Choose why it came back' })
  reason!: ReturnReason;
}

export class PutAddress {
  @TextField({ min: 8, max: 300, lines: true, message: 'Enter the address, one line under the other, with its postcode' })
  address!: string;
}
