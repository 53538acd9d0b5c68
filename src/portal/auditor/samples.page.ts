import { Body, Controller, Get, Header, Param, Post, Redirect, Req, UseGuards } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { SampleId } from '../../finance/index.js';
import { AuditSamples, SHOWN_HOURS } from '../../finance/index.js';
import type { SignedInRequest } from '../../identity/index.js';
import { ForReaders } from '../../identity/index.js';
import { financialYearOf, notFound } from '../../kernel/index.js';
import { Clock, idOf } from '../../platform/index.js';
import { partsOfDay } from '../blocks/index.js';
import { BookChoice, type ChosenBook } from '../finance/book-choice.js';
import { seeOther, withFormKey, type FormBody, type SeeOther } from '../form-body.js';
import { paths } from '../paths.js';
import { takeFormKey } from '../session/form-key.js';
import { PageSignedIn } from '../session/page-guards.js';
import type { PageParts } from '../session/pages.js';
import { Pages } from '../session/pages.js';
import { act } from '../shell/index.js';
import { readSample, readWhy, type SampleValues } from './auditor.form.js';
import { itemsTable, openedFacts, SAMPLED_KINDS, sampleFacts, samplesTable } from './samples.view.js';

const placeOf = (text: string): number => {
  if (!/^\d{1,3}$/.test(text)) throw notFound('This item');
  return Number(text);
};

/** Random samples of a book: drawn, looked through, and opened item by item, each with its reason. */
@ApiExcludeController()
@Controller()
@UseGuards(PageSignedIn)
export class SamplesPage {
  constructor(
    private readonly pages: Pages,
    private readonly choice: BookChoice,
    private readonly samples: AuditSamples,
    private readonly clock: Clock,
  ) {}

  @Get('books/:book/samples')
  @Header('content-type', 'text/html; charset=utf-8')
  async list(@Req() request: SignedInRequest, @Param('book') id: string): Promise<string> {
    const { from, until } = financialYearOf(this.clock.today());
    const values = { fromDay: partsOfDay(from), untilDay: partsOfDay(until), size: '20', seed: '', kind: 'payment' };
    return this.pages.whole(request, 'auditor/samples.njk', await this.model(request, id, values));
  }

  @Post('books/:book/samples')
  @ForReaders()
  @Redirect()
  async draw(@Req() request: SignedInRequest, @Param('book') id: string, @Body() body: FormBody): Promise<SeeOther> {
    const key = takeFormKey(body);
    const { values, command, faults } = readSample(body);
    return act({
      template: 'auditor/samples.njk',
      model: () => this.model(request, id, values),
      faults,
      command: () => this.samples.draw(request.actor!, idOf<'book'>(id), command, key),
      next: ({ sampleId }) => seeOther(paths.sample(sampleId)),
    });
  }

  @Get('samples/:id')
  @Header('content-type', 'text/html; charset=utf-8')
  async show(@Req() request: SignedInRequest, @Param('id') id: string): Promise<string> {
    const { sample, items } = await this.samples.sample(request.actor!, idOf<'audit-sample'>(id));
    return this.pages.show(
      request,
      'auditor/sample.njk',
      { title: 'A sample', isWide: true, back: { href: paths.samples(sample.book), text: 'Back to samples' } },
      { facts: sampleFacts(sample), items: itemsTable(sample, items) },
    );
  }

  @Get('samples/:id/items/:n/open')
  @Header('content-type', 'text/html; charset=utf-8')
  async ask(@Req() request: SignedInRequest, @Param('id') id: string, @Param('n') n: string): Promise<string> {
    return this.pages.whole(request, 'auditor/open-item.njk', await this.opening(request, idOf<'audit-sample'>(id), placeOf(n), ''));
  }

  @Post('samples/:id/items/:n/open')
  @ForReaders()
  @Redirect()
  async open(@Req() request: SignedInRequest, @Param('id') id: string, @Param('n') n: string, @Body() body: FormBody): Promise<SeeOther> {
    takeFormKey(body);
    const [sample, place] = [idOf<'audit-sample'>(id), placeOf(n)];
    const { values, faults } = readWhy(body);
    return act({
      template: 'auditor/open-item.njk',
      model: () => this.opening(request, sample, place, values.why),
      faults,
      command: () => this.samples.open(request.actor!, sample, place, values.why),
      next: () => seeOther(paths.sampleItem(sample, place)),
    });
  }

  @Get('samples/:id/items/:n')
  @Header('content-type', 'text/html; charset=utf-8')
  async opened(@Req() request: SignedInRequest, @Param('id') id: string, @Param('n') n: string): Promise<string> {
    const item = await this.samples.opened(request.actor!, idOf<'audit-sample'>(id), placeOf(n));
    const parts = { title: `Item ${item.n}, opened`, back: { href: paths.sample(id), text: 'Back to the sample' } };
    return this.pages.show(request, 'auditor/opened-item.njk', parts, { facts: openedFacts(item), follow: paths.follow('transfer', item.transferId) });
  }

  private async model(request: SignedInRequest, id: string, values: SampleValues): Promise<PageParts> {
    const chosen: ChosenBook = await this.choice.of(request.actor!, 'audit:read', idOf(id));
    return withFormKey({
      title: 'Samples',
      isWide: true,
      back: { href: paths.home, text: 'Back to your books' },
      book: chosen.book.name,
      samples: samplesTable(await this.samples.ofBook(request.actor!, chosen.book.id)),
      kinds: SAMPLED_KINDS,
      values,
    });
  }

  private async opening(request: SignedInRequest, id: SampleId, n: number, why: string): Promise<PageParts> {
    const { sample, items } = await this.samples.sample(request.actor!, id);
    const item = items.find((each) => each.n === n);
    if (!item) throw notFound('This item');
    return withFormKey({
      title: `Open item ${n}`,
      back: { href: paths.sample(sample.id), text: 'Back to the sample' },
      item: itemsTable(sample, [item]),
      hours: SHOWN_HOURS,
      why,
    });
  }
}
