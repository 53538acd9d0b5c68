import type { FriendCodeView, ReceivedInvitation, SentInvitation } from '../../introductions/index.js';
import { formatDay } from '../../kernel/index.js';
import type { Whose } from '../acting-for/whose.js';
import type { ChoiceItem, StateTone } from '../blocks/index.js';
import { paths } from '../paths.js';
import type { Flashes } from '../shell/index.js';

export const FRIENDS_DONE: Flashes = {
  code: { kind: 'done', title: 'The code is ready', text: 'Give it to somebody you know. It holds for six weeks.' },
  asked: { kind: 'done', title: 'We have asked them', text: 'If they say yes, we tell you. If not, it ends by itself after six weeks.' },
  no: { kind: 'done', title: 'Your answer is saved', text: 'We do not tell them.' },
  back: { kind: 'done', title: 'The invitation is taken back' },
};

export interface FriendsView {
  readonly whose: Whose;
  readonly mayWrite: boolean;
  readonly received: readonly {
    readonly name: string;
    readonly until: string;
    readonly sameBroker: boolean;
    readonly answer: string;
    readonly apart: string;
  }[];
  readonly sent: readonly {
    readonly title: string;
    readonly state: { readonly state: string; readonly tone: StateTone };
    readonly until: string;
    readonly isWaiting: boolean;
    readonly takeBack: string;
    readonly print: string | null;
  }[];
  readonly code: { readonly text: string; readonly until: string } | null;
  /** Others whom the same broker helps. */
  readonly others: readonly ChoiceItem[];
  readonly forms: { readonly code: string; readonly use: string; readonly paper: string; readonly ask: string };
}

interface Facts {
  readonly received: readonly ReceivedInvitation[];
  readonly sent: readonly SentInvitation[];
  readonly code: FriendCodeView;
  readonly others: readonly Whose[];
  readonly mayWrite: boolean;
}

const titleOf = (sent: SentInvitation): string => (sent.toName ? `You asked ${sent.toName}` : 'An invitation on paper');

export const friendsView = (whose: Whose, { received, sent, code, others, mayWrite }: Facts): FriendsView => ({
  whose,
  mayWrite,
  received: received.map((each) => ({
    name: each.fromName,
    until: formatDay(each.expiresOn),
    sameBroker: each.sameBroker,
    answer: paths.invitation(whose.id, each.id, 'answer'),
    apart: paths.keepApart(whose.id, 'invitation', each.id),
  })),
  sent: sent.map((each) => ({
    title: whose.isMine ? titleOf(each) : titleOf(each).replace('You', whose.name),
    state: each.state === 'waiting' ? { state: 'No answer yet', tone: 'waiting' } : { state: 'Ended', tone: 'quiet' },
    until: formatDay(each.expiresOn),
    isWaiting: each.state === 'waiting',
    takeBack: paths.invitation(whose.id, each.id, 'take-back'),
    print: each.code ? paths.invitation(whose.id, each.id, 'print') : null,
  })),
  code: code.code && code.untilDay ? { text: code.code, until: formatDay(code.untilDay) } : null,
  others: others.map((each) => ({ value: each.id, text: each.actingFor?.name ?? each.name })),
  forms: {
    code: paths.friendStep(whose.id, 'code'),
    use: paths.friendStep(whose.id, 'use'),
    paper: paths.friendStep(whose.id, 'paper'),
    ask: paths.friendStep(whose.id, 'ask'),
  },
});
