import { Body, Controller, Get, Param, Post, UseGuards } from '@nestjs/common';
import { ApiBearerAuth, ApiTags } from '@nestjs/swagger';
import { CurrentActor, ForReaders, SignedIn } from '../identity/index.js';
import type { Actor } from '../kernel/index.js';
import { notFound } from '../kernel/index.js';
import { IdempotencyKey, idOf } from '../platform/index.js';
import { AuditSamples, sampleItemJson } from './audit-samples.service.js';
import type { SampleSummary } from './audit-samples.service.js';
import { AppointAuditor, DrawSample, EndAuditor, OpenItem } from './auditors.dto.js';
import { Auditors } from './auditors.service.js';

const sampleJson = ({ drawnAt, ...sample }: SampleSummary): object => ({ ...sample, drawnAt: drawnAt.toISOString() });

const placeOf = (text: string): number => {
  if (!/^\d{1,3}$/.test(text)) throw notFound('This item');
  return Number(text);
};

@ApiTags('audit')
@ApiBearerAuth()
@UseGuards(SignedIn)
@Controller('api/v1')
export class AuditorsController {
  constructor(
    private readonly auditors: Auditors,
    private readonly samples: AuditSamples,
  ) {}

  /** Somebody may read the book as its auditor, in these days, for this reason. */
  @Post('books/:id/auditors')
  appoint(@CurrentActor() actor: Actor, @Param('id') id: string, @Body() command: AppointAuditor, @IdempotencyKey() key: string): Promise<unknown> {
    return this.auditors.appoint(actor, idOf<'book'>(id), command, key);
  }

  @Get('books/:id/auditors')
  async ofBook(@CurrentActor() actor: Actor, @Param('id') id: string): Promise<unknown> {
    return { items: await this.auditors.ofBook(actor, idOf<'book'>(id)), next: null };
  }

  @Post('books/:id/auditors/end')
  end(@CurrentActor() actor: Actor, @Param('id') id: string, @Body() command: EndAuditor, @IdempotencyKey() key: string): Promise<unknown> {
    return this.auditors.end(actor, idOf<'book'>(id), command, key);
  }

  /** A random sample of the book's transfers, which its seed gives again. */
  @Post('books/:id/audit-samples')
  @ForReaders()
  draw(@CurrentActor() actor: Actor, @Param('id') id: string, @Body() command: DrawSample, @IdempotencyKey() key: string): Promise<unknown> {
    return this.samples.draw(actor, idOf<'book'>(id), command, key);
  }

  @Get('books/:id/audit-samples')
  async samplesOf(@CurrentActor() actor: Actor, @Param('id') id: string): Promise<unknown> {
    return { items: (await this.samples.ofBook(actor, idOf<'book'>(id))).map(sampleJson), next: null };
  }

  @Get('audit-samples/:id')
  async sample(@CurrentActor() actor: Actor, @Param('id') id: string): Promise<unknown> {
    const { sample, items } = await this.samples.sample(actor, idOf<'audit-sample'>(id));
    return { ...sampleJson(sample), items: items.map(sampleItemJson) };
  }

  /** Opens an item, with a reason that the person whose money it is can read. */
  @Post('audit-samples/:id/items/:n/open')
  @ForReaders()
  async open(@CurrentActor() actor: Actor, @Param('id') id: string, @Param('n') n: string, @Body() command: OpenItem): Promise<unknown> {
    return this.samples.open(actor, idOf<'audit-sample'>(id), placeOf(n), command.why);
  }

  /** Whose money an opened item is. */
  @Get('audit-samples/:id/items/:n')
  async opened(@CurrentActor() actor: Actor, @Param('id') id: string, @Param('n') n: string): Promise<unknown> {
    const item = await this.samples.opened(actor, idOf<'audit-sample'>(id), placeOf(n));
    return { ...sampleItemJson(item), shownUntil: item.shownUntil.toISOString() };
  }
}
