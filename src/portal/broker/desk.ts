import { can } from '../../identity/index.js';
import type { Actor } from '../../kernel/index.js';
import type { Whose } from '../acting-for/whose.js';
import { paths } from '../paths.js';

export type DeskTab = 'brokers' | 'visits' | 'options' | 'calls' | 'paper' | 'hand-over';

export interface Desk {
  readonly label: string;
  readonly links: readonly { readonly text: string; readonly href: string; readonly isCurrent: boolean }[];
  /** The reader is the person, or represents them; else a broker of today. */
  readonly isPerson: boolean;
  /** The reader is a broker who keeps notes of this person. */
  readonly keeps: boolean;
}

/** The parts of what brokers write down about somebody: what the person sees, and where a broker works. */
export function deskOf(actor: Actor, whose: Whose, current: DeskTab): Desk {
  const [isPerson, keeps] = [can(actor, 'case:read', { person: whose.id }), can(actor, 'case:keep', { person: whose.id })];
  const { id } = whose;
  const tabs: readonly (readonly [DeskTab, string, string, boolean])[] = [
    ['brokers', isPerson && whose.isMine ? 'My brokers' : 'Brokers', paths.brokersOf(id), isPerson],
    ['visits', 'Visits', paths.visits(id), true],
    ['options', 'Options', paths.adviceOf(id), true],
    ['calls', 'Calls and next things', paths.phoneCalls(id), true],
    ['paper', 'On paper', paths.packs(id), keeps],
    ['hand-over', 'For the next broker', paths.handOver(id), true],
  ];
  return {
    label: `What brokers write down about ${whose.you}`,
    links: tabs.filter(([, , , isOpen]) => isOpen).map(([tab, text, href]) => ({ text, href, isCurrent: tab === current })),
    isPerson,
    keeps,
  };
}
