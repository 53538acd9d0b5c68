/** Decisions about a plan or its money after it was agreed. Each rests on a reason that the regulation allows; `resume` lifts a suspension
 *  and needs none but its own words. */
export type LaterKind = 'review' | 'reduce' | 'reclaim' | 'suspend' | 'resume' | 'stop';

/** What each kind of decision rests on (S.I. 2013/1617). A suspension is a lesser step than stopping, on the same grounds: our judgement,
 *  November 2026, with RULE 4 and RULE 11. */
export const STATUTES = {
  'agree-plan': 'S.I. 2013/1617 reg. 8',
  fund: 'NHS Act 2006 s. 12A',
  review: 'S.I. 2013/1617 reg. 14',
  reduce: 'S.I. 2013/1617 reg. 13',
  reclaim: 'S.I. 2013/1617 reg. 15',
  suspend: 'S.I. 2013/1617 reg. 17',
  resume: 'S.I. 2013/1617 reg. 17',
  stop: 'S.I. 2013/1617 reg. 17',
} as const satisfies Record<LaterKind | 'agree-plan' | 'fund', string>;

/** The reasons that each regulation allows, as people read them (domain, sections 1.10 and 1.11). */
export const GROUNDS = {
  review: {
    'first-months': 'The first three months are over',
    yearly: 'A year is nearly over',
    'health-changed': 'Their health has changed',
    'money-not-enough': 'The money is not enough',
    asked: 'It was asked for',
    'representation-changed': 'Somebody else speaks or manages for them now',
  },
  reduce: {
    'still-enough': 'The smaller sum still covers the full cost of every service in the plan',
    unspent: 'Money has built up that the plan does not need',
  },
  reclaim: {
    'circumstances-changed': 'The plan or their circumstances have changed substantially',
    unspent: 'A substantial part was not spent and has built up',
    'outside-plan': 'It was used for something that is not in the plan',
    offence: 'Theft, fraud or another offence may have happened',
    died: 'The holder has died',
  },
  suspend: {
    'nomination-ended': 'The nomination was withdrawn or changed',
    'representative-unsuitable': 'The representative or nominee is unsuitable or unwilling',
    'outside-plan': 'It may have been used for something that is not in the plan',
    offence: 'Theft, fraud or another offence may have happened',
    'needs-not-met': 'The needs may not be met like this',
  },
  stop: {
    'consent-withdrawn': 'Consent was withdrawn, so it has to stop',
    died: 'The holder has died',
    'not-eligible': 'They are no longer eligible',
    'representative-unsuitable': 'The representative or nominee is unsuitable or unwilling',
    'nomination-ended': 'The nomination was withdrawn',
    'outside-plan': 'It was used for something that is not in the plan',
    offence: 'Theft, fraud or another offence may have happened',
    'needs-not-met': 'The needs cannot be met, or are not met, like this',
  },
} as const satisfies Record<Exclude<LaterKind, 'resume'>, Readonly<Record<string, string>>>;

export type GroundOf<Kind extends keyof typeof GROUNDS> = keyof (typeof GROUNDS)[Kind] & string;
export const groundsOf = <Kind extends keyof typeof GROUNDS>(kind: Kind): GroundOf<Kind>[] => Object.keys(GROUNDS[kind]) as GroundOf<Kind>[];
