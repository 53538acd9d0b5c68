import { Controller, Get, Inject, Param, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { notFound } from '../kernel/index.js';
import type { Config } from '../platform/index.js';
import { CONFIG, idOf, IntField } from '../platform/index.js';
import { DirectoryQueries } from './directory.queries.js';
import { directoryPage, directoryRoot, serviceFull, serviceSummary } from './open-referral/write-directory.js';

export class DirectoryPage {
  @IntField({ min: 1, max: 100_000, fromText: true, optional: true })
  page?: number;

  @IntField({ min: 1, max: 100, fromText: true, optional: true })
  per_page?: number;
}

/** The directory for everybody, as Open Referral UK 3.0 asks: no sign-in. */
@ApiTags('open referral')
@Controller('open-referral')
export class OpenReferralController {
  constructor(
    private readonly directory: DirectoryQueries,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  @Get()
  root(): object {
    return directoryRoot(`${this.config.publicUrl}/api/openapi.json`);
  }

  @Get('services')
  async services(@Query() question: DirectoryPage): Promise<object> {
    const page = question.page ?? 1;
    const perPage = question.per_page ?? 50;
    const { services, total } = await this.directory.page(page, perPage);
    return directoryPage(services.map(serviceSummary), { page, perPage, total });
  }

  @Get('services/:id')
  async service(@Param('id') id: string): Promise<object> {
    const found = await this.directory.one(idOf(id));
    if (!found) throw notFound('The service');
    return serviceFull(found);
  }
}
