import type { ExecutionContext } from '@nestjs/common';
import { createParamDecorator } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { invalid } from '../../kernel/index.js';

/** The `Idempotency-Key` header: one per intent. Commands that move money refuse to go without one. */
export const IdempotencyKey = createParamDecorator((_data: unknown, context: ExecutionContext): string => {
  const key = context.switchToHttp().getRequest<FastifyRequest>().headers['idempotency-key'];
  if (typeof key !== 'string' || !/^[\x21-\x7e]{8,200}$/.test(key))
    throw invalid('idempotency-key-needed', 'Send an Idempotency-Key header of 8 to 200 characters, a new one for each new request.');
  return key;
});
