import { Controller, Headers, HttpCode, Param, Post, Req } from '@nestjs/common';
import type { RawBodyRequest } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import type { BookId } from '../kernel/index.js';
import { invalid } from '../kernel/index.js';
import { idOf } from '../platform/index.js';
import { Webhooks } from './webhooks.service.js';

/** Stripe's door: no session and no form token, but a signature over the raw body. */
@ApiExcludeController()
@Controller('webhooks/stripe')
export class WebhooksController {
  constructor(private readonly webhooks: Webhooks) {}

  @Post()
  @HttpCode(200)
  async bare(@Req() request: RawBodyRequest<FastifyRequest>, @Headers('stripe-signature') signature?: string): Promise<{ received: true }> {
    return this.take(undefined, request, signature);
  }

  @Post(':bookId')
  @HttpCode(200)
  async ofBook(
    @Param('bookId') bookId: string,
    @Req() request: RawBodyRequest<FastifyRequest>,
    @Headers('stripe-signature') signature?: string,
  ): Promise<{ received: true }> {
    return this.take(idOf<'book'>(bookId), request, signature);
  }

  private async take(book: BookId | undefined, request: RawBodyRequest<FastifyRequest>, signature: string | undefined): Promise<{ received: true }> {
    if (!request.rawBody || !signature) throw invalid('signature-not-valid', 'This needs a body and a Stripe-Signature header.');
    await this.webhooks.receive(book, request.rawBody, signature);
    return { received: true };
  }
}
