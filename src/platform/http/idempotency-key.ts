import type { ExecutionContext } from '@nestjs/common';
import { createParamDecorator } from '@nestjs/common';
import { ApiHeader } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { invalid } from '../../kernel/index.js';

const KEY = /^[\x21-\x7e]{8,200}$/;

/** For the description of the API: generated clients know of the header. */
const described = ApiHeader({
  name: 'Idempotency-Key',
  required: true,
  description: 'A new one for each new request, and the same one when a request is sent again: it is then answered as before, and nothing is done twice.',
  schema: { type: 'string', minLength: 8, maxLength: 200, pattern: KEY.source },
}) as MethodDecorator;

const describe: ParameterDecorator = (target, property) => {
  const method = property === undefined ? undefined : Object.getOwnPropertyDescriptor(target, property);
  if (method) described(target, property!, method);
};

/** The `Idempotency-Key` header: one per intent. Commands that move money refuse to go without one. */
export const IdempotencyKey = createParamDecorator(
  (_data: unknown, context: ExecutionContext): string => {
    const key = context.switchToHttp().getRequest<FastifyRequest>().headers['idempotency-key'];
    if (typeof key !== 'string' || !KEY.test(key))
      throw invalid('idempotency-key-needed', 'Send an Idempotency-Key header of 8 to 200 characters, a new one for each new request.');
    return key;
  },
  [describe],
);
