import type { LocalDate, PersonId } from '../../kernel/index.js';
import { ChoiceField, FlagField, IdField, IntField, LocalDateField, TextField } from '../../platform/index.js';
import type { Says, Stage } from './review.rules.js';
import { SAYS, STAGES } from './review.rules.js';

class ForPerson {
  @IdField({ optional: true, what: 'person', description: 'For whom, when a representative writes. Left out: for oneself.' })
  personId?: PersonId;
}

export class AskForReview extends ForPerson {
  @FlagField({
    message: 'Say if it is about somebody being hurt, frightened or used',
    description: 'True is refused: words about harm go to those who keep people safe, and nowhere else.',
  })
  aboutHarm!: boolean;

  @IntField({ min: 1, max: 100_000, what: 'member', description: 'About whom, by the order of joining.' })
  aboutMember!: number;

  @TextField({
    max: 4000,
    lines: true,
    message: 'Say what does not go well, in 4,000 letters at most',
    description: 'Read by the pool’s broker and nobody else.',
  })
  words!: string;
}

export class TurnDownReview {
  @TextField({ max: 2000, lines: true, message: 'Say why, in 2,000 letters at most', description: 'Read by whoever asked.' })
  words!: string;
}

export class OpenStage {
  @ChoiceField(STAGES, { message: 'Choose what comes next' })
  stage!: Stage;

  @TextField({
    max: 4000,
    lines: true,
    message: 'Write what you say to them, in 4,000 letters at most',
    description: 'For conditions: what is agreed. The others read conditions too.',
  })
  words!: string;

  @LocalDateField({ optional: true, what: 'day', description: 'Of the meeting; for conditions and a pause the last day. Left out for leaving.' })
  untilOn?: LocalDate;

  @LocalDateField({ what: 'last day to say something' })
  closesOn!: LocalDate;
}

export class BeginReview extends OpenStage {
  @IntField({ min: 1, max: 100_000, what: 'member', description: 'About whom, by the order of joining.' })
  aboutMember!: number;
}

export class GiveVoice extends ForPerson {
  @ChoiceField(SAYS, { message: 'Choose one of the answers' })
  says!: Says;

  @TextField({ max: 500, lines: true, optional: true, what: 'reason', description: 'Read by the chair without a name, and only when the stage is over.' })
  reason?: string;

  @TextField({ max: 200, optional: true, description: 'Who helped to understand it and to say it.' })
  helpedBy?: string;

  @IntField({
    min: 1,
    max: 100_000,
    optional: true,
    what: 'member',
    description: 'Whose voice the chair types in, by the order of joining, because they asked for it.',
  })
  forMember?: number;
}

export class AnswerReview extends ForPerson {
  @TextField({ max: 4000, lines: true, message: 'Write what you want to say, in 4,000 letters at most' })
  words!: string;

  @TextField({ max: 200, optional: true, what: 'name', description: 'Who supports the member, and comes along.' })
  supporter?: string;

  @FlagField({ optional: true, description: 'Whether the member agrees to what was said to them.' })
  agrees?: boolean;

  @FlagField({ optional: true, description: 'Whether the others read it too; else the chair alone.' })
  forAll?: boolean;
}

export class AppealReview extends ForPerson {
  @TextField({ max: 4000, lines: true, message: 'Say what is not right, in 4,000 letters at most' })
  words!: string;
}

export class AnswerAppeal {
  @FlagField({ message: 'Say if the member was right', description: 'True: the review is set aside.' })
  isUpheld!: boolean;

  @TextField({ max: 4000, lines: true, message: 'Write what they answered, in 4,000 letters at most' })
  words!: string;
}

export class SettleReview {
  @TextField({ max: 2000, lines: true, message: 'Write how you go on, in 2,000 letters at most', description: 'Read by the member and the others.' })
  words!: string;
}
