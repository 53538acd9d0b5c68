import type { Authorities, AuthorityView, NominationView } from '../../holders/index.js';
import { formatDay } from '../../kernel/index.js';
import type { Whose } from '../acting-for/whose.js';
import type { StateTone } from '../blocks/index.js';
import { paths } from '../paths.js';

/** Somebody who acts for a person, as a card. */
export interface ActingCard {
  readonly name: string;
  readonly as: string;
  readonly since: string;
  /** On what, a sentence each. */
  readonly on: readonly string[];
  /** Ending it: what will be so then, and where the button leads. Null for who may not end it here. */
  readonly end: { readonly action: string; readonly button: string; readonly then: readonly string[] } | null;
}

export interface NominationCard {
  readonly name: string;
  readonly state: { readonly state: string; readonly tone: StateTone };
  readonly words: readonly string[];
  /** Where the button that takes it back leads. */
  readonly withdraw: string | null;
}

export interface NomineesView {
  readonly whose: Whose;
  readonly acting: readonly ActingCard[];
  readonly nominations: readonly NominationCard[];
  /** Where the form leads that takes a nomination back. */
  readonly withdraw: string;
  /** Where to name somebody; null while one waits, or for who may not. */
  readonly ask: string | null;
}

/** As what somebody acts, in plain words. */
export function actingWords(as: AuthorityView['as']): string {
  if (as === 'nominee') return 'Nominee';
  if (as === 'representative') return 'Representative';
  if (as === 'carer') return 'Family carer';
  return 'Broker';
}

/** What the right is about. `you` and `your` are the person's own or their name. */
export function onWords({ as, holdsAccount }: Pick<AuthorityView, 'as' | 'holdsAccount'>, { you, your }: Pick<Whose, 'you' | 'your'>): string[] {
  switch (as) {
    case 'nominee':
      return [
        `Looks after ${your} direct payment. Sees ${your} plan and money, and puts money into pools.`,
        ...(holdsAccount ? [`Holds ${your} direct-payment account and pays from it.`] : []),
      ];
    case 'representative':
      return [
        `Decides for ${you} about plan, money and pools, in ${your} best interests.`,
        ...(holdsAccount ? [`Holds ${your} direct-payment account and pays from it.`] : []),
      ];
    case 'carer':
      return [`Sees ${your} goals. Has no right over ${your} money.`];
    case 'broker-goals':
      return [`Helps with ${your} good life and goals.`];
    case 'broker-card':
      return ['Helps to find other people.'];
    case 'broker-plan':
      return [`Helps with ${your} plan.`];
    case 'broker-pools':
      return ['Helps with pools.'];
    default:
      return [`Helps with ${your} goals, plan and pools.`];
  }
}

/** What will be so when a nomination has ended, before anybody presses the button. `isSelf`: it is said to the nominee. */
export function thenWords(
  { name, holdsAccount }: Pick<AuthorityView, 'name' | 'holdsAccount'>,
  { your, isMine }: Pick<Whose, 'your' | 'isMine'>,
  isSelf = false,
): string[] {
  return [
    `${isSelf ? 'You see' : `${name} sees`} nothing of ${your} plan and money from that moment, and can do nothing with it.`,
    ...(holdsAccount
      ? [
          `Nobody pays from ${your} direct-payment account until the board has said who holds it next. The money in it stays ${isMine ? 'yours' : 'theirs'}. Ring the board at once if a bill or wages are due.`,
        ]
      : []),
    `The board looks at ${your} plan again within 14 days. Nothing else stops.`,
    'Somebody else can be named at any time.',
  ];
}

const cardOf = (whose: Whose, each: AuthorityView, isSelf: boolean): ActingCard => ({
  name: isSelf ? 'You' : each.name,
  as: actingWords(each.as),
  since: `Since ${formatDay(each.since)}${each.until ? `, until ${formatDay(each.until)} at the latest` : ''}`,
  on: onWords(each, whose),
  end: each.mayEnd
    ? {
        action: paths.endNominee(whose.id, each.personId),
        button: isSelf ? `Stop acting for ${whose.name}` : `${each.name} stops acting for ${whose.you}`,
        then: thenWords(each, whose, isSelf),
      }
    : null,
});

const STATES: Readonly<Record<NominationView['state'], { state: string; tone: StateTone }>> = {
  asked: { state: 'The board has not answered yet', tone: 'waiting' },
  agreed: { state: 'Agreed', tone: 'good' },
  'turned-down': { state: 'The board said no', tone: 'attention' },
  withdrawn: { state: 'Taken back', tone: 'quiet' },
};

const nominationCard = (nomination: NominationView, mayAsk: boolean): NominationCard => ({
  name: nomination.name,
  state: STATES[nomination.state],
  words: [
    `Named on ${formatDay(nomination.askedOn)}: “${nomination.reason}”`,
    ...(nomination.state === 'asked' ? ['Your care co-ordinator asks them, and the board answers. Until then nothing changes.'] : []),
    ...(nomination.answer && nomination.answeredOn ? [`Answered on ${formatDay(nomination.answeredOn)}: “${nomination.answer}”`] : []),
  ],
  withdraw: mayAsk && nomination.state === 'asked' ? nomination.id : null,
});

/** Past answers shown below what waits. */
const MOST_ANSWERED = 5;

export function nomineesView(whose: Whose, { items, nominations, may }: Authorities, actorId: string): NomineesView {
  const waits = nominations.filter((each) => each.state === 'asked');
  const answered = nominations.filter((each) => each.state === 'turned-down').slice(0, MOST_ANSWERED);
  return {
    whose,
    acting: items.map((each) => cardOf(whose, each, each.personId === actorId)),
    nominations: [...waits, ...answered].map((each) => nominationCard(each, may.ask)),
    withdraw: paths.withdrawNomination(whose.id),
    ask: may.ask && waits.length === 0 ? paths.nameNominee(whose.id) : null,
  };
}
