import type { BudgetLineId, LocalDate, Pence, PlanLineId } from '../../kernel/index.js';
import { ChoiceField, FlagField, IdField, LocalDateField, PenceField, TextField } from '../../platform/index.js';
import type { AssentFormat } from '../pool.dto.js';
import { FORMATS } from '../pool.dto.js';
import type { Signer } from './signed-paper.rules.js';
import { SIGNERS } from './signed-paper.rules.js';

export class MakePapers {
  @FlagField({ optional: true, description: 'A sheet to put money in as well, for each member who pays.' })
  withMoney?: boolean;
}

export class TypeContribution {
  @TextField({ max: 40, what: 'reference on the paper', description: 'Like PUT-7K3M-9QXA.' })
  reference!: string;

  @PenceField({ description: 'As it is written on the paper.' })
  amountPence!: Pence;

  @IdField({ optional: true, what: 'budget line', description: 'Left out: the only one that can be meant. See what the reference stands for.' })
  lineId?: BudgetLineId;

  @IdField({ optional: true, what: 'service of the plan', description: 'Left out: the only one that can be meant.' })
  planLineId?: PlanLineId;

  @ChoiceField(SIGNERS, { message: 'Choose who signed it', description: 'The person; or who is recorded as representing them, or as their nominee.' })
  signedBy!: Signer;

  @LocalDateField({ what: 'day of signing', description: 'As it stands beside the name.' })
  signedOn!: LocalDate;

  @FlagField({ what: 'whether it was read back', description: 'That what is sent here was held against the paper. Nothing goes in otherwise.' })
  readBack!: boolean;
}

export class TypeAssent {
  @TextField({ max: 40, what: 'reference on the paper', description: 'Like AGR-7K3M-9QXA.' })
  reference!: string;

  @ChoiceField(FORMATS, { message: 'Choose how they read it', description: 'As ticked on the paper.' })
  format!: AssentFormat;

  @TextField({ max: 200, optional: true, description: 'Who helped to understand it, as the paper says.' })
  helpedBy?: string;
}
