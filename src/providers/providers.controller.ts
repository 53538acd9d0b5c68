import { Body, Controller, Get, HttpCode, Param, Post, Query, UseGuards } from '@nestjs/common';
import { ApiBearerAuth, ApiTags } from '@nestjs/swagger';
import { CurrentActor, SignedIn } from '../identity/index.js';
import type { Actor, ProviderId } from '../kernel/index.js';
import { penceAsNumber } from '../kernel/index.js';
import { IdempotencyKey, idOf, IdField, TextField } from '../platform/index.js';
import { BeginListing, ListInOneSitting, WithdrawListing } from './provider.dto.js';
import type { ServiceView } from './providers.queries.js';
import { ProviderQueries } from './providers.queries.js';
import { Providers } from './providers.service.js';

export class SearchServices {
  @TextField({ max: 100, optional: true })
  q?: string;

  @TextField({ max: 4, optional: true })
  place?: string;

  @IdField({ optional: true })
  after?: string;
}

export const serviceJson = ({ price, ...service }: ServiceView): object => ({ ...service, pricePence: price === null ? null : penceAsNumber(price) });

@ApiTags('providers')
@ApiBearerAuth()
@UseGuards(SignedIn)
@Controller('api/v1')
export class ProvidersController {
  constructor(
    private readonly providers: Providers,
    private readonly queries: ProviderQueries,
  ) {}

  @Get('services')
  async search(@Query() question: SearchServices): Promise<unknown> {
    const items = await this.queries.search({ words: question.q, place: question.place, after: question.after, limit: 50 });
    return { items: items.map(serviceJson), next: items.length === 50 ? items.at(-1)!.id : null };
  }

  @Get('providers/:id')
  async one(@CurrentActor() actor: Actor, @Param('id') id: string): Promise<unknown> {
    const { services, ...provider } = await this.queries.provider(idOf<'provider'>(id) as ProviderId, actor);
    return { ...provider, services: services.map(serviceJson) };
  }

  @Post('providers')
  list(@CurrentActor() actor: Actor, @Body() command: ListInOneSitting, @IdempotencyKey() key: string): Promise<unknown> {
    return this.providers.list(actor, command, key);
  }

  @Post('provider-drafts')
  begin(@CurrentActor() actor: Actor, @Body() command: BeginListing, @IdempotencyKey() key: string): Promise<unknown> {
    return this.providers.begin(actor, command, key);
  }

  @Post('providers/:id/list')
  @HttpCode(200)
  publish(@CurrentActor() actor: Actor, @Param('id') id: string, @Body() command: ListInOneSitting, @IdempotencyKey() key: string): Promise<unknown> {
    return this.providers.publish(actor, idOf<'provider'>(id) as ProviderId, command, key);
  }

  @Post('providers/:id/confirm')
  @HttpCode(200)
  confirm(@CurrentActor() actor: Actor, @Param('id') id: string): Promise<unknown> {
    return this.providers.confirm(actor, idOf<'provider'>(id) as ProviderId);
  }

  @Post('providers/:id/withdraw')
  @HttpCode(200)
  withdraw(@CurrentActor() actor: Actor, @Param('id') id: string, @Body() command: WithdrawListing, @IdempotencyKey() key: string): Promise<unknown> {
    return this.providers.withdraw(actor, idOf<'provider'>(id) as ProviderId, command, key);
  }
}
