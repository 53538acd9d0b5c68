import { fileTypeFromBuffer } from 'file-type';
import { invalid } from '../../kernel/index.js';

/** What we keep, by what the bytes are and never by the name. Zipped office files count; programs, archives and films do not. */
const TAKEN = new Set([
  'application/pdf',
  'image/png',
  'image/jpeg',
  'image/heic',
  'application/xml',
  'text/plain',
  'application/json',
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  'application/vnd.oasis.opendocument.text',
  'application/vnd.oasis.opendocument.spreadsheet',
]);

/** The kind of a file by its content. Refuses what we do not keep (`upload-kind-not-taken`). */
export async function kindOf(bytes: Uint8Array): Promise<string> {
  const found = (await fileTypeFromBuffer(bytes))?.mime ?? (isText(bytes) ? 'text/plain' : 'application/octet-stream');
  if (!TAKEN.has(found))
    throw invalid('upload-kind-not-taken', 'This kind of file cannot be kept here. Send a PDF, a picture, text, CSV, XML or an office document.');
  return found;
}

/** Text has no zero bytes, or is UTF-16 and says so. */
function isText(bytes: Uint8Array): boolean {
  const isWide = (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff);
  return isWide || !bytes.includes(0);
}

/** A file's name without its folders, control characters and signs that spreadsheets obey; at most 200 characters. */
export function cleanName(name: string): string {
  const last = name.split(/[\\/]/).at(-1) ?? '';
  const plain = last
    .normalize('NFC')
    .replace(/[\p{Cc}\p{Cf}]/gu, '')
    .replace(/^[=+\-@.\s]+/, '')
    .trim();
  return [...plain].slice(0, 200).join('') || 'file';
}
