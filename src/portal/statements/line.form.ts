import type { FieldFault } from '../../kernel/index.js';
import { isId } from '../../kernel/index.js';
import { readCommand, TextField } from '../../platform/index.js';
import type { MatchByHand } from '../../reconciliation/index.js';
import { textOf, type FormBody } from '../form-body.js';

type Kind = MatchByHand['items'][number]['kind'];
const ALONE: readonly Kind[] = ['arrival', 'bank-charge', 'stripe-payout'];
const WITH_ID: readonly Kind[] = ['payment', 'payment-return', 'remittance-in', 'remittance-out', 'refund'];

/** The boxes ticked, as items: `payment:<id>`, or `arrival` alone. */
export function readItems(chosen: readonly string[]): { command: MatchByHand; faults: readonly FieldFault[] } {
  const items = chosen.flatMap((text): MatchByHand['items'] => {
    const [kind = '', id] = text.split(':') as [string, string | undefined];
    if (ALONE.includes(kind as Kind) && id === undefined) return [{ kind: kind as Kind }];
    return WITH_ID.includes(kind as Kind) && isId(id) ? [{ kind: kind as Kind, id: id as string }] : [];
  });
  const fits = items.length > 0 && items.length === chosen.length;
  return { command: { items }, faults: fits ? [] : [{ field: 'items', message: 'Choose what this line is' }] };
}

class Undo {
  @TextField({ max: 500, min: 3, message: 'Say why the match is wrong, in 3 to 500 characters' })
  reason!: string;
}

export function readUndo(body: FormBody): { reason: string; faults: readonly FieldFault[] } {
  const reason = textOf(body, 'reason')
    .replace(/\s*[\r\n]+\s*/g, ' ')
    .trim();
  return { reason, faults: readCommand(Undo, { reason }).faults };
}

class Answer {
  @TextField({ max: 1000, min: 3, lines: true, message: 'Say what is being done about it, in 3 to 1,000 characters' })
  answer!: string;
}

export function readAnswer(body: FormBody): { answer: string; faults: readonly FieldFault[] } {
  const { command, faults } = readCommand(Answer, { answer: textOf(body, 'answer') });
  return { answer: command.answer ?? '', faults };
}
