/** Emails leave by a real SMTP conversation: taken once, tried again, refused for good, and never lost or doubled beyond the one copy that
 *  a death between DATA and its answer can make. */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { setTimeout as pause } from 'node:timers/promises';
import type { PersonId } from '../../src/kernel/index.js';
import { newId } from '../../src/kernel/index.js';
import { People } from '../../src/identity/index.js';
import { PostRound } from '../../src/notifications/post-round.service.js';
import type { MailSettings, Parcel } from '../../src/platform/index.js';
import { announce, Carriers, createLogger } from '../../src/platform/index.js';
import { SmtpCarrier } from '../../src/platform/post/smtp-carrier.js';
import { House } from '../support/house.js';
import { headerOf, partOf, SmtpServer } from '../support/smtp-server.js';

const FROM = 'Commonpurse <post@commonpurse.example>';

describe('the post by SMTP', () => {
  let house: House;
  let server: SmtpServer;
  let log = '';

  beforeAll(async () => {
    server = await SmtpServer.open();
    house = await House.open({
      at: '2026-05-05T10:00:00Z',
      settings: { SMTP_URL: server.url, MAIL_FROM: FROM, LOG_LEVEL: 'debug' },
      logger: createLogger({ level: 'debug', program: 'test', destination: { write: (line: string) => void (log += line) } }),
    });
  }, 60_000);
  beforeEach(() => {
    server.messages.length = 0;
    server.answers = [];
    log = '';
  });
  afterAll(async () => {
    await house.close();
    await server.close();
  });

  const register = async (firstName: string, over: object = {}): Promise<PersonId> => {
    const id = newId<'person'>() as PersonId;
    const actor = house.system({ people: [id] });
    await house.database.transaction(actor, (tx) =>
      house.app
        .get(People)
        .register(tx, actor, { id, firstName, familyName: 'Invented', reachBy: 'email', email: `${firstName.toLowerCase()}@example.org`, ...over }),
    );
    await house.database.transaction(house.system({ people: [id] }), (tx) =>
      announce(tx, { name: 'budgetOpened', about: { people: [id] }, payload: { budgetId: newId(), personId: id, lineIds: [] } }),
    );
    await house.settle();
    return id;
  };
  const round = (): Promise<void> =>
    house.app.get(PostRound, { strict: false }).carry({ day: house.clock.today(), progress: () => undefined, log: () => undefined });
  const later = (minutes: number): void => house.clock.set(new Date(house.clock.now().getTime() + minutes * 60_000));
  const item = async (person: PersonId) =>
    (await house.database.read(house.system({ people: [person] }), (tx) =>
      tx.row<{ id: string; state: string; reason: string | null; attempts: number }>('select id, state, reason, attempts from post_item where person_id = $1', [
        person,
      ]),
    ))!;

  it('carries the letter’s own words, plain and with markup, under the item’s own Message-ID', async () => {
    const ana = await register('Ana', { reachFormat: 'large-print' });
    await round();
    const { id } = await item(ana);
    expect(await item(ana)).toMatchObject({ state: 'delivered', attempts: 1 });
    expect(server.messages).toHaveLength(1);
    const [email] = server.messages as [(typeof server.messages)[number]];
    expect(email).toMatchObject({ from: 'post@commonpurse.example', to: ['ana@example.org'] });
    expect(['Message-ID', 'From', 'To', 'Subject', 'Auto-Submitted'].map((name) => headerOf(email, name))).toEqual([
      `<${id}@127.0.0.1>`,
      FROM,
      'ana@example.org',
      'Your money has been agreed',
      'auto-generated',
    ]);
    expect(partOf(email, 'text/plain')).toMatch(/^You can see how much it is, and what you can use it for\.\nSign in to Commonpurse to see more\./);
    expect(partOf(email, 'text/html')).toContain('font-size: 28px');
    expect(partOf(email, 'text/html')).toMatch(/<p [^>]*>You can see how much it is, and what you can use it for\.<\/p>/);
    await round();
    expect(server.messages).toHaveLength(1);
  });

  it('uses one connection for a round', async () => {
    for (const name of ['Bea', 'Ben', 'Bob']) await register(name);
    const before = server.heard.filter((line) => line.startsWith('EHLO')).length;
    await round();
    expect(server.messages.map((email) => email.to[0])).toEqual(['bea@example.org', 'ben@example.org', 'bob@example.org']);
    expect(server.heard.filter((line) => line.startsWith('EHLO')).length - before).toBeLessThanOrEqual(1);
  });

  it('tries again what the server puts off, and what was lost on its way', async () => {
    const [cal, cid] = [await register('Cal'), await register('Cid')];
    server.answers = [{ rcpt: '450 4.2.1 <cal@example.org> is busy' }, { data: '451 4.3.0 later' }];
    await round();
    expect([await item(cal), await item(cid)]).toMatchObject([
      { state: 'waiting', attempts: 1 },
      { state: 'waiting', attempts: 1 },
    ]);
    await round();
    expect(server.messages).toEqual([]);
    later(6);
    await round();
    expect([await item(cal), await item(cid)]).toMatchObject([
      { state: 'delivered', attempts: 2 },
      { state: 'delivered', attempts: 2 },
    ]);
    expect(server.messages).toHaveLength(2);
  });

  it('fails at once when the address or the email is refused, in words for operators, and goes on with the next', async () => {
    const [dan, dee, dot] = [await register('Dan'), await register('Dee'), await register('Dot')];
    server.answers = [{ rcpt: '550 5.1.1 <dan@example.org>: no such user' }, { data: '554 5.7.1 not wanted here' }];
    await round();
    expect(await Promise.all([dan, dee, dot].map(item))).toMatchObject([
      { state: 'failed', reason: 'refused', attempts: 1 },
      { state: 'failed', reason: 'refused', attempts: 1 },
      { state: 'delivered', attempts: 1 },
    ]);
    expect(log).toContain(`email ${(await item(dan)).id} was not taken (refused): EENVELOPE RCPT TO 550`);
    expect(log).not.toMatch(/@example\.org|no such user/);
    later(24 * 60);
    await round();
    expect(server.messages.map((email) => email.to[0])).toEqual(['dot@example.org']);
  });

  it('sends exactly one more copy, under the same Message-ID, when the server dies before it says that it has it', async () => {
    const eve = await register('Eve');
    server.answers = ['die-after-data'];
    await round();
    expect(await item(eve)).toMatchObject({ state: 'waiting', attempts: 1 });
    expect(server.messages).toHaveLength(1);
    for (const minutes of [0, 6, 60, 24 * 60]) {
      later(minutes);
      await round();
    }
    expect(server.messages.map((email) => headerOf(email, 'Message-ID'))).toEqual(Array(2).fill(`<${(await item(eve)).id}@127.0.0.1>`));
    expect(await item(eve)).toMatchObject({ state: 'delivered', attempts: 2 });
  });

  it('does not blame the address when the server refuses us', async () => {
    const fay = await register('Fay');
    server.mailFrom = '550 5.7.1 you may not send here';
    await round();
    server.mailFrom = undefined;
    expect(await item(fay)).toMatchObject({ state: 'waiting', attempts: 1 });
    later(6);
    await round();
    expect(await item(fay)).toMatchObject({ state: 'delivered' });
  });

  it('never lets a written address reach a second person', async () => {
    const gus = await register('Gus', { email: 'gus@example.org, other@example.org' });
    server.answers = [{ rcpt: '501 5.1.3 bad address' }];
    await round();
    expect(await item(gus)).toMatchObject({ state: 'failed', reason: 'refused' });
    expect(server.messages).toEqual([]);
  });

  it('is named to operators, and lets go of its server when the house closes', async () => {
    const carriers = house.app.get(Carriers, { strict: false });
    expect(carriers.states[0]).toEqual({ by: 'email', carrier: 'the mail server 127.0.0.1', why: null });
    await register('Hal');
    await round();
    expect(server.open).toBe(1);
    carriers.onModuleDestroy();
    for (let tries = 0; tries < 100 && server.open > 0; tries++) await pause(20);
    expect(server.open).toBe(0);
  });
});

