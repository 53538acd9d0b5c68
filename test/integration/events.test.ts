/** Every event somebody listens to is announced by some room, every job has one handler, and every page of the API is described. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { openApiOf } from '../../src/openapi.js';
import { EventHandlers, JobRegistry } from '../../src/platform/index.js';
import { schedule } from '../../src/schedule.js';
import { House } from '../support/house.js';

const sources = readdirSync('src', { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.ts') && !name.endsWith('.spec.ts'))
  .map((name) => readFileSync(join('src', name), 'utf8'))
  .join('\n');

describe('the doors of the house', () => {
  let house: House;
  beforeAll(async () => {
    house = await House.open();
  });
  afterAll(() => house.close());

  it('listen only to events that some room announces', () => {
    const announced = new Set([...sources.matchAll(/(?:name|event): '([a-z]+[A-Z][A-Za-z]+)'/g)].map((found) => found[1]!));
    const unheardOf = house.app.get(EventHandlers).knownEvents.filter((event) => !announced.has(event));
    expect(unheardOf).toEqual([]);
  });

  it('have exactly one handler for each scheduled job', () => expect(() => house.app.get(JobRegistry).checkHandlers(schedule)).not.toThrow());

  it('are described so that others can make clients: what is named is there, and whatever must be sent is said', () => {
    const description = openApiOf(house.app);
    const schemas = description.components!.schemas!;
    const named = new Set([...JSON.stringify(description).matchAll(/"#\/components\/schemas\/([^"]*)"/g)].map(([, name]) => name!));
    expect([...named].filter((name) => !(name in schemas))).toEqual([]);
    const operations = Object.entries(description.paths).flatMap(([path, item]) =>
      (['get', 'put', 'post', 'patch', 'delete'] as const).flatMap((method) => (item[method] ? [{ path, operation: item[method]! }] : [])),
    );
    for (const { path, operation } of operations) {
      const inPath = (operation.parameters ?? []).flatMap((each) => ('in' in each && each.in === 'path' ? [each.name] : []));
      expect([path, inPath.sort()]).toEqual([path, [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name).sort()]);
      expect([path, operation.responses['default']]).toEqual([path, expect.objectContaining({ content: expect.anything() as unknown })]);
    }
    expect(new Set(operations.map(({ operation }) => operation.operationId)).size).toBe(operations.length);
    const contribute = description.paths['/api/v1/pools/{id}/contributions']!.post!;
    expect(contribute.parameters).toContainEqual(expect.objectContaining({ in: 'header', name: 'Idempotency-Key', required: true }));
    const lines = (schemas['DraftPlan'] as { properties: Record<string, unknown> }).properties['lines'];
    expect(lines).toMatchObject({ type: 'array', items: { $ref: '#/components/schemas/NewPlanLine' } });
  });

  it('are described, each with an answer for those who are not signed in', async () => {
    const description = openApiOf(house.app);
    expect(Object.keys(description.paths).length).toBeGreaterThan(80);
    const open = ['/api/v1/sign-in', '/open-referral', '/health', '/metrics', '/webhooks'];
    for (const [path, item] of Object.entries(description.paths))
      for (const method of Object.keys(item).filter((each) => ['get', 'post', 'put', 'patch', 'delete'].includes(each))) {
        if (open.some((prefix) => path.startsWith(prefix))) continue;
        const answer = await house.app
          .getHttpAdapter()
          .getInstance()
          .inject({
            method: method.toUpperCase() as 'GET',
            url: path.replace(/\{[^}]+\}/g, '01890000-0000-7000-8000-000000000000'),
            headers: { 'idempotency-key': 'not-signed-in' },
          });
        expect([path, method, answer.statusCode, answer.headers['content-type']]).toEqual([path, method, 401, 'application/problem+json; charset=utf-8']);
      }
  });
});
