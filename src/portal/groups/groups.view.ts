import type { GroupFacts, GroupsView } from '../../introductions/index.js';
import { formatDay } from '../../kernel/index.js';
import type { Whose } from '../acting-for/whose.js';
import { inARow, sentence } from '../blocks/index.js';
import { daysInWords } from '../card/card.words.js';
import { paths } from '../paths.js';
import type { Flashes } from '../shell/index.js';

/** Said after every answer, whatever it was and whatever others said. */
export const GROUPS_DONE: Flashes = {
  answered: {
    kind: 'done',
    title: 'Thank you. Your answer is saved',
    text: 'We look at all answers on the day it says here, at 6 in the evening. If 3 or more said yes, they see each other’s first names then.',
  },
  back: { kind: 'done', title: 'You have left the group' },
};

interface AboutGroup {
  /** "Gardening and swimming". */
  readonly what: string;
  readonly near: string;
  readonly days: string;
}

export interface GroupsPageView {
  readonly whose: Whose;
  readonly mayAnswer: boolean;
  readonly asked: readonly (AboutGroup & {
    readonly action: string;
    readonly far: string;
    readonly until: string;
    readonly revealOn: string;
    readonly isOpen: boolean;
    readonly mine: string | null;
  })[];
  readonly ended: readonly AboutGroup[];
  readonly found: readonly (AboutGroup & { readonly names: string; readonly isAlone: boolean; readonly stepBack: string; readonly pool: string | null })[];
  readonly empty: { readonly text: string; readonly href: string } | null;
  readonly suggestions: string;
}

const ANSWERS = { yes: 'You said yes', 'not-now': 'You said not now' } as const;

const about = ({ goals, near, days }: GroupFacts): AboutGroup => ({ what: sentence(inARow(goals.map((goal) => goal.words))), near, days: daysInWords(days) });
const howFar = (miles: number): string => (miles === 0 ? 'Very near' : `About ${miles} ${miles === 1 ? 'mile' : 'miles'} away`);

export function groupsPageView(
  whose: Whose,
  may: { readonly answer: boolean; readonly propose: boolean; readonly write: boolean },
  { asked, ended, found }: GroupsView,
): GroupsPageView {
  return {
    whose,
    mayAnswer: may.answer,
    asked: asked.map((ask) => ({
      ...about(ask),
      action: paths.groupAsk(whose.id, ask.id),
      far: howFar(ask.miles),
      until: formatDay(ask.answerUntil),
      revealOn: formatDay(ask.revealOn),
      isOpen: ask.mayAnswer,
      mine: ask.myAnswer && ANSWERS[ask.myAnswer],
    })),
    ended: ended.map(about),
    found: found.map((group) => ({
      ...about(group),
      names: inARow(group.others.map((other) => other.firstName)),
      isAlone: group.others.length === 0,
      stepBack: paths.groupStepBack(whose.id, group.id),
      pool: may.propose && group.others.length > 0 ? `${paths.newPool}?group=${group.id}` : null,
    })),
    empty:
      asked.length + ended.length + found.length > 0
        ? null
        : {
            text: may.write
              ? 'We ask when 3 or more people near by would like the same. First say on the card that we may.'
              : 'We ask when 3 or more people near by would like the same.',
            href: may.write ? `${paths.cardPart(whose.id, 'more')}?change=1` : paths.card(whose.id),
          },
    suggestions: paths.suggestions(whose.id),
  };
}
