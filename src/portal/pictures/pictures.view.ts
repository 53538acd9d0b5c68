import type { CardView, WriteCard } from '../../introductions/index.js';
import { WriteCard as WriteCardCommand } from '../../introductions/index.js';
import type { FieldFault } from '../../kernel/index.js';
import { readCommand } from '../../platform/index.js';
import type { Whose } from '../acting-for/whose.js';
import { FIRST_VALUES, valuesOf } from '../card/card.form.js';
import { paths } from '../paths.js';
import type { Html } from '../../platform/index.js';
import type { Flashes } from '../shell/index.js';
import { drawing } from './drawings.js';
import type { PictureQuestion } from './picture-questions.js';
import { ideasChosen, PICTURED } from './picture-questions.js';

/** As many as a card holds. */
export const MOST_IDEAS = 8;

export const PICTURES_DONE: Flashes = {
  goal: { kind: 'done', title: 'It is your goal now' },
  again: { kind: 'done', title: 'You can start again' },
};

export interface QuestionView {
  readonly whose: Whose;
  readonly words: string;
  readonly picture: Html;
  readonly kind: PictureQuestion['kind'];
  readonly answers: readonly { readonly value: string; readonly words: string; readonly picture: Html; readonly isChosen: boolean }[];
  readonly previous: string | null;
  readonly next: string | null;
  readonly stop: string;
  /** How far: "3 of 20" as two numbers. */
  readonly at: number;
  readonly of: number;
}

/** One screen, with the way back and the way on. The way on shows once it is answered; else the answers are the way on. */
export function questionView(whose: Whose, questions: readonly PictureQuestion[], answers: ReadonlyMap<string, string>, id: string): QuestionView {
  const at = questions.findIndex((question) => question.id === id);
  const question = questions[at]!;
  const before = questions[at - 1];
  return {
    whose,
    words: question.words,
    picture: drawing(question.drawing),
    kind: question.kind,
    answers: question.answers.map((answer) => ({ ...answer, picture: drawing(answer.drawing, true), isChosen: answers.get(id) === answer.value })),
    previous: before ? paths.picture(whose.id, before.id) : null,
    next: answers.has(id) ? paths.picture(whose.id, questions[at + 1]?.id ?? 'check') : null,
    stop: paths.card(whose.id),
    at: at + 1,
    of: questions.length,
  };
}

export interface PicturedGoal {
  readonly id: string;
  readonly words: string;
  readonly picture: Html;
}

/** Goals as pictures; one that has no picture is left to its words. */
export const picturedGoals = (goals: readonly { readonly id: string; readonly words: string }[]): PicturedGoal[] =>
  goals.map(({ id, words }) => {
    const known = PICTURED.get(id);
    return { id, words: known?.words ?? words, picture: drawing(known?.drawing ?? 'area-e', true) };
  });

/** The card these answers make: ideas said yes to, and whatever the card holds that no picture asked about. */
export function cardOfPictures(
  answers: ReadonlyMap<string, string>,
  card: CardView | undefined,
): { command: WriteCard; faults: readonly FieldFault[]; goals: string[] } {
  const before = card ? valuesOf(card) : FIRST_VALUES;
  const goals = [...new Set([...ideasChosen(answers), ...before.goals.filter((id) => !PICTURED.has(id) || !answers.has(id))])];
  const place = (answers.get('where') ?? before.place).toUpperCase();
  const { command, faults } = readCommand(WriteCardCommand, {
    ...before,
    goals,
    pace: answers.get('pace') ?? before.pace,
    groupSize: answers.get('size') ?? before.groupSize,
    ...(place === '' ? { place: undefined } : { place }),
  });
  return { command, faults, goals };
}
