import { ChoiceField, FlagField, IdField, TextField } from '../platform/index.js';

/** A first name and the code that this person gave: nobody else can know both. */
export class UseCode {
  @TextField({ max: 80, what: 'first name' })
  firstName!: string;

  @TextField({ max: 40, what: 'code' })
  code!: string;
}

export class InviteOwnPerson {
  @IdField({ description: 'Another person for whom the same broker may answer.' })
  toPersonId!: string;
}

export class AnswerInvitation {
  @ChoiceField(['yes', 'no'] as const, { what: 'answer' })
  answer!: 'yes' | 'no';

  /** With a no: never to be asked by this person again. They do not learn of it. */
  @FlagField({ optional: true, fromText: true })
  block?: boolean;
}

export class PlanMeeting {
  /** Who comes along; the other may read it. */
  @TextField({ max: 200, optional: true, what: 'who comes with you' })
  company?: string;

  /** How to get home; nobody else reads it but those who act for the person. */
  @TextField({ max: 600, lines: true, optional: true, what: 'how you get home' })
  wayHome?: string;
}
