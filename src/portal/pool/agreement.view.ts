import type { PersonId } from '../../kernel/index.js';
import type { AgreementView, PoolView, Terms } from '../../pools/index.js';
import { inARow } from '../blocks/index.js';
import type { StateTagOptions, SummaryRow } from '../blocks/index.js';
import type { ClauseReader } from './agreement.clauses.js';
import { clausesOf } from './agreement.clauses.js';
import { drawing } from '../pictures/drawings.js';
import { paths } from '../paths.js';
import { AGREEMENT_WORDS } from './pool.words.js';

/** The terms as plain sentences, each under the question people ask: all that the software will obey. */
export const termsInWords = (terms: Terms, reader: ClauseReader): SummaryRow[] =>
  clausesOf(terms, reader).map(({ key, says }) => ({ key, value: says.join(' ') }));

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
    terms: termsInWords(agreement.terms, readerOf(pool, agreement, holder, reader)),
    who: whoAgreed(pool, agreement),
    iAssented: agreement.iAssented,
    mayTakeBack: agreement.mayTakeBack && me !== undefined && (pool.actingFor?.mayDecide ?? true),
    mayAssent: isOpen && !agreement.iAssented && me !== undefined && me.state !== 'left' && (pool.actingFor?.mayDecide ?? true),
    contentHash: agreement.contentHash,
  };
}

/** The agreement in short, one picture a clause, with the way back to where people say yes. */
export function easyAgreement(pool: PoolView, agreement: AgreementView, holder: string | null, reader: PersonId) {
  const me = pool.members.find((member) => member.isMe);
  const isAsked = agreement.state === 'offered' || (agreement.state === 'in-force' && me?.state === 'invited');
  return {
    name: pool.name,
    purpose: pool.purpose,
    who: `We are ${inARow(pool.members.filter((member) => member.state !== 'left').map((member) => (member.isMe && !pool.actingFor ? 'you' : member.firstName)))}.`,
    isOffered: agreement.state === 'offered',
    clauses: clausesOf(agreement.terms, readerOf(pool, agreement, holder, reader)).map(({ key, says, drawing: name }) => ({
      key,
      says,
      picture: drawing(name, true),
    })),
    mayAssent: isAsked && !agreement.iAssented && me !== undefined && me.state !== 'left' && (pool.actingFor?.mayDecide ?? true),
    friends: drawing('area-g', true),
    wanted: drawing('area-i', true),
    answerHref: `${paths.poolPart(pool.id, 'agreement')}#answer`,
    leaveHref: paths.poolPart(pool.id, 'leave'),
  };
}

/** As whom the page says whose part is whose. */
export const readerOf = (pool: PoolView, { treasurer, successor = null }: AgreementView, holder: string | null, reader?: PersonId): ClauseReader => ({
  holder,
  me: pool.actingFor?.personId ?? reader,
  treasurer,
  successor,
});

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
