import { ChoiceField, IdField, TextField, TextListField } from '../platform/index.js';
import type { WellbeingArea } from './goal-terms.js';
import { MUTABLE } from './mute.rules.js';
import { WELLBEING_AREAS } from './goal-terms.js';

const AREAS = Object.keys(WELLBEING_AREAS) as WellbeingArea[];
const ID = /^[a-z0-9-]{2,40}$/;

export class AddGoalTerm {
  @IdField({ description: 'The ICB whose own word it is.' })
  icbId!: string;

  @TextField({ max: 60, what: 'words for the goal' })
  words!: string;

  @ChoiceField(AREAS, { what: 'area of the Care Act, a to i' })
  area!: WellbeingArea;

  /** The goal of the common core that it is another word for. */
  @TextField({ max: 40, optional: true, matches: ID, message: 'Choose a goal of the common list.' })
  sameAs?: string;

  /** How else people there say it. */
  @TextListField({ max: 60 }, { optional: true, max: 20, what: 'other words for it' })
  heard?: string[];
}

export class MapGoalTerm {
  @TextField({ max: 40, matches: ID, message: 'Choose a goal of the common list.' })
  sameAs!: string;
}

export class SayInOwnWords {
  @TextField({ max: 600, lines: true, what: 'words about what you would like' })
  words!: string;
}

export class MuteReason {
  /** `goal:gardening`, `day:2`, or `miles:5` for five miles and more. */
  @TextField({ max: 60, matches: MUTABLE, message: 'Choose a goal, a day or a number of miles.' })
  reason!: string;
}

export class AgreeToGoals {
  /** Those of the goals offered that the person says are right; none is an answer. */
  @TextListField({ max: 40, matches: ID }, { max: 8, what: 'goals' })
  goals!: string[];
}
