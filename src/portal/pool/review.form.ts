import type { FieldFault } from '../../kernel/index.js';
import { readCommand } from '../../platform/index.js';
import { AnswerAppeal, AnswerReview, AppealReview, AskForReview, BeginReview, GiveVoice, OpenStage, SettleReview, TurnDownReview } from '../../pools/index.js';
import { dateParts, NO_DATE } from '../blocks/index.js';
import type { FormBody } from '../form-body.js';
import { dayOfParts, listOf, textOf } from '../form-body.js';

interface Read<Command> {
  readonly command: Command;
  readonly faults: readonly FieldFault[];
}

/** The field for words in each form of a talk's page, which has several. */
export const WORDS_OF: Readonly<Record<string, string>> = {
  answer: 'answerWords',
  appeal: 'appealWords',
  stage: 'stageWords',
  settle: 'settleWords',
  'appeal-answer': 'appealAnswer',
};

/** What was typed into any form of these pages, for the page to show again. */
export const typedReview = (body: Readonly<FormBody>, wordsField = 'words') => ({
  about: textOf(body, 'about'),
  words: textOf(body, wordsField),
  stage: textOf(body, 'stage'),
  says: textOf(body, 'says'),
  reason: textOf(body, 'reason'),
  helpedBy: textOf(body, 'helpedBy'),
  whose: textOf(body, 'whose'),
  supporter: textOf(body, 'supporter'),
  agrees: listOf(body, 'agrees'),
  forAll: listOf(body, 'forAll'),
  upheld: textOf(body, 'upheld'),
  untilOn: dateParts('untilOn', body),
  closesOn: dateParts('closesOn', body),
});
export type ReviewTyped = ReturnType<typeof typedReview>;
export const NOTHING_SAID: ReviewTyped = { ...typedReview({}), untilOn: NO_DATE, closesOn: NO_DATE };

const MESSAGES: Readonly<Record<string, string>> = {
  aboutMember: 'Choose who it is about',
  untilOn: 'Enter a real day, like 27 3 2027',
  closesOn: 'Enter a real last day, like 27 3 2027',
};

const filled = (name: string, text: string): object => (text.trim() === '' ? {} : { [name]: text });
const said = (faults: readonly FieldFault[]): FieldFault[] => faults.map((fault) => ({ ...fault, message: MESSAGES[fault.field] ?? fault.message }));
const read = <Command extends object>(type: new () => Command, input: object): Read<Command> => {
  const { command, faults } = readCommand(type, input);
  return { command, faults: said(faults) };
};
const member = (text: string): object => (/^\d{1,5}$/.test(text) ? { aboutMember: Number(text) } : {});

export const readAsk = (typed: ReviewTyped): Read<AskForReview> => read(AskForReview, { aboutHarm: false, ...member(typed.about), words: typed.words });

const stageOf = ({ stage, words, untilOn, closesOn }: ReviewTyped): object => ({
  stage,
  words,
  ...(stage === 'leave' || dayOfParts(untilOn) === undefined ? {} : { untilOn: dayOfParts(untilOn) }),
  closesOn: dayOfParts(closesOn),
});
export const readBegin = (typed: ReviewTyped): Read<BeginReview> => read(BeginReview, { ...stageOf({ ...typed, stage: 'talk' }), ...member(typed.about) });
export const readStage = (typed: ReviewTyped): Read<OpenStage> => read(OpenStage, stageOf(typed));
export const readVoice = ({ says, reason, helpedBy, whose }: ReviewTyped): Read<GiveVoice> =>
  read(GiveVoice, {
    ...filled('says', says),
    ...filled('reason', reason),
    ...filled('helpedBy', helpedBy),
    ...(/^\d{1,5}$/.test(whose) ? { forMember: Number(whose) } : {}),
  });
export const readAnswer = ({ words, supporter, agrees, forAll }: ReviewTyped): Read<AnswerReview> =>
  read(AnswerReview, { words, ...filled('supporter', supporter), agrees: agrees.includes('yes'), forAll: forAll.includes('yes') });
export const readAppeal = ({ words }: ReviewTyped): Read<AppealReview> => read(AppealReview, { words });
export const readSettle = ({ words }: ReviewTyped): Read<SettleReview> => read(SettleReview, { words });
export const readTurnDown = ({ words }: ReviewTyped): Read<TurnDownReview> => read(TurnDownReview, { words });
export const readAppealAnswer = ({ upheld, words }: ReviewTyped): Read<AnswerAppeal> =>
  read(AnswerAppeal, { ...(upheld === '' ? {} : { isUpheld: upheld === 'yes' }), words });
