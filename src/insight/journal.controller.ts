import { PassThrough } from 'node:stream';
import { Controller, Get, Param, Query, Res, UseGuards } from '@nestjs/common';
import { ApiBearerAuth, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { CurrentActor, SignedIn } from '../identity/index.js';
import type { Actor } from '../kernel/index.js';
import { idOf } from '../platform/index.js';
import { JournalQuery } from './journal.dto.js';
import type { JournalExport } from './journal.service.js';
import { Journal } from './journal.service.js';

/** Whoever stops reading for this long has gone, and the book is closed. */
const STALLED_MS = 60_000;

@ApiTags('audit')
@ApiBearerAuth()
@UseGuards(SignedIn)
@Controller('api/v1/books/:id/journal')
export class JournalController {
  constructor(private readonly journal: Journal) {}

  /** All entries of a book, or of a period, with control totals at the end. */
  @Get()
  @ApiProduces('text/csv', 'text/plain')
  async read(@CurrentActor() actor: Actor, @Param('id') id: string, @Query() query: JournalQuery, @Res() reply: FastifyReply): Promise<void> {
    await sendJournal(await this.journal.of(actor, { book: idOf<'book'>(id), format: query.format ?? 'csv', from: query.from, until: query.until }), reply);
  }
}

/** Streams a file to who asked, as fast as they read. When it breaks off, the answer breaks off too: a file without its last control total is not whole. */
export async function sendJournal(file: JournalExport, reply: FastifyReply): Promise<void> {
  const out = new PassThrough();
  const written = file
    .write((text) => pass(out, text))
    .then(
      () => out.end(),
      (error: unknown) => out.destroy(error as Error),
    );
  out.on('error', () => undefined);
  await reply
    .header('content-type', file.contentType)
    .header('cache-control', 'no-store')
    .header('content-disposition', `attachment; filename="${file.fileName}"`)
    .send(out);
  await written;
}

/** Resolves when the piece has gone on, which waits for the reader. */
function pass(out: PassThrough, text: string): Promise<void> {
  return new Promise((resolve, reject) => {
    if (out.destroyed) return reject(new Error('nobody reads any longer'));
    const stalled = setTimeout(() => out.destroy(new Error('the reader stopped reading')), STALLED_MS);
    const gone = (): void => {
      clearTimeout(stalled);
      reject(new Error('nobody reads any longer'));
    };
    out.once('close', gone);
    out.write(text, (error) => {
      clearTimeout(stalled);
      out.off('close', gone);
      if (error) reject(error);
      else resolve();
    });
  });
}
