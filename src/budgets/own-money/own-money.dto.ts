import type { Pence, PersonId } from '../../kernel/index.js';
import { IdField, PenceField } from '../../platform/index.js';

export class SendOwnMoneyHome {
  @PenceField({ optional: true, description: 'Left out: all that is not in a pool.' })
  amountPence?: Pence;
}

export class OwnMoneyOf {
  @IdField({ optional: true, what: 'person', description: 'Whose, for somebody who represents them. Left out: one’s own.' })
  personId?: PersonId;
}
