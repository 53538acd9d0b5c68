import type { Pence, PersonId } from '../../kernel/index.js';
import { ChoiceField, FlagField, IdField, PenceField } from '../../platform/index.js';
import type { OwnWay } from './own-top-up.rules.js';
import { OWN_WAYS } from './own-top-up.rules.js';

export class PutOwnMoneyIn {
  @PenceField()
  amountPence!: Pence;

  @ChoiceField(OWN_WAYS, {
    description:
      'From what the money-holder keeps for the person already (here), by card, by Direct Debit, or by a bank transfer with the reference that is answered.',
  })
  by!: OwnWay;

  @FlagField({
    optional: true,
    description: 'For somebody who came without putting money in: they pay their part as everybody does, from when this money is in.',
  })
  paysFromNow?: boolean;

  @IdField({ optional: true, what: 'person', description: 'Whose money, when a representative says it. Left out: one’s own.' })
  personId?: PersonId;
}

export class OfTopUp {
  @IdField({ optional: true, what: 'person', description: 'Whose money, when a representative says it. Left out: one’s own.' })
  personId?: PersonId;
}
