import { Body, Controller, Get, HttpCode, Param, Post as HttpPost, UseGuards } from '@nestjs/common';
import { ApiBearerAuth, ApiTags } from '@nestjs/swagger';
import { CurrentActor, SignedIn } from '../identity/index.js';
import type { Actor } from '../kernel/index.js';
import { IdempotencyKey, idOf } from '../platform/index.js';
import { Letters } from './letters.service.js';
import { LetterCameBack, PostLetters, PutAddress } from './post.dto.js';
import { PostDesk } from './post-desk.service.js';

/** The post, for operators. */
@ApiTags('post')
@ApiBearerAuth()
@UseGuards(SignedIn)
@Controller('api/v1/post')
export class PostController {
  constructor(
    private readonly desk: PostDesk,
    private readonly letters: Letters,
  ) {}

  /** Where the post stands: counts by way, who carries it, what failed. No words and no names. */
  @Get()
  overview(@CurrentActor() actor: Actor): Promise<unknown> {
    return this.desk.overview(actor);
  }

  /** Printed and posted. */
  @HttpPost('letters/posted')
  @HttpCode(200)
  posted(@CurrentActor() actor: Actor, @Body() command: PostLetters, @IdempotencyKey() key: string): Promise<unknown> {
    return this.letters.post(actor, command, key);
  }

  @HttpPost('letters/came-back')
  @HttpCode(200)
  cameBack(@CurrentActor() actor: Actor, @Body() command: LetterCameBack, @IdempotencyKey() key: string): Promise<unknown> {
    return this.letters.cameBack(actor, command, key);
  }

  @HttpPost('items/:id/address')
  @HttpCode(200)
  address(@CurrentActor() actor: Actor, @Param('id') id: string, @Body() command: PutAddress, @IdempotencyKey() key: string): Promise<unknown> {
    return this.letters.putAddress(actor, idOf<'post-item'>(id), command, key);
  }

  @HttpPost('items/:id/try-again')
  @HttpCode(200)
  tryAgain(@CurrentActor() actor: Actor, @Param('id') id: string, @IdempotencyKey() key: string): Promise<unknown> {
    return this.desk.tryAgain(actor, idOf<'post-item'>(id), key);
  }

  @HttpPost('items/:id/as-letter')
  @HttpCode(200)
  asLetter(@CurrentActor() actor: Actor, @Param('id') id: string, @IdempotencyKey() key: string): Promise<unknown> {
    return this.desk.sendAsLetter(actor, idOf<'post-item'>(id), key);
  }

  @HttpPost('items/:id/spoke')
  @HttpCode(200)
  spoke(@CurrentActor() actor: Actor, @Param('id') id: string, @IdempotencyKey() key: string): Promise<unknown> {
    return this.desk.spoke(actor, idOf<'post-item'>(id), key);
  }
}
