import { NewOffer, WriteGoodLife } from '../../holders/index.js';
import type { FieldFault } from '../../kernel/index.js';
import { readCommand } from '../../platform/index.js';
import { textOf, type FormBody } from '../form-body.js';

export interface WordsForm {
  readonly words: string;
  readonly command: WriteGoodLife;
  readonly faults: readonly FieldFault[];
}

export function readWords(body: FormBody): WordsForm {
  const words = textOf(body, 'words');
  const { command, faults } = readCommand(WriteGoodLife, { words });
  return {
    words,
    command,
    faults: faults.map((fault) => ({ ...fault, message: words.trim() === '' ? 'Write a few words. They can be short.' : 'Write 8,000 characters or fewer.' })),
  };
}

export interface OfferForm {
  readonly values: { readonly kind: string; readonly words: string };
  readonly command: NewOffer;
  readonly faults: readonly FieldFault[];
}

const OFFER_FAULTS: Readonly<Record<string, string>> = {
  kind: 'Choose what you can offer',
  words: 'Say in a few words what you can offer, in 500 characters or fewer',
};

export function readOffer(body: FormBody): OfferForm {
  const values = { kind: textOf(body, 'kind'), words: textOf(body, 'words') };
  const { command, faults } = readCommand(NewOffer, values);
  return { values, command, faults: faults.map(({ field, message }) => ({ field, message: OFFER_FAULTS[field] ?? message })) };
}
