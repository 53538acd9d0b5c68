import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { Actor, BookId, Id, PersonId } from '../../kernel/index.js';
import { invalid, invariant, newId, notFound } from '../../kernel/index.js';
import { Secrets } from '../crypto/index.js';
import type { Tx } from '../database/index.js';
import { cleanName, kindOf } from './file-kind.js';

/** 20 MB. Our judgement, November 2026: about 20,000 entries of camt.053, or a long scanned letter. */
export const LARGEST_UPLOAD_BYTES = 20 * 1024 * 1024;

export interface NewUpload {
  readonly bytes: Uint8Array;
  /** As the sender named it. */
  readonly name: string;
  /** Whose it is: exactly one of the two. */
  readonly book?: BookId | undefined;
  readonly person?: PersonId | undefined;
}

export interface KeptUpload {
  readonly id: Id<'upload'>;
  readonly name: string;
  readonly contentType: string;
  readonly size: number;
  /** Of the bytes as they came, in hexadecimal. */
  readonly sha256: string;
  readonly keptAt: Date;
}

interface Row extends Omit<KeptUpload, 'sha256'> {
  readonly sha256: Buffer;
}

const COLUMNS = 'id, name, content_type as "contentType", size_bytes as size, sha256, kept_at as "keptAt"';
const shown = (row: Row): KeptUpload => ({ ...row, sha256: row.sha256.toString('hex') });

/** Files kept as they came, never changed or removed; each belongs to a book or a person, and is seen with them. */
@Injectable()
export class Uploads {
  constructor(private readonly secrets: Secrets) {}

  /** Keeps the bytes in the caller's transaction, whose scope names the book or person. The same bytes of the same owner are kept once.
   *  Refuses: upload-empty, upload-too-large, upload-kind-not-taken. */
  async keep(tx: Tx, actor: Actor, file: NewUpload): Promise<KeptUpload & { readonly known: boolean }> {
    invariant((file.book === undefined) !== (file.person === undefined), 'an upload belongs to a book or to a person');
    if (file.bytes.length === 0) throw invalid('upload-empty', 'The file is empty. Choose another one.');
    if (file.bytes.length > LARGEST_UPLOAD_BYTES) throw invalid('upload-too-large', 'The file is larger than 20 MB. Choose a smaller one.');
    const contentType = await kindOf(file.bytes);
    const sha256 = createHash('sha256').update(file.bytes).digest();
    const known = await this.knownAs(tx, file, sha256);
    if (known) return { ...shown(known), known: true };
    const id = newId<'upload'>();
    const content = this.secrets.encrypt(Buffer.from(file.bytes).toString('base64'), placeOf(id));
    const added = await tx.run(
      `insert into upload (id, book_id, person_id, name, content_type, size_bytes, sha256, content, kept_by, kept_at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
       on conflict (book_id, person_id, sha256) do nothing`,
      [id, file.book ?? null, file.person ?? null, cleanName(file.name), contentType, file.bytes.length, sha256, content, actor.id, tx.now],
    );
    const row = await this.knownAs(tx, file, sha256);
    invariant(row, 'an upload just kept is in scope');
    return { ...shown(row), known: added === 0 };
  }

  /** The file as it came. Refuses what is not there or out of scope (not-found). */
  async read(tx: Tx, id: string): Promise<KeptUpload & { readonly bytes: Buffer }> {
    const row = await tx.row<Row & { content: Buffer }>(`select ${COLUMNS}, content from upload where id = $1`, [id]);
    if (!row) throw notFound('This file');
    const { content, ...upload } = row;
    return { ...shown(upload), bytes: Buffer.from(this.secrets.decrypt(content, placeOf(row.id)), 'base64') };
  }

  private knownAs(tx: Tx, file: NewUpload, sha256: Buffer): Promise<Row | undefined> {
    return tx.row<Row>(`select ${COLUMNS} from upload where book_id is not distinct from $1 and person_id is not distinct from $2 and sha256 = $3`, [
      file.book ?? null,
      file.person ?? null,
      sha256,
    ]);
  }
}

const placeOf = (id: string): string => `upload.content:${id}`;
