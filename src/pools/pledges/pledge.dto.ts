import type { BudgetLineId, LocalDate, Pence, PersonId, PlanLineId } from '../../kernel/index.js';
import { ChoiceField, IdField, LocalDateField, PenceField, TextField } from '../../platform/index.js';
import type { Ending } from './pledge.rules.js';
import { ENDINGS } from './pledge.rules.js';

export class OpenPledgeRound {
  @TextField({ max: 300, what: 'what it is for', description: 'In plain words: what the money would buy.' })
  purpose!: string;

  @TextField({ max: 4000, lines: true, optional: true, what: 'more about it' })
  words?: string;

  @PenceField({ description: 'The sum that has to come together.' })
  thresholdPence!: Pence;

  @PenceField({ optional: true, description: 'The most that one person can pledge. Left out: as much as they have.' })
  mostPence?: Pence;

  @LocalDateField({ what: 'last day to change one’s mind', description: 'Until then a pledge can be changed or taken back freely; afterwards it is firm.' })
  freeUntil!: LocalDate;

  @LocalDateField({ what: 'day by which it must be reached' })
  reachBy!: LocalDate;

  @ChoiceField(ENDINGS, {
    description: 'What becomes of it when the sum is not reached: more time once, going on with less, or letting every pledge go.',
  })
  ending!: Ending;

  @LocalDateField({ optional: true, what: 'second day', description: 'For more time: until when.' })
  extendTo?: LocalDate;

  @PenceField({ optional: true, description: 'For going on with less: the least that is enough.' })
  smallestPence?: Pence;

  @IdField({ optional: true, what: 'person', description: 'For whom, when a representative asks. Left out: for oneself.' })
  personId?: PersonId;
}

export class GivePledge {
  @IdField({ what: 'budget line' })
  lineId!: BudgetLineId;

  @IdField({ what: 'service of the plan', description: 'The plan line the money is for.' })
  planLineId!: PlanLineId;

  @PenceField({ description: 'The whole of it, when it takes the place of an earlier pledge.' })
  amountPence!: Pence;

  @ChoiceField(['card', 'bacs-debit', 'bank'], { optional: true, description: 'How the money shall travel, where it has to go to another account.' })
  by?: 'card' | 'bacs-debit' | 'bank';

  @TextField({ max: 200, optional: true, description: 'Who helped to understand it and to say it.' })
  helpedBy?: string;
}

export class TakePledgeBack {
  @TextField({ max: 200, optional: true, description: 'Who helped to understand it and to say it.' })
  helpedBy?: string;

  @IdField({ optional: true, what: 'person', description: 'For whom, when a representative takes it back. Left out: for oneself.' })
  personId?: PersonId;
}

export class ChangeThreshold {
  @PenceField({ description: 'The sum that has to come together. Refused once somebody has pledged.' })
  thresholdPence!: Pence;
}