describe('one email', () => {
  let server: SmtpServer;
  const carriers: SmtpCarrier[] = [];
  const parcel: Parcel = {
    itemId: newId<'post-item'>(),
    personId: newId<'person'>() as PersonId,
    by: 'email',
    messageId: '<x@commonpurse.example>',
    to: 'ivy@example.org',
    subject: 'A letter',
    body: 'Words.',
    format: 'standard',
  };
  const carrier = (over: Partial<MailSettings> = {}, patienceMs = 400): SmtpCarrier => {
    const mail = { host: '127.0.0.1', port: server.port, isSecure: false, requiresTls: false, user: undefined, password: undefined, ...over };
    carriers.push(new SmtpCarrier({ from: { name: '', address: 'post@commonpurse.example' }, ...mail }, 'commonpurse.example', patienceMs));
    return carriers.at(-1)!;
  };
  beforeEach(async () => void (server = await SmtpServer.open()));
  afterEach(async () => {
    for (const each of carriers.splice(0)) each.close();
    await server.close();
  });

  it('is given up within its time when the server stops answering, and goes by a new connection then', async () => {
    server.answers = ['hang'];
    const one = carrier();
    const began = Date.now();
    expect(await one.carry(parcel)).toBe('later');
    expect(Date.now() - began).toBeLessThan(3_000);
    expect(await one.carry(parcel)).toBe('taken');
    expect(server.messages).toHaveLength(1);
  });

  it('waits when nobody is there', async () => {
    await server.close();
    expect(await carrier().carry(parcel)).toBe('later');
    server = await SmtpServer.open();
  });

  it('never leaves in the clear when TLS is required, and asks for TLS wherever it is offered', async () => {
    expect(await carrier({ requiresTls: true }).carry(parcel)).toBe('later');
    server.offers = ['STARTTLS'];
    expect(await carrier().carry(parcel)).toBe('later');
    expect([server.messages, server.heard.filter((line) => line === 'STARTTLS')]).toEqual([[], ['STARTTLS', 'STARTTLS']]);
    expect(server.heard.join()).not.toContain('ivy');
  });

  it('waits when our sign-in is refused', async () => {
    server.offers = ['AUTH PLAIN'];
    expect(await carrier({ user: 'us', password: 'secret' }).carry(parcel)).toBe('later');
    expect(server.messages).toEqual([]);
  });
});
