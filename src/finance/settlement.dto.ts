import type { PersonId, PoolId } from '../kernel/index.js';
import { ChoiceField, IdField, TextField } from '../platform/index.js';
import type { FeesOwedBy } from './settlement.rules.js';

/** Money on a statement line that is nobody's yet, and whose debt it is for. */
export class CoverGap {
  @IdField({ what: 'statement line' })
  statementLine!: string;

  @IdField({ what: 'person', description: 'The member whose debt it is.' })
  personId!: PersonId;
}

export class BookPayBack extends CoverGap {
  @TextField({
    max: 40,
    optional: true,
    what: 'reference of a budget line',
    description: 'Where the rest goes when more was paid than owed: a line of the same person, like LIN-7K3M-9QXA.',
  })
  restReference?: string;
}

export class ReturnCover {
  @IdField({ what: 'person', description: 'The member whose debt was covered.' })
  personId!: PersonId;
}

export class SettleFees {
  @IdField({ what: 'statement line' })
  statementLine!: string;

  @ChoiceField(['money-holder', 'contributor', 'icb'], {
    what: 'who paid',
    description: 'Whom the pool’s agreement names; bank charges are the money-holder’s.',
  })
  owedBy!: FeesOwedBy;

  @IdField({ optional: true, what: 'pool', description: 'Only fees that arose in this pool.' })
  poolId?: PoolId;

  @IdField({ optional: true, what: 'person', description: 'The contributor who paid their own fees.' })
  personId?: PersonId;
}
