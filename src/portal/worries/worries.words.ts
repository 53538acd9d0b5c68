import type { WorryOutcome, WorryStep } from '../../concerns/index.js';

export const OUTCOME_WORDS: Readonly<Record<WorryOutcome, string>> = {
  'no-further-action': 'Nothing more to do',
  'advice-given': 'Advice was given',
  'support-changed': 'Support was changed',
  'council-told': 'The council’s safeguarding team was told',
  'police-told': 'The police were told',
  other: 'Something else',
};

export const STEP_WORDS: Readonly<Record<WorryStep['what'], string>> = {
  taken: 'took it',
  noted: 'wrote down what was done',
  closed: 'closed it',
  'opened-again': 'opened it again',
};
