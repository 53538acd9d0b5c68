/** One's own password: changed by the one before, by its owner alone; and first of all when somebody else chose it. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import request from 'supertest';
import { SignIn, Staff } from '../../src/identity/index.js';
import { systemActor } from '../../src/kernel/index.js';
import { RateLimiter } from '../../src/platform/index.js';
import type { Caller } from '../support/house.js';
import { House } from '../support/house.js';

const OLD = 'otters in the rain';
const NEW = 'seven green kettles';

describe('a password', () => {
  let house: House;
  let ann: Caller;
  beforeAll(async () => {
    house = await House.open({ at: '2026-04-01T10:00:00Z' });
    ann = await house.person('Ann');
    await setPassword('ann', OLD);
  }, 60_000);
  afterAll(() => house?.close());

  const setPassword = (username: string, password: string): Promise<void> =>
    house.database.transaction(house.system({ people: [ann.id] }), (tx) => house.app.get(SignIn).setPassword(tx, ann.id, username, password));
  const api = (): ReturnType<typeof request> => request(house.app.getHttpServer());
  const signIn = async (username: string, password: string): Promise<{ status: number; body: { token: string; code?: string } }> =>
    api().post('/api/v1/sign-in').send({ username, password });
  const tokenOf = async (username: string, password: string): Promise<string> => (await signIn(username, password)).body.token;
  const me = async (token: string): Promise<number> => (await api().get('/api/v1/me').set('authorization', `Bearer ${token}`)).status;
  const change = async (token: string, presentPassword: string, newPassword: string): Promise<{ status: number; body: Record<string, never> }> =>
    api().put('/api/v1/me/password').set('authorization', `Bearer ${token}`).send({ presentPassword, newPassword });

  it('is not changed by a wrong one, nor to a short or common one, nor to itself', async () => {
    const token = await tokenOf('ann', OLD);
    expect((await api().put('/api/v1/me/password').send({ presentPassword: OLD, newPassword: NEW })).status).toBe(401);
    for (const [present, wanted, code, field] of [
      ['not mine at all', NEW, 'present-password-wrong', 'presentPassword'],
      [OLD, 'only eleven', 'password-too-short', 'newPassword'],
      [OLD, 'Password 1234', 'password-too-common', 'newPassword'],
      [OLD, OLD, 'password-not-new', 'newPassword'],
    ] as const)
      expect(await change(token, present, wanted)).toMatchObject({ status: 422, body: { code, fields: [{ field }] } });
    expect((await signIn('ann', OLD)).status).toBe(200);
    expect((await signIn('ann', NEW)).status).toBe(401);
  });

  it('changes by the one there is; every other session ends at once, and it is written down without either', async () => {
    const [here, phone, library] = [await tokenOf('ann', OLD), await tokenOf('ann', OLD), await tokenOf('ann', OLD)];
    expect([await me(here), await me(phone), await me(library)]).toEqual([200, 200, 200]);
    const { status, body } = await change(here, OLD, `  ${NEW} `);
    expect(status).toBe(200);
    expect(body['sessionsEnded']).toBeGreaterThanOrEqual(2);
    expect([await me(here), await me(phone), await me(library)]).toEqual([200, 401, 401]);
    expect([(await signIn('ann', OLD)).status, (await signIn('ann', NEW)).status]).toEqual([401, 200]);
    const kept = await house.database.read(house.system({ people: [ann.id] }), (tx) =>
      tx.rows<{ actor: string; about: string; row: string }>(
        `select actor, about_person as about, a::text as row from audit_event a where action = 'password:change'`,
      ),
    );
    expect(kept).toMatchObject([{ actor: ann.id, about: ann.id }]);
    expect(kept[0]!.row).not.toMatch(/otters|kettles/);
  });

  it('has as few tries as signing in, and the same lock', async () => {
    const token = await tokenOf('ann', NEW);
    const codes: string[] = [];
    for (let n = 0; n < 8; n += 1) codes.push((await change(token, `wrong guess ${n}`, 'nine silver spoons')).body['code']!);
    expect(codes.slice(0, 6)).toEqual(Array.from({ length: 6 }, () => 'present-password-wrong'));
    expect(codes.slice(6)).toEqual(['too-many-tries', 'too-many-tries']);
    expect(await signIn('ann', NEW)).toMatchObject({ status: 429 });
    house.app.get(RateLimiter).forgive('ann');
    for (let n = 0; n < 4; n += 1) await change(token, `wrong again ${n}`, 'nine silver spoons');
    expect(await change(token, NEW, 'nine silver spoons')).toMatchObject({ status: 429, body: { code: 'sign-in-locked' } });
    house.clock.set(new Date('2026-04-01T10:20:00Z'));
    house.app.get(RateLimiter).forgive('ann');
    expect((await change(token, NEW, 'nine silver spoons')).status).toBe(200);
  });

  it('that somebody else chose is changed before anything else', async () => {
    const operator = systemActor('operator', {});
    await house.app
      .get(Staff)
      .add(operator, { name: 'New Starter', username: 'starter', password: 'given-on-paper-1', grant: { role: 'operator', object: { on: 'site', id: null } } });
    const token = await tokenOf('starter', 'given-on-paper-1');
    const ask = (path: string): request.Test => api().get(path).set('authorization', `Bearer ${token}`);
    expect((await ask('/api/v1/me')).body).toMatchObject({ mustChangePassword: true });
    expect(await ask('/api/v1/me/sessions')).toMatchObject({ status: 403, body: { code: 'password-must-change' } });
    expect(await ask('/api/v1/holders')).toMatchObject({ status: 403, body: { code: 'password-must-change' } });
    const page = await api().get('/').set('cookie', `cp_session=${token}`);
    expect([page.status, page.headers['location']]).toEqual([expect.any(Number), '/account/password']);
    expect((await change(token, 'given-on-paper-1', 'my own three words')).status).toBe(200);
    expect((await ask('/api/v1/me')).body).toMatchObject({ mustChangePassword: false });
    expect((await ask('/api/v1/me/sessions')).status).toBe(200);
  });
});
