import request from 'supertest';
import { People } from '../../src/identity/index.js';
import type { PersonId, PoolId } from '../../src/kernel/index.js';
import { newId, systemActor } from '../../src/kernel/index.js';
import type { Holder, PoolingHouse } from './pooling-house.js';

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- as a client reads it
export type Answered = Record<string, any>;
export type Who = Holder | PersonId;
export type Call = (who: Who, method: 'get' | 'post', path: string, body?: object, key?: string) => Promise<{ status: number; json: Answered }>;

/** Asks the JSON API of a house as one of its people; each post with an idempotency key of its own unless one is given. */
export const callsOf =
  (house: () => PoolingHouse): Call =>
  async (who, method, path, body = {}, key = newId()) => {
    const asked = request(house().app.getHttpServer())
      [method](`/api/v1/${path}`)
      .set('authorization', `Bearer ${await house().token(who)}`);
    const { status, body: json } = await (method === 'post' ? asked.set('idempotency-key', key).send(body) : asked);
    return { status, json: json as Answered };
  };

/** Somebody without a plan, a budget or a grant of any kind. */
export async function known(house: PoolingHouse, firstName: string): Promise<PersonId> {
  const id = newId<'person'>();
  await house.database.transaction(systemActor('test', { people: [id] }), (tx) =>
    house.app.get(People, { strict: false }).register(tx, systemActor('test', {}), { id, firstName, familyName: 'Invented' }),
  );
  return id;
}

/** Asked to join by the pool's broker, they agree to the agreement. */
export async function joins(call: Call, house: PoolingHouse, pool: PoolId, who: PersonId, withoutMoney: boolean): Promise<void> {
  const asked = await call(house.femi, 'post', `pools/${pool}/members`, { personId: who, withoutMoney });
  const { agreements } = (await call(who, 'get', `pools/${pool}`)).json;
  const agreed = await call(who, 'post', `agreements/${agreements[0].id}/assent`, { contentHash: agreements[0].contentHash, format: 'easy-read' });
  if (asked.status !== 201 || agreed.status !== 201) throw new Error(`${who} did not join: ${asked.status}, ${agreed.status}`);
}
