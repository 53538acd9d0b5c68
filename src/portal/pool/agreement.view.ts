import { formatDay } from '../../kernel/index.js';
import type { AgreementView, PoolView, Terms } from '../../pools/index.js';
import { inARow } from '../blocks/index.js';
import type { StateTagOptions, SummaryRow } from '../blocks/index.js';
import { AGREEMENT_WORDS } from './pool.words.js';

/** The terms as plain sentences, each under the question people ask. `holder` is the name of who holds the money. */
export function termsInWords(terms: Terms, holder: string | null): SummaryRow[] {
  return [
    { key: 'How do we share the cost?', value: 'Everyone pays the same. Nobody pays for anyone else.' },
    {
      key: 'Who holds the money?',
      value:
        terms.moneyHolderBook === null
          ? 'Nobody. Each person keeps their own, and pays their part of each bill.'
          : `${holder ?? 'The money-holder'}. It is kept as your part and my part, never as one pot.`,
    },
    { key: 'What if I am away?', value: terms.absence === 'pay-to-hold-place' ? 'You still pay, to keep your place.' : 'You pay when you come.' },
    { key: 'How do we decide?', value: 'Together: everyone must say yes. Each person has one vote.' },
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
    { key: 'When do we look at this again?', value: `On ${formatDay(terms.reviewOn)}` },
  ];
}

export interface AgreementPage {
  readonly version: number;
  readonly words: Pick<StateTagOptions, 'state' | 'tone'>;
  readonly paragraphs: readonly string[];
  readonly terms: readonly SummaryRow[];
  /** `Ana and Ben have agreed. We wait for Cass.` */
  readonly who: string;
  readonly iAssented: boolean;
  /** The reader is asked to agree to it. */
  readonly mayAssent: boolean;
  readonly contentHash: string;
  readonly id: string;
}

/** One version as people read it. `holder` is the name of the money-holder it names. */
export function agreementPage(pool: PoolView, agreement: AgreementView, holder: string | null): AgreementPage {
  const me = pool.members.find((member) => member.isMe);
  const isOpen = agreement.state === 'offered' || (agreement.state === 'in-force' && me?.state === 'invited');
  return {
    id: agreement.id,
    version: agreement.version,
    words: AGREEMENT_WORDS[agreement.state as keyof typeof AGREEMENT_WORDS],
    paragraphs: agreement.text.split(/\n+/).filter((line) => line.trim() !== ''),
    terms: termsInWords(agreement.terms, holder),
    who: whoAgreed(pool, agreement),
    iAssented: agreement.iAssented,
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
