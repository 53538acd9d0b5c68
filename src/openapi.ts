import type { INestApplication } from '@nestjs/common';
import type { OpenAPIObject } from '@nestjs/swagger';
import { DocumentBuilder, SwaggerModule } from '@nestjs/swagger';

/** The description of the JSON API, made from the controllers and commands themselves. */
export function openApiOf(app: INestApplication): OpenAPIObject {
  const builder = new DocumentBuilder()
    .setTitle('Commonpurse')
    .setDescription(
      'People with Personal Health Budgets join part of their money to buy care together. Money is whole pence; days are YYYY-MM-DD in London; refusals are problem details (RFC 9457).',
    )
    .setVersion('1')
    .addBearerAuth()
    .setOpenAPIVersion('3.1.0');
  return withProblems(SwaggerModule.createDocument(app, builder.build()));
}

/** Every operation may be refused in the same form: problem details. */
function withProblems(document: OpenAPIObject): OpenAPIObject {
  const text = { type: 'string' };
  document.components = {
    ...document.components,
    schemas: {
      ...document.components?.schemas,
      Problem: {
        type: 'object',
        description: 'What was refused or went wrong (RFC 9457).',
        required: ['type', 'title', 'status', 'detail', 'code', 'fields', 'facts', 'requestId'],
        properties: {
          type: { ...text, description: '`/problems/` and the code.' },
          title: text,
          status: { type: 'integer' },
          detail: { ...text, description: 'A sentence for the person who asked.' },
          code: { ...text, description: 'Stable, for programs: `not-enough-free`.' },
          fields: {
            type: 'array',
            description: 'Each field at fault, by its path: `lines.0.pricePence`.',
            items: { type: 'object', required: ['field', 'message'], properties: { field: text, message: text } },
          },
          facts: {
            type: 'object',
            description: 'Figures the sentence speaks of, such as `retryAfterSeconds`.',
            additionalProperties: { type: ['string', 'number'] },
          },
          requestId: { ...text, description: 'What the log knows this request by.' },
        },
      } as never,
    },
  };
  const refused = {
    description: 'Refused, or something went wrong',
    content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
  };
  for (const path of Object.values(document.paths))
    for (const method of METHODS) {
      const operation = path[method];
      if (operation) operation.responses['default'] = refused;
    }
  return document;
}

const METHODS = ['get', 'put', 'post', 'patch', 'delete'] as const;
