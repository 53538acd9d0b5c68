import type { CallView, CaseState, Chasing, FollowUpView, PackView, WaitsOn } from '../../brokers/index.js';
import { WAITS_ON } from '../../brokers/index.js';
import type { SentInvitation } from '../../introductions/index.js';
import type { PersonId } from '../../kernel/index.js';
import { formatDay } from '../../kernel/index.js';
import type { NeedItem, StateTone } from '../blocks/index.js';
import { paths } from '../paths.js';

export const CASE_WORDS: Readonly<Record<CaseState, { readonly state: string; readonly tone: StateTone }>> = {
  late: { state: 'You are late', tone: 'attention' },
  yours: { state: 'Waits on you', tone: 'attention' },
  new: { state: 'Waits for a first word from you', tone: 'attention' },
  ending: { state: 'What they signed ends soon', tone: 'attention' },
  quiet: { state: 'No word for 6 weeks', tone: 'waiting' },
  theirs: { state: 'Waits on them or others', tone: 'waiting' },
  'up-to-date': { state: 'Nothing waits', tone: 'good' },
};

const whoWords = (waitsOn: WaitsOn, broker: string, person: string): string =>
  waitsOn === 'broker' ? broker : waitsOn === 'person' ? person : 'Somebody else';

export const waitsItems = (person: string) =>
  WAITS_ON.map((value) => ({ value, text: whoWords(value, 'I do', `${person} does`).replace('Somebody else', 'Somebody else does') }));

export const callOf = (call: CallView) => ({ day: formatDay(call.onDay), by: call.brokerName, withWhom: call.withWhom, agreed: call.agreed });

const STATES: Readonly<Record<FollowUpView['state'], { readonly state: string; readonly tone: StateTone }>> = {
  open: { state: 'To be done', tone: 'waiting' },
  done: { state: 'Done', tone: 'good' },
  dropped: { state: 'Not needed any more', tone: 'quiet' },
};

/** Something to be done, as both see it; late things say so to both. */
export const nextOf = (each: FollowUpView, personName: string) => ({
  what: each.what,
  who: whoWords(each.waitsOn, each.brokerName, personName),
  by: formatDay(each.byDay),
  state: each.isLate ? { state: 'Late', tone: 'attention' as const } : STATES[each.state],
  end: each.isMine && each.state === 'open' ? paths.endFollowUp(each.personId, each.id) : null,
});

export const packOf = (pack: PackView) => ({
  reference: pack.reference,
  madeOn: formatDay(pack.madeOn),
  state:
    pack.state === 'out'
      ? { state: 'Not typed back yet', tone: 'waiting' as const }
      : pack.state === 'typed-back'
        ? { state: 'Typed back', tone: 'good' as const }
        : { state: 'Taken back', tone: 'quiet' as const },
  isOut: pack.state === 'out',
  print: paths.pack(pack.personId, pack.id, 'print'),
  type: paths.pack(pack.personId, pack.id, 'type'),
  takeBack: paths.pack(pack.personId, pack.id, 'take-back'),
  note: pack.noteId ? paths.visit(pack.personId, pack.noteId) : null,
});

export interface ToChase {
  readonly mine: readonly NeedItem[];
  readonly others: readonly NeedItem[];
}

/** What waits, on whom: the broker's own first. Of an invitation only that it waits is known, and until when. */
export function toChase(
  found: Chasing,
  invitations: readonly { readonly personId: PersonId; readonly sent: SentInvitation }[],
  pools: readonly { readonly pool: string; readonly href: string; readonly who: string }[],
  nameOf: (person: PersonId) => string,
): ToChase {
  const due = (each: FollowUpView): NeedItem => ({
    text: each.what,
    href: paths.phoneCalls(each.personId),
    icon: 'clock',
    hint: `${nameOf(each.personId)}. ${each.isLate ? 'Late: it was to be done' : 'To be done'} by ${formatDay(each.byDay)}`,
    isUrgent: each.isLate,
  });
  const onMe = found.followUps.filter((each) => each.waitsOn === 'broker');
  return {
    mine: [
      ...onMe.map(due),
      ...found.notes.map((each) => ({
        text: 'Settle a note that two devices wrote differently',
        href: paths.visit(each.personId, each.id),
        icon: 'speech' as const,
        hint: `${nameOf(each.personId)}. Visit on ${formatDay(each.onDay)}`,
      })),
    ],
    others: [
      ...found.followUps.filter((each) => each.waitsOn !== 'broker').map(due),
      ...found.advice.map((each) => ({
        text: `Options not chosen from: ${each.about}`,
        href: paths.advice(each.personId, each.id),
        icon: 'list' as const,
        hint: `${nameOf(each.personId)}. Since ${formatDay(each.since)}`,
      })),
      ...found.packs.map((each) => ({
        text: `Sheets not typed back: ${each.reference}`,
        href: paths.packs(each.personId),
        icon: 'list' as const,
        hint: `${nameOf(each.personId)}. Printed on ${formatDay(each.madeOn)}`,
      })),
      ...invitations.map(({ personId, sent }) => ({
        text: sent.toName ? `An invitation to ${sent.toName} without an answer` : 'An invitation on paper without an answer',
        href: paths.friends(personId),
        icon: 'people' as const,
        hint: `${nameOf(personId)} asked. It ends on ${formatDay(sent.expiresOn)}`,
      })),
      ...pools.map((each) => ({ text: `Not in yet: ${each.who}`, href: each.href, icon: 'people' as const, hint: each.pool })),
    ],
  };
}
