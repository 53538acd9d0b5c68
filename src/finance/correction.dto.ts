import type { PersonId } from '../kernel/index.js';
import { IdField, TextField } from '../platform/index.js';

export class CorrectEntry {
  @TextField({ max: 200, min: 3, what: 'reference', description: 'The reference of the entry that is wrong, as the book shows it.' })
  reference!: string;

  @TextField({ max: 1000, lines: true, description: 'What was wrong, for whoever looks later.' })
  reason!: string;

  @TextField({
    max: 40,
    optional: true,
    what: 'reference of a budget line',
    description: 'For money given to the wrong line: the right one, like LIN-7K3M-9QXA; or a person’s own money, like OWN-7K3M-9QXA.',
  })
  lineReference?: string;

  @IdField({ optional: true, what: 'person', description: 'For a debt that was paid back: who paid it.' })
  personId?: PersonId;
}
