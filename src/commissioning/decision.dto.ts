import type { BudgetLineId, LocalDate, Pence } from '../kernel/index.js';
import { ChoiceField, IdField, LocalDateField, PenceField, TextField } from '../platform/index.js';
import type { GroundOf } from './decision.grounds.js';
import { groundsOf } from './decision.grounds.js';

export class AgreePlan {
  @TextField({ max: 2000 })
  reason!: string;
}

/** The words of a decision: the reason as it is stored and shown to the person, and what the person said. */
class DecisionWords {
  @TextField({ max: 2000, lines: true })
  reason!: string;

  @TextField({ max: 2000, lines: true, optional: true, what: 'words of the person' })
  said?: string;
}

export class ReviewPlan extends DecisionWords {
  @ChoiceField(groundsOf('review'))
  ground!: GroundOf<'review'>;

  @LocalDateField({ description: 'The day of the next review; within a year.' })
  nextReviewOn!: LocalDate;
}

export class ReduceLine extends DecisionWords {
  @ChoiceField(groundsOf('reduce'))
  ground!: GroundOf<'reduce'>;

  @IdField({ what: 'budget line' })
  lineId!: BudgetLineId;

  @PenceField({ description: 'By how much the agreed sum falls.' })
  amountPence!: Pence;
}

export class ReclaimMoney {
  @ChoiceField(groundsOf('reclaim'))
  ground!: GroundOf<'reclaim'>;

  @IdField({ what: 'budget line' })
  lineId!: BudgetLineId;

  @PenceField({ description: 'What is asked back. What is free in a line of the ICB’s own book is taken at once; the rest stays asked.' })
  amountPence!: Pence;

  @LocalDateField({ description: 'Until when the person may answer, at least 28 days.' })
  answerBy!: LocalDate;

  @TextField({ max: 2000, lines: true })
  reason!: string;

  @TextField({ max: 2000, lines: true, what: 'words of the person', description: 'What the person said, or that nobody could ask them and why.' })
  said!: string;
}

export class SuspendMoney extends DecisionWords {
  @ChoiceField(groundsOf('suspend'))
  ground!: GroundOf<'suspend'>;

  @IdField({ optional: true, what: 'budget line', description: 'One line; without it every open line of the plan.' })
  lineId?: BudgetLineId;

  @LocalDateField({ description: 'When it is looked at again, within 56 days.' })
  lookAgainOn!: LocalDate;
}

export class ResumeMoney extends DecisionWords {
  @IdField({ optional: true, what: 'budget line', description: 'One line; without it every suspended line of the plan.' })
  lineId?: BudgetLineId;
}

export class StopMoney extends DecisionWords {
  @ChoiceField(groundsOf('stop'))
  ground!: GroundOf<'stop'>;

  @IdField({ optional: true, what: 'budget line', description: 'One line; without it the plan ends with all of its lines.' })
  lineId?: BudgetLineId;

  @LocalDateField({ description: 'The first day on which nothing new may be bought: with 28 days of notice unless the reason cannot wait.' })
  endsOn!: LocalDate;
}
