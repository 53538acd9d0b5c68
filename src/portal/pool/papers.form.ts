import type { FieldFault } from '../../kernel/index.js';
import { readCommand } from '../../platform/index.js';
import { TypeAssent } from '../../pools/index.js';
import type { SessionPaper } from '../../purchasing/index.js';
import { TypeSession } from '../../purchasing/index.js';
import type { FormBody } from '../form-body.js';
import { textOf } from '../form-body.js';

/** What was typed from a sheet of the agreement or of a session, for the page to show again. */
export interface SheetTyped {
  readonly format: string;
  readonly helpedBy: string;
  readonly why: string;
  /** What is ticked beside each name, by the order of joining. */
  readonly lines: Readonly<Record<string, string>>;
}

export const typedSheet = (body: Readonly<FormBody>): SheetTyped => ({
  format: textOf(body, 'format'),
  helpedBy: textOf(body, 'helpedBy'),
  why: textOf(body, 'why'),
  lines: Object.fromEntries(
    Object.keys(body)
      .filter((name) => /^member-\d{1,5}$/.test(name))
      .map((name) => [name.slice('member-'.length), textOf(body, name)]),
  ),
});

export function readAssentSheet(reference: string, { format, helpedBy }: SheetTyped): { readonly command: TypeAssent; readonly faults: readonly FieldFault[] } {
  return readCommand(TypeAssent, { reference, ...(format === '' ? {} : { format }), ...(helpedBy.trim() === '' ? {} : { helpedBy }) });
}

/** A line without a tick is somebody who was not there. */
export function readSessionSheet(
  reference: string,
  { lines, why }: SheetTyped,
  people: SessionPaper['people'],
): { readonly command: TypeSession; readonly faults: readonly FieldFault[] } {
  return readCommand(TypeSession, {
    reference,
    lines: people.map(({ joinOrder }) => ({ member: joinOrder, said: lines[String(joinOrder)] || 'not-there' })),
    ...(why.trim() === '' ? {} : { why: why.replace(/\s*\n\s*/g, ' ') }),
  });
}
