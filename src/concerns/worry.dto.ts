import { FlagField, TextField } from '../platform/index.js';

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
