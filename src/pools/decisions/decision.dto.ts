import type { LocalDate, Pence, PersonId } from '../../kernel/index.js';
import { ChoiceField, IdField, IdListField, IntField, ListField, LocalDateField, PenceField, TextField } from '../../platform/index.js';
import type { Choice } from './decision.rules.js';
import { CHOICES } from './decision.rules.js';

export class NewIdea {
  @TextField({ max: 300, what: 'idea' })
  words!: string;

  @PenceField()
  costPence!: Pence;
}

export class RaiseDecision {
  @TextField({ max: 300, what: 'question', description: 'In plain words, so that it can be answered with yes or no; for ideas, what the money is for.' })
  question!: string;

  @TextField({ max: 4000, lines: true, optional: true, what: 'more about it' })
  words?: string;

  @PenceField({ optional: true, description: 'The sum that the ideas share.' })
  budgetPence?: Pence;

  @ListField(() => NewIdea, { optional: true, description: 'Left out for a question.' })
  ideas?: NewIdea[];

  @LocalDateField({ what: 'last day to vote' })
  closesOn!: LocalDate;

  @LocalDateField({ what: 'day to look back' })
  reviewOn!: LocalDate;

  @IdField({ optional: true, what: 'person', description: 'For whom, when a representative raises it. Left out: for oneself.' })
  personId?: PersonId;
}

class Answer {
  @ChoiceField(CHOICES, { optional: true, description: 'Left out where ideas share a sum. `object`: could not live with it.' })
  choice?: Choice;

  @IdListField({ optional: true, max: 20, what: 'ideas', description: 'Ideas the person would like.' })
  ideas?: string[];

  @TextField({ max: 500, lines: true, optional: true, what: 'reason', description: 'Shown to all members, without a name.' })
  reason?: string;
}

export class GiveVote extends Answer {
  @TextField({ max: 200, optional: true, description: 'Who helped to understand it and to say it.' })
  helpedBy?: string;

  @IdField({ optional: true, what: 'person', description: 'For whom, when a representative votes. Left out: for oneself.' })
  personId?: PersonId;

  @IntField({ min: 1, max: 100_000, optional: true, what: 'member', description: 'For whom, by the order of joining, when they asked one to vote for them.' })
  forMember?: number;
}

export class TypePaper extends Answer {
  @TextField({ max: 20, what: 'reference on the paper', description: 'Like VOT-7K3M-9QXA.' })
  reference!: string;

  @TextField({ max: 200, optional: true, description: 'Who helped to understand it and to say it.' })
  helpedBy?: string;
}

export class AskProxy {
  @IntField({ min: 1, max: 100_000, optional: true, what: 'member', description: 'A member of the pool, by the order of joining. Left out: nobody any more.' })
  toMember?: number;

  @IdField({ optional: true, what: 'person', description: 'For whom, when a representative asks. Left out: for oneself.' })
  personId?: PersonId;
}
