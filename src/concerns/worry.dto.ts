import { ChoiceField, FlagField, TextField } from '../platform/index.js';
import type { WorryOutcome } from './worry.lifecycle.js';
import { WORRY_OUTCOMES } from './worry.lifecycle.js';

export class RaiseWorry {
  @TextField({ max: 4000, lines: true, message: 'Tell us what worries you. A few words are enough.' })
  words!: string;

  @TextField({ max: 200, optional: true, message: 'Use one line of 200 characters or fewer' })
  reach?: string;

  /** The page on which the worry arose. */
  @TextField({ max: 200, optional: true })
  from?: string;

  @FlagField({ optional: true })
  withoutName?: boolean;
}

/** What was done, or why it is opened again. */
export class NoteWorry {
  @TextField({ max: 4000, lines: true, message: 'Write down what was done, in 4,000 characters or fewer' })
  words!: string;
}

export class CloseWorry {
  @ChoiceField(WORRY_OUTCOMES, { message: 'Choose how it ended' })
  outcome!: WorryOutcome;

  @TextField({ max: 4000, lines: true, message: 'Write down why it is closed, in 4,000 characters or fewer' })
  words!: string;
}
