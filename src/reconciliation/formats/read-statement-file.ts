import { readBankCsv } from './bank-csv.js';
import { readCamt053 } from './camt053.js';
import { LARGEST_FILE_BYTES, notUnderstood } from './statement-file.js';
import type { StatementFile } from './statement-file.js';

/** Reads a statement file of any format we know, found by its content and never by its name. Imports nothing.
 *  Refuses (`statement-not-understood`): files over 20 MB, files of other formats (named where we know them), and whatever the reader
 *  of its format refuses. */
export function readStatementFile(bytes: Uint8Array): StatementFile {
  if (bytes.length > LARGEST_FILE_BYTES) throw notUnderstood('the file is larger than 20 MB; ask the bank for a shorter period');
  const other = otherKind(bytes);
  if (other) throw notUnderstood(`${other}; save it from the bank as CSV or camt.053`);
  const text = decode(bytes);
  if (text.trim() === '') throw notUnderstood('the file is empty');
  if (text.includes('\0')) throw notUnderstood('the file is not text');
  const start = text.trimStart();
  if (start.startsWith('OFXHEADER') || /^<\?xml[^>]*>\s*<\?OFX|^<OFX>/i.test(start))
    throw notUnderstood('this is an OFX file; save it from the bank as CSV or camt.053', 1);
  if (start.startsWith('<')) return readCamt053(text);
  if (/^(\{1:F01|:20:)/.test(start) || /^:(25|28C|60[FM]|61):/m.test(start))
    throw notUnderstood('this is an MT940 statement; save it from the bank as CSV or camt.053', 1);
  if (start.startsWith('{') || start.startsWith('[{')) throw notUnderstood('this is JSON and no bank statement', 1);
  return readBankCsv(text);
}

function otherKind(bytes: Uint8Array): string | null {
  const start = Buffer.from(bytes.subarray(0, 8)).toString('latin1');
  if (start.startsWith('%PDF')) return 'this is a PDF';
  if (start.startsWith('PK\u0003\u0004')) return 'this is a spreadsheet or another zipped file';
  if (start.startsWith('\u00d0\u00cf\u0011\u00e0')) return 'this is an old Excel file';
  return null;
}

/** UTF-8 or UTF-16 where the bytes say so; else Windows-1252, in which older bank exports write the pound sign as one byte. */
function decode(bytes: Uint8Array): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder('utf-16be').decode(bytes);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('windows-1252').decode(bytes);
  }
}
