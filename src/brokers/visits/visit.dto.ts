import { IdField, IdListField, ListField, TextField } from '../../platform/index.js';

/** The most characters of one part of a note. */
export const PART_LENGTH = 4_000;
/** Edits of one sending; a device sends the rest next. */
export const MOST_SENT = 100;

export class SendEdit {
  @IdField({ description: 'Given by the device, once. Sent again it changes nothing.' })
  id!: string;

  @TextField({
    max: 36,
    matches: /^(day|who|next|[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})$/,
    what: 'part of the note',
    description: 'day, who, next, or the id of a paragraph, given by the device that began it.',
  })
  part!: string;

  @IdListField({
    max: 20,
    description: 'The edits that stood in this part on the screen, as the note’s parts name them; with those of the same device that were not sent yet.',
  })
  base!: string[];

  @TextField({ max: PART_LENGTH, min: 0, lines: true })
  words!: string;
}

export class SendEdits {
  @ListField(() => SendEdit, { min: 1, max: MOST_SENT })
  edits!: SendEdit[];
}
