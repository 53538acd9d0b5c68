import { Body, Controller, Get, Param, Post, Query, UseGuards } from '@nestjs/common';
import { ApiBearerAuth, ApiTags } from '@nestjs/swagger';
import { CurrentActor, SignedIn } from '../../identity/index.js';
import type { Actor } from '../../kernel/index.js';
import { IdempotencyKey, idOf } from '../../platform/index.js';
import { OfPerson } from '../pool.dto.js';
import { OfferGift, TakeGiftBack } from './gift.dto.js';
import { Gifts } from './gifts.service.js';

@ApiTags('gifts in kind')
@ApiBearerAuth()
@UseGuards(SignedIn)
@Controller('api/v1')
export class GiftsController {
  constructor(private readonly gifts: Gifts) {}

  @Post('pools/:id/gifts')
  offer(@CurrentActor() actor: Actor, @Param('id') id: string, @Body() command: OfferGift, @IdempotencyKey() key: string): Promise<unknown> {
    return this.gifts.offer(actor, idOf<'pool'>(id), command, key);
  }

  @Get('pools/:id/gifts')
  async ofPool(@CurrentActor() actor: Actor, @Param('id') id: string, @Query() of: OfPerson): Promise<unknown> {
    return { items: await this.gifts.ofPool(actor, idOf<'pool'>(id), of.personId), next: null };
  }

  @Post('pools/:id/gifts/:gift/take-back')
  takeBack(
    @CurrentActor() actor: Actor,
    @Param('id') id: string,
    @Param('gift') gift: string,
    @Body() command: TakeGiftBack,
    @IdempotencyKey() key: string,
  ): Promise<unknown> {
    return this.gifts.takeBack(actor, idOf<'pool'>(id), idOf<'gift'>(gift), command, key);
  }
}
