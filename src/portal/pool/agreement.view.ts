import type { PersonId } from '../../kernel/index.js';
import { formatDay, formatPounds, pence } from '../../kernel/index.js';
import type { AgreementView, PoolView, Terms } from '../../pools/index.js';
import { QUORUM_PERCENT } from '../../pools/index.js';
import { inARow } from '../blocks/index.js';
import type { StateTagOptions, SummaryRow } from '../blocks/index.js';
import type { KeptTerms } from './agreement.form.js';
import { AGREEMENT_WORDS } from './pool.words.js';

/** The terms as plain sentences, each under the question people ask: all that the software will obey. `holder` is the name of who holds the
 *  money, `me` whose part is said where not all pay alike. */
export function termsInWords(terms: Terms, holder: string | null, me?: PersonId): SummaryRow[] {
  return [
    { key: 'How do we share the cost?', value: `${sharingInWords(terms, me)} Nobody pays for anyone else.` },
    {
      key: 'Who holds the money?',
      value:
        terms.moneyHolderBook === null
          ? 'Nobody. Each person keeps their own, and pays their part of each bill.'
          : `${holder ?? 'The money-holder'}. It is kept as your part and my part, never as one pot.`,
    },
    { key: 'What if I am away?', value: `${absenceInWords(terms)} In hospital, or when someone close to you has died, you never pay.` },
    { key: 'How do we decide?', value: `${decidingInWords(terms)} Each person has one vote.` },
    {
      key: 'What if I leave?',
      value:
        terms.noticeDays === 0
          ? 'You can leave on any day. You owe nothing more.'
          : `You can leave on any day. You still pay your part of what is booked for the next ${terms.noticeDays} days. The rest of your money goes back to you.`,
    },
    {
      key: 'Who pays card fees?',
      value: { 'money-holder': 'The one who holds the money.', contributor: 'The one who pays by card.', icb: 'The NHS.' }[terms.feesOwedBy],
    },
    ...(terms.funders ? [{ key: 'What if others give us money?', value: FUNDERS_WORDS[terms.funders] }] : []),
    { key: 'When do we look at this again?', value: `On ${formatDay(terms.reviewOn)}` },
  ];
}

/** Minutes of support are said in hours, where they are whole. */
function sharingInWords({ split, parts = [] }: KeptTerms, me: PersonId | undefined): string {
  const mine = parts.find((each) => each.personId === me)?.part;
  const whole = parts.reduce((sum, each) => sum + each.part, 0);
  const said = (words: (part: number) => string): string => (mine === undefined ? '' : ` ${words(mine)}`);
  switch (split) {
    case 'equal':
      return 'Everyone pays the same.';
    case 'attendance':
      return 'Those who come pay the same. If someone need not pay, those who come share their part.';
    case 'hours':
      return `Each person pays by the time of support they have.${said((part) => `Your part: ${timeInWords(part)} of ${timeInWords(whole)}.`)}`;
    case 'ratio':
      return `Each person pays the part we agreed.${said((part) => `Your part: ${part} of ${whole}.`)}`;
    case 'fixed':
      return `Each person pays a fixed sum for each session.${said((part) => `Your sum: ${formatPounds(pence(part))}.`)}`;
    case 'funder':
      return `Each person pays the sum that their funder named for each session.${said((part) => `Your sum: ${formatPounds(pence(part))}.`)}`;
  }
}

const timeInWords = (minutes: number): string =>
  minutes % 60 === 0 ? `${minutes / 60} ${minutes === 60 ? 'hour' : 'hours'}` : `${minutes} ${minutes === 1 ? 'minute' : 'minutes'}`;

function absenceInWords({ absence, absenceDays = 1 }: Terms): string {
  if (absence === 'pay-to-hold-place') return 'You still pay, to keep your place.';
  if (absenceDays === 0) return 'You pay when you come. Say so when you cannot come, or you still pay.';
  return `You pay when you come. If you cannot come, say so ${absenceDays === 1 ? '1 day' : `${absenceDays} days`} before, or you still pay.`;
}

function decidingInWords({ decide, quorumPercent = QUORUM_PERCENT }: Pick<Terms, 'decide' | 'quorumPercent'>): string {
  if (decide === 'all-agree') return 'Together: everyone must say yes.';
  const must = `At least ${quorumPercent}% of us must vote.`;
  return decide === 'most-agree'
    ? `Together: more of us must say yes than no. ${must}`
    : `Together: it goes ahead unless someone could not live with it. ${must}`;
}

/** What a new version keeps of the last one without asking, in sentences. */
export const keptInWords = (kept: KeptTerms): string[] => [
  sharingInWords(kept, undefined),
  ...(kept.quorumPercent === undefined ? [] : [`At least ${kept.quorumPercent}% of us must vote, unless everyone must say yes.`]),
  ...(kept.funders ? [`When others give us money: ${FUNDERS_WORDS[kept.funders].toLowerCase()}`] : []),
];

const FUNDERS_WORDS: Readonly<Record<NonNullable<Terms['funders']>, string>> = {
  first: 'It is spent before our own money.',
  last: 'It is spent only where our own money is not enough.',
};

export interface AgreementPage {
  readonly version: number;
  readonly words: Pick<StateTagOptions, 'state' | 'tone'>;
  readonly paragraphs: readonly string[];
  readonly terms: readonly SummaryRow[];
  /** `Ana and Ben have agreed. We wait for Cass.` */
  readonly who: string;
  readonly iAssented: boolean;
  readonly mayTakeBack: boolean;
  /** The reader is asked to agree to it. */
  readonly mayAssent: boolean;
  readonly contentHash: string;
  readonly id: string;
}

/** One version as people read it. `holder` is the name of the money-holder it names, `reader` who is signed in. */
export function agreementPage(pool: PoolView, agreement: AgreementView, holder: string | null, reader?: PersonId): AgreementPage {
  const me = pool.members.find((member) => member.isMe);
  const isOpen = agreement.state === 'offered' || (agreement.state === 'in-force' && me?.state === 'invited');
  return {
    id: agreement.id,
    version: agreement.version,
    words: AGREEMENT_WORDS[agreement.state as keyof typeof AGREEMENT_WORDS],
    paragraphs: agreement.text.split(/\n+/).filter((line) => line.trim() !== ''),
    terms: termsInWords(agreement.terms, holder, pool.actingFor?.personId ?? reader),
    who: whoAgreed(pool, agreement),
    iAssented: agreement.iAssented,
    mayTakeBack: agreement.mayTakeBack && me !== undefined && (pool.actingFor?.mayDecide ?? true),
    mayAssent: isOpen && !agreement.iAssented && me !== undefined && me.state !== 'left' && (pool.actingFor?.mayDecide ?? true),
    contentHash: agreement.contentHash,
  };
}

function whoAgreed(pool: PoolView, agreement: AgreementView): string {
  const left = [...agreement.assented];
  const waiting = pool.members
    .filter((member) => member.state !== 'left')
    .flatMap((member) => {
      const at = left.indexOf(member.firstName);
      if (at >= 0) left.splice(at, 1);
      return at >= 0 ? [] : [member.isMe && !pool.actingFor ? 'you' : member.firstName];
    });
  const agreed =
    agreement.assented.length === 0 ? 'Nobody has agreed yet.' : `${inARow(agreement.assented)} ${agreement.assented.length === 1 ? 'has' : 'have'} agreed.`;
  if (agreement.state === 'superseded') return agreed;
  return waiting.length === 0 ? `${agreed} That is everyone.` : `${agreed} We wait for ${inARow(waiting)}.`;
}
