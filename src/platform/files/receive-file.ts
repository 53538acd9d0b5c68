import multipart from '@fastify/multipart';
import type { MultipartFile } from '@fastify/multipart';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { invalid } from '../../kernel/index.js';
import { LARGEST_UPLOAD_BYTES } from './uploads.service.js';

export interface ReceivedFile {
  readonly name: string;
  readonly bytes: Buffer;
  /** The form's other fields, as text. */
  readonly fields: Readonly<Record<string, string>>;
}

/** Lets the app take files: one of 20 MB at most, with a few short fields beside it. Call it once, before the app listens. */
export async function registerUploads(fastify: FastifyInstance): Promise<void> {
  await fastify.register(multipart, { limits: { files: 1, fileSize: LARGEST_UPLOAD_BYTES, fields: 20, fieldSize: 10_000, parts: 21 } });
}

/** The one file of a `multipart/form-data` request, read whole; its fields come before it. Refuses: file-missing, upload-too-large. */
export async function receiveFile(request: FastifyRequest): Promise<ReceivedFile> {
  const multi = request as FastifyRequest & { isMultipart?(): boolean; file?(): Promise<MultipartFile | undefined> };
  const part = multi.isMultipart?.() ? await multi.file?.() : undefined;
  if (!part) throw invalid('file-missing', 'Choose a file to send, as multipart/form-data.', [{ field: 'file', message: 'Choose a file.' }]);
  try {
    return { name: part.filename || 'file', bytes: await part.toBuffer(), fields: textFields(part) };
  } catch (error) {
    if ((error as { code?: string }).code === 'FST_REQ_FILE_TOO_LARGE')
      throw invalid('upload-too-large', 'The file is larger than 20 MB. Choose a smaller one.');
    throw error;
  }
}

function textFields(part: MultipartFile): Record<string, string> {
  const fields: Record<string, string> = {};
  for (const [name, field] of Object.entries(part.fields)) {
    if (field && !Array.isArray(field) && field.type === 'field' && typeof field.value === 'string') fields[name] = field.value;
  }
  return fields;
}
