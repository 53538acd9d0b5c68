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
  return SwaggerModule.createDocument(app, builder.build());
}
